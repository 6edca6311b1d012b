"""The outcome's own clock in a flat file: for those who left, the time as a customer is the time to leaving, and sums grow with it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.flat.columns import NumberColumn
from roi_core.effects.flat.rows import FlatRows

GROWN = 0.9
"""Squared correlation with (time as a customer x another column) from which a column counts as a sum over that time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Headers: the time as a customer, columns that are sums over it, and those of them that sum up revenue."""

    tenure: str
    grown: tuple[str, ...]
    of_revenue: frozenset[str]

    @property
    def headers(self) -> tuple[str, ...]:
        """The time and what grows with it, but for sums of revenue, which are left out anyway."""
        return (self.tenure, *(header for header in self.grown if header not in self.of_revenue))


def clock(rows: FlatRows, left_out: frozenset[str]) -> Clock | None:
    """The clock among the columns that do not leak; None where no number says how long each has been a customer."""
    header = rows.headers.get("tenure_months")
    numbers = {column.header: column.values for column in rows.columns if isinstance(column, NumberColumn) and column.header not in left_out}
    if header is None or header not in numbers:
        return None
    tenure, revenue = numbers.pop(header), rows.headers.get("revenue", "")
    grown = tuple(name for name, values in numbers.items() if name != revenue and _grows(values, tenure, (v for n, v in numbers.items() if n != name)))
    rate = numbers.get(revenue)
    of_revenue = frozenset(name for name in grown if rate is not None and _squared(numbers[name], tenure * rate) >= GROWN)
    return Clock(header, grown, of_revenue)


def _grows(values: NDArray[np.float64], tenure: NDArray[np.float64], rates: Iterable[NDArray[np.float64]]) -> bool:
    return _squared(values, tenure) >= GROWN or any(_squared(values, tenure * rate) >= GROWN for rate in rates)


def _squared(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Squared correlation over the rows that have both; 0 where one of them does not vary."""
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < 2 or np.ptp(one[known]) == 0 or np.ptp(other[known]) == 0:
        return 0.0
    return float(np.corrcoef(one[known], other[known])[0, 1] ** 2)
