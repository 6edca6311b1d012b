"""Cells of one column as numbers that can be compared: dates as times, numbers as such, any other text by its letters."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells
from roi_core.ingest.dates import read_dates
from roi_core.ingest.day_order import DateColumn, settle
from roi_core.ingest.derive import SEQUENCES
from roi_core.ingest.text_table import TextTable
from roi_core.schema import LOADED, ColumnType

Comparable = npt.NDArray[np.float64]


def comparable(text: TextTable, place: int, mapping: Mapping[int, str]) -> Comparable:
    """One number a row, nan where there is nothing to compare. The order of day and month is settled as in translation."""
    cells = Cells.of(text.text.column(f"c{place}"), text.lines)
    numbers = read_numbers(cells, text.delimiter)
    if not numbers.bad:
        return _per_row(cells, numbers.values)
    times = _times(text, place, cells, mapping)
    if times.null_count < len(numbers.bad):
        return _per_row(cells, times)
    if len(numbers.bad) < len(cells.distinct):
        return _per_row(cells, numbers.values)
    return _per_row(cells, pc.rank(cells.distinct, sort_keys="ascending"))


def _times(text: TextTable, place: int, cells: Cells, mapping: Mapping[int, str]) -> pa.Array:
    columns = {
        name: DateColumn.of(text.headers[other], Cells.of(text.text.column(f"c{other}"), text.lines)) for other, name in _dates(mapping) if other != place
    }
    own = next((name for other, name in _dates(mapping) if other == place), "")
    columns[own] = DateColumn.of(text.headers[place], cells)
    entity = next(iter(mapping.values())).partition(".")[0]
    return read_dates(columns[own], settle(columns, SEQUENCES.get(entity, ())).get(own), None).values.cast(pa.int64())


def _dates(mapping: Mapping[int, str]) -> list[tuple[int, str]]:
    split = [(place, *canonical.partition(".")[::2]) for place, canonical in mapping.items()]
    return [(place, name) for place, table, name in split if LOADED[table].column(name).type is ColumnType.TIMESTAMP]


def _per_row(cells: Cells, values: pa.Array) -> Comparable:
    return np.asarray(cells.spread(values.cast(pa.float64())).fill_null(np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)
