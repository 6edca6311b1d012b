"""Orders of a shop's customers, counted before and after an instant: what a shop has in place of leaving (method: outcomes by business)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.covariates import Part
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

DAY = 86_400
DAYS_A_MONTH = 30
"""A horizon of 3 or 6 months is 90 or 180 days: the same number in every season."""
LAPSED_QUANTILE = 0.90
RETURNS = "returns before"
SPAN = 1 << 34
"""Seconds that a customer has room for in one sorted key; more than any date takes."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders by customer and time, each (orders,). `key` is customer times a span plus the second, ascending; `back` the same of returns.

    `gross` and `net` of refunds are running sums, one longer: entry k is the sum of the first k orders. nan where an amount is unknown.
    """

    customer: Ints
    at_s: Ints
    key: Ints
    back: Ints
    gross: Floats
    net: Floats

    def before(self, customer: Ints, at_s: Ints) -> Ints:
        """How many of all orders lie before the one that would follow at that second of that customer, (n,)."""
        return np.asarray(np.searchsorted(self.key, customer * SPAN + at_s), dtype=np.int64)

    def between(self, customer: Ints, from_s: Ints, until_s: Ints) -> tuple[Ints, Ints]:
        """Bounds (n,) of each customer's orders from a second on and before another, as positions among all orders."""
        return self.before(customer, from_s), self.before(customer, until_s)

    def returns(self, customer: Ints, from_s: Ints, until_s: Ints) -> Ints:
        """How many orders of each customer came back from a second on and before another, (n,)."""
        first, last = (np.searchsorted(self.back, customer * SPAN + at) for at in (from_s, until_s))
        return np.asarray(last - first)


def orders_of(facts: Facts) -> Orders:
    """The orders of all customers who can be followed."""
    customer, at = integers(facts.bought, "customer_no"), integers(facts.bought, "ordered_s")
    returned = integers(facts.bought, "returned_s")
    came = returned >= 0
    sums = [np.concatenate([[0.0], np.cumsum(numbers(facts.bought, name))]) for name in ("gross", "net")]
    return Orders(customer, at, customer * SPAN + at, np.sort(customer[came] * SPAN + returned[came]), sums[0], sums[1])


def lapse_seconds(orders: Orders) -> int:
    """Seconds without an order after which a customer counts as lapsed: nine in ten of the gaps between two orders are shorter."""
    gaps = np.diff(orders.at_s)[np.diff(orders.customer) == 0]
    return int(np.quantile(gaps, LAPSED_QUANTILE)) if len(gaps) else SPAN


def lapsed(orders: Orders, customer: Ints, at_s: Ints) -> Bools:
    """Whether each customer (n,) has not ordered for so long at an instant (n,)."""
    count = orders.before(customer, at_s)
    last = np.where(count > orders.before(customer, np.zeros_like(at_s)), orders.at_s[np.maximum(count - 1, 0)], -SPAN)
    return np.asarray(at_s - last > lapse_seconds(orders))


def ordered_by(orders: Orders, customer: Ints, from_s: Ints, horizon: int) -> Floats:
    """1 where an order came within t times 30 days of an instant (n,), t = 1..horizon; (n, horizon)."""
    counts = [orders.between(customer, from_s, from_s + t * DAYS_A_MONTH * DAY) for t in range(1, horizon + 1)]
    return np.column_stack([last > first for first, last in counts]).astype(np.float64)


def net_by(orders: Orders, customer: Ints, from_s: Ints, horizon: int) -> Floats:
    """Value of the orders of each 30 days after an instant (n,), less refunds, (n, horizon); (n, 0) where amounts are unknown."""
    if np.isnan(orders.net).any():
        return np.empty((len(customer), 0))
    edges = [orders.before(customer, from_s + t * DAYS_A_MONTH * DAY) for t in range(horizon + 1)]
    return np.column_stack([orders.net[b] - orders.net[a] for a, b in pairwise(edges)])


def followed_until(facts: Facts, horizon: int) -> int:
    """The last month after which `horizon` times 30 days are in the files."""
    end = calendar.start_of(facts.last_month + 1)
    months = range(facts.first_month, facts.last_month + 1)
    return max((m for m in months if calendar.start_of(m + 1) + horizon * DAYS_A_MONTH * DAY <= end), default=facts.first_month - 1)


def parts(facts: Facts, customer: Ints, month: Ints) -> list[Part]:
    """Orders, spend and returns before the start of each month, (n,) customers and month numbers; refunds came later, so spend is before them."""
    orders = orders_of(facts)
    starts = calendar.month_starts(facts.first_month - 1, facts.last_month + 1)
    at, last_month = starts[month - facts.first_month + 1], starts[month - facts.first_month]
    never = np.zeros_like(at)
    first, count = orders.between(customer, never, at)
    days = (at - orders.at_s[np.maximum(count - 1, 0)]) / DAY
    return [
        covariates.number("log orders before", np.log1p(count - first)),
        covariates.number("log spent before", np.log1p(np.maximum(orders.gross[count] - orders.gross[first], 0))),
        covariates.number("log days since the last order", np.where(count > first, np.log1p(np.maximum(days, 0)), np.nan)),
        covariates.number("ordered in the month before", (count > orders.before(customer, last_month)).astype(np.float64)),
        covariates.number(RETURNS, np.log1p(orders.returns(customer, never, at))),
        covariates.number("returned in the month before", np.minimum(orders.returns(customer, last_month, at), 1).astype(np.float64)),
    ]
