"""Several rows of one record become one; what is not kept is added up, compared or counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask
from roi_core.ingest.export import Shape
from roi_core.ingest.folded import Folded
from roi_core.ingest.row_order import Comparable, comparable
from roi_core.ingest.sums import mixed_records, summed
from roi_core.ingest.text_table import TextTable

_Ints = npt.NDArray[np.int64]


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


def fold(
    text: TextTable,
    shape: Shape,
    places: Mapping[str, int],
    mapping: Mapping[int, str],
    said: Mapping[str, str] | None = None,
    records: Callable[[TextTable], _Ints] | None = None,
) -> TextTable:
    """The table with one row a record, in the order in which records begin. Rows without any key are set aside, and records of several currencies.

    `places` holds positions by header, `mapping` the `table.column` that a position fills, `said` the answers of the user. `records` tells
    the record of every row in place of its key alone.
    """
    by = [header for header in shape.by if header in places]
    if not by:
        return text
    text = _with_key(text, by, places)
    if not text.text.num_rows:
        return text
    codes = _keyed(text, [places[header] for header in by]) if records is None else records(text)
    groups = _groups(text, shape, codes, places, mapping)
    if mixed := mixed_records(text, [places[header] for header in shape.sums if header in places], groups.codes):
        return fold(text.set_aside(mixed), shape, places, mapping, said, records)
    if groups.count == text.text.num_rows:
        return text
    return _folded(text, shape, groups, places, mapping, said or {})


def _with_key(text: TextTable, by: list[str], places: Mapping[str, int]) -> TextTable:
    blank = np.logical_and.reduce([mask(pc.equal(text.cells(places[header]), "")) for header in by])
    reason = f"{' and '.join(by)} is blank, so it cannot be told which record the row belongs to"
    return text.set_aside(dict.fromkeys(text.lines[blank].tolist(), reason))


def _keyed(text: TextTable, by: list[int]) -> _Ints:
    joined = pc.binary_join_element_wise(*(text.cells(place) for place in by), "\x1f").combine_chunks()
    return np.asarray(joined.dictionary_encode().indices.to_numpy(), dtype=np.int64)


def _groups(text: TextTable, shape: Shape, codes: _Ints, places: Mapping[str, int], mapping: Mapping[int, str]) -> _Groups:
    codes = _apart(text, codes, next((places[header] for header in shape.apart if header in places), None))
    last = shape.speaks == "last"
    keys = [comparable(text, places[header], mapping) * (-1 if last else 1) for header in shape.order if header in places]
    rows = np.arange(len(codes)) * (-1 if last else 1)
    return _Groups(np.lexsort((rows, *reversed(keys), codes)), codes)


def _apart(text: TextTable, codes: _Ints, place: int | None) -> _Ints:
    """The codes, another one from each row of a record on whose cell is filled and is not the one filled before it."""
    if place is None:
        return codes
    cells = np.asarray(text.cells(place).combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    by_record = np.argsort(codes, kind="stable")
    filled = by_record[mask(pc.not_equal(text.cells(place), ""))[by_record]]
    starts = np.zeros(len(codes), np.int64)
    starts[filled[1:]] = (codes[filled[1:]] == codes[filled[:-1]]) & (cells[filled[1:]] != cells[filled[:-1]])
    which = np.empty(len(codes), np.int64)
    which[by_record] = np.cumsum(starts[by_record])
    return np.asarray(np.unique(np.column_stack((codes, which)), axis=0, return_inverse=True)[1].reshape(-1), dtype=np.int64)


def _folded(text: TextTable, shape: Shape, groups: _Groups, places: Mapping[str, int], mapping: Mapping[int, str], said: Mapping[str, str]) -> TextTable:
    speakers = groups.speakers
    columns: dict[str, pa.ChunkedArray] = {}
    stands: dict[int, npt.NDArray[np.bool_]] = {}
    spoiled: dict[int, _Ints] = {}
    decimals: dict[int, str] = {}
    for at in range(len(text.headers)):
        columns[f"c{at}"], others = _spoken(text, at, groups, speakers)
        if others is not None:
            stands[at] = others
    for header, sign in (*((h, 1) for h in shape.earliest), *((h, -1) for h in shape.latest)):
        if (place := places.get(header)) is not None:
            rows = groups.smallest(sign * comparable(text, place, mapping))
            columns[f"c{place}"] = text.text.column(f"c{place}").take(pa.array(np.where(rows >= 0, rows, speakers)))
    notes: list[str] = []
    asks = list(text.asks)
    for header in shape.sums:
        if (place := places.get(header)) is not None:
            added = summed(text, place, groups.codes, said)
            columns[f"c{place}"] = added.cells
            stands[place] = np.ones(text.text.num_rows, np.bool_)
            spoiled[place] = text.lines[added.spoiled]
            decimals[place] = added.decimal
            notes.extend(added.notes)
            asks.extend(added.asks)
    columns["line"] = pa.array(text.lines[speakers])
    gone = np.ones(text.text.num_rows, np.bool_)
    gone[speakers] = False
    left = text.without(gone, _note(text, shape, gone), shape.why)
    own = {place: rows[gone] for place, rows in stands.items()}
    folded = Folded(text.lines[gone], text.lines[speakers][groups.codes[gone]], own, spoiled, decimals)
    return replace(left, text=pa.table(columns), notes=(*left.notes, *notes), asks=tuple(asks), folded=folded)


def _note(text: TextTable, shape: Shape, gone: npt.NDArray[np.bool_]) -> str:
    summed = [header for header in shape.sums if header in text.headers]
    added = f", adding up {', '.join(summed)}" if summed else ""
    return f"rows that are {shape.why}: {int(gone.sum()):,}, the first on line {text.lines[gone].min()}; folded into {int((~gone).sum()):,} records{added}"


def _spoken(text: TextTable, place: int, groups: _Groups, speakers: _Ints) -> tuple[pa.ChunkedArray, npt.NDArray[np.bool_] | None]:
    """The cell of the speaking row, or the next filled one of the record; and whose cells (n rows) stand there, None where all are of the speakers."""
    column, cells = text.text.column(f"c{place}"), text.cells(place)
    if not pc.any(pc.equal(cells.take(pa.array(speakers)), "")).as_py():
        return column.take(pa.array(speakers)), None
    rows = groups.first_of(mask(pc.not_equal(cells, "")))
    rows = np.where(rows >= 0, rows, speakers)
    stands = np.zeros(text.text.num_rows, np.bool_)
    stands[rows] = True
    return column.take(pa.array(rows)), stands
