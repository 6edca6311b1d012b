"""Curves of each group, how far they are apart, and the triangle of cohorts, in numbers and in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from roi_core.cohorts.choices import tells_who_left
from roi_core.effects.checks import churn_recorded
from roi_core.effects.leaving import LEAST_AT_RISK, MOST_MONTHS
from roi_core.effects.staying.found import MARKS, Cohort, Group, Staying
from roi_core.effects.staying.spells import EVERYBODY, FIRST_CONTACT, TRAITS, Spells, spells
from roi_core.effects.staying.words import sentence
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.stats import retention, survival
from roi_core.stats.interval import Interval
from roi_core.stats.proportion import wilson
from roi_core.stats.watched import watched
from roi_core.units import Unit

LEAST_CUSTOMERS, MOST_GROUPS = 30, 5
METHOD = "Kaplan-Meier, limits on the log-log scale, before the first Wilson's"
MEAN = "restricted mean of Kaplan-Meier, Greenwood's error"
OF_COHORT = "share of the cohort, Wilson interval"


def all_staying(facts: Facts, tell: Callable[[float], None] = lambda _: None) -> Mapping[str, Staying] | Absent:
    """By what the groups are parted, everybody first; left out are partings with fewer than two groups of 30 customers, and by what leaving changed.

    Absent where leaving is not recorded all along, or too few customers began while the files ran.
    """
    if not facts.is_shop and (verdict := churn_recorded.recorded(facts, facts.covered_month, facts.last_month)).refuses:
        return Absent(verdict.check.text, verdict.next_step)
    everybody = spells(facts, EVERYBODY)
    for n, needed in ((len(everybody.months), LEAST_CUSTOMERS), (min(_at_risk(everybody, 1)), LEAST_AT_RISK)):
        if n < needed:
            return Absent(say("staying.few", n=f"{n:,}", needed=f"{needed}"), say("staying.few_next"))
    found = {EVERYBODY: replace(_staying(facts, EVERYBODY, everybody, 0), cohorts=_cohorts(everybody, facts))}
    offered = [by for by in TRAITS if not tells_who_left(facts, by)]
    for place, by in enumerate((*offered, FIRST_CONTACT), 1):
        parted = spells(facts, by)
        shown = parted.of(_large(parted))
        if len(shown.names) > 1:
            found[by] = _staying(facts, by, shown, len(parted.months) - len(shown.months))
        tell(place / (len(offered) + 1))
    return found


def _large(followed: Spells) -> np.ndarray:
    """The largest groups, at most five of 30 customers, by which others can be told apart."""
    counts = np.bincount(followed.group[followed.group >= 0], minlength=len(followed.names))
    order = sorted(range(len(counts)), key=lambda i: (-counts[i], followed.names[i]))
    kept = [i for i in order if counts[i] >= LEAST_CUSTOMERS and _until(followed.of(np.array([i]))) >= 1]
    return np.array(kept[:MOST_GROUPS], dtype=np.int64)


def _until(followed: Spells) -> int:
    """The last month up to which 20 customers are followed; -1 where there is none."""
    return [*(n < LEAST_AT_RISK for n in _at_risk(followed, MOST_MONTHS)), True].index(True) - 1


def _at_risk(followed: Spells, until: int) -> tuple[int, ...]:
    """Customers who are followed at month 0 to `until`."""
    return tuple(watched(followed.months, followed.came, followed.entry).at_risk(np.arange(until + 1.0)).tolist())


def _staying(facts: Facts, by: str, shown: Spells, apart: int) -> Staying:
    alone = [shown.of(np.array([i])) for i in range(len(shown.names))]
    reached = min(map(_until, alone))
    within = max((month for month in MARKS if month <= reached), default=None)
    groups = tuple(_group(one, within, turned=facts.is_shop) for one in alone)
    p = _log_rank(shown) if len(groups) > 1 else None
    return Staying(by, groups, within, p, apart, (), sentence(groups, reached, p))


def _log_rank(shown: Spells) -> float | None:
    """None where nobody left, or never while two groups were watched."""
    try:
        return survival.logrank(shown.months, shown.came, shown.group, entry=shown.entry).p
    except NumbersRefused:
        return None


def _group(followed: Spells, within: int | None, *, turned: bool) -> Group:
    until = _until(followed)
    curve = survival.kaplan_meier(followed.months, followed.came, followed.entry)
    at_risk = _at_risk(followed, until)
    shares = [_share(curve, float(month), at_risk[month]) for month in range(until + 1)]
    n = len(followed.months)
    results = tuple(Estimate(*_limits(share, turned=turned), n, METHOD, Unit.FRACTION) for share in shares)
    after: dict[int, Result] = {month: results[month] if month <= until else _too_short(month, followed) for month in MARKS}
    return Group(followed.names[0], n, int(followed.came.sum()), results, at_risk, after, _mean(followed, within))


def _share(curve: survival.KaplanMeier, month: float, at_risk: int) -> Interval:
    """Still there; before anybody left, down to what Wilson's interval leaves open."""
    found = curve.share(month)
    return found if found.value < 1 or not month else wilson(at_risk, at_risk)


def _limits(share: Interval, *, turned: bool) -> tuple[float, float, float]:
    return (1 - share.value, 1 - share.high, 1 - share.low) if turned else (share.value, share.low, share.high)


def _too_short(month: int, followed: Spells) -> Absent:
    return Absent(say("staying.too_short", n=f"{_at_risk(followed, month)[-1]:,}", months=f"{month}", needed=f"{LEAST_AT_RISK}"))


def _mean(followed: Spells, within: int | None) -> Result:
    if within is None:
        return _too_short(MARKS[0], followed)
    try:
        found = survival.rmst(followed.months, followed.came, float(within), followed.entry)
    except NumbersRefused as refused:
        return Absent(str(refused))
    return Estimate(found.value, found.low, min(found.high, float(within)), len(followed.months), MEAN, Unit.MONTHS)


def _cohorts(followed: Spells, facts: Facts) -> tuple[Cohort, ...]:
    """The last 24 months in which customers began, as far as each was seen whole."""
    found = retention.retention(followed.began, followed.ended, followed.came, facts.last_month, facts.covered_month).cohorts[-MOST_MONTHS:]
    return tuple(Cohort(one.month, one.customers, _seen(one, turned=facts.is_shop)) for one in found)


def _seen(one: retention.Cohort, *, turned: bool) -> tuple[Result, ...]:
    shares = (Interval(*map(float, limits)) for limits in zip(one.share, one.low, one.high, strict=True))
    return tuple(Estimate(*_limits(share, turned=turned), one.customers, OF_COHORT, Unit.FRACTION) for share in shares)
