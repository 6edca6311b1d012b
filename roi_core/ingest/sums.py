"""Amounts of several rows of one record added up, by the decimal sign of the whole column and in one currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import currencies_in, read_numbers, shares_in, signs_beside
from roi_core.ingest.cells import Cells, Reading, mask, places_in
from roi_core.ingest.questions import Question, key_of
from roi_core.ingest.raw_amounts import MOST_DECIMALS
from roi_core.ingest.text_table import TextTable

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Summed:
    """One cell a record, with what has to be said and asked about the amounts that went in; `spoiled` (n) are the rows of records that cannot be added up."""

    cells: pa.Array
    notes: tuple[str, ...]
    asks: tuple[Question, ...]
    spoiled: npt.NDArray[np.bool_]
    decimal: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The cells under one header as numbers: `values` (n), nan where there is none; notes and questions of `reading` name the header."""

    cells: Cells
    reading: Reading
    values: npt.NDArray[np.float64]

    @classmethod
    def of(cls, text: TextTable, place: int, said: Mapping[str, str]) -> "Numbers":
        """By the decimal sign of the whole column; `said` are the answers of the user."""
        header = text.headers[place]
        cells = Cells.of(text.text.column(f"c{place}"), text.lines)
        reading = read_numbers(cells, text.delimiter, said.get(key_of("decimal", header)))
        notes = tuple(f"ask: {header}: {note.removeprefix('ask: ')}" if note.startswith("ask: ") else f"{header}: {note}" for note in reading.notes)
        asks = tuple(replace(ask, key=key_of(ask.subject, header), columns=(header,)) for ask in reading.asks)
        values = cells.spread(reading.values).fill_null(float("nan")).to_numpy(zero_copy_only=False)
        return cls(cells, replace(reading, notes=notes, asks=asks), np.asarray(values, np.float64))

    def are_shares(self) -> npt.NDArray[np.bool_]:
        """Of every row (n), whether its cell is per cent, and so no amount."""
        return np.append(shares_in(self.cells), np.False_)[self.cells.codes]


def mixed_records(text: TextTable, places: Sequence[int], codes: _Ints) -> dict[int, str]:
    """(line, reason) of the rows of every record whose amounts are in several currencies; `codes` (n) holds the record of each row."""
    reasons: dict[int, str] = {}
    for place in places:
        cells = Cells.of(text.text.column(f"c{place}"), text.lines)
        named = currencies_in(cells)
        if named is None:
            continue
        signs = places_in(cells.spread(named).dictionary_encode().indices)
        told = signs >= 0
        low, high = np.full(codes.max() + 1, len(signs), np.int64), np.full(codes.max() + 1, -1, np.int64)
        np.minimum.at(low, codes[told], signs[told])
        np.maximum.at(high, codes[told], signs[told])
        reason = f"{text.headers[place]}: the rows of this record are in several currencies, which are never added up"
        reasons |= dict.fromkeys(text.lines[(low < high)[codes]].tolist(), reason)
    return reasons


def summed(text: TextTable, place: int, codes: _Ints, said: Mapping[str, str]) -> Summed:
    """Sums as text with a decimal point and the currency sign of the record; a record with a cell that is no number keeps that cell.

    `codes` (n rows) holds the record of each row; `said` are the answers of the user.
    """
    header, numbers = text.headers[place], Numbers.of(text, place, said)
    cells, values = numbers.cells, np.nan_to_num(numbers.values)
    unreadable = np.isin(cells.codes, list(numbers.reading.bad)) | numbers.are_shares()
    filled, unread = _first(codes, cells.codes >= 0), _first(codes, unreadable)
    kept = pc.if_else(pa.array(filled >= 0), _written(cells, codes, values), "")
    spoiled = text.text.column(f"c{place}").combine_chunks().take(pa.array(np.maximum(unread, 0)))
    lost = int((unread >= 0).sum())
    notes = (f"{header}: records that cannot be added up, because a cell is no number: {lost}",) if lost else ()
    summed_up, reading = pc.if_else(pa.array(unread >= 0), spoiled, kept), numbers.reading
    return Summed(summed_up, (*reading.notes, *notes), reading.asks, (unread >= 0)[codes], reading.decimal)


def as_written(amounts: npt.NDArray[np.float64]) -> pa.Array:
    """Amounts as texts with a decimal point: with two decimals where all of them have no more, else with six."""
    cents = bool((np.abs(amounts * 100 - np.round(amounts * 100)) < 10.0 ** (2 - MOST_DECIMALS)).all())
    return pa.array(np.char.mod("%.2f" if cents else f"%.{MOST_DECIMALS}f", amounts), pa.string())


def _written(cells: Cells, codes: _Ints, values: npt.NDArray[np.float64]) -> pa.Array:
    written = as_written(np.round(np.bincount(codes, weights=values), MOST_DECIMALS))
    beside = signs_beside(cells)
    if beside is None or beside.null_count == len(beside):
        return written
    signs = cells.spread(beside)
    rows = _first(codes, mask(pc.is_valid(signs)))
    return pc.binary_join_element_wise(pc.if_else(pa.array(rows >= 0), signs.take(pa.array(np.maximum(rows, 0))), ""), written, "")


def _first(codes: _Ints, chosen: npt.NDArray[np.bool_]) -> _Ints:
    """The first chosen row of each record in file order, -1 where none is."""
    rows = np.flatnonzero(chosen)[::-1]
    first = np.full(int(codes.max()) + 1, -1, np.int64)
    first[codes[rows]] = rows
    return first
