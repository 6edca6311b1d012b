"""Cells between marks that are not those of RFC 4180, as compiled patterns. Repeats are possessive, so that matching stays linear."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_SPECIAL = re.compile(rb'[",\r\n]|\A ')


@dataclass(frozen=True, slots=True)
class Marks:
    """`delimiter` between cells, `quote` around them, and `escape` before a `quote` that is text (the same: it is doubled)."""

    delimiter: str
    quote: str
    escape: str

    @property
    def cell(self) -> re.Pattern[bytes]:
        """A cell and what ends it: group 1 is a quoted text, group 2 a plain one, group 3 the end. Apostrophes hold no line end."""
        return _cell(self, over_lines=self.quote != "'")

    @property
    def over_lines(self) -> re.Pattern[bytes]:
        """The same, where quotations may go on over the end of a line."""
        return _cell(self, over_lines=True)

    @property
    def record(self) -> re.Pattern[bytes]:
        """A record whose quotations may go on over lines, with its line end; none of its plain cells begins with the quotation mark."""
        return _record(self)

    @property
    def prefix(self) -> re.Pattern[bytes]:
        """Those cells of a record that can be read, up to the first that cannot."""
        return _prefix(self)

    @property
    def left_open(self) -> re.Pattern[bytes]:
        """A cell that a quotation mark opens and none closes on its line; group 1 is that mark."""
        return _left_open(self)

    @property
    def quoted_cell(self) -> re.Pattern[bytes]:
        """A whole cell in quotation marks, on one line."""
        begins, ends = _edges(self)
        return re.compile(begins + _quoted(self, over_lines=False) + ends)

    @property
    def quoted_cell_over_lines(self) -> re.Pattern[bytes]:
        """A whole cell in quotation marks, on one line or more."""
        begins, ends = _edges(self)
        return re.compile(begins + _quoted(self, over_lines=True) + ends, re.DOTALL)

    @property
    def opened_cell(self) -> re.Pattern[bytes]:
        """Where a quotation mark opens a cell."""
        return re.compile(_edges(self)[0] + re.escape(self.quote.encode("ascii")))

    def text_of(self, quoted: bytes) -> bytes:
        """What stands between the quotation marks of a cell, its marks that are text without what escapes them."""
        return _unescaping(self.quote, self.escape)(quoted)

    def on_one_line(self, line: bytes) -> list[bytes]:
        """The texts of one line without its end; an apostrophe that does not close its cell on it is a letter."""
        return self.cells_by(self.cell, line)

    def cells(self, record: bytes) -> list[bytes]:
        """The texts of one record without its line end, whose quotations may go on over lines."""
        return self.cells_by(self.over_lines, record)

    def cells_by(self, cell: re.Pattern[bytes], text: bytes) -> list[bytes]:
        """The texts that `cell`, one of the patterns of a cell, finds one after the other."""
        cells: list[bytes] = []
        position, end = 0, b","
        while end and (found := cell.match(text, position)):
            quoted, plain, end = found.groups()
            cells.append(plain if quoted is None else self.text_of(quoted))
            position = found.end()
        return cells


def line_cells(line: bytes, delimiter: str) -> list[str]:
    """The texts of one line without its end, in which a quotation mark that does not close its cell is a letter."""
    return [cell.decode("utf-8", "replace") for cell in _on_one_line(line, delimiter)]


def rewritten(line: bytes, delimiter: str) -> bytes:
    """The same line as RFC 4180 writes it between its delimiters, with the marks that do not close their cell doubled."""
    special = re.compile(rb'["\r\n' + re.escape(delimiter.encode("ascii")) + rb"]|\A ")
    return delimiter.encode("ascii").join(_in_marks(cell) if special.search(cell) else cell for cell in _on_one_line(line, delimiter))


def _on_one_line(line: bytes, delimiter: str) -> list[bytes]:
    marks = Marks(delimiter, '"', '"')
    return marks.cells_by(_cell(marks, over_lines=False), line)


def written(cell: bytes) -> bytes:
    """A cell as RFC 4180 writes it between commas."""
    return _in_marks(cell) if _SPECIAL.search(cell) else cell


def _in_marks(cell: bytes) -> bytes:
    return b'"' + cell.replace(b'"', b'""') + b'"'


def _escaped(marks: Marks) -> tuple[bytes, bytes, bytes]:
    mark, quote, escape = (re.escape(c.encode("ascii")) for c in (marks.delimiter, marks.quote, marks.escape))
    return mark, quote, escape


def _edges(marks: Marks) -> tuple[bytes, bytes]:
    mark = _escaped(marks)[0]
    return rb"(?:\A|[\r\n]|" + mark + rb")", rb"(?=" + mark + rb"|[\r\n]|\Z)"


def _inside(marks: Marks, *, over_lines: bool) -> bytes:
    _, quote, escape = _escaped(marks)
    ends = b"" if over_lines else rb"\r\n"
    if marks.quote == marks.escape:
        letter = rb"[^" + quote + ends + rb"]*+"
        return letter + rb"(?>(?:" + quote + quote + letter + rb")*)"
    return rb"(?>(?:[^" + quote + escape + ends + rb"]|" + escape + (rb"." if over_lines else rb"[^\r\n]") + rb")*)"


def _content(marks: Marks, *, over_lines: bool) -> bytes:
    """What stands in a cell up to the quotation mark that closes it.

    A backslash before another one is escaped by it; where that closes no cell, a line is read as of a program that escapes quotation marks alone,
    and then as of one that leaves a backslash at the end of a text as it is.
    """
    inside = _inside(marks, over_lines=over_lines)
    if marks.quote == marks.escape:
        return inside
    _, quote, escape = _escaped(marks)
    closes = rb"(?=" + quote + _edges(marks)[1] + rb")"
    marks_alone = rb"(?>(?:[^" + quote + escape + rb"\r\n]|" + escape + quote + rb"|" + escape + rb"(?!" + quote + rb"))*)"
    at_the_end = rb"[^" + quote + rb"\r\n]*+(?<=" + escape + rb")"
    return rb"(?:" + rb"|".join(way + closes for way in (inside, marks_alone, at_the_end)) + rb")"


def _quoted(marks: Marks, *, over_lines: bool) -> bytes:
    quote = _escaped(marks)[1]
    return quote + _content(marks, over_lines=over_lines) + quote


@cache
def _cell(marks: Marks, *, over_lines: bool) -> re.Pattern[bytes]:
    mark, quote, _ = _escaped(marks)
    quoted = quote + rb"(" + _content(marks, over_lines=over_lines) + rb")" + quote + _edges(marks)[1]
    return re.compile(rb"(?:" + quoted + rb"|([^" + mark + rb"\r\n]*+))(" + mark + rb"|\r\n|\n|\r|\Z)", re.DOTALL)


@cache
def _record(marks: Marks) -> re.Pattern[bytes]:
    mark = _escaped(marks)[0]
    cell = _whole_cell(marks)
    return re.compile(rb"(" + cell + rb"(?>(?:" + mark + cell + rb")*))(?:\r\n|\n|\r|\Z)", re.DOTALL)


@cache
def _prefix(marks: Marks) -> re.Pattern[bytes]:
    return re.compile(rb"(?>(?:" + _whole_cell(marks) + _escaped(marks)[0] + rb")*)", re.DOTALL)


def _whole_cell(marks: Marks) -> bytes:
    mark, quote, _ = _escaped(marks)
    quoted = _quoted(marks, over_lines=True) + _edges(marks)[1]
    return rb"(?:" + quoted + rb"|(?!" + quote + rb")[^" + mark + rb"\r\n]*+)"


@cache
def _left_open(marks: Marks) -> re.Pattern[bytes]:
    quote = _escaped(marks)[1]
    return re.compile(_edges(marks)[0] + rb"(" + quote + rb")" + _inside(marks, over_lines=False) + rb"[\r\n]")


@cache
def _unescaping(quote: str, escape: str) -> Callable[[bytes], bytes]:
    pattern, mark = re.compile(re.escape((escape + quote).encode("ascii"))), quote.encode("ascii")
    return lambda text: pattern.sub(mark, text)
