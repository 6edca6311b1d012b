"""What a line of an order or a bill costs: how many units there are, times the price of one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import signs_beside
from roi_core.ingest.cells import Cells
from roi_core.ingest.questions import Question
from roi_core.ingest.raw_amounts import multiplied
from roi_core.ingest.sums import Numbers, as_written
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


def line_amounts(text: TextTable, price: int, units: int, said: Mapping[str, str]) -> LineAmounts:
    """Units under the header at `units` (from 0) times the price at `price`, each by the decimal sign of its own column; `said` are the user's answers.

    A row without units and without a price has no amount; one that has only one of them, or a cell that is no number, keeps both as they are.
    What is to be said and asked is of the price alone: the units are read once more where they are added up.
    """
    prices, counts = Numbers.of(text, price, said), Numbers.of(text, units, said)
    values = multiplied(*(np.where(one.are_shares(), np.nan, one.values) for one in (counts, prices)))
    unread = ((prices.cells.codes >= 0) | (counts.cells.codes >= 0)) & np.isnan(values)
    texts = pc.if_else(pa.array(unread), pc.binary_join_element_wise(_texts(counts), " x ", _texts(prices), ""), _written(values, prices.cells))
    signs = LinePrice(price, units, prices.reading.decimal, counts.reading.decimal)
    return LineAmounts(values, texts, signs, prices.reading.notes, prices.reading.asks)


def _texts(numbers: Numbers) -> pa.Array:
    return pc.fill_null(numbers.cells.spread(numbers.cells.distinct), "")


def _written(values: _Floats, prices: Cells) -> pa.Array:
    written = as_written(np.nan_to_num(values))
    beside = signs_beside(prices)
    if beside is not None and beside.null_count < len(beside):
        written = pc.binary_join_element_wise(pc.fill_null(prices.spread(beside), ""), written, "")
    return pc.if_else(pa.array(~np.isnan(values)), written, "")
