"""The header of a sheet: found as in a text, with the merged cells of several header rows joined into one name a column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roi_core.errors import quoted
from roi_core.ingest.header_asked import JOINED, NAMES, asks_first_row, asks_joined, joined_as_said, joined_names, names_as_said
from roi_core.ingest.header_row import HeaderRow, Row, find_header
from roi_core.ingest.questions import Question

Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, from 0, columns counted from the first of the sheet that is used."""

_SEVERAL = "header rows?"
_ABOVE = "above the header row"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Names of the columns, blank where there is none, the row (from 0) with which the data begins, what there is to say, and what is asked.

    `answer` to `question` stands for another reading, which is `otherwise`.
    """

    names: tuple[str, ...]
    data: int
    notes: tuple[str, ...]
    question: Question | None = None
    answer: str = ""
    otherwise: "SheetHead | None" = None

    @property
    def is_numbered(self) -> bool:
        """Whether no row names the columns."""
        return self.answer == NAMES

    def as_said(self, answer: str) -> "SheetHead":
        """The reading that an answer stands for; this one where there is none."""
        return self.otherwise if self.otherwise and answer == self.answer else self


def find_head(cells: Sequence[Sequence[str]], merged: Sequence[Area]) -> SheetHead:
    """The header among the first rows of a sheet, all of one width, at least one of them filled."""
    widest = max(cells, key=_filled)
    width, most = _extent(widest), _filled(widest)
    rows = [_row(number, row, width, most) for number, row in enumerate(cells) if _filled(row)]
    found = find_header(rows, width)
    if found.is_data:
        told = f"ask: line {found.row.line} looks like data, not like headers, so the columns were numbered; add a header row if they have names."
        named = SheetHead(tuple(cells[found.row.start]), found.row.next, (*found.notes, names_as_said(found.row.line)))
        numbered = tuple(f"column {i + 1}" for i in range(len(cells[0])))
        return SheetHead(numbered, found.row.start, (*found.notes, told), asks_first_row(found.row), NAMES, named)
    return _joined(cells, found, merged)


def _row(number: int, cells: Sequence[str], width: int, most: int) -> Row:
    """A row as long as the table where it fills half of it or as much as any; else, as a title does, one cell."""
    filled = _filled(cells)
    belongs = filled == most or (filled >= min(2, width) and 2 * filled >= width)
    return Row(number, number + 1, number + 1, number + 2, list(cells[:width]) if belongs else [" ".join(cell.strip() for cell in cells if cell.strip())])


def _joined(cells: Sequence[Sequence[str]], found: HeaderRow, merged: Sequence[Area]) -> SheetHead:
    first, last = _header_rows(cells, found.row.start, merged)
    if first == last:
        return _several(cells, found, SheetHead(tuple(cells[first]), first + 1, found.notes))
    filled = [_spread(row, list(cells[row]), merged) for row in range(first, last + 1)]
    names = tuple(" ".join(dict.fromkeys(filter(None, map(str.strip, column)))) for column in zip(*filled, strict=True))
    example = next((name for name in names if " " in name), names[0])
    told = f"merged header cells on lines {first + 1} to {last + 1} were joined into one name a column, such as {quoted(example)}."
    notes = (*_without_joined(found.notes, first), told)
    return SheetHead(names, last + 1, notes)


def _several(cells: Sequence[Sequence[str]], found: HeaderRow, read: SheetHead) -> SheetHead:
    """The names of the last of several rows of names, and the question whether all of them are the names."""
    joined = joined_names([cells[row.start] for row in found.upper], read.names)
    if not found.upper or joined == read.names:
        return read
    notes = (*(note for note in read.notes if _SEVERAL not in note), joined_as_said(len(found.upper) + 1))
    return replace(read, question=asks_joined(found.row.line, read.names, joined), answer=JOINED, otherwise=replace(read, names=joined, notes=notes))


def _header_rows(cells: Sequence[Sequence[str]], row: int, merged: Sequence[Area]) -> tuple[int, int]:
    """First and last of the rows that name columns: with merged cells above some of the names, or names below merged cells."""
    groups = [area for area in merged if area[1][1] > area[0][1] and not _is_title(cells, area)]
    first = row - 1 if any(top <= row - 1 <= bottom for (top, _), (bottom, _) in groups) else row
    last = max([row, *(bottom for (top, _), (bottom, _) in merged if first <= top <= row)])
    if last == row and first == row and any(top == row for (top, _), _ in groups):
        last = row + 1
    return first, min(last, len(cells) - 1)


def _is_title(cells: Sequence[Sequence[str]], area: Area) -> bool:
    """Whether nothing stands beside merged cells in their row."""
    return area[0][0] < len(cells) and _filled(cells[area[0][0]]) <= 1


def _spread(row: int, cells: list[str], merged: Sequence[Area]) -> list[str]:
    """A row with the text of merged cells in each column that they cover."""
    for (top, left), (bottom, right) in merged:
        if top == row <= bottom and 0 <= left < len(cells):
            cells[left : right + 1] = [cells[left]] * (min(right, len(cells) - 1) - left + 1)
    return cells


def _without_joined(notes: tuple[str, ...], first: int) -> tuple[str, ...]:
    """Notes but for those that speak of the upper rows of names as rows of their own."""
    alone = f"line {first + 1} "
    return tuple(note for note in notes if _SEVERAL not in note and not (note.startswith(_ABOVE) and note.count("line ") == 1 and alone in note))


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _extent(cells: Sequence[str]) -> int:
    return max(i for i, cell in enumerate(cells) if cell.strip()) + 1
