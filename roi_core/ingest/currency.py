"""Which amounts of a file are read where it gives them twice: as charged, and in the currency of settlement."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.headers import read_header
from roi_core.ingest.one_currency import counted_by_line
from roi_core.ingest.recognise import Recognition, find
from roi_core.ingest.text_table import TextTable


def in_one_currency(text: TextTable, recognition: Recognition) -> Recognition:
    """The recognition with the converted amounts first, where the charged ones are in several currencies and those in one."""
    export = recognition.declaration
    if export is None or not export.converted:
        return recognition
    headers = [read_header(header) for header in text.headers]
    places = {canonical: find(header, headers, export.drift) for canonical, header in export.converted.items()}
    charged = {canonical: place for place, canonical in recognition.mapping.items() if canonical in places}
    settled = {canonical: place for canonical, place in places.items() if place is not None}
    if set(settled) != set(places) or set(charged) != set(places):
        return recognition
    name = next(canonical for canonical in places if canonical.endswith(".currency"))
    before, after = _currencies(text, charged[name]), tuple(_currencies(text, settled[name]))
    if len(before) < 2 or len(after) != 1:
        return recognition
    if lacking := _unconverted(text, {canonical: (charged[canonical], settled[canonical]) for canonical in places if canonical.endswith(".amount")}):
        told = _told(text, charged[name], before)
        note = f"ask: rows with an amount and none in the currency of settlement: {lacking:,}; amounts are read as charged, in {told}"
        return replace(recognition, notes=(*recognition.notes, note))
    mapping = MappingProxyType({**{place: canonical for canonical, place in settled.items()}, **recognition.mapping})
    note = f"{text.headers[charged[name]]} holds {_told(text, charged[name], before)}: amounts are read as converted to {after[0]}, the currency of settlement"
    return replace(recognition, mapping=mapping, notes=(*recognition.notes, note))


def _unconverted(text: TextTable, places: Mapping[str, tuple[int, int]]) -> int:
    """Rows whose amount is given as charged alone."""
    lacking = (pc.and_(pc.not_equal(text.cells(one), ""), pc.equal(text.cells(other), "")) for one, other in places.values())
    return max((int(pc.sum(rows).as_py() or 0) for rows in lacking), default=0)


def _currencies(text: TextTable, place: int) -> dict[str, int]:
    """Rows by currency, the most frequent first."""
    counted = pc.value_counts(_codes(text, place)).to_pylist()
    return {one["values"]: one["counts"] for one in sorted(counted, key=lambda one: (-one["counts"], one["values"])) if one["values"]}


def _codes(text: TextTable, place: int) -> pa.ChunkedArray:
    return pc.utf8_upper(text.cells(place))


def _told(text: TextTable, place: int, counted: Mapping[str, int]) -> str:
    return counted_by_line(_codes(text, place), counted, text.lines)
