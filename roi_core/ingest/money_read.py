"""How the columns of money of one table were read, for the ledger that adds up their cells again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roi_core.ingest.cells import Reading
from roi_core.ingest.sources import Source
from roi_core.ingest.text_table import TextTable
from roi_core.schema import ColumnType


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """How many units a line has: the place (from 0) of its header, and the decimal sign of its cells."""

    place: int
    decimal: str


@dataclass(frozen=True, slots=True)
class MoneyRead:
    """One column of money as it was typed: the places (from 0) of its headers, how its amounts are written, and `loaded`, one value a kept row.

    With `units` the cells under its header are prices of one unit.
    """

    canonical: str
    header: str
    places: tuple[int, ...]
    decimal: str
    hundredths: bool
    blanks: tuple[str, ...]
    unit: str | None
    units: UnitsRead | None
    loaded: pa.Array | pa.ChunkedArray


def money_read(
    text: TextTable,
    sources: Mapping[str, Source],
    readings: Mapping[str, Reading],
    as_read: Mapping[str, pa.Array],
    typed: tuple[Mapping[str, pa.Array], pa.Table],
    keep: npt.NDArray[np.bool_],
) -> Iterator[MoneyRead]:
    """The columns of money that have a header: as they are in the part, and those that something else was derived from as they were read."""
    columns, part = typed
    for name, source in sources.items():
        if source.column.type is ColumnType.MONEY and source.places:
            export, canonical, reading = source.export, source.canonical, readings[name]
            hundredths = export is not None and canonical in export.minor_units
            blanks = export.blanks.get(canonical, ()) if export else ()
            loaded = part.column(name) if columns[name] is as_read[name] else as_read[name].filter(pa.array(keep))
            read = MoneyRead(canonical, source.header.text, source.places, reading.decimal, hundredths, blanks, reading.unit, None, loaded)
            yield _as_written(read, text)


def _as_written(read: MoneyRead, text: TextTable) -> MoneyRead:
    """How amounts stand in the cells of the file, where those that were typed were worked out of them."""
    place, priced = read.places[0], text.priced
    if priced is not None and priced.price == place:
        header = f"{text.headers[priced.units]} x {read.header}"
        return replace(read, header=header, decimal=priced.decimal, units=UnitsRead(priced.units, priced.units_decimal))
    return replace(read, decimal=text.folded.decimals.get(place, read.decimal)) if text.folded else read
