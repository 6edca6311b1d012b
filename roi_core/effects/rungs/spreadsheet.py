"""The spreadsheet's way: ever contacted against never. Shown struck out: it says -9.9 points where the truth is 0 (simulated)."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow, orders, terms
from roi_core.cohorts.eligibility import FIRST_TRIAL_AFTER_MONTHS
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import Rows
from roi_core.results import Absent, Estimate, Result
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers
from roi_core.stats import proportion
from roi_core.units import Unit


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result:  # noqa: ARG001 - every way has the same shape
    """Customers of the first trial month: those with a contact in the horizon against those without, share that left."""
    counted = _counts(comparison)
    if isinstance(counted, Absent):
        return counted
    x1, n1, x0, n0 = counted
    gap = proportion.newcombe(x1, n1, x0, n0)
    return Estimate(gap.value, gap.low, gap.high, n1 + n0, "difference of shares, Newcombe interval", Unit.FRACTION)


def shares(comparison: Comparison[Rows]) -> dict[str, Result]:
    """What the spreadsheet sets side by side: the share that left of those with and of those without a contact."""
    counted = _counts(comparison)
    if isinstance(counted, Absent):
        return {}
    x1, n1, x0, n0 = counted
    return {"spreadsheet_supported": _share(x1, n1), "spreadsheet_control": _share(x0, n0)}


def _share(x: int, n: int) -> Estimate:
    found = proportion.wilson(x, n)
    return Estimate(found.value, found.low, found.high, n, "share of customers, Wilson interval", Unit.FRACTION)


def _counts(comparison: Comparison[Rows]) -> tuple[int, int, int, int] | Absent:
    """Leavers and customers of the first trial month with a contact in the horizon, leavers and customers without."""
    facts, horizon = comparison.facts, comparison.rows.horizon
    if facts.first_contact_month is None:
        return Absent("No contacts in these files.")
    first = facts.first_contact_month + FIRST_TRIAL_AFTER_MONTHS
    start, end = calendar.start_of(first), calendar.start_of(first + horizon)
    there, left = _outcome(facts, first, horizon)
    at = integers(facts.contacts, "created_s")
    wrote = np.zeros(len(there), dtype=bool)
    wrote[integers(facts.contacts, "customer_no")[(at >= start) & (at < end)]] = True
    n1, n0 = int((there & wrote).sum()), int((there & ~wrote).sum())
    if not n1 or not n0:
        return Absent("Everybody or nobody wrote in this window.")
    return int((left & wrote).sum()), n1, int((left & ~wrote).sum()), n0


def _outcome(facts: Facts, first: int, horizon: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Customers that a spreadsheet looks at from month `first` on, and those of them that were lost, both (customers,)."""
    start = calendar.start_of(first)
    if facts.is_shop:
        return _lost(facts, start, horizon)
    if facts.is_services:
        customer = np.arange(facts.spine.num_rows)
        due = terms.due_after(facts, customer, np.full(len(customer), first - 1), horizon)
        return due >= 0, (due >= 0) & (integers(facts.terms, "renewed")[due] == 0)
    return _left(facts, start, calendar.start_of(first + horizon))


def _left(facts: Facts, start: int, end: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Customers there at the start, and those of them that left before the end, both (customers,)."""
    churned = follow.churn_seconds(facts)
    there = (integers(facts.spine, "started_s") <= start) & (churned > start)
    return there, there & (churned < end)


def _lost(facts: Facts, start: int, horizon: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """In a shop: customers who are not lapsed at the start, and those of them without an order within the horizon."""
    bought, customer = orders.orders_of(facts), np.arange(facts.spine.num_rows)
    at = np.full(len(customer), start)
    there = (integers(facts.spine, "started_s") <= start) & ~orders.lapsed(bought, customer, at)
    return there, there & (orders.ordered_by(bought, customer, at, horizon)[:, -1] == 0)
