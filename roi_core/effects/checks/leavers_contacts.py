"""Tickets of those who left were not deleted."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers, numbers
from roi_core.units import Unit

NAME = "leavers' tickets kept"
LEAST_LEAVERS = 50
LEAST_RATIO = 0.55
"""Simulated: 0.6 to 1.1 with all tickets there (the lower, the more support works), 0.4 to 0.6 with 45 % of leavers' deleted."""
_TENURE_BANDS = (3, 6, 12, 24)


def check(comparison: Comparison[Rows]) -> Verdict:
    """Cap at C where customers who will leave write far less than others of the same month and tenure."""
    found = _months_with_contact(comparison.facts)
    if found is None:
        return Verdict(Check(NAME, passed=None, text=say("check.leavers_unknown")))
    leavers, stayers = found
    slots = {"leavers": number(leavers, Unit.FRACTION), "stayers": number(stayers, Unit.FRACTION)}
    if leavers < LEAST_RATIO * stayers:
        return Verdict(Check(NAME, passed=False, text=say("check.leavers_deleted", **slots)), cap=Grade.C)
    return Verdict(Check(NAME, passed=True, text=say("check.leavers_kept", **slots)))


def _months_with_contact(facts: Facts) -> tuple[float, float] | None:
    """Share of months with a contact, of later leavers before the month they leave and of stayers, standardised to month and tenure.

    None with under 50 leavers or without a contact of stayers.
    """
    if facts.first_contact_month is None or facts.last_contact_month is None:
        return None
    table = facts.person_months
    month, customer = integers(table, "month"), integers(table, "customer_no")
    left = _month_left(facts)[customer]
    seen = (month >= facts.first_contact_month) & (month <= facts.last_contact_month) & (month < left)
    leaves = left[seen] < follow.NEVER
    wrote = integers(table, "contacts", null=0)[seen] > 0
    stratum = month[seen] * (len(_TENURE_BANDS) + 1) + np.digitize(numbers(table, "tenure_months")[seen], _TENURE_BANDS)
    if len(np.unique(customer[seen][leaves])) < LEAST_LEAVERS or not wrote[~leaves].any():
        return None
    return _standardised(stratum, leaves, wrote)


def _month_left(facts: Facts) -> NDArray[np.int64]:
    left = follow.churn_seconds(facts)
    gone = left < follow.NEVER
    months = np.full(len(left), follow.NEVER)
    starts = calendar.month_starts(facts.first_month, facts.last_month + 2)
    months[gone] = facts.first_month + np.searchsorted(starts, left[gone], side="right") - 1
    return months


def _standardised(stratum: NDArray[np.int64], leaves: NDArray[np.bool_], wrote: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Mantel-Haenszel weighted shares of both groups over strata in which both are; None where they never meet."""
    _, code = np.unique(stratum, return_inverse=True)
    n1, n0 = (np.bincount(code, weights=group.astype(np.float64), minlength=code.max() + 1) for group in (leaves, ~leaves))
    x1, x0 = (np.bincount(code, weights=(group & wrote).astype(np.float64), minlength=code.max() + 1) for group in (leaves, ~leaves))
    both = (n1 > 0) & (n0 > 0)
    if not both.any():
        return None
    weight = (n1 * n0 / np.maximum(n1 + n0, 1))[both]
    return float(weight @ (x1[both] / n1[both]) / weight.sum()), float(weight @ (x0[both] / n0[both]) / weight.sum())
