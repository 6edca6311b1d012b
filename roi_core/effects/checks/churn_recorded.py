"""Leaving is recorded all along: not only survivors are in the files, and the billing export is not older than the tickets."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers
from roi_core.stats.silence import chance_of_silence

CHANCE = 0.001
"""Months without a leaver are a fault of the files where chance would bring them in fewer than 1 of 1,000 cases."""
NAME = "churn recorded"
STILL_THERE = 0.02
"""Where fewer customers than this are still there at the end, the file is one of those who left."""


def check(comparison: Comparison[Rows], until: int | None = None) -> Verdict:
    """Refuse where nobody ever left, or hardly anybody is still there; and where more months have no leaver than chance brings, in all or at either end.

    `until` is the last month that is looked at, the last of the files without one.
    """
    return recorded(comparison.facts, int(comparison.rows.month.min()), comparison.facts.last_month if until is None else until)


def recorded(facts: Facts, first: int, until: int) -> Verdict:
    """The same of all customers in the months (numbers) from `first` to `until`."""
    churned = integers(facts.spine, "churned_s")
    if not (churned >= 0).any():
        untold = facts.untold_ends
        return replace(_refused(untold.reason), next_step=untold.next_step, alone=True) if untold else _refused(say("check.no_churn"))
    there = int((churned < 0).sum())
    if there < STILL_THERE * len(churned):
        text = say("check.everybody_gone", n=f"{there:,}", customers=f"{len(churned):,}")
        return replace(_refused(text), next_step=say("next.everybody_left"), alone=True)
    at_risk, left = _by_month(facts, churned, first, until)
    if chance_of_silence(at_risk, left) < CHANCE:
        months = f"{int((left == 0).sum())} of {len(left)}"
        return _refused(say("check.survivors_only", months=months))
    return Verdict(Check(NAME, passed=True, text=say("check.churn_recorded")))


def _refused(text: str) -> Verdict:
    return Verdict(Check(NAME, passed=False, text=text), cap=Grade.C, refuses=True, next_step=say("next.churn"), about=("ends",))


def _by_month(facts: Facts, churned: NDArray[np.int64], first: int, until: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Customers at the start of each month that is followed, and how many of them left in it."""
    started = integers(facts.spine, "started_s")
    there, left = [], []
    for month in range(first, until + 1):
        start, end = calendar.start_of(month), calendar.start_of(month + 1)
        at_risk = (started < start) & ((churned < 0) | (churned >= start))
        there.append(float(at_risk.sum()))
        left.append(float((at_risk & (churned < end) & (churned >= 0)).sum()))
    return np.array(there), np.array(left)
