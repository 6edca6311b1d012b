"""Which row at the head of a file names its columns, and what stands above it.

Only rows that form no table are left out above the header. Where two tables stand one below the other, the first is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from roi_core.errors import quoted
from roi_core.ingest.kinds import kind_of

_BODY_ROWS = 50
_MOST_TOLD = 8
_PAIRS = 2
_UPPER_ROWS = 2
_MOST_PAIRS = 6
_OTHER = (",", ";", "\t", "|", " ")


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the head that is not blank: its byte offset and that of the next one, its physical lines, its cells, and whether it is well formed."""

    start: int
    next: int
    line: int
    next_line: int
    cells: list[str]
    formed: bool = True

    @property
    def width(self) -> int:
        """How many cells it has."""
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The row that names the columns, how many cells the rows below it have, some of those, what there is to say, and the rows of names above it."""

    row: Row
    width: int
    body: tuple[Row, ...]
    notes: tuple[str, ...]
    upper: tuple[Row, ...] = ()

    @property
    def is_data(self) -> bool:
        """Whether it holds numbers, dates or addresses where the rows below do."""
        return _is_data(self.row, self.body)


def find_header(rows: Sequence[Row], mode: int) -> HeaderRow:
    """The header among the first rows of a file, most of which have `mode` cells."""
    table = _table_above(rows, mode)
    width = rows[table[0]].width if table else mode
    place = _place(rows, table[0] if table else next(i for i, row in enumerate(rows) if row.width == mode and i >= _titles(rows, mode)), width)
    lowest = _lowest_names(rows, place, width)
    notes = _left_out(rows[:place]) + _upper(rows[place : lowest + 1]) + (_two_tables(*rows[table[1] - 1 : table[1] + 1]) if table else ())
    found = HeaderRow(rows[lowest], width, _body(rows, lowest, width), notes, tuple(rows[place:lowest]))
    return _split_otherwise(rows[lowest - 1], found) if lowest and found.is_data else found


def _titles(rows: Sequence[Row], mode: int) -> int:
    """How many rows at the head are titles that a spreadsheet has padded: one filled cell each, above a row of more than two."""
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows]
    titles = next((i for i, cells in enumerate(filled) if cells != 1 or rows[i].width != mode), 0)
    return titles if filled[titles] > _PAIRS and any(row.width == mode for row in rows[titles:]) else 0


def _lowest_names(rows: Sequence[Row], place: int, width: int) -> int:
    """The last of several rows of names: below one or two that repeat a name or lack one, a row of names for columns that hold values."""
    while (below := _names_below(rows, place, width)) is not None:
        place = below
    return place


def _names_below(rows: Sequence[Row], place: int, width: int) -> int | None:
    for at in range(place + 1, min(place + _UPPER_ROWS, len(rows) - 1) + 1):
        upper = rows[at - 1]
        if not _repeats(upper) or _names_each(upper) or (at > place + 1 and (upper.width != width or not _holds_words(upper))):
            return None
        below = _body(rows, at, width)
        if rows[at].width == width and _names_columns(rows[at]) and any(kind_of([row.cells[i] for row in below]) != "text" for i in range(width)):
            return at
    return None


def _holds_words(row: Row) -> bool:
    return all(kind_of([cell]) == "text" for cell in row.cells if cell.strip())


def _names_each(row: Row) -> bool:
    """Whether a row names every column but perhaps the first, and most by a name of their own, so that it is no row of groups above the names."""
    names = [cell.strip() for cell in row.cells]
    own = len(set(names))
    return all(names[1:]) and (2 * own > len(names) + 1 if names[0] else own == len(names))


def _repeats(row: Row) -> bool:
    names = [cell.strip() for cell in row.cells]
    return len(set(names) - {""}) < len(names)


def _upper(rows: Sequence[Row]) -> tuple[str, ...]:
    """What stands above the last row of names; `rows` ends with that one."""
    if len(rows) < 2:
        return ()
    above = ", ".join(f"line {row.line} {quoted(' '.join(row.cells))}" for row in rows[:-1])
    return (f"ask: {len(rows)} header rows? The names were taken from line {rows[-1].line}; above it stands {above}.",)


def _split_otherwise(above: Row, found: HeaderRow) -> HeaderRow:
    """The row above data as the header, where another delimiter parts it into as many names as there are columns."""
    for delimiter in _OTHER if above.width == 1 else ():
        names = Row(above.start, above.next, above.line, above.next_line, above.cells[0].split(delimiter))
        if names.width == found.width and _names_columns(names) and not _repeats(names):
            told = f"the header on line {above.line} is parted otherwise than the rows; it was read with {quoted(delimiter)} between its names."
            return HeaderRow(names, found.width, (found.row, *found.body), (*found.notes[1:], told))
    return found


def _table_above(rows: Sequence[Row], mode: int) -> tuple[int, int] | None:
    """First place, and place after the last, of rows of one other width that form a table above the first row of `mode` cells."""
    for _, numbered in groupby(enumerate(rows), key=lambda pair: pair[1].width):
        run = list(numbered)
        if run[0][1].width == mode:
            return None
        if _is_table([row for _, row in run], mode):
            return run[0][0], run[-1][0] + 1
    return None


def _is_table(run: Sequence[Row], mode: int) -> bool:
    """Two rows or more of one width with two filled cells each, but no prose with commas, nor a few words with a value each."""
    if len(run) < 2 or run[0].width < 2 or not all(sum(bool(cell.strip()) for cell in row.cells) > 1 for row in run):
        return False
    prose = all(cell.startswith(" ") for row in run for cell in row.cells[1:])
    return not prose and not (run[0].width == _PAIRS and len(run) <= _MOST_PAIRS and mode > 2 * _PAIRS - 1)


def _place(rows: Sequence[Row], first: int, width: int) -> int:
    """`first`; or the row before, where that is at least half as wide; or an earlier row of names, where that one holds data."""
    before = rows[first - 1].width if first > _titles(rows, width) else 0
    place = first - 1 if before > 1 and 2 * before >= width else first
    if _is_data(rows[place], _body(rows, place, width)):
        return next((i for i, row in enumerate(rows[:place]) if 2 * row.width >= width and _names_columns(row)), place)
    return place


def _names_columns(row: Row) -> bool:
    return row.width > 1 and all(cell.strip() and kind_of([cell]) == "text" for cell in row.cells)


def _body(rows: Sequence[Row], place: int, width: int) -> tuple[Row, ...]:
    return tuple([row for row in rows[place + 1 :] if row.width == width][:_BODY_ROWS])


def _is_data(header: Row, body: Sequence[Row]) -> bool:
    if not body or header.width != body[0].width:
        return False
    typed = [i for i in range(header.width) if kind_of([row.cells[i] for row in body]) != "text"]
    same = [i for i in typed if header.cells[i].strip() and kind_of([header.cells[i]]) != "text"]
    return bool(same) and 2 * len(same) >= len([i for i in typed if header.cells[i].strip()])


def _left_out(rows: Sequence[Row]) -> tuple[str, ...]:
    """Every row above the header, by its line."""
    if not rows:
        return ()
    said = [f"line {row.line} {quoted(' '.join(row.cells))}" for row in rows[:_MOST_TOLD]]
    more = f" and {len(rows) - _MOST_TOLD:,} more, down to line {rows[-1].line}" if len(rows) > _MOST_TOLD else ""
    return (f"above the header row, left out: {', '.join(said)}{more}.",)


def _two_tables(above: Row, below: Row) -> tuple[str, ...]:
    told = f"The rows down to line {above.line} have {above.width} cells, those from line {below.line} on have {below.width}."
    return (f"ask: two tables? {told} The first was read and rows of another width were set aside; save the second as a file of its own.",)
