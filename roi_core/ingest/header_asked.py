"""The question which rows at the head of a file name its columns, and its answers."""

from collections.abc import Sequence

from roi_core.errors import quoted
from roi_core.ingest.header_row import Row
from roi_core.ingest.questions import Question

SUBJECT, DATA, NAMES, LAST, JOINED = "header", "data", "names", "last", "joined"


def asks_first_row(row: Row) -> Question:
    """Whether a row that looks like data is a row or names the columns."""
    said = quoted(" ".join(row.cells))
    return Question.of(SUBJECT, ("column 1",), {DATA: f"line {row.line} is a row: {said}", NAMES: f"line {row.line} names the columns: {said}"}, DATA)


def asks_joined(line: int, names: Sequence[str], joined: Sequence[str]) -> Question:
    """Whether names are those of the last of several header rows, on `line`, or of all of them."""
    place = next(i for i, (one, other) in enumerate(zip(names, joined, strict=True)) if one != other)
    ways = {
        LAST: f"column {place + 1} is {quoted(names[place])}, as on line {line}",
        JOINED: f"column {place + 1} is {quoted(joined[place])}, of all header rows",
    }
    return Question.of(SUBJECT, (names[0],), ways, LAST)


def names_as_said(line: int) -> str:
    """What is told of a row that looks like data and was said to be names."""
    return f"line {line} names the columns, as you said."


def joined_as_said(rows: int) -> str:
    """What is told of several header rows that were said to be one."""
    return f"the names of {rows} header rows were joined, as you said."


def joined_names(upper: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    """Each name behind those that stand above it; a name of a group holds for the blank cells to its right."""
    above = [_filled(row, len(names)) for row in upper]
    stacks = zip(*above, names, strict=True)
    return tuple(" ".join(dict.fromkeys(name for name in stack if name)) for stack in stacks)


def _filled(row: Sequence[str], width: int) -> list[str]:
    filled: list[str] = []
    for cell in (*row, *[""] * width)[:width]:
        filled.append(cell.strip() or (filled[-1] if filled else ""))
    return filled
