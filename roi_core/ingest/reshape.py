"""Rows to records: further header rows, groups and totals, rows that are no records, several rows of one record."""

import re
from collections.abc import Mapping

import numpy as np

from roi_core.ingest.cells import Cells, matches
from roi_core.ingest.export import Export, Skip
from roi_core.ingest.fold import fold
from roi_core.ingest.groups import fill_down
from roi_core.ingest.headers import read_header
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.recognise import Recognition, find
from roi_core.ingest.text_table import TextTable, no_records_note
from roi_core.schema import LOADED, ColumnType


def reshape(text: TextTable, recognition: Recognition) -> TextTable:
    """One row a record, by what the recognised export declares. Every row that goes is counted in the ledger and in a note.

    A declared header that the file lacks leaves its step out.
    """
    export = recognition.declaration
    if export is None or not text.text.num_rows:
        return text
    shape, places = export.shape, _places(text, export)
    if shape and shape.header_rows:
        text = _without_header_rows(text, recognition.mapping, shape.header_rows)
    if shape and shape.fill_down is not None and shape.fill_down in places:
        text = fill_down(text, places[shape.fill_down])
    for skip in export.skips:
        if skip.header in places:
            text = _skipped(text, places[skip.header], skip)
    return fold(text, shape, places, recognition.mapping, recognition.said) if shape and shape.by else text


def _places(text: TextTable, export: Export) -> dict[str, int]:
    """Position (from 0) of every header that the shape and the skips of an export name and the file has."""
    shape = export.shape
    named = [skip.header for skip in export.skips]
    if shape:
        named += [*shape.by, *shape.order, *shape.earliest, *shape.latest, *shape.sums, *shape.apart, *(() if shape.fill_down is None else (shape.fill_down,))]
    headers = [read_header(header) for header in text.headers]
    found = {header: find(header, headers, export.drift, any_unit=True) for header in named}
    return {header: place for header, place in found.items() if place is not None}


def _without_header_rows(text: TextTable, mapping: Mapping[int, str], rows: int) -> TextTable:
    """Up to `rows` rows directly below the header, as long as none holds a date or a time where a date belongs."""
    above = sorted([*text.lines[:rows].tolist(), *(row.line for row in text.quarantined)])[:rows]
    gone = np.zeros(text.text.num_rows, np.bool_)
    dates = [place for place, canonical in mapping.items() if _is_date(canonical)]
    for row in range(int(np.isin(text.lines[:rows], above).sum())):
        if any(kind_of([text.text.column(f"c{place}")[row].as_py()]) == "date" for place in dates):
            break
        gone[row] = True
    return text.without(gone, f"rows below the header that are headers as well: {int(gone.sum())}, the first on line {text.lines[0]}", "a further header row")


def _is_date(canonical: str) -> bool:
    table, _, name = canonical.partition(".")
    return LOADED[table].column(name).type is ColumnType.TIMESTAMP


def _skipped(text: TextTable, place: int, skip: Skip) -> TextTable:
    cells = Cells.of(text.text.column(f"c{place}"), text.lines)
    hit = matches(cells.distinct, f"(?is)^(?:{skip.pattern})$")
    empty = bool(re.fullmatch(skip.pattern, ""))
    gone = np.where(cells.codes >= 0, hit[cells.codes] if len(hit) else False, empty)
    if not gone.any():
        return text
    return text.without(gone, no_records_note(skip.why, text.lines[gone]), skip.why)
