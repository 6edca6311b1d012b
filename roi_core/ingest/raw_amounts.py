"""Amounts of one column taken from its raw cells as whole hundredths, by arithmetic on bytes, apart from the code that types a column.

Shared with that code is what a column is: under which header it stands, its decimal sign, which words mean blank. Not shared is the reading of a
cell: digits with up to two decimals, in groups of three or not, with a minus, in brackets, with a currency sign or code. Cells in any other
form (more decimals, powers of ten, groups of two, words) are read by the typing code, `by_text`: of those the check says that each is counted
once and under its own header, not that it is read right.

The arithmetic on eight digits at once is that of D. Lemire, "Quickly parsing eight digits" (2018).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import LARGEST_EXACT
from roi_core.ingest.raw_digits import by_position, grouped, short
from roi_core.ingest.raw_dress import bare, undressed
from roi_core.ingest.raw_spans import Bytes, Spans

MOST_DECIMALS = 6
"""Decimals to which amounts are added up."""

Read = Callable[[pa.Array], tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]
"""Texts to their amounts (nan where there is none), which are filled, and which cannot be read."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of the cells under one header, each in whole `cents` or, where `by_text`, as a double.

    All arrays have one entry a record: `filled` has a cell that is not blank, `read` one that is an amount, `unread` one that should be and is none.
    """

    cents: npt.NDArray[np.int64]
    doubles: npt.NDArray[np.float64]
    by_text: npt.NDArray[np.bool_]
    filled: npt.NDArray[np.bool_]
    unread: npt.NDArray[np.bool_]

    @property
    def read(self) -> npt.NDArray[np.bool_]:
        """Which records have an amount."""
        return self.filled & ~np.isnan(self.doubles)

    @classmethod
    def none(cls, records: int) -> "Amounts":
        """No cell at all."""
        false = np.zeros(records, np.bool_)
        return cls(np.zeros(records, np.int64), np.zeros(records), false.copy(), false.copy(), false.copy())

    def otherwise(self, other: "Amounts") -> "Amounts":
        """These, with those of another column where they are blank."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Amounts(*(np.where(self.filled, mine, theirs) for mine, theirs in pairs))

    def times(self, units: "Amounts") -> "Amounts":
        """Amounts of lines: these are prices of one unit, `units` how many there are. A record that has one of both alone has no amount."""
        values = multiplied(units.values(), self.values())
        filled = self.filled & units.filled
        unread = (self.filled | units.filled) & np.isnan(values)
        return Amounts(np.zeros_like(self.cents), values, np.ones_like(filled), filled, unread)

    def values(self) -> npt.NDArray[np.float64]:
        """Every amount as a double, nan where there is none."""
        return np.where(self.filled, np.where(self.by_text, self.doubles, self.cents / 100), np.nan)

    def put(self, text: Bytes, spans: Spans, decimal: str, read: Read) -> None:
        """Fills in the cells of one run of records of a text, which may have quotation marks around them."""
        if len(spans.start):
            self._put(text, spans, decimal, read, marked=True)
        if spans.odd:
            self._put_texts(np.array(list(spans.odd), np.int64), pa.array(list(spans.odd.values()), pa.string()), read)

    def put_column(self, cells: pa.StringArray, decimal: str, read: Read) -> None:
        """Fills in all cells of a column of a sheet or a document."""
        _, offsets, content = pc.fill_null(cells, "").buffers()
        bounds = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1].astype(np.int64)
        spans = Spans(np.arange(len(cells)), bounds[:-1], bounds[1:], {})
        self._put(np.frombuffer(content or b"", np.uint8), spans, decimal, read, marked=False)

    def _put(self, text: Bytes, spans: Spans, decimal: str, read: Read, *, marked: bool) -> None:
        cents, sure = short(text, spans.start, spans.end, ord(decimal))
        if (others := np.flatnonzero(~sure & (spans.end > spans.start))).size:
            start, end = spans.start[others], spans.end[others]
            start, end = bare(text, start, end) if marked else (start, end)
            cents[others], sure[others] = _dressed(text, start, end, decimal)
            if (rest := ~sure[others] & (end > start)).any():
                self._put_texts(spans.records[others[rest]], _texts(text, start[rest], end[rest], marked=marked), read)
        at = slice(int(spans.records[0]), int(spans.records[-1]) + 1) if len(sure) and _follow(spans.records) else spans.records
        self.cents[at] = np.where(sure, cents, 0)
        self.filled[at] |= sure

    def _put_texts(self, records: npt.NDArray[np.int64], texts: pa.Array, read: Read) -> None:
        self.doubles[records], self.filled[records], self.unread[records] = read(texts)
        self.by_text[records] = True


def multiplied(units: npt.NDArray[np.float64], prices: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Amounts of lines (n), rounded; nan where one of both is, and where the amount is too large to be exact."""
    with np.errstate(over="ignore"):
        values = units * prices
    values[np.abs(values) > LARGEST_EXACT] = np.nan
    return np.asarray(np.round(values, MOST_DECIMALS), np.float64)


def _follow(records: npt.NDArray[np.int64]) -> bool:
    """Whether each is the one after the one before."""
    return int(records[-1]) - int(records[0]) == len(records) - 1


def _dressed(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], decimal: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Hundredths of cells with a sign, brackets, a currency or groups of thousands, and which cells are so."""
    start, end, minus = undressed(text, start, end)
    point, thousands = ord(decimal), ord("," if decimal == "." else ".")
    cents, sure = grouped(text, start, end, point, thousands)
    if (rest := np.flatnonzero(~sure)).size:
        cents[rest], sure[rest] = by_position(text, start[rest], end[rest], point, thousands)
    return np.where(minus, -cents, cents), sure


def _texts(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], *, marked: bool) -> pa.Array:
    """Cells as texts, doubled quotation marks as one where they are `marked`; bytes that are no text as U+FFFD."""
    sizes = end - start
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    places = np.repeat(start - offsets[:-1], sizes) + np.arange(int(offsets[-1]))
    taken = np.ascontiguousarray(text[places])
    found = pa.BinaryArray.from_buffers(pa.binary(), len(start), [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(taken.tobytes())])
    try:
        texts = found.cast(pa.string())
    except pa.ArrowInvalid:
        texts = pa.array([one.as_py().decode("utf-8", "replace") for one in found], pa.string())
    return pc.replace_substring(texts, '""', '"') if marked else texts
