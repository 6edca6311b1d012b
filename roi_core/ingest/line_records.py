"""Rows that may be lines of one order or bill: of one number, one buyer and one day."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_core.ingest.cells import Cells
from roi_core.ingest.row_order import comparable
from roi_core.ingest.text_table import TextTable

_BUYERS = ("customer_id", "email", "company", "phone")
_DAY_US = 86_400_000_000

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Several:
    """Rows of records with more than one: `rows` (m) of the table, `codes` (m) from 0 for each record, and `share` of all records they are."""

    rows: _Ints
    codes: _Ints
    share: float

    @classmethod
    def of(cls, records: _Ints) -> "Several":
        """Of the record of every row (n), from 0."""
        counts = np.bincount(records)
        rows = np.flatnonzero(counts[records] > 1)
        return cls(rows, np.unique(records[rows], return_inverse=True)[1], float((counts > 1).sum() / max((counts > 0).sum(), 1)))

    def differ(self, values: npt.NDArray[np.float64] | _Ints) -> _Mask:
        """Of each record, whether the values (m) of its rows differ; what is unknown differs from nothing else that is."""
        order = np.argsort(self.codes, kind="stable")
        codes, ordered = self.codes[order], values[order]
        unknown = np.isnan(ordered)
        changes = (codes[1:] == codes[:-1]) & (ordered[1:] != ordered[:-1]) & ~(unknown[1:] & unknown[:-1])
        return np.bincount(codes[1:], weights=changes, minlength=int(codes[-1]) + 1) > 0


def records_of(text: TextTable, key: int, time: int | None, places: Mapping[str, int], mapping: Mapping[int, str]) -> _Ints:
    """The record of every row (n), from 0: its number under `key`, its buyer, and its day under `time`; blank cells are as the first that is filled."""
    number = codes_of(text, key)
    found = number + 1
    buyer = next((places[name] for name in _BUYERS if name in places), None)
    for values in ([] if buyer is None else [codes_of(text, buyer)]) + ([] if time is None else [_days(text, time, mapping)]):
        filled = _filled(number, values)
        found = np.unique(found * (int(filled.max(initial=-1)) + 2) + filled + 1, return_inverse=True)[1]
    return np.asarray(found, dtype=np.int64)


def codes_of(text: TextTable, place: int) -> _Ints:
    """Of every row (n) the place of its cell among those that occur, -1 where it is blank."""
    return Cells.of(text.text.column(f"c{place}"), text.lines).codes.astype(np.int64)


def _days(text: TextTable, place: int, mapping: Mapping[int, str]) -> _Ints:
    times = comparable(text, place, mapping)
    unknown = np.isnan(times)
    days = np.where(unknown, 0.0, times // _DAY_US)
    return np.where(unknown, -1, np.unique(days, return_inverse=True)[1])


def _filled(number: _Ints, values: _Ints) -> _Ints:
    """Values with those that are unknown (-1) from the first row of the same number that has one."""
    first = np.full(int(number.max(initial=-1)) + 2, -1, np.int64)
    known = np.flatnonzero(values >= 0)[::-1]
    first[number[known]] = values[known]
    return np.where(values >= 0, values, first[number])
