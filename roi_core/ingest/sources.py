"""The columns of a file by what they fill: one source a canonical column, and the headers that fill none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells
from roi_core.ingest.day_order import DateColumn
from roi_core.ingest.export import Export
from roi_core.ingest.headers import Header, read_header
from roi_core.ingest.questions import key_of
from roi_core.ingest.recognise import Recognition, find, is_joined
from roi_core.ingest.side_by_side import side_by_side
from roi_core.ingest.spill import Spill
from roi_core.ingest.text_table import TextTable
from roi_core.schema import LOADED, Column, ColumnType, Privacy

_SEVERAL = frozenset({"tickets.tags"})
"""Text columns that hold several values, separated by commas; repeated headers all go in."""

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Source:
    """One canonical column as it stands in the file: its cells, the header it stands under, the declared export, and what the user said.

    `places` are the positions (from 0) of all headers that fill it.
    """

    canonical: str
    cells: Cells
    header: Header
    export: Export | None
    delimiter: str | None
    dates: DateColumn | None = None
    notes: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[int, ...] = ()

    @property
    def column(self) -> Column:
        """The declared column."""
        table, _, name = self.canonical.partition(".")
        return LOADED[table].column(name)

    @property
    def zone(self) -> str | None:
        """Zone of its times: that of the header, else that of the export, else that which the user named."""
        return self.header.zone or (self.export.zone if self.export else None) or self.said.get("zone")

    def answer(self, subject: str) -> str | None:
        """What the user said to a question about this column alone."""
        return self.said.get(key_of(subject, self.header.text))


def sources_of(text: TextTable, recognition: Recognition) -> dict[str, Source]:
    """One source by column name, without its table: headers that fill one column, and constants of the export or the user where none does.

    Where several headers fill one column, the later ones fill its blanks, or they are joined where the export or the column says so.
    """
    export = recognition.declaration
    places: dict[str, list[int]] = {}
    for place, canonical in recognition.mapping.items():
        places.setdefault(canonical, []).append(place)
    constants = {**(export.constants if export else {}), **recognition.constants}

    lines = text.spill.integers(text.lines)

    def read(entry: tuple[str, list[int]]) -> Source:
        return _with_dates(replace(_source(text, lines, *entry, export), said=recognition.said), text.spill)

    if export:
        headers = [read_header(header) for header in text.headers]
        found = {canonical: find(header, headers, export.drift) for canonical, header in export.also.items() if canonical not in places}
        places |= {canonical: [place] for canonical, place in found.items() if place is not None}
    fixed = [_constant(text, lines, canonical, value, export) for canonical, value in constants.items() if canonical not in places]
    largest_first = sorted(places.items(), key=lambda entry: -sum(_held_bytes(text.text.column(f"c{place}")) for place in entry[1]))
    read_so_far = {source.canonical: source for source in side_by_side(read, largest_first, text.text.num_rows, text.spill)}
    filled = [read_so_far[canonical] for canonical in places]
    return {source.column.name: source for source in (*filled, *(_with_dates(replace(one, said=recognition.said), text.spill) for one in fixed))}


def _held_bytes(column: pa.ChunkedArray) -> int:
    """Of its buffers, without a look into them: `nbytes` reads the ends of every chunk, which maps half of a large file."""
    return sum(buffer.size for chunk in column.chunks for buffer in chunk.buffers() if buffer)


def _source(text: TextTable, lines: Lines, canonical: str, places: Sequence[int], export: Export | None) -> Source:
    header = read_header(text.headers[places[0]])
    blanks = export.blanks.get(canonical, ()) if export else ()
    columns = _columns(text, canonical, places, export)
    first, *others = (Cells.of(column, lines, blanks, twice=len(columns) == 1 and _may_repeat(canonical)) for column in columns)
    for other in others:
        first = first.otherwise(other)
    source = Source(canonical, first, header, export, text.delimiter, places=tuple(places))
    source = _extracted(_first_listed(source, export), export) if export else source
    return replace(source, cells=source.cells.held(text.spill))


def _may_repeat(canonical: str) -> bool:
    """Whether nobody asks which distinct values there are: times, and texts that only rules read, of a table whose rows have a key."""
    table, _, name = canonical.partition(".")
    column = LOADED[table].column(name)
    return bool(LOADED[table].key) and name not in LOADED[table].key and (column.type is ColumnType.TIMESTAMP or column.privacy is Privacy.DROPPED)


def _columns(text: TextTable, canonical: str, places: Sequence[int], export: Export | None) -> list[pa.ChunkedArray]:
    """The columns that fill one, in order of preference, with those that make one value together joined."""
    if export and is_joined(export, canonical, [read_header(text.headers[place]) for place in places]):
        return [_joined(text, places, " ")]
    if canonical not in _SEVERAL:
        return [text.text.column(f"c{place}") for place in places]
    by_header = groupby(places, key=lambda place: read_header(text.headers[place]).folded)
    return [_joined(text, list(group), ", ") for _, group in by_header]


def _joined(text: TextTable, places: Sequence[int], between: str) -> pa.ChunkedArray:
    whole, *others = (text.cells(place) for place in places)
    for other in others:
        both = pc.binary_join_element_wise(whole, other, between)
        whole = pc.if_else(pc.equal(whole, ""), other, pc.if_else(pc.equal(other, ""), whole, both))
    return whole


def _first_listed(source: Source, export: Export) -> Source:
    mark = export.lists.get(source.canonical)
    several = pc.match_substring(source.cells.distinct, mark) if mark else None
    if several is None or not pc.any(several).as_py():
        return source
    rows = int(source.cells.counts()[np.asarray(several.to_numpy(zero_copy_only=False), dtype=bool)].sum())
    first = pc.list_element(pc.split_pattern(pc.utf8_ltrim(source.cells.distinct, f"{mark} "), mark), 0)
    return replace(source, cells=source.cells.changed(first), notes=(f"cells that hold several values: {rows:,}; the first is taken",))


def _extracted(source: Source, export: Export) -> Source:
    """The first group of the declared pattern; a cell without a match stays as it is."""
    pattern = export.extracts.get(source.canonical)
    if pattern is None:
        return source
    found = pc.replace_substring_regex(source.cells.distinct, rf"(?s)^.*?(?:{pattern}).*$", r"\1")
    return replace(source, cells=source.cells.changed(found))


def _constant(text: TextTable, lines: Lines, canonical: str, value: str, export: Export | None) -> Source:
    cells = Cells(pa.array([value]), np.zeros(text.text.num_rows, np.int32), lines)
    return Source(canonical, cells, read_header(canonical.partition(".")[2]), export, text.delimiter)


def _with_dates(source: Source, spill: Spill) -> Source:
    if source.column.type is not ColumnType.TIMESTAMP:
        return source
    return replace(source, dates=DateColumn.of(source.header.text, source.cells).held(spill))


def spare_of(text: TextTable, mapping: Mapping[int, str]) -> dict[int, Cells]:
    """Cells of the headers that fill no column, by position."""
    return {place: Cells.of(text.text.column(f"c{place}"), text.lines) for place in range(len(text.headers)) if place not in mapping}
