"""The CSV grammar of RFC 4180 as compiled patterns, with spaces allowed around a quoted cell.

A quotation mark opens a cell only at its start; inside an unquoted cell it is a letter like any other. Repeats are
possessive, so that matching never goes back and stays linear; those of groups are atomic groups, which Python before 3.11.5 reads right as well.
"""

import re
from dataclasses import dataclass
from functools import cache

Text = bytes | memoryview

LINE = re.compile(rb"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")

_QUOTED = rb'"([^"]*+(?>(?:""[^"]*+)*))"'
_LINE_END = rb"(?:\r\n|\n|\r|\Z)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns for one delimiter. Group 1 of `record` and of `clean` is the record without its line end.

    `record` takes any well-formed record, `clean` one without stray quotation marks. `prefix` takes the well-formed cells
    of a record that are followed by a delimiter.
    """

    delimiter: str
    record: re.Pattern[bytes]
    prefix: re.Pattern[bytes]
    cell: re.Pattern[bytes]

    def cells(self, record: Text) -> list[str]:
        """The cells of one well-formed record, unquoted."""
        return [_unquoted(m) for m in self.cell.finditer(record)]

    def width(self, record: Text) -> int:
        """How many cells a well-formed record has."""
        return sum(1 for _ in self.cell.finditer(record))

    def breaks_at(self, text: Text, start: int) -> tuple[int, bool]:
        """Which cell of the malformed record at `start`, from 0, is wrong, and whether its quotation mark is open to the end."""
        prefix = self.prefix.match(text, start)
        end = prefix.end() if prefix else start
        return max(self.width(bytes(text[start:end])) - 1, 0), _OPEN.match(text, end) is not None


_OPEN = re.compile(rb' *"[^"]*+(?>(?:""[^"]*+)*)\Z')


@cache
def grammar(delimiter: str) -> Grammar:
    """The grammar for a delimiter of one ASCII character."""
    mark = re.escape(delimiter.encode("ascii"))
    cell = _cell(mark)
    return Grammar(
        delimiter=delimiter,
        record=re.compile(rb"(" + cell + rb"(?>(?:" + mark + cell + rb")*))" + _LINE_END),
        prefix=re.compile(rb"(?>(?:" + cell + mark + rb")*)"),
        cell=re.compile(rb"(?:\A|(?<=" + mark + rb"))(?: *" + _QUOTED + rb" *|((?! *\")[^" + mark + rb"\r\n]*+))(?:" + mark + rb"|\Z)"),
    )


@cache
def exact(delimiter: str, width: int, *, stray_quotes: bool = True) -> re.Pattern[bytes]:
    """A well-formed record of `width` cells with its line end; group 1 is the content. Without stray quotes it is surely one."""
    mark = re.escape(delimiter.encode("ascii"))
    cell = _cell(mark, stray_quotes=stray_quotes)
    return re.compile(rb"(" + cell + rb"(?>(?:" + mark + cell + rb"){%d}))" % (width - 1) + _LINE_END)


def _cell(mark: bytes, *, stray_quotes: bool = True) -> bytes:
    quoted = rb' *"[^"]*+(?>(?:""[^"]*+)*)" *(?=[' + mark + rb"\r\n]|\Z)"
    letters = rb"[^" + mark + (rb"\r\n]*+" if stray_quotes else rb'\r\n"]*+')
    return rb"(?:" + quoted + rb'|(?! *")' + letters + rb")"


def _unquoted(cell: re.Match[bytes]) -> str:
    quoted, plain = cell.groups()
    return (plain if quoted is None else quoted.replace(b'""', b'"')).decode("utf-8")


@dataclass(frozen=True, slots=True)
class Quotations:
    """Where quotations begin and end in a line that may be malformed; a mark after a backslash is text as well.

    `opening` finds the start of a quoted cell; `closing` matches from inside of a quotation through the mark that closes it;
    `joining` finds a quotation that begins inside of an unquoted cell and ends at the end of a later one.
    """

    opening: re.Pattern[bytes]
    closing: re.Pattern[bytes]
    joining: re.Pattern[bytes]

    def left_open(self, line: bytes) -> bool:
        """Whether a quotation that begins in the line does not end in it."""
        opened = self.opening.search(line)
        while opened:
            closed = self.closing.match(line, opened.end())
            if closed is None:
                return True
            opened = self.opening.search(line, closed.end())
        return False


@cache
def quotations(delimiter: str) -> Quotations:
    """The quotations of a delimiter of one ASCII character."""
    mark = re.escape(delimiter.encode("ascii"))
    ends = rb" *(?:" + mark + rb"|\Z)"
    inside = re.compile(rb'(?>(?:[^"\\]|\\.|""|"(?!' + ends + rb'))*)"(?=' + ends + rb")")
    joining = re.compile(rb'[^"\s' + mark + rb']"[^"\s' + mark + rb']++[^"' + mark + rb"]*+" + mark + rb'[^"]*+(?<=[^"' + mark + rb'])"(?=' + ends + rb")")
    return Quotations(re.compile(rb"(?:\A|" + mark + rb') *"'), inside, joining)
