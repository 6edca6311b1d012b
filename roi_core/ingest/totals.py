"""Last rows of a table that may be totals: no data where the table above bears it out, rows where they look like the others, else set aside."""

import re
from collections.abc import Collection
from enum import Enum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.dated_totals import Rows, dated_totals, why_aside
from roi_core.ingest.header_words import tokens
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.not_data import closing_label, group_of, is_footer, plain_total
from roi_core.ingest.text_table import TextTable

TOTAL, PERIOD = "a total or footer that closes the table", "a total of a period"
"""What rows are that are no data."""
_CENT = 0.011
_EQUAL = 1e-9
_NO_NUMBER = r"[\p{L}/:@]"
_NUMBERED = frozenset({"id", "key", "no", "nr", "number", "nummer", "code", "ref"})
"""Words of a header of ids: one that is called `SUM` is that of somebody."""
_NUMBER = r"^-?(\d+\.?\d*|\.\d+)$"


class _Kind(Enum):
    """What a last row is: a row like any other, one that closes the table, or one of which that cannot be told."""

    ROW = "row"
    TOTAL = "total"
    DOUBT = "doubt"


def settle_totals(table: TextTable, lines: Collection[int]) -> TextTable:
    """The table without the totals among its last rows, those on `lines`; those that cannot be told from data are set aside.

    From the end upwards, and no further than to a row that is data. Totals of a period are settled wherever they stand.
    """
    table = _settle_periods(table)
    if not lines:
        return table
    count = table.text.num_rows
    above = count - _last_of(table, lines)
    kinds: dict[int, _Kind] = {}
    for row in range(count - 1, above - 1, -1):
        kinds[row] = _kind(_cells(table, row), table, above)
        if kinds[row] is _Kind.ROW:
            break
    numbers = table.lines
    told = {row: quoted(closing_label(_cells(table, row), len(table.headers), filled_first=True)) for row in kinds}
    aside = {int(numbers[row]): f"looks like a total or a footer: {told[row]}" for row, kind in kinds.items() if kind is _Kind.DOUBT}
    for row in sorted((row for row, kind in kinds.items() if kind is _Kind.TOTAL), reverse=True):
        gone = np.zeros(table.text.num_rows, np.bool_)
        gone[row] = True
        table = table.without(gone, f"line {numbers[row]} closes the table and is not a row: {told[row]}.", TOTAL)
    return table.set_aside(aside)


def _settle_periods(table: TextTable) -> TextTable:
    """The totals of a period that are the sum of the rows since the one before, or of all rows above, are no data; the others are set aside."""
    rows, labels = dated_totals(table)
    if not len(rows):
        return table
    sums = np.array([_adds_up(table, rows, int(row)) for row in rows], np.bool_)
    aside = {int(table.lines[row]): why_aside(labels[row]) for row in rows[~sums].tolist()}
    gone = np.zeros(table.text.num_rows, np.bool_)
    gone[rows[sums]] = True
    note = f"rows that total a period and are no rows: {int(sums.sum()):,}, the first on line {table.lines[gone.argmax()]}: {quoted(labels[int(rows[0])])}."
    return table.without(gone, note, PERIOD).set_aside(aside)


def _adds_up(table: TextTable, totals: Rows, row: int) -> bool:
    """Whether a number of a row is the sum of those of its column in the rows since the total before, or in all rows that are no totals."""
    cells = _cells(table, row)
    start = max((int(before) + 1 for before in totals if before < row), default=0)
    above = np.setdiff1d(np.arange(row), totals)
    parts = [table.select(above[above >= start]), table.select(above)]
    places = [place for place, cell in enumerate(cells) if place and kind_of([cell.strip()]) == "number"]
    return any(_is_sum(part, part.text.num_rows, place, cells[place].strip()) for part in parts for place in places)


def _last_of(table: TextTable, lines: Collection[int]) -> int:
    """How many of the last rows stand on `lines`."""
    tail = table.lines[max(table.text.num_rows - len(lines), 0) :][::-1]
    return next((i for i, line in enumerate(tail) if int(line) not in lines), len(tail))


def _kind(cells: list[str], table: TextTable, above: int) -> _Kind:
    """What a candidate is, by its other cells, and by the sums of the columns in the first `above` rows."""
    filled = {place: cell.strip() for place, cell in enumerate(cells) if cell.strip()}
    label_at = min(filled)
    label, others = filled[label_at], {place: cell for place, cell in filled.items() if place > label_at}
    if kind_of([label]) == "number":
        others, label = filled, ""
    numeric = all(kind_of([cell]) == "number" for cell in others.values())
    sums = any(kind_of([cell]) == "number" and _is_sum(table, above, place, cell) for place, cell in others.items())
    if sums:
        return _Kind.TOTAL if numeric else _Kind.DOUBT
    sparse = 2 * len(filled) <= len(cells)
    kinds = {kind_of([cell]) for cell in others.values()}
    if kinds == {"date", "number"} and plain_total(label) and not _NUMBERED & set(tokens(table.headers[label_at])):
        return _Kind.DOUBT
    if kinds & {"date", "email"} and not (sparse and plain_total(label)):
        return _Kind.ROW
    if is_footer(label) or not label or not numeric:
        return _Kind.DOUBT
    narrow = plain_total(label) and sparse
    return _Kind.TOTAL if narrow or _names_group(table, above, label_at, label) else _Kind.DOUBT


def _names_group(table: TextTable, above: int, place: int, label: str) -> bool:
    """Whether a label is a total for a group whose name stands above it."""
    group = group_of(label)
    return bool(group) and bool(pc.any(pc.equal(table.cells(place).slice(0, above), group)).as_py())


def _is_sum(table: TextTable, above: int, place: int, cell: str) -> bool:
    """Whether a number other than 0 is the sum of the numbers above it, with a decimal point or with a decimal comma."""
    column = table.cells(place).slice(0, above)
    for decimal in (".", ","):
        wanted, found = (_sum(cells, decimal) for cells in (pa.chunked_array([[cell]], pa.string()), column))
        if wanted and found is not None and abs(wanted - found) <= _CENT + _EQUAL * abs(found):
            return True
    return False


def _sum(cells: pa.ChunkedArray, decimal: str) -> float | None:
    """The sum of what reads as a number; None where nothing does. Brackets around it are a minus."""
    plain = pc.replace_substring_regex(cells, r"^\((.*)\)$", r"-\1")
    plain = pc.replace_substring_regex(plain, rf"[^\d\-{re.escape(decimal)}]", "")
    plain = pc.replace_substring(plain, decimal, ".")
    valid = pc.and_not(pc.match_substring_regex(plain, _NUMBER), pc.match_substring_regex(cells, _NO_NUMBER))
    numbers = pc.if_else(valid, plain, pa.scalar(None, pa.string())).cast(pa.float64())
    total: float | None = pc.sum(numbers).as_py()
    return total


def _cells(table: TextTable, row: int) -> list[str]:
    return [table.text.column(f"c{place}")[row].as_py() for place in range(len(table.headers))]
