"""The columns of a file by what they fill: one source a canonical column, and the headers that fill none."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_core.ingest.cells import Cells
from roi_core.ingest.day_order import DateColumn
from roi_core.ingest.export import Export
from roi_core.ingest.headers import Header, read_header
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.text_table import TextTable
from roi_core.schema import LOADED, Column, ColumnType


@dataclass(frozen=True, slots=True)
class Source:
    """One canonical column as it stands in the file: its cells, the header it stands under, and the declared export."""

    canonical: str
    cells: Cells
    header: Header
    export: Export | None
    delimiter: str | None
    dates: DateColumn | None = None

    @property
    def column(self) -> Column:
        """The declared column."""
        table, _, name = self.canonical.partition(".")
        return LOADED[table].column(name)

    @property
    def zone(self) -> str | None:
        """Zone of its times: that of the header, else that of the export."""
        return self.header.zone or (self.export.zone if self.export else None)


def lines_of(text: TextTable) -> npt.NDArray[np.int64]:
    """Physical line (from 1) of every row."""
    return np.asarray(text.text.column("line").to_numpy(), dtype=np.int64)


def sources_of(text: TextTable, recognition: Recognition) -> dict[str, Source]:
    """One source by column name, without its table. Where several headers fill one column, the later ones fill its blanks."""
    sources: dict[str, Source] = {}
    lines = lines_of(text)
    for place, canonical in recognition.mapping.items():
        name = canonical.partition(".")[2]
        blanks = recognition.declaration.blanks.get(canonical, ()) if recognition.declaration else ()
        cells = Cells.of(text.text.column(f"c{place}"), lines, blanks)
        if name in sources:
            cells = sources[name].cells.otherwise(cells)
        header = sources[name].header if name in sources else read_header(text.headers[place])
        sources[name] = Source(canonical, cells, header, recognition.declaration, text.delimiter)
    return {name: _with_dates(source) for name, source in sources.items()}


def _with_dates(source: Source) -> Source:
    if source.column.type is not ColumnType.TIMESTAMP:
        return source
    dates = DateColumn.of(source.header.text, source.cells)
    return Source(source.canonical, source.cells, source.header, source.export, source.delimiter, dates)


def spare_of(text: TextTable, mapping: Mapping[int, str]) -> dict[int, Cells]:
    """Cells of the headers that fill no column, by position."""
    lines = lines_of(text)
    return {place: Cells.of(text.text.column(f"c{place}"), lines) for place in range(len(text.headers)) if place not in mapping}
