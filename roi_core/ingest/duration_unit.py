"""The unit of durations whose vendor is known to write one unit under the name of another: the rows of the file decide."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roi_core.ingest.asking import asks_unit
from roi_core.ingest.cells import Cells, Reading
from roi_core.ingest.durations import read_durations, unit_of_header
from roi_core.ingest.export import Duration, DurationUnit
from roi_core.ingest.sources import Source

_SHARE_AGAINST, _SHARE_ALLOWED = 0.5, 0.05
_LONGEST_MEDIAN = 600.0
"""Minutes. A public reader of such files takes durations with a longer median for seconds."""
_ROUNDED = 1.0

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """One column read in the unit its header names and in the one its vendor writes; minutes a row, nan where blank."""

    named: Reading
    declared: Reading
    cells: Cells

    def too_long(self, reading: Reading, opened: _Floats) -> tuple[int, int]:
        """Rows whose duration is longer than the ticket was open, and rows that can tell."""
        minutes = _per_row(self.cells, reading.values)
        told = ~np.isnan(minutes) & ~np.isnan(opened)
        return int((minutes[told] > opened[told] + _ROUNDED).sum()), int(told.sum())


def settle_units(sources: Mapping[str, Source], readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """New readings, by column name, of the durations whose header may name the wrong unit: all of one file in the same one.

    No duration is longer than its ticket was open. Where that does not settle it, it is asked with both readings.
    """
    doubts = {name: _doubt(source, readings[name]) for name, source in sources.items() if _is_doubted(source, readings[name])}
    if not doubts:
        return {}
    opened = _open_minutes(sources, readings)
    named = np.sum([doubt.too_long(doubt.named, opened) for doubt in doubts.values()], axis=0)
    declared = np.sum([doubt.too_long(doubt.declared, opened) for doubt in doubts.values()], axis=0)
    return {name: _settled(doubt, sources[name], named, declared) for name, doubt in doubts.items()}


def _is_doubted(source: Source, named: Reading) -> bool:
    declared = _declared(source)
    if declared is None or not declared.header_errs or named.values.null_count == len(named.values):
        return False
    return unit_of_header(source.header.unit) not in (None, declared.unit)


def _declared(source: Source) -> Duration | None:
    return source.export.durations.get(source.canonical) if source.export else None


def _doubt(source: Source, named: Reading) -> _Doubt:
    declared = _declared(source)
    return _Doubt(named, read_durations(source.cells, declared, source.delimiter) if declared else named, source.cells)


def _settled(doubt: _Doubt, source: Source, named: npt.NDArray[np.int64], declared: npt.NDArray[np.int64]) -> Reading:
    header, unit, other = source.header.text, source.header.unit, doubt.declared.format
    against, rows = named
    if rows and against > _SHARE_AGAINST * rows and declared[0] <= _SHARE_ALLOWED * rows:
        return _with(doubt.declared, f"{header} holds {other}: as {unit}, {against} of {rows} durations would be longer than the ticket was open")
    if rows and against <= _SHARE_ALLOWED * rows:
        return _with(doubt.named, f"{header} is read as it says: {rows - against} of {rows} durations fit into the time the ticket was open")
    units = (_declared_unit(source), unit_of_header(unit))
    for said, reading in zip(units, (doubt.declared, doubt.named), strict=True):
        if said is not None and source.answer("unit") == said.value:
            return _with(reading, f"{header} is read as {said.value}, as you said")
    median = float(np.nanmedian(_per_row(doubt.cells, doubt.named.values)))
    chosen, spoken = (doubt.declared, other) if median > _LONGEST_MEDIAN else (doubt.named, unit)
    asked = f"ask: {header} is read as {spoken}; some files of this vendor hold {other} under it, and as {unit} its median is"
    ways = tuple(unit for unit in units if unit is not None)
    best = ways[0] if chosen is doubt.declared else ways[-1]
    return replace(_with(chosen, f"{asked} {median:,.0f} minutes"), asks=(asks_unit(source, ways, best),))


def _declared_unit(source: Source) -> DurationUnit | None:
    declared = _declared(source)
    return declared.unit if declared else None


def _with(reading: Reading, note: str) -> Reading:
    return replace(reading, notes=(*reading.notes, note))


def _open_minutes(sources: Mapping[str, Source], readings: Mapping[str, Reading]) -> _Floats:
    """Minutes from the opening to the latest known end of every ticket; nan where either is missing."""
    rows = next(iter(sources.values())).cells.rows
    times = {name: _seconds(name, sources, readings, rows) for name in ("created_at", "resolved_at", "closed_at")}
    return (np.fmax(times["resolved_at"], times["closed_at"]) - times["created_at"]) / 60


def _seconds(name: str, sources: Mapping[str, Source], readings: Mapping[str, Reading], rows: int) -> _Floats:
    if name not in sources:
        return np.full(rows, np.nan)
    return _per_row(sources[name].cells, readings[name].values.cast(pa.int64())) / 1e6


def _per_row(cells: Cells, values: pa.Array) -> _Floats:
    return np.asarray(cells.spread(values.cast(pa.float64())).fill_null(np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)
