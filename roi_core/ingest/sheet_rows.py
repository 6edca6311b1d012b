"""Rows of a sheet that are no rows of its table: blank ones, totals and footers at its end, and what stands below it."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.not_data import closing_label
from roi_core.ingest.text_table import TextTable

_TAIL = 20
_BREAKS = 100
_SAMPLE = 50

Counts = npt.NDArray[np.int64]


def rows_of_table(table: TextTable) -> TextTable:
    """The table without blank rows, totals and footers; rows of a second table below it are set aside. All of it is told."""
    return _without_second(_without_closing(_without_blank(table)))


def _filled(table: TextTable) -> Counts:
    """How many cells of each row hold something."""
    counts = np.zeros(table.text.num_rows, np.int64)
    for place in range(len(table.headers)):
        counts += np.asarray(pc.not_equal(table.cells(place), "").to_numpy(), np.int64)
    return counts


def _without_blank(table: TextTable) -> TextTable:
    blank = _filled(table) == 0
    count = int(blank.sum())
    first = table.lines[blank.argmax()] if count else 0
    return table.without(blank, f"{count:,} blank {'row' if count == 1 else 'rows'} left out, the first on line {first}.")


def _without_closing(table: TextTable) -> TextTable:
    """From the end upwards, as long as each row closes the table."""
    rows, width = table.text.num_rows, len(table.headers)
    starts = np.asarray(pc.not_equal(table.cells(0), "").to_numpy(), np.bool_)
    filled_first = rows > 2 and bool(starts[:-1].all())
    for row in range(rows - 1, max(rows - 1 - _TAIL, -1), -1):
        label = closing_label(_cells(table, row), width, filled_first=filled_first)
        if label is None:
            break
        gone = np.zeros(table.text.num_rows, np.bool_)
        gone[row] = True
        table = table.without(gone, f"line {table.lines[row]} closes the table and is not a row: {quoted(label)}.")
    return table


def _without_second(table: TextTable) -> TextTable:
    """Sets aside what stands below blank rows and is another table: it has names of its own, or fills under half of the columns that all others fill."""
    lines = table.lines
    after = np.flatnonzero(np.diff(lines) > 1)[:_BREAKS] + 1
    second = next((int(row) for row in after if _names_columns(table, int(row))), None)
    if second is None and len(after) and _is_sparse(table, int(after[-1])):
        second = int(after[-1])
    if second is None:
        return table
    why = f"belongs to a second table that starts on line {lines[second]}"
    told = f"ask: two tables? Another one starts on line {lines[second]} of the same sheet; its rows were set aside. Put it on a sheet of its own."
    aside = table.set_aside(dict.fromkeys(lines[second:].tolist(), why))
    return replace(aside, notes=(*aside.notes, told))


def _names_columns(table: TextTable, row: int) -> bool:
    """Whether a row holds two different words or more, and nothing else, one of them below numbers, dates or addresses."""
    cells = _cells(table, row)
    named = [place for place, cell in enumerate(cells) if cell.strip()]
    if len(named) < 2 or len({cells[place] for place in named}) < len(named) or any(kind_of([cells[place]]) != "text" for place in named):
        return False
    above = table.text.slice(max(row - _SAMPLE, 0), min(row, _SAMPLE))
    return any(kind_of(above.column(f"c{place}").to_pylist()) != "text" for place in named)


def _is_sparse(table: TextTable, row: int) -> bool:
    filled = _filled(table)
    return 2 * int(filled[row:].max()) < int(filled[:row].min())


def _cells(table: TextTable, row: int) -> list[str]:
    return [table.text.column(f"c{place}")[row].as_py() for place in range(len(table.headers))]


def longest_row(text: pa.Table) -> tuple[int, int]:
    """Bytes of the longest row, and its line; (0, 0) without rows."""
    if not text.num_rows:
        return 0, 0
    sizes = sum(np.asarray(pc.binary_length(text.column(name)).to_numpy(), np.int64) for name in text.column_names if name != "line")
    longest = int(np.argmax(sizes))
    return int(np.asarray(sizes)[longest]), int(text.column("line")[longest].as_py())
