"""Several rows of one record become one; what is not kept is added up, compared or counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, mask
from roi_core.ingest.export import Shape
from roi_core.ingest.row_order import Comparable, comparable
from roi_core.ingest.text_table import TextTable

_Ints = npt.NDArray[np.int64]
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Groups:
    """`sequence` (n rows) holds the rows record by record, the one that speaks first; `codes` (n) the record of each row."""

    sequence: _Ints
    codes: _Ints

    @property
    def count(self) -> int:
        """How many records there are."""
        return int(self.codes.max()) + 1

    @property
    def speakers(self) -> _Ints:
        """The row that speaks for each record."""
        return self.first_of(np.ones(len(self.codes), np.bool_))

    def first_of(self, chosen: npt.NDArray[np.bool_]) -> _Ints:
        """The first chosen row of each record in the order of speaking, -1 where none is chosen."""
        rows = self.sequence[chosen[self.sequence]]
        first = np.full(self.count, -1, np.int64)
        first[self.codes[rows][::-1]] = rows[::-1]
        return first

    def smallest(self, values: Comparable) -> _Ints:
        """The row with the smallest value of each record, -1 where all are nan."""
        by_value = self.sequence[np.argsort(values[self.sequence], kind="stable")]
        return _Groups(by_value, self.codes).first_of(~np.isnan(values))


def fold(text: TextTable, shape: Shape, places: Mapping[str, int], mapping: Mapping[int, str]) -> TextTable:
    """The table with one row a record, in the order in which records begin. Rows without any key are set aside.

    `places` holds positions by header, `mapping` the `table.column` that a position fills.
    """
    by = [header for header in shape.by if header in places]
    if not by:
        return text
    text = _with_key(text, by, places)
    if not text.text.num_rows:
        return text
    groups = _groups(text, shape, [places[header] for header in by], places, mapping)
    if groups.count == text.text.num_rows:
        return text
    return _folded(text, shape, groups, places, mapping)


def _with_key(text: TextTable, by: list[str], places: Mapping[str, int]) -> TextTable:
    blank = np.logical_and.reduce([mask(pc.equal(text.cells(places[header]), "")) for header in by])
    reason = f"{' and '.join(by)} is blank, so it cannot be told which record the row belongs to"
    return text.set_aside(dict.fromkeys(text.lines[blank].tolist(), reason))


def _groups(text: TextTable, shape: Shape, by: list[int], places: Mapping[str, int], mapping: Mapping[int, str]) -> _Groups:
    joined = pc.binary_join_element_wise(*(text.cells(place) for place in by), "\x1f").combine_chunks()
    codes = np.asarray(joined.dictionary_encode().indices.to_numpy(), dtype=np.int64)
    last = shape.speaks == "last"
    keys = [comparable(text, places[header], mapping) * (-1 if last else 1) for header in shape.order if header in places]
    rows = np.arange(len(codes)) * (-1 if last else 1)
    return _Groups(np.lexsort((rows, *reversed(keys), codes)), codes)


def _folded(text: TextTable, shape: Shape, groups: _Groups, places: Mapping[str, int], mapping: Mapping[int, str]) -> TextTable:
    speakers = groups.speakers
    columns = {f"c{place}": _spoken(text, place, groups, speakers) for place in range(len(text.headers))}
    for header, sign in (*((h, 1) for h in shape.earliest), *((h, -1) for h in shape.latest)):
        if (place := places.get(header)) is not None:
            rows = groups.smallest(sign * comparable(text, place, mapping))
            columns[f"c{place}"] = text.text.column(f"c{place}").take(pa.array(np.where(rows >= 0, rows, speakers)))
    notes: list[str] = []
    for header in shape.sums:
        if (place := places.get(header)) is not None:
            columns[f"c{place}"], said = _summed(text, place, groups)
            notes.extend(said)
    columns["line"] = pa.array(text.lines[speakers])
    gone = np.ones(text.text.num_rows, np.bool_)
    gone[speakers] = False
    left = text.without(gone, _note(text, shape, gone))
    return replace(left, text=pa.table(columns), notes=(*left.notes, *notes))


def _note(text: TextTable, shape: Shape, gone: npt.NDArray[np.bool_]) -> str:
    summed = [header for header in shape.sums if header in text.headers]
    added = f", adding up {', '.join(summed)}" if summed else ""
    return f"rows that are {shape.why}: {int(gone.sum()):,}, the first on line {text.lines[gone].min()}; folded into {int((~gone).sum()):,} records{added}"


def _spoken(text: TextTable, place: int, groups: _Groups, speakers: _Ints) -> pa.ChunkedArray:
    """The cell of the speaking row, or the next filled one of the record."""
    column, cells = text.text.column(f"c{place}"), text.cells(place)
    if not pc.any(pc.equal(cells.take(pa.array(speakers)), "")).as_py():
        return column.take(pa.array(speakers))
    rows = groups.first_of(mask(pc.not_equal(cells, "")))
    return column.take(pa.array(np.where(rows >= 0, rows, speakers)))


def _summed(text: TextTable, place: int, groups: _Groups) -> tuple[pa.Array, tuple[str, ...]]:
    """Sums as text with a decimal point; a record with a cell that is no number keeps that cell, to be reported with it."""
    cells = Cells.of(text.text.column(f"c{place}"), text.lines)
    numbers = read_numbers(cells, text.delimiter)
    values = np.asarray(cells.spread(numbers.values).fill_null(0.0).to_numpy(zero_copy_only=False), dtype=np.float64)
    sums = np.round(np.bincount(groups.codes, weights=values, minlength=groups.count), _MOST_DECIMALS)
    cents = bool((np.abs(sums * 100 - np.round(sums * 100)) < 10.0 ** (2 - _MOST_DECIMALS)).all())
    written = pa.array(np.char.mod("%.2f" if cents else f"%.{_MOST_DECIMALS}f", sums))
    filled, unread = groups.first_of(cells.codes >= 0), groups.first_of(np.isin(cells.codes, list(numbers.bad)))
    kept = pc.if_else(pa.array(filled >= 0), written, "")
    whole = pc.if_else(pa.array(unread >= 0), text.text.column(f"c{place}").combine_chunks().take(pa.array(np.maximum(unread, 0))), kept)
    lost = int((unread >= 0).sum())
    header = text.headers[place]
    return whole, (f"{header}: records that cannot be added up, because a cell is no number: {lost}",) if lost else ()
