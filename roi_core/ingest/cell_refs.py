"""References to cells of a sheet: `D5` as (5, 4), and many cells of a column as runs of rows."""

import re
from collections.abc import Iterable, Mapping

Runs = Mapping[int, tuple[tuple[int, int], ...]]
"""By column (from 1): the first and the last row (from 1) of each run of cells."""

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def column_number(letters: str) -> int:
    """`A` is 1, `XFD` is 16,384."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is `A`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a reference like `D5`; None where it is none."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_number(match[1])) if match else None


def corner(area: str) -> tuple[int, int] | None:
    """Last row and last column of an area like `A3:B20`."""
    return place(area.rpartition(":")[2])


def runs_of(places: Iterable[tuple[int, int]]) -> Runs:
    """Cells, as (row, column) in the order of rows, as runs by column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for row, column in places:
        runs = found.setdefault(column, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return {column: tuple(runs) for column, runs in found.items()}
