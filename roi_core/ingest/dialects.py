"""Texts whose marks are not those of RFC 4180, rewritten so that they are.

Apostrophes for quotation marks, a backslash before a mark that is text, blanks between cells. Line ends stay where they
are, so that a line keeps its number.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from roi_core.ingest.apostrophes import AROUND, CELLS, DOUBTFUL, MARKS, SUBJECT, Body, Joined, join, spans, told, told_marks
from roi_core.ingest.encoding import BadLine, Decoded
from roi_core.ingest.grammar import grammar
from roi_core.ingest.header_row import Row
from roi_core.ingest.marks import Marks
from roi_core.ingest.odd_marks import LINE_END, Odd
from roi_core.ingest.sniff import DELIMITERS, HEAD_BYTES, Readings, evenness, mode_of

_WRAPPED = re.compile(rb"(?:\A|[\r\n,;\t|])('[^'\"\r\n]*+\"[^'\r\n]*+')(?=[,;\t|\r\n]|\Z)")
_QUOTED_WORD = re.compile(rb'(?:\A|[\r\n ])"[^"\r\n]*+"(?=[\r\n ]|\Z)')
_WORDS_AND_NUMBER = re.compile(rb"\A *+(?=\S++ ++\S++ ++\S)(?:[^ ]++ ++)*?[\d.:/-]++(?: |\Z)")
_FIRST_LINES = 500
_RANKED = 1 << 15
_JOINED = 5_000
_HEADER_AND_ONE = 2
_NEARLY_ALL = 0.9
_EVEN = 0.5
_EQUAL = 1e-9
_BETTER = 0.1


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with the marks of RFC 4180, the delimiter it was written with where that was rewritten, lines in doubt and a cell about which is asked."""

    decoded: Decoded
    delimiter: str | None = None
    doubtful: tuple[str, ...] = ()
    wrapped: str = ""


def as_plain(decoded: Decoded, readings: Readings, staging: Path, said: Mapping[str, str]) -> Plain:
    """The text, rewritten into `staging` where its marks are others, by what `readings_of` makes of its head; `said` holds answers."""
    marked = said.get(MARKS, "")
    odd, joined = find_odd(decoded.text, readings, CELLS if marked == AROUND else said.get(SUBJECT, ""))
    notes, doubtful = told(decoded.text, joined)
    wrapped, line = ("", 0) if odd or doubtful or marked else find_wrapped(decoded.text, readings)
    notes = (*notes, *((told_marks(wrapped, line),) if wrapped else ()))
    bad = (*decoded.bad, *(BadLine(offset, DOUBTFUL) for offset in joined.lines(decoded.text)))
    decoded = replace(decoded, bad=bad, notes=(*decoded.notes, *notes))
    return Plain(odd.rewritten(decoded, staging), odd.marks.delimiter, doubtful) if odd else Plain(decoded, None, doubtful, wrapped)


def find_odd(text: memoryview, readings: Readings, said: str = "") -> tuple[Odd | None, Joined]:
    """The marks of a text where they are not those of RFC 4180, and which records go on over lines inside of apostrophes; `said` is an answer."""
    head = bytes(text[:HEAD_BYTES])
    best, usual = _best(head, readings)
    if odd := _backslashed(head, best, usual, readings):
        return odd, Joined()
    joined = Joined()
    if not _in_quotation_marks(head, best, readings):
        odd, joined = _in_apostrophes(text, head, best, usual, said)
    blanks = None if odd or any(map(_rows_even_below, readings.values())) else _between_blanks(head, usual)
    return (blanks, Joined()) if blanks else (odd, joined)


def _best(head: bytes, readings: Readings) -> tuple[str, float]:
    """The delimiter by which the first rows are most even by RFC 4180, and how even that is."""
    usual = {mark: evenness(rows, len(head), whole=len(head) < HEAD_BYTES) for mark, rows in readings.items()}
    best = max(usual, key=lambda mark: usual[mark])
    return best, usual[best]


def find_wrapped(text: memoryview, readings: Readings) -> tuple[str, int]:
    """The first cell of the head in apostrophes that holds a quotation mark, and its line.

    Where cells stand in quotation marks, the first in apostrophes of which one of them begins or ends inside; nothing where there is none.
    """
    head = bytes(text[:HEAD_BYTES])
    if b"'" not in head:
        return "", 0
    best, _ = _best(head, readings)
    found = _WRAPPED.search(head)
    place = _crossed(head, best) if _in_quotation_marks(head, best, readings) else found.span(1) if found else None
    if place is None:
        return "", 0
    first, end = place
    return head[first:end].decode("utf-8", "replace"), 1 + len(LINE_END.findall(head[:first]))


def _backslashed(head: bytes, best: str, even: float, readings: Readings) -> Odd | None:
    """The marks where a backslash escapes quotation marks; of another delimiter than the best one by RFC 4180 only where rows are more even by it."""
    if b'\\"' not in head:
        return None
    found: list[tuple[float, bool, Odd]] = []
    for mark in (mark for mark in DELIMITERS if mark.encode() in head and _escapes(head, mark)):
        odd = Odd(Marks(mark, '"', "\\"), 'a backslash stands before quotation marks that are text (\\").')
        own = odd.evenness(head)
        instead = mark == best and (_is_malformed(head, best) or not _rows_even_below(readings[best]))
        if own > even + (-_EQUAL if instead else _EQUAL) or (instead and _even_below(odd.rows(head))):
            found.append((own, mark == best, odd))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _between_blanks(head: bytes, even: float) -> Odd | None:
    """The marks where blanks part words in quotation marks or words and numbers, and rows are more even by them."""
    odd = Odd(Marks(" ", '"', '"'), "blanks stand between its cells.")
    likely = even < _EVEN and (_QUOTED_WORD.search(head) or _in_most_lines(_WORDS_AND_NUMBER, head))
    return odd if likely and odd.evenness(head) > even + _BETTER else None


def _even_below(rows: Sequence[Sequence[str]]) -> bool:
    """Whether all rows, but those above the first one of the table, have the same number of cells: the few words above do not count."""
    mode = mode_of(rows)
    first = next((number for number, row in enumerate(rows) if len(row) == mode), 0)
    return mode > 1 and len(rows) - first > _HEADER_AND_ONE and all(len(row) == mode for row in rows[first:])


def _rows_even_below(rows: Sequence[Row]) -> bool:
    return _even_below([row.cells for row in rows])


def _in_quotation_marks(head: bytes, delimiter: str, readings: Readings) -> bool:
    """Whether cells stand in quotation marks that they need, or more of them than in apostrophes; an empty pair of marks shows nothing.

    Nor does, where rows are not even by RFC 4180, a cell in quotation marks that shares letters with one in apostrophes: either may be the cell.
    Where all headers stand in apostrophes, so do cells.
    """
    if any(_is_named_in(Marks(mark, "'", "'"), head) for mark in DELIMITERS):
        return False
    quoted, others = _filled(Marks(delimiter, '"', '"').cell, head), _filled(Marks(delimiter, "'", "'").cell, head)
    alone = quoted
    for marks in _apostrophes(head, delimiter) if b"'" in head and not _rows_even_below(readings[delimiter]) else ():
        alone = _apart(alone, _filled(marks.over_lines, head))
    needed, other_needed = (any(_needs_marks(cell[1], delimiter, mark) for cell in found) for found, mark in ((alone, '"'), (others, "'")))
    return len(alone) > 0 and (len(alone) >= len(others) or (needed and not other_needed))


def _apostrophes(head: bytes, best: str) -> list[Marks]:
    """Apostrophes around cells, with every delimiter and mark before one that is text that the head may have."""
    delimiters = [mark for mark in DELIMITERS if mark == best or mark.encode() in head]
    return [Marks(mark, "'", escape) for mark in delimiters for escape in (("'", "\\") if b"\\'" in head else ("'",))]


def _filled(cell: re.Pattern[bytes], head: bytes) -> list[re.Match[bytes]]:
    """The cells in marks that hold anything."""
    return [found for found in cell.finditer(head) if found[1]]


def _apart(cells: Sequence[re.Match[bytes]], others: Sequence[re.Match[bytes]]) -> list[re.Match[bytes]]:
    """The cells that share neither letters nor marks with one of the others; both are in order."""
    ends = [other.end(1) for other in others]
    return [cell for cell in cells if (at := bisect_left(ends, cell.start(1) - 1)) == len(ends) or others[at].start(1) > cell.end(1) + 1]


def _crossed(head: bytes, delimiter: str) -> tuple[int, int] | None:
    """The place of the first cell in apostrophes, with these, that overlaps one in quotation marks and neither holds it nor is held by it."""
    quoted = _filled(Marks(delimiter, '"', '"').cell, head)
    starts, ends = [cell.start(1) for cell in quoted], [cell.end(1) for cell in quoted]
    for marks in _apostrophes(head, delimiter) if quoted else ():
        for cell in _filled(marks.over_lines, head):
            first, last = cell.span(1)
            begun, ended = bisect_left(starts, last + 1) - 1, bisect_left(ends, first)
            begins_inside = begun >= 0 and first < starts[begun] and ends[begun] > last
            ends_inside = ended < len(ends) and starts[ended] < first and ends[ended] < last
            if begins_inside or ends_inside:
                return first - 1, last + 1
    return None


def _is_named_in(marks: Marks, head: bytes) -> bool:
    """Whether all cells of the first line with several stand in these quotation marks."""
    first = _first_of_several(marks, head)
    return 0 < len(marks.on_one_line(first)) == len(marks.quoted_cell.findall(first))


def _first_of_several(marks: Marks, head: bytes) -> bytes:
    """The first line with several cells, most often the headers."""
    mark = marks.delimiter.encode("ascii")
    return next((line for line in LINE_END.split(head, _FIRST_LINES)[:_FIRST_LINES] if mark in line), b"")


def _needs_marks(cell: bytes, delimiter: str, quote: str) -> bool:
    return delimiter.encode() in cell or (2 * quote).encode() in cell or LINE_END.search(cell) is not None


def _escapes(head: bytes, delimiter: str) -> bool:
    """Whether a backslash stands before a quotation mark inside of a cell."""
    return any(b'\\"' in cell for cell in Marks(delimiter, '"', "\\").quoted_cell_over_lines.findall(head))


def _is_malformed(head: bytes, delimiter: str) -> bool:
    """Whether one of the first records is none by RFC 4180, or has a mark inside of a cell that no marks surround."""
    record, plain, position = grammar(delimiter).record, Marks(delimiter, '"', '"').cell, 0
    for _ in range(_FIRST_LINES):
        found = record.match(head, position)
        if found is None or any(cell[1] is None and b'"' in cell[2] for cell in plain.finditer(found[0])):
            return True
        position = found.end()
        if position >= len(head):
            break
    return False


def _in_apostrophes(text: memoryview, head: bytes, best: str, usual: float, said: str) -> tuple[Odd | None, Joined]:
    """The marks where apostrophes stand around cells, else None; and which records go on over lines, or may."""
    kinds = _apostrophes(head, best)
    if not any(marks.opened_cell.search(head) for marks in kinds) and next(spans(text, Marks(best, "'", "'")), None) is None:
        return None, Joined()
    first = head[: head.rfind(b"\n", 0, _RANKED) + 1 or _RANKED] if len(head) > _RANKED else head
    marks = max((_Looked.at(first, marks) for marks in kinds), key=lambda at: at.rank(best)).odd.marks
    looked = _Looked.at(head, marks)
    odd, body = looked.odd, looked.body(head)
    certain = body.named or _in_most_lines(odd.marks.quoted_cell, head) or _doubles(head, odd.marks)
    gain = -_EQUAL if certain and marks.delimiter == best else _EQUAL
    better = max(looked.even, looked.even_over) > usual + gain or (body.named and looked.all_even(head))
    proven = said == CELLS or (looked.likely and better)
    joined = join(text, odd.marks, body, proven=proven, said=said)
    if not proven and joined.surely and looked.likely:
        proven, joined = True, join(text, odd.marks, body, proven=True, said=said)
    if proven:
        return replace(odd, joined=joined), joined
    return None, Joined({}, tuple(sorted((*joined.records.items(), *joined.doubtful))))


@dataclass(frozen=True, slots=True)
class _Looked:
    """A head with apostrophes as quotation marks: how even it is by lines, and with all records joined that can be.

    `closing` is the share of apostrophes that close the cell they open, `ended_only` counts cells that end with one which opens none.

    Of records over lines the first 5,000 are looked at: no more of them are among the rows that are compared.
    """

    odd: Odd
    over: Odd
    even: float
    even_over: float
    closing: float
    ended_only: int

    @property
    def likely(self) -> bool:
        """Whether nearly all close what they open."""
        return self.closing >= _NEARLY_ALL

    @classmethod
    def at(cls, head: bytes, marks: Marks) -> "_Looked":
        escaped = "" if marks.escape == "'" else " A backslash stands before those that are text."
        odd = Odd(marks, f"apostrophes stand around its cells instead of quotation marks.{escaped}")
        whole = dict(islice(spans(memoryview(head), marks), _JOINED))
        over = replace(odd, joined=Joined(whole))
        known = max(whole.values()) if len(whole) == _JOINED else len(head)
        return cls(odd, over, odd.evenness(head), over.evenness(head), over.closing(head[:known]), over.ended_only(head[:known]))

    def all_even(self, head: bytes) -> bool:
        """Whether all rows have the same number of cells, by lines or with all records joined; commas inside of cells make more of them without marks."""
        return _even_below(self.odd.rows(head)) or _even_below(self.over.rows(head))

    def rank(self, best: str) -> tuple[bool, float, bool, float, int]:
        """The better reading of two is higher; of equal ones that with the delimiter that is `best` by RFC 4180."""
        return self.likely, max(self.even, self.even_over), self.odd.marks.delimiter == best, self.closing, -self.ended_only

    def body(self, head: bytes) -> Body:
        marks = self.odd.marks
        headers = len(marks.on_one_line(_first_of_several(marks, head)))
        lines, over = self.odd.rows(head), self.over.rows(head)
        rows = over if (mode_of(over) == headers, self.even_over) > (mode_of(lines) == headers, self.even) else lines
        width = mode_of(rows)
        named = next((line for line in LINE_END.split(head, _FIRST_LINES)[:_FIRST_LINES] if len(marks.on_one_line(line)) == width), b"")
        return Body.of(rows, width, named=width > 0 and len(marks.quoted_cell.findall(named)) == width)


def _doubles(head: bytes, marks: Marks) -> bool:
    """Whether a cell in apostrophes holds one that is text, which no letters have by chance."""
    escaped = (marks.escape + "'").encode()
    return any(escaped in found[1] for found in marks.cell.finditer(head) if found[1])


def _in_most_lines(cell: re.Pattern[bytes], head: bytes) -> bool:
    lines = LINE_END.split(head)
    return 2 * sum(cell.search(line) is not None for line in lines) >= len(lines)
