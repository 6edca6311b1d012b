"""How a file is written, from its first quarter of a megabyte: delimiter, preamble, header row. Linear in the head."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roi_core.errors import FileRefused
from roi_core.ingest.grammar import LINE, grammar
from roi_core.ingest.header_asked import JOINED, NAMES, asks_first_row, asks_joined, joined_as_said, joined_names, names_as_said
from roi_core.ingest.header_row import HeaderRow, Row, find_header
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.questions import Question

HEAD_BYTES = 1 << 18
HEAD_ROWS = 500
DELIMITERS = (",", ";", "\t", "|")

_SEPARATOR = re.compile(rb'"?sep=([,;|\t:~^])"?(?:\r\n|\n|\r|\Z)', re.IGNORECASE)
_BLANK = re.compile(r"[\s,;|\"\ufeff]*")
_BLANK_BYTES = re.compile(rb'[\s,;|"]*+')
_BLANK_CELLS = re.compile(rb'(?>(?:[\s,;|\xef\xbb\xbf]++|"[ ]*+")*)')
_MARKS = {b'"': "quotation marks", b",": "commas", b";": "semicolons", b"|": "bars"}
_LINE_END = re.compile(rb"\r\n|\n|\r")
_BLANK_LINES = re.compile(rb'(?>(?:(?>(?:[ \t,;|]++|"[ ]*+")*)(?:\r\n|\n|\r))+)')
_PREAMBLE_PENALTY = 0.7


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text is written.

    `delimiter` is None for one column. `data` is the byte where the first record starts and `line` its physical line, from
    1. `headers` are as they stand, one for each column; a header without a name is "". `spaced` says that a blank follows
    every delimiter, `header` is the header row as it is written and `header_line` the physical line it begins on, None where the columns were
    numbered. `otherwise` is another reading of the head, about which the user is asked.
    """

    delimiter: str | None
    headers: tuple[str, ...]
    data: int
    line: int
    notes: tuple[str, ...] = ()
    spaced: bool = False
    header: bytes = b""
    header_line: int | None = None
    otherwise: "Otherwise | None" = None

    @property
    def width(self) -> int:
        """How many cells a record must have."""
        return len(self.headers)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A question about the head of a file, the answer that another reading stands for, and that reading."""

    question: Question
    answer: str
    dialect: Dialect


Readings = Mapping[str, Sequence[Row]]
"""The first rows of a text that are not blank, by delimiter."""


def readings_of(text: memoryview) -> Readings:
    """The head of a UTF-8 text under every delimiter."""
    head = bytes(text[:HEAD_BYTES])
    return {delimiter: _rows(head, 0, 1, delimiter, whole=len(head) == len(text)) for delimiter in DELIMITERS}


def sniff(text: memoryview, readings: Readings, name: str, limits: ReadLimits) -> Dialect:
    """The dialect of a UTF-8 text, by what `readings_of` gives. Raises FileRefused.empty, .no_value and .too_large."""
    head = bytes(text[:HEAD_BYTES])
    declared = _SEPARATOR.match(head)
    start = declared.end() if declared else 0
    _refuse_no_value(text, head, start, name)
    delimiter = declared[1].decode("ascii") if declared else max(readings, key=lambda d: _score(readings[d]))
    rows = _rows(head, start, 2, delimiter, whole=len(head) == len(text)) if declared else readings[delimiter]
    if not rows:
        raise FileRefused.too_large(name, "the end of its first row (line 1 or later)", f"beyond byte {len(head):,}", f"{HEAD_BYTES:,} bytes")
    found = _dialect(rows, delimiter, name, limits)
    told = (f'line 1 names the delimiter and is no row: "sep={delimiter}".',) if declared else ()
    other = found.otherwise
    if other:
        again = _with_header(head, rows, replace(other.dialect, notes=(*told, *other.dialect.notes)))
        found = replace(found, otherwise=replace(other, dialect=again))
    return _with_header(head, rows, replace(found, notes=(*told, *found.notes)))


def _refuse_no_value(text: memoryview, head: bytes, start: int, name: str) -> None:
    if not _BLANK.fullmatch(head[start:].decode("utf-8", "ignore")) or not _BLANK_BYTES.fullmatch(text, len(head)):
        return
    if _BLANK_CELLS.fullmatch(head, start):
        raise FileRefused.empty(name, len(text))
    raise FileRefused.no_value(name, [called for mark, called in _MARKS.items() if mark in head[start:]])


def _with_header(head: bytes, rows: Sequence[Row], found: Dialect) -> Dialect:
    """With the row right above the first record as it is written, without its line end, and its line; none where the columns were numbered."""
    row = next((row for row in rows if row.next == found.data), None)
    return replace(found, header=head[row.start : row.next].rstrip(b"\r\n"), header_line=row.line) if row else found


def _rows(head: bytes, start: int, line: int, delimiter: str, *, whole: bool) -> list[Row]:
    """The records of the head that are not blank. What is not well formed is taken line by line.

    Nothing is read on from where a quotation mark stays open, nor a record that the end of the head cuts off.
    """
    dialect = grammar(delimiter)
    rows: list[Row] = []
    while start < len(head) and len(rows) < HEAD_ROWS:
        if blank := _BLANK_LINES.match(head, start):
            start, line = blank.end(), line + len(_LINE_END.findall(blank[0]))
            continue
        found = dialect.record.match(head, start)
        if found is None and len(rows) > 1 and dialect.breaks_at(head, start)[1]:
            break
        found = found or LINE.match(head, start)
        if found is None or (found.end() == len(head) and not whole):
            break
        content, following = head[start : found.end(1)], line + len(_LINE_END.findall(head[start : found.end()]))
        cells = dialect.cells(content) if found.re is dialect.record else content.decode("utf-8", "replace").split(delimiter)
        if not all(_BLANK.fullmatch(cell) for cell in cells):
            rows.append(Row(start, found.end(), line, following, cells, formed=found.re is dialect.record))
        start, line = found.end(), following
    return rows


def evenness(rows: Sequence[Row], size: int, *, whole: bool) -> float:
    """How even the first rows of a text are, 0 to 1; of a head of `size` bytes that is not the `whole` text the last row may be cut off and does not count."""
    return _score([row for row in rows if whole or row.next < size])


def rows_of(head: bytes, delimiter: str, *, whole: bool) -> list[Row]:
    """The rows of a head that was not read yet."""
    return _rows(head, 0, 1, delimiter, whole=whole)


def mode_of(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have, 0 where there is none."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _score(rows: Sequence[Row]) -> float:
    """High where most rows are well formed and have the same, large number of cells from the first row on."""
    mode = _mode(rows)
    if mode < 2:
        return 0.0
    share = sum(row.formed and row.width == mode for row in rows) / len(rows)
    return share * (1 - 1 / mode) * (1.0 if abs(rows[0].width - mode) <= 1 else _PREAMBLE_PENALTY)


def _mode(rows: Sequence[Row]) -> int:
    return mode_of([row.cells for row in rows])


def _dialect(rows: Sequence[Row], delimiter: str, name: str, limits: ReadLimits) -> Dialect:
    found = find_header(rows, _mode(rows))
    header, width = found.row, found.width
    if header.width > limits.columns:
        raise FileRefused.too_large(name, "the number of columns", f"{header.width:,}", f"{limits.columns:,}")
    if found.is_data:
        told = f"ask: line {header.line} looks like data, not like headers, so the columns were numbered; add a header row if they have names."
        numbered = Dialect(delimiter if width > 1 else None, _numbered(width), header.start, header.line, (*found.notes, told))
        return replace(numbered, otherwise=_named(found, numbered))
    headers, notes = _headers(header, width, found.body)
    spaced = header.width > 1 and all(name.startswith(" ") for name in header.cells[1:])
    headers = tuple(name.strip(" ") for name in headers) if spaced else headers
    read = Dialect(delimiter if len(headers) > 1 else None, headers, header.next, header.next_line, (*found.notes, *notes), spaced=spaced)
    return replace(read, otherwise=_joined(found, read))


def _named(found: HeaderRow, numbered: Dialect) -> Otherwise:
    """The first row as names although it looks like data."""
    row = found.row
    notes = (*found.notes, names_as_said(row.line))
    return Otherwise(asks_first_row(row), NAMES, replace(numbered, headers=tuple(row.cells), data=row.next, line=row.next_line, notes=notes))


def _joined(found: HeaderRow, read: Dialect) -> Otherwise | None:
    """Several rows of names as one; None where there is one."""
    joined = joined_names([row.cells for row in found.upper], read.headers)
    if not found.upper or joined == read.headers:
        return None
    notes = (*(note for note in read.notes if not note.startswith("ask: ")), joined_as_said(len(found.upper) + 1))
    return Otherwise(asks_joined(found.row.line, read.headers, joined), JOINED, replace(read, headers=joined, notes=notes))


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(f"column {i + 1}" for i in range(width))


def _headers(header: Row, mode: int, body: Sequence[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names, evened out with a delimiter too many at the end of all rows, or at the end of the header."""
    names = tuple(header.cells)
    if len(names) == mode - 1 and body and all(not row.cells[-1].strip() for row in body):
        return (*names, ""), (f"every row ends with a delimiter more than the header on line {header.line}; column {mode} has no name and is blank.",)
    blank = [i for i, header_name in enumerate(names) if not header_name.strip()]
    if len(names) == mode + 1 and body and len(blank) == 1:
        return names[: blank[0]] + names[blank[0] + 1 :], (f"the header on line {header.line} has a delimiter more than the rows; it was left out.",)
    if len(names) < mode and body:
        told = f"ask: the header on line {header.line} has {len(names)} names for {mode} columns, so the columns were numbered; correct that line."
        return _numbered(mode), (told,)
    unnamed = [str(i + 1) for i, header_name in enumerate(names) if not header_name.strip()]
    return names, (f"no name in the header row: column {', '.join(unnamed)}.",) if unnamed else ()
