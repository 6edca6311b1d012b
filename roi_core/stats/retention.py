"""Who is still there, by the month of the start and the months since."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Booleans, Floats, Integers, flags, floats
from roi_core.stats.proportion import wilson


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers who started in one month; the other fields are (k,), one for each month that was seen whole, the first being 0.

    `there` counts those who had not left by the end of that month, `share` is that of `customers`, with Wilson limits.
    """

    month: int
    customers: int
    there: Integers
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Retention:
    """Cohorts by month of their start, ascending: a triangle, as a later cohort was seen for fewer months.

    `before` customers started before leaving was recorded and `after` once the last whole month was over; neither is in a cohort.
    """

    cohorts: tuple[Cohort, ...]
    before: int
    after: int


def retention(started: ArrayLike, left: ArrayLike, gone: ArrayLike, last_month: int, first_month: int | None = None, level: float = 0.95) -> Retention:
    """Shares still there by cohort month and months since the start, intervals by Wilson (1927 JASA 22:209).

    `started` (n,) month number of the start, `gone` (n,) 1 where a customer has left, `left` (n,) month number of leaving, read
    only there. `last_month` is the last month that is whole: a cell whose month ends after it does not exist. `first_month` is
    the first in which leaving was recorded: of older cohorts only those who stayed would be known, so they are left out and
    counted. Raises NumbersRefused without rows, for months that are no whole numbers, and for leaving before the start.
    """
    start, away, out = _months(started, left, gone)
    first = int(start.min()) if first_month is None else first_month
    inside = (start >= first) & (start <= last_month)
    months = np.unique(start[inside])
    cohorts = tuple(_cohort(int(month), (out - start)[start == month], away[start == month], last_month, level) for month in months)
    return Retention(cohorts, int((start < first).sum()), int((start > last_month).sum()))


def _cohort(month: int, lasted: Integers, away: Booleans, last_month: int, level: float) -> Cohort:
    seen = np.arange(last_month - month + 1)
    lost = np.bincount(np.minimum(lasted[away], len(seen)), minlength=len(seen))[: len(seen)]
    there = len(lasted) - np.cumsum(lost)
    shares = [wilson(int(n), len(lasted), level) for n in there]
    value, low, high = (np.array([getattr(share, side) for share in shares]) for side in ("value", "low", "high"))
    return Cohort(month, len(lasted), there, value, low, high)


def _months(started: ArrayLike, left: ArrayLike, gone: ArrayLike) -> tuple[Integers, Booleans, Integers]:
    start, away = floats(started, "started"), flags(gone, "gone")
    given = np.asarray(left)
    if start.ndim != 1 or start.size == 0 or away.shape != start.shape or given.shape != start.shape:
        raise NumbersRefused.shapes({"started": start.shape, "left": given.shape, "gone": away.shape})
    out = floats(np.where(away, given, start), "left")
    if (start != np.floor(start)).any() or (out != np.floor(out)).any():
        raise NumbersRefused.holds("started and left", "parts of a month", "month numbers")
    if (out < start).any():
        raise NumbersRefused.holds("left", f"months before the start in {int((out < start).sum())} of {start.size} rows", "the month of the start or later")
    return start.astype(np.int64), away, out.astype(np.int64)
