"""The spreadsheet's way: ever contacted against never. Shown struck out: it says -9.9 points where the truth is 0 (simulated)."""

import numpy as np

from roi_core.cohorts import follow
from roi_core.cohorts.eligibility import FIRST_TRIAL_AFTER_MONTHS
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import Rows
from roi_core.results import Absent, Estimate, Result
from roi_core.spine import calendar
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
    started, churned = integers(facts.spine, "started_s"), follow.churn_seconds(facts)
    there = (started <= start) & (churned > start)
    at = integers(facts.contacts, "created_s")
    wrote = np.zeros(len(there), dtype=bool)
    wrote[integers(facts.contacts, "customer_no")[(at >= start) & (at < end)]] = True
    left = there & (churned < end)
    n1, n0 = int((there & wrote).sum()), int((there & ~wrote).sum())
    if not n1 or not n0:
        return Absent("Everybody or nobody wrote in this window.")
    return int((left & wrote).sum()), n1, int((left & ~wrote).sum()), n0
