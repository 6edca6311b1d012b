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

Ints = NDArray[np.int64]
_DAY = 86_400
_KEYS = ("flag_right", "flag_found", "flag_days")
_MEANING = "a rating in the lowest quarter of the scale"


def early(facts: Facts, design: Design) -> tuple[Finding, ...]:
    """Precision, recall and lead time of a low rating within the months followed."""
    if facts.outcome != "churn":
        return tuple(Finding(key, Absent(say("ratings.nobody_leaves"))) for key in (*_KEYS, "recovered"))
    who, at, month, score = _ratings(facts)
    left = follow.churn_seconds(facts)
    low = score <= LOW
    signs, watched = (who[low], at[low], month[low]), _watched(at, month, design.horizon_months)
    leavers = np.flatnonzero((left >= watched[0]) & (left < watched[1]) & follow.left_by_choice(facts, np.arange(len(left))))
    right = Finding("flag_right", _right(facts, signs, left, design.horizon_months))
    return (right, *_found(signs, left, leavers, design.horizon_months), _recovered(facts, design.horizon_months))


def _watched(at: Ints, month: Ints, horizon: int) -> tuple[int, int]:
    """From when on, and until before when, whoever leaves could have rated in all the months before: seconds, of ratings in order of time.

    Tickets may begin before the survey does and leaving may be known for longer: who left then gave no sign because nobody asked.
    """
    if len(at) == 0:
        return follow.NEVER, follow.NEVER
    return int(calendar.add_months(at[:1], month[:1], horizon)[0]), calendar.start_of(int(month[-1]) + 1)


def _ratings(facts: Facts) -> tuple[Ints, Ints, Ints, NDArray[np.float64]]:
    """Customer, time, month and score from 0 to 1 of every rating before leaving, in order of time."""
    given = ratings_of(facts)
    given = given.take(np.isfinite(given.stretched))
    return given.customer, given.at, given.month, given.stretched


def _right(facts: Facts, low: tuple[Ints, Ints, Ints], left: Ints, horizon: int) -> Result:
    """Customers with a first low rating that can be followed, and how many left within the months after it."""
    who, at, month = low
    first = np.unique(who, return_index=True)[1]
    first = first[month[first] <= facts.last_month - horizon]
    gone = (left[who[first]] <= calendar.add_months(at[first], month[first], horizon)) & follow.left_by_choice(facts, who[first])
    return _share(int(gone.sum()), len(first), f"customers with {_MEANING}, Wilson interval")


def _found(signs: tuple[Ints, Ints, Ints], left: Ints, leavers: Ints, horizon: int) -> tuple[Finding, Finding]:
    """How many leavers gave a low rating in the months before, and how many days before leaving the first of these came."""
    who, at, month = signs
    told = (at < left[who]) & (left[who] <= calendar.add_months(at, month, horizon)) & np.isin(who, leavers)
    gone, first = np.unique(who[told], return_index=True)
    days = (left[gone] - at[told][first]) / _DAY
    raters = len(np.unique(who))
    recall = few(raters) if raters < LEAST else _share(len(days), len(leavers), "customers who left, Wilson interval")
    return Finding("flag_found", recall), Finding("flag_days", _middle(days))


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
