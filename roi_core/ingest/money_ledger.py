"""The money ledger: what stands in the file under every column of money is loaded, set aside or no data, to the last cent.

The sum of the file is taken from its raw cells, apart from the engines that part and type them; what is loaded is the sum of the typed
column. Several rows of one record count by the declared rule: a cell that speaks for the record, or is added up into it, is loaded;
a total that is repeated on a further row of the record is no data, as that row is.

Independent of what was loaded: where records and cells stand (the index of the records), the reading of amounts in usual dress (`raw_amounts`),
and the adding up, in whole units. Shared with it: which header is which column, the decimal sign of the column, what counts as blank, and the
reading of amounts in rarer dress. So a cell that is moved, lost, doubled or read under another header is seen; a wrong mapping or decimal sign
is not, nor are two amounts of one column that change places. A record of another width than the header is set aside as a row and has no amount
on either side, because nobody knows which cell of it is which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import amounts_by
from roi_core.ingest.cells import Cells, mask, missing
from roi_core.ingest.folded import Folded
from roi_core.ingest.left_out import lines_of
from roi_core.ingest.money_places import is_money
from roi_core.ingest.money_read import MoneyRead
from roi_core.ingest.raw_amounts import MOST_DECIMALS, Amounts
from roi_core.ingest.raw_spans import RawText
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.text_table import TextTable

_Ints = npt.NDArray[np.int64]
_LEAST = 2
"""Decimals in which amounts are added up: as many as the cells have, within these."""
_EXACT = 2.0**53
_SCALED = 2.0**50
"""Up to here a double times a power of ten is the whole number that was written."""
_HALF = 32


class _Fate(IntEnum):
    """What became of a cell; 0 where its row is loaded, or lost."""

    ASIDE = 1
    NO_DATA = 2
    UNREAD = 3


@dataclass(frozen=True, slots=True)
class MoneySums:
    """Sums of one column in units of 10 to the power of -`decimals`; `unread` is what stands in records whose sum has a cell that is no number.

    `slack` is how far the sums may be apart because cells have more decimals than are added up. `no_cell` counts rows set aside that have another
    width than the header: no sum holds an amount of theirs.
    """

    read: MoneyRead
    decimals: int
    raw: int
    loaded: int
    aside: int
    no_data: int
    unread: int
    unread_cells: int
    no_cell: int
    slack: int

    @property
    def unaccounted(self) -> int:
        """What is in the file and nowhere else; anything but 0 is a fault."""
        left = self.raw - self.loaded - self.aside - self.no_data - self.unread
        return 0 if abs(left) <= self.slack else left

    def as_json(self) -> dict[str, Any]:
        """One entry of `rows.money` of `support-roi inspect`: amounts are exact, so they are texts with a decimal point."""
        sums = {"raw": self.raw, "loaded": self.loaded, "quarantined": self.aside, "not_data": self.no_data, "unread": self.unread}
        written = {name: self._written(amount) for name, amount in (*sums.items(), ("unaccounted", self.unaccounted))}
        return {
            "header": self.read.header,
            "canonical": self.read.canonical,
            "unit": self.read.unit,
            **written,
            "unread_cells": self.unread_cells,
            "no_cell": self.no_cell,
        }

    def _written(self, amount: int) -> str:
        exact = Decimal(amount).scaleb(-self.decimals - 2 * self.read.hundredths)
        return f"{exact:.{max(_LEAST, self._shown())}f}"

    def _shown(self) -> int:
        return self.decimals + 2 * self.read.hundredths if self.decimals > _LEAST else _LEAST


def holds_money(recognition: Recognition) -> bool:
    """Whether a header of the file may fill a column of money; the raw cells of other files are let go at once."""
    also = recognition.declaration.also if recognition.declaration else ()
    return any(is_money(canonical) for canonical in (*recognition.mapping.values(), *also))


def money_sums(text: TextTable, columns: tuple[MoneyRead, ...]) -> tuple[MoneySums, ...]:
    """The sums of every column of money; none where the raw cells of the table are not known, and of a folded one with several headers."""
    if text.raw is None or not columns:
        return ()
    told = [column for column in columns if len(column.places) == 1 or text.folded is None]
    fates = _fates(text, text.raw.lines)
    amounts = _amounts(text.raw, told)
    no_cell = int((text.raw.records.fields != text.raw.width)[fates == _Fate.ASIDE].sum()) if isinstance(text.raw, RawText) else 0
    return tuple(_sums(column, found, _with_folded(text, fates, column.places), no_cell) for column, found in zip(told, amounts, strict=True))


def refusal(sums: MoneySums) -> str:
    """Why a table is not loaded whose amounts do not balance."""
    told = sums.as_json()
    parts = ", ".join(f"{told[key]} {name}" for key, name in (("loaded", "loaded"), ("quarantined", "set aside"), ("not_data", "no data")))
    return f'the amounts under "{sums.read.header}" do not balance: {told["raw"]} in the file, {parts}; {told["unaccounted"]} could not be accounted for'


def _fates(text: TextTable, lines: _Ints) -> npt.NDArray[np.int8]:
    """What became of each raw record, by its line."""
    fates = np.zeros(len(lines), np.int8)
    fates[_places(lines, lines_of(text.left_out))] = _Fate.NO_DATA
    fates[_places(lines, np.array([row.line for row in text.quarantined], np.int64))] = _Fate.ASIDE
    return fates


def _places(lines: _Ints, wanted: _Ints) -> _Ints:
    """Where the wanted lines stand among all, which rise; those that are not among them are left out."""
    if not len(lines) or not len(wanted):
        return np.empty(0, np.int64)
    found = np.minimum(np.searchsorted(lines, wanted), len(lines) - 1)
    places: _Ints = found[lines[found] == wanted]
    return places


def _with_folded(text: TextTable, fates: npt.NDArray[np.int8], places: tuple[int, ...]) -> npt.NDArray[np.int8]:
    """The fates of the cells under one header: a cell that stands in the record of another row shares the fate of that record."""
    folded: Folded | None = text.folded
    if folded is None or text.raw is None:
        return fates
    lines, (place,) = text.raw.lines, places
    fates = fates.copy()
    stands = folded.stands.get(place, np.zeros(len(folded.lines), np.bool_))
    fates[_places(lines, folded.lines[stands])] = fates[_places(lines, folded.into[stands])]
    spoiled = _places(lines, folded.spoiled.get(place, np.empty(0, np.int64)))
    fates[spoiled[fates[spoiled] == 0]] = _Fate.UNREAD
    return fates


def _amounts(raw: Any, columns: list[MoneyRead]) -> list[Amounts]:
    """The raw amounts of every column; of lines with a price of one unit, of all their units."""
    counts = {number: replace(one, places=(one.units.place,), decimal=one.units.decimal) for number, one in enumerate(columns) if one.units}
    found = list(_of_cells(raw, [*columns, *counts.values()]))
    units = dict(zip(counts, found[len(columns) :], strict=True))
    return [amounts.times(units[number]) if number in units else amounts for number, amounts in enumerate(found[: len(columns)])]


def _of_cells(raw: Any, columns: list[MoneyRead]) -> Iterator[Amounts]:
    by_place = {(column, place): Amounts.none(len(raw.lines)) for column in range(len(columns)) for place in columns[column].places}
    if isinstance(raw, RawText):
        text = np.frombuffer(raw.text, np.uint8)
        for spans in raw.spans(sorted({place for _, place in by_place})):
            for (column, place), found in by_place.items():
                found.put(text, spans[place], columns[column].decimal, partial(_read, columns[column]))
    else:
        for (column, place), found in by_place.items():
            found.put_column(raw.texts(place), columns[column].decimal, partial(_read, columns[column]))
    for number, told in enumerate(columns):
        first, *others = (by_place[number, place] for place in told.places)
        for other in others:
            first = first.otherwise(other)
        yield first


def _read(column: MoneyRead, texts: pa.Array) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Amounts that are not written in digits alone, by the decimal sign of the whole column."""
    cells = Cells.of(pa.chunked_array([texts]), np.arange(len(texts)), column.blanks)
    values = amounts_by(cells.distinct, column.decimal)
    bad = np.append(mask(pc.is_null(values)) & ~missing(cells.distinct), False)
    doubles = np.asarray(pc.fill_null(cells.spread(values), float("nan")).to_numpy(zero_copy_only=False), np.float64)
    return doubles, cells.codes >= 0, bad[cells.codes]


def _sums(column: MoneyRead, amounts: Amounts, fates: npt.NDArray[np.int8], no_cell: int) -> MoneySums:
    by_text = np.flatnonzero(amounts.by_text)
    doubles = amounts.doubles[by_text]
    decimals = _decimals(doubles, float(np.abs(amounts.cents).max(initial=0)) / 100)
    scaled = amounts.cents if decimals == _LEAST else amounts.cents * 10 ** (decimals - _LEAST)
    scaled[by_text] = _scaled(doubles, decimals)
    scaled[~amounts.filled] = 0
    loaded = np.asarray(pc.fill_null(column.loaded, 0.0).to_numpy(zero_copy_only=False), np.float64)
    moved = np.flatnonzero(fates)
    aside, no_data, unread = (_added(scaled[moved[fates[moved] == fate]]) for fate in (_Fate.ASIDE, _Fate.NO_DATA, _Fate.UNREAD))
    cells = int((amounts.unread & (fates != _Fate.NO_DATA)).sum())
    slack = int((np.round(doubles, decimals) != doubles)[~np.isnan(doubles)].sum())
    total = _added(_scaled(loaded * (100.0 if column.hundredths else 1.0), decimals))
    return MoneySums(column, decimals, _added(scaled), total, aside, no_data, unread, cells, no_cell, slack)


def _decimals(doubles: npt.NDArray[np.float64], largest: float) -> int:
    """As many as the amounts have, and can be held exactly; `largest` is that of all others."""
    doubles = doubles[~np.isnan(doubles)]
    largest = max(largest, float(np.abs(doubles).max(initial=0.0)))
    allowed = [places for places in range(_LEAST, MOST_DECIMALS + 1) if places == _LEAST or largest * 10.0**places < _SCALED]
    return next((places for places in allowed if (np.round(doubles, places) == doubles).all()), allowed[-1])


def _scaled(values: npt.NDArray[np.float64], decimals: int) -> _Ints:
    """Values as whole numbers; nan as 0."""
    return np.rint(np.nan_to_num(values) * 10.0**decimals).astype(np.int64)


def _added(scaled: _Ints) -> int:
    """The exact sum, however large."""
    if len(scaled) and float(np.abs(scaled).max()) * len(scaled) < _EXACT:
        return int(scaled.sum())
    return (int((scaled >> _HALF).sum()) << _HALF) + int((scaled & ((1 << _HALF) - 1)).sum())


def as_json(sums: tuple[MoneySums, ...]) -> tuple[Mapping[str, Any], ...]:
    """What `rows.money` of `support-roi inspect` holds."""
    return tuple(one.as_json() for one in sums)
