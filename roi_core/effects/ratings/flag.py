"""A low rating as an early sign of leaving: how often it comes true, how many leavers gave one, how long before; and whether a later high one helps.

Leaving is by choice: a failed payment, a merger and a downgrade are none, as in the main comparison.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow
from roi_core.cohorts.design import Design
from roi_core.cohorts.rated import ratings_of
from roi_core.effects.ratings.finding import HIGH, LEAST, LOW, Finding, few
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.spine import Facts, calendar
from roi_core.stats import proportion
from roi_core.units import Unit

_DAY, _MONTH = 86_400, 2_629_800
_KEYS = ("flag_right", "flag_found", "flag_days")
_MEANING = "a rating in the lowest quarter of the scale"


def early(facts: Facts, design: Design) -> tuple[Finding, ...]:
    """Precision, recall and lead time of a low rating within the months followed."""
    if facts.outcome != "churn":
        return tuple(Finding(key, Absent(say("ratings.nobody_leaves"))) for key in (*_KEYS, "recovered"))
    who, at, month, score = _ratings(facts)
    left = follow.churn_seconds(facts)
    low = score <= LOW
    right = _right(facts, (who[low], at[low], month[low]), left, design.horizon_months)
    return (*_found(facts, (who[low], at[low]), left, design.horizon_months, right), _recovered(facts, design.horizon_months))


def _ratings(facts: Facts) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Customer, time, month and score from 0 to 1 of every rating before leaving, in order of time."""
    given = ratings_of(facts)
    given = given.take(np.isfinite(given.stretched))
    return given.customer, given.at, given.month, given.stretched


def _right(facts: Facts, low: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], left: NDArray[np.int64], horizon: int) -> Result:
    """Customers with a first low rating that can be followed, and how many left within the months after it."""
    who, at, month = low
    first = np.unique(who, return_index=True)[1]
    first = first[month[first] <= facts.last_month - horizon]
    gone = (left[who[first]] <= calendar.add_months(at[first], month[first], horizon)) & follow.left_by_choice(facts, who[first])
    return _share(int(gone.sum()), len(first), f"customers with {_MEANING}, Wilson interval")


def _found(facts: Facts, low: tuple[NDArray[np.int64], NDArray[np.int64]], left: NDArray[np.int64], horizon: int, right: Result) -> tuple[Finding, ...]:
    """Of customers who left once tickets had been seen for so long: how many gave a low rating in the months before, and how early the first came."""
    who, at = low
    first = facts.first_contact_month
    seen_from = follow.NEVER if first is None else calendar.start_of(first + horizon)
    leavers = np.flatnonzero((left >= seen_from) & (left < follow.NEVER) & follow.left_by_choice(facts, np.arange(len(left))))
    before = left[who] - at
    told = (before > 0) & (before <= horizon * _MONTH) & np.isin(who, leavers)
    days = np.array([before[told & (who == one)].max() / _DAY for one in np.unique(who[told])])
    raters = len(np.unique(who))
    recall = few(raters) if raters < LEAST else _share(len(days), len(leavers), "customers who left, Wilson interval")
    return Finding("flag_right", right), Finding("flag_found", recall), Finding("flag_days", _middle(days))


def _middle(days: NDArray[np.float64]) -> Result:
    """Median with limits that are two of the values: those that a fair coin would put it between (Conover 1999, 3.2)."""
    from scipy.stats import quantile_test

    if len(days) < LEAST:
        return few(len(days))
    middle = float(np.median(days))
    limits: Any = quantile_test(days, q=middle, p=0.5).confidence_interval(0.95)  # its stub names one number
    method = "median days from the first low rating to leaving, sign test interval"
    return Estimate(middle, float(limits.low), float(limits.high), len(days), method, Unit.COUNT)


def _share(x: int, n: int, method: str) -> Result:
    if n < LEAST:
        return few(n)
    found = proportion.wilson(x, n)
    return Estimate(found.value, found.low, found.high, n, method, Unit.FRACTION)


def _recovered(facts: Facts, horizon: int) -> Finding:
    """Low raters whose next rating is high against those whose next is low again: both were low, so neither returned from further down than the other."""
    who, at, month, score = _ratings(facts)
    order = np.lexsort((at, who))
    who, at, month, score = who[order], at[order], month[order], score[order]
    again = np.flatnonzero((who[1:] == who[:-1]) & (score[:-1] <= LOW)) + 1
    again = again[np.unique(who[again], return_index=True)[1]]
    again = again[(month[again] <= facts.last_month - horizon) & ((score[again] >= HIGH) | (score[again] <= LOW))]
    ends = calendar.add_months(at[again], month[again], horizon)
    gone = (follow.churn_seconds(facts)[who[again]] <= ends) & follow.left_by_choice(facts, who[again])
    high = score[again] >= HIGH
    if min(high.sum(), (~high).sum()) < LEAST:
        return Finding("recovered", few(int(min(high.sum(), (~high).sum()))), points=True)
    gap = proportion.newcombe(int((gone & high).sum()), int(high.sum()), int((gone & ~high).sum()), int((~high).sum()))
    method = "customers with a low rating and a further one, Newcombe interval"
    return Finding("recovered", Estimate(gap.value, gap.low, gap.high, len(again), method, Unit.FRACTION), points=True)
