"""A randomised test as the list of its draw gives it: everybody in the arm that was drawn, followed from that day (intention to treat).

Whatever sets somebody aside is known by the day of the draw, or counted by arm: who has no customer, who is in both arms, who had left or
was no customer yet, whose day is too late to be followed, of services who has no contract that comes due meanwhile. The
follow-up is the longest that the files reach, by dates alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates, follow, orders
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.drawn import BOTH, Drawn, Listed, customers_at, funnel_of, one_a_customer, persons_listed, undated
from roi_core.cohorts.funnel import FunnelStep
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

HORIZONS = (24, 18, 12, 9, 6, 3, 2, 1)
LEAST_FOLLOWED = 0.8
"""The longest follow-up is taken over which so many of those drawn can be followed; who was drawn later is set aside in both arms."""
_DAY_S = 86_400
_MONTH_S = 365.25 / 12 * _DAY_S

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Assigned:
    """Customers of one test with full follow-up, n rows, one a customer; of the shape of `Trials` where an effect reads them.

    `covariates` are numbers from the month before the draw. `revenue` (n, H) as in `Trials`, `revenue_before` (n,) of the month before, nan
    where none was known.
    """

    name: str
    drawn: Drawn
    horizon: int
    customer: Integers
    cluster: Integers
    month: Integers
    treated: Booleans
    time_zero_s: Integers
    churned: Booleans
    alive: Floats
    revenue: Floats
    revenue_now: Floats
    revenue_before: Floats
    has_revenue: bool
    covariates: Covariates
    funnel: tuple[FunnelStep, ...]

    @property
    def rows(self) -> int:
        """Customers compared."""
        return len(self.customer)


@dataclass(frozen=True, slots=True)
class _Months:
    """Rows of person_months by customer and month: `keys` ascend, one a row."""

    facts: Facts
    keys: Integers
    span: int

    @classmethod
    def of(cls, facts: Facts) -> "_Months":
        span = facts.last_month + 2
        return cls(facts, integers(facts.person_months, "customer_no") * span + integers(facts.person_months, "month"), span)

    def rows(self, customer: Integers, month: Integers) -> Integers:
        """Positions (n,) of customers in months; -1, which is the nan behind the last row, where there is none."""
        wanted = customer * self.span + month
        place = np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))
        there = self.keys[place] == wanted if len(self.keys) else np.zeros(len(wanted), dtype=np.bool_)
        return np.where(there, place, -1)

    def column(self, name: str) -> Floats:
        """A column with nan behind its last row."""
        return np.append(numbers(self.facts.person_months, name), np.nan)


def build_assigned(facts: Facts, test: Listed) -> Assigned:
    """The customers of one test as they were drawn; none where no arm is known or nobody can be followed."""
    customer, arm, at = one_a_customer(test)
    both = arm == BOTH
    started, left = integers(facts.spine, "started_s")[customer], follow.churn_seconds(facts)[customer]
    gone, not_yet = ~both & (left <= at), ~both & (left > at) & (started // _DAY_S > at // _DAY_S)
    able = ~(both | gone | not_yet)
    month = _month_of(facts, at)
    in_window = able & (month >= facts.first_month)
    horizon = reach(facts, month[in_window])
    in_time = in_window & (month + horizon <= facts.last_month)
    keep = in_time.copy()
    keep[in_time] = follow.followable(facts, customer[in_time], month[in_time], horizon)
    drawn = Drawn(
        listed=persons_listed(test),
        found=(int((arm == 1).sum() + both.sum()), int((arm == 0).sum() + both.sum())),
        unknown=int((test.treated < 0).sum()) + facts.listed_unread,
        undated=undated(test),
        both=2 * int(both.sum()),
        left_before=int(gone.sum()),
        not_yet=int(not_yet.sum()),
        not_followed=int((able & ~in_time).sum()),
        nothing_due=int((in_time & ~keep).sum()),
        customers=customers_at(facts, int(at.min())) if len(at) else 0,
    )
    return _followed(facts, test.name, drawn, horizon, customer[keep], arm[keep] == 1, at[keep], month[keep])


def reach(facts: Facts, month: Integers) -> int:
    """The longest follow-up in months over which at least 80 % of draws in these months (n,) can be followed; 1 where none is."""
    return next((h for h in HORIZONS if len(month) and (month + h <= facts.last_month).mean() >= LEAST_FOLLOWED), 1)


def _month_of(facts: Facts, at_s: Integers) -> Integers:
    """Month numbers (n,) of seconds; before the first month that is followed the month before it, after the last one the month after."""
    starts = calendar.month_starts(facts.first_month, facts.last_month + 1)
    return np.asarray(facts.first_month + np.searchsorted(starts, at_s, side="right") - 1, dtype=np.int64)


def _followed(facts: Facts, name: str, drawn: Drawn, horizon: int, customer: Integers, treated: Booleans, at: Integers, month: Integers) -> Assigned:
    alive = follow.alive_after(facts, customer, at, month, horizon)
    months = _Months.of(facts)
    revenue = _revenue_after(months, customer, month, alive) if facts.outcome == "churn" else follow.revenue_after(facts, customer, at, month, alive)[1]
    known, before = _known_before(months, customer, at, month)
    return Assigned(
        name=name,
        drawn=drawn,
        horizon=horizon,
        customer=customer,
        cluster=integers(facts.spine, "cluster_no")[customer],
        month=month,
        treated=treated,
        time_zero_s=at,
        churned=(alive[:, -1] == 0) & follow.left_by_choice(facts, customer),
        alive=alive,
        revenue=revenue,
        revenue_now=np.nan_to_num(months.column("mrr")[months.rows(customer, month)]),
        revenue_before=before,
        has_revenue=revenue.shape[1] > 0,
        covariates=known,
        funnel=funnel_of(drawn, horizon, len(customer)),
    )


def _revenue_after(months: _Months, customer: Integers, month: Integers, alive: Floats) -> Floats:
    """Monthly revenue 1..H months after that of the draw, 0 once a customer has left: (n, H), also of who came in the month of the draw.

    A month without an amount is as the others of that customer; (n, 0) where more than 5 % of months are without.
    """
    amounts = months.column("mrr")
    paid = np.column_stack([amounts[months.rows(customer, month + t)] for t in range(1, alive.shape[1] + 1)])
    unknown = np.isnan(paid) & (alive > 0)
    if not (alive > 0).any() or unknown.sum() > follow.MOST_UNKNOWN * (alive > 0).sum():
        return np.empty((len(month), 0))
    known = ~np.isnan(paid)
    usual = np.where(known, paid, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.where(alive > 0, np.where(unknown, usual[:, None], np.nan_to_num(paid)), 0.0)


def _known_before(months: _Months, customer: Integers, at: Integers, month: Integers) -> tuple[Covariates, Floats]:
    """Numbers of the month before the draw, all of which lie before it, and revenue in that month (n,)."""
    rows, facts = months.rows(customer, month - 1), months.facts

    def earlier(column: str) -> Floats:
        return np.asarray(months.column(column)[rows], dtype=np.float64)

    before = earlier("mrr")
    parts = [
        covariates.number("log tenure", np.log1p(np.maximum((at - integers(facts.spine, "started_s")[customer]) / _MONTH_S, 0))),
        covariates.number("log monthly revenue", np.log1p(np.maximum(before, 0))),
        covariates.number("usage", earlier("usage")),
        covariates.number("health", earlier("health")),
        covariates.number("log earlier contacts", np.log1p(earlier("contacts_before") + earlier("contacts"))),
        covariates.number("day of the draw", at / _DAY_S),
        *(orders.parts(facts, customer, month) if facts.is_shop else ()),
    ]
    return covariates.stack(parts, len(customer)), before
