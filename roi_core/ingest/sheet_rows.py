"""Rows of a sheet that are no rows of its table: blank ones, totals and footers at its end, and what stands below it."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.kinds import are_names, kind_of
from roi_core.ingest.not_data import closing_label, is_footer
from roi_core.ingest.one_or_two import asks_tables
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.totals import TOTAL, settle_totals

_TAIL = 20
_BREAKS = 100
_SAMPLE = 50

_ONE = "or take out the blank rows above it if it is one table"

Counts = npt.NDArray[np.int64]


def rows_of_table(table: TextTable, *, whole: bool = False) -> TextTable:
    """The table without blank rows, totals and footers; rows of a second table below it are set aside, unless it is `whole`. All of it is told."""
    rows = _without_closing(_without_blank(table))
    return rows if whole else _without_second(rows)


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
    return table.without(blank, f"{count:,} blank {'row' if count == 1 else 'rows'} left out, the first on line {first}.", "")


def _without_closing(table: TextTable) -> TextTable:
    """From the end upwards, as long as each row may close the table; a footer below a blank row or a total surely does."""
    rows, width, lines = table.text.num_rows, len(table.headers), table.lines
    starts = np.asarray(pc.not_equal(table.cells(0), "").to_numpy(), np.bool_)
    filled_first = rows > 2 and bool(starts[:-1].all())
    labels: dict[int, str] = {}
    for row in range(rows - 1, max(rows - 1 - _TAIL, -1), -1):
        label = closing_label(_cells(table, row), width, filled_first=filled_first)
        if label is None:
            break
        labels[row] = label
    footers = [row for row, label in labels.items() if width == 1 or (is_footer(label) and (row - 1 in labels or lines[row] - lines[row - 1] > 1))]
    for row in footers:
        gone = np.zeros(table.text.num_rows, np.bool_)
        gone[row] = True
        table = table.without(gone, f"line {lines[row]} closes the table and is not a row: {quoted(labels[row])}.", TOTAL)
    return settle_totals(table, {int(lines[row]) for row in labels.keys() - set(footers)})


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
    told = f"ask: two tables? Another one starts on line {lines[second]} of the same sheet; its rows were set aside. Put it on a sheet of its own, {_ONE}."
    aside = table.set_aside(dict.fromkeys(lines[second:].tolist(), why))
    return replace(aside, notes=(*aside.notes, told), asks=(*aside.asks, asks_tables(int(lines[second]), table.headers[0])))


def _names_columns(table: TextTable, row: int) -> bool:
    """Whether a row holds two different words or more, and nothing else, one of them below numbers, dates or addresses."""
    cells = _cells(table, row)
    named = [place for place, cell in enumerate(cells) if cell.strip()]
    columns = [table.text.column(f"c{place}").slice(max(row - _SAMPLE, 0), min(row, _SAMPLE)).to_pylist() for place in named]
    return are_names([cells[place] for place in named], list(zip(*columns, strict=True))) and any(kind_of(column) != "text" for column in columns)


def _is_sparse(table: TextTable, row: int) -> bool:
    """Whether the rows from `row` on fill under half of the columns that all others fill, and not with values such as stand there."""
    filled = _filled(table)
    return 2 * int(filled[row:].max()) < int(filled[:row].min()) and not _goes_on(table, row)


def _goes_on(table: TextTable, row: int) -> bool:
    """Whether two columns or more go on, the first among them, each with values of the kind above it, and one with numbers, dates or addresses."""
    columns = [table.text.column(f"c{place}").to_pylist() for place in range(len(table.headers))]
    kinds = [(kind_of(column[max(row - _SAMPLE, 0) : row]), kind_of(column[row:])) for column in columns if any(cell.strip() for cell in column[row:])]
    return len(kinds) > 1 and all(columns[0][row:]) and all(above == below for above, below in kinds) and any(below != "text" for _, below in kinds)


def _cells(table: TextTable, row: int) -> list[str]:
    return [table.text.column(f"c{place}")[row].as_py() for place in range(len(table.headers))]


def longest_row(text: pa.Table) -> tuple[int, int]:
    """Bytes of the longest row, and its line; (0, 0) without rows."""
    if not text.num_rows:
        return 0, 0
    sizes = sum(np.asarray(pc.binary_length(text.column(name)).to_numpy(), np.int64) for name in text.column_names if name != "line")
    longest = int(np.argmax(sizes))
    return int(np.asarray(sizes)[longest]), int(text.column("line")[longest].as_py())
