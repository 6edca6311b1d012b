"""What a line of an order or a bill costs: how many units there are, times the price of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers, shares_in, signs_beside
from roi_core.ingest.cells import Cells, Reading
from roi_core.ingest.questions import Question, key_of
from roi_core.ingest.raw_amounts import MOST_DECIMALS, multiplied
from roi_core.ingest.text_table import LinePrice, TextTable

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """Of every row (n) the amount as a number, nan where it has none, and as a text with a decimal point; a text that is no number where it cannot be told."""

    values: _Floats
    texts: pa.Array
    price: LinePrice
    notes: tuple[str, ...]
    asks: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Factor:
    cells: Cells
    reading: Reading
    values: _Floats

    @classmethod
    def of(cls, text: TextTable, place: int, said: Mapping[str, str]) -> "_Factor":
        header = text.headers[place]
        cells = Cells.of(text.text.column(f"c{place}"), text.lines)
        reading = read_numbers(cells, text.delimiter, said.get(key_of("decimal", header)))
        notes = tuple(f"ask: {header}: {note.removeprefix('ask: ')}" if note.startswith("ask: ") else f"{header}: {note}" for note in reading.notes)
        asks = tuple(replace(ask, key=key_of(ask.subject, header), columns=(header,)) for ask in reading.asks)
        amounts = pc.if_else(pa.array(shares_in(cells)), None, reading.values)
        values = cells.spread(amounts).fill_null(float("nan")).to_numpy(zero_copy_only=False)
        return cls(cells, replace(reading, notes=notes, asks=asks), np.asarray(values, np.float64))

    @property
    def filled(self) -> npt.NDArray[np.bool_]:
        return self.cells.codes >= 0

    def texts(self) -> pa.Array:
        return pc.fill_null(self.cells.spread(self.cells.distinct), "")


def line_amounts(text: TextTable, price: int, units: int, said: Mapping[str, str]) -> LineAmounts:
    """Units under the header at `units` (from 0) times the price at `price`, each by the decimal sign of its own column; `said` are the user's answers.

    A row without units and without a price has no amount; one that has only one of them, or a cell that is no number, keeps both as they are.
    What is to be said and asked is of the price alone: the units are read once more where they are added up.
    """
    prices, counts = _Factor.of(text, price, said), _Factor.of(text, units, said)
    values = multiplied(counts.values, prices.values)
    unread = (prices.filled | counts.filled) & np.isnan(values)
    texts = pc.if_else(pa.array(unread), pc.binary_join_element_wise(counts.texts(), " x ", prices.texts(), ""), _written(values, prices.cells))
    signs = LinePrice(price, units, prices.reading.decimal, counts.reading.decimal)
    return LineAmounts(values, texts, signs, prices.reading.notes, prices.reading.asks)


def _written(values: _Floats, prices: Cells) -> pa.Array:
    known = ~np.isnan(values)
    told = np.where(known, values, 0.0)
    cents = bool((np.abs(told * 100 - np.round(told * 100)) < 10.0 ** (2 - MOST_DECIMALS)).all())
    written = pa.array(np.char.mod("%.2f" if cents else f"%.{MOST_DECIMALS}f", told), pa.string())
    beside = signs_beside(prices)
    if beside is not None and beside.null_count < len(beside):
        written = pc.binary_join_element_wise(pc.fill_null(prices.spread(beside), ""), written, "")
    return pc.if_else(pa.array(known), written, "")
