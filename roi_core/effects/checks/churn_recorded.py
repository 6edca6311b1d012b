"""Leaving is recorded all along: not only survivors are in the files."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.spine import calendar
from roi_core.spine.facts import integers

LEAST_CUSTOMERS = 200
"""A month without a leaver says something only where this many customers could have left."""


def check(comparison: Comparison[Rows]) -> Verdict:
    """Refuse where months with many customers and not a single leaver make up the first half of the window."""
    facts = comparison.facts
    churned = integers(facts.spine, "churned_s", null=-1)
    if not (churned >= 0).any():
        return Verdict(Check("churn recorded", passed=False, text=say("check.no_churn")), cap=Grade.C, refuses=True)
    months = np.arange(int(comparison.rows.month.min()), facts.last_month + 1) if comparison.rows.rows else np.array([], dtype=np.int64)
    silent = [m for m in months if _silent(comparison, churned, int(m))]
    if len(silent) >= max(2, len(months) // 3):
        return Verdict(
            Check("churn recorded", passed=False, text=say("check.survivors_only", months=f"{len(silent)} of {len(months)}")), cap=Grade.C, refuses=True
        )
    return Verdict(Check("churn recorded", passed=True, text=say("check.churn_recorded")))


def _silent(comparison: Comparison[Rows], churned: "np.ndarray[tuple[int], np.dtype[np.int64]]", month: int) -> bool:
    start, end = calendar.start_of(month), calendar.start_of(month + 1)
    started = integers(comparison.facts.spine, "started_s")
    there = int(((started < start) & ((churned < 0) | (churned >= start))).sum())
    return there >= LEAST_CUSTOMERS and not ((churned >= start) & (churned < end)).any()
