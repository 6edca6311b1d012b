"""From when a customer is one, when they left, and how many months lie between."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.follow import churn_seconds
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers

Integers = NDArray[np.int64]
_DAY = 86_400
_LONGEST_BILLED = 12
"""Months between two bills of a customer, at most: only from then on is a first bill in the files the first of all."""
_LEAST_MONTHS = 0.5 / 31


def starts(facts: Facts) -> Integers:
    """When each customer began, (customers,) seconds; -1 where nobody knows: no file says it, and the first purchase in them may be one of many."""
    started = integers(facts.spine, "started_s")
    early = calendar.months_of(started) < facts.covered_month + _LONGEST_BILLED
    return np.where((integers(facts.spine, "start_inferred") == 1) & early, -1, started)


def leaves(facts: Facts, started_s: Integers) -> Integers:
    """When each customer left, (customers,), `NEVER` without.

    Who leaves on the day of the start does so after it, whatever the time: files that hold days alone tell no more.
    """
    left = churn_seconds(facts)
    return np.where(left // _DAY == started_s // _DAY, np.maximum(left, started_s + 1), left)


def months_stayed(from_s: Integers, to_s: Integers) -> NDArray[np.float64]:
    """Calendar months from (n,) to (n,), which are no earlier; half a day at least."""
    return np.maximum(calendar.months_between(from_s, to_s), _LEAST_MONTHS)
