"""Curves of each group, how far they are apart, and the triangle of cohorts, in numbers and in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from roi_core.cohorts.choices import is_of_today, tells_who_left
from roi_core.effects.checks import churn_recorded
from roi_core.effects.leaving import LEAST_ACCOUNTS, LEAST_AT_RISK, MOST_MONTHS
from roi_core.effects.staying.found import MARKS, Cohort, Group, Staying
from roi_core.effects.staying.spells import EVERYBODY, FIRST_CONTACT, TRAITS, Spells, spells, starts_unknown
from roi_core.effects.staying.words import sentence
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.stats import clustered, retention, survival
from roi_core.stats.interval import Interval
from roi_core.stats.multiplicity import benjamini_hochberg
from roi_core.stats.proportion import wilson
from roi_core.stats.watched import watched
from roi_core.units import Unit

LEAST_CUSTOMERS, MOST_GROUPS = 30, 5
METHOD = "Kaplan-Meier, limits on the log-log scale, before the first Wilson's"
METHOD_BY_ACCOUNT = f"{METHOD}, errors by account"
MEAN, MEAN_BY_ACCOUNT = "restricted mean of Kaplan-Meier, Greenwood's error", "restricted mean of Kaplan-Meier, errors by account"
OF_COHORT = "share of the cohort, Wilson interval"


def all_staying(facts: Facts, tell: Callable[[float], None] = lambda _: None) -> Mapping[str, Staying] | Absent:
    """By what the groups are parted, everybody first; left out are partings with fewer than two groups of 30 customers, and by what leaving changed.

    Absent where leaving is not recorded all along, or too few customers began while the files ran. Each parting is one of so many that are looked at:
    `Staying.q` is its place among them (Benjamini, Hochberg 1995).
    """
    if not facts.is_shop and (verdict := churn_recorded.recorded(facts, facts.covered_month, facts.last_month)).refuses:
        return Absent(verdict.check.text, verdict.next_step)
    everybody, unknown = spells(facts, EVERYBODY), starts_unknown(facts)
    month, fewest = reach(everybody)
    for n, needed, enough in ((len(everybody.months), LEAST_CUSTOMERS, len(everybody.months) >= LEAST_CUSTOMERS), (fewest, LEAST_AT_RISK, month >= 1)):
        if not enough:
            return _too_few(n, needed, unknown)
    if everybody.accounts < LEAST_ACCOUNTS:
        return Absent(say("staying.few_accounts", n=f"{everybody.accounts}", needed=f"{LEAST_ACCOUNTS}"), say("staying.few_next"))
    whole = _staying(facts, EVERYBODY, everybody, 0)
    found = {EVERYBODY: replace(whole, cohorts=_cohorts(everybody, facts), sentence=sentence(whole), start_unknown=unknown)}
    found |= _partings(facts, tell)
    return found


def _too_few(n: int, needed: int, unknown: int) -> Absent:
    if unknown:
        return Absent(say("staying.unknown", n=f"{unknown:,}"), say("staying.unknown_next"))
    return Absent(say("staying.few", n=f"{n:,}", needed=f"{needed}"), say("staying.few_next"))


def _partings(facts: Facts, tell: Callable[[float], None]) -> dict[str, Staying]:
    offered = [by for by in TRAITS if not tells_who_left(facts, by)]
    parted: dict[str, Staying] = {}
    for place, by in enumerate((*offered, FIRST_CONTACT), 1):
        followed = spells(facts, by)
        shown = followed.of(_large(followed))
        if len(shown.names) > 1:
            parted[by] = _staying(facts, by, shown, len(followed.months) - len(shown.months))
        tell(place / (len(offered) + 1))
    tested = [one.p for one in parted.values() if one.p is not None]
    q = iter(benjamini_hochberg(tested).tolist() if tested else ())
    counted = {by: one if one.p is None else replace(one, q=next(q)) for by, one in parted.items()}
    return {by: replace(one, sentence=sentence(one)) for by, one in counted.items()}


def _large(followed: Spells) -> np.ndarray:
    """The largest groups, at most five of 30 customers of ten accounts who can be followed for a month."""
    counts = np.bincount(followed.group[followed.group >= 0], minlength=len(followed.names))
    order = sorted(range(len(counts)), key=lambda i: (-counts[i], followed.names[i]))
    alone = {i: followed.of(np.array([i])) for i in order if counts[i] >= LEAST_CUSTOMERS}
    kept = [i for i, one in alone.items() if one.accounts >= LEAST_ACCOUNTS and reach(one)[0] >= 1]
    return np.array(kept[:MOST_GROUPS], dtype=np.int64)


def reach(followed: Spells) -> tuple[int, int]:
    """The last month up to which a curve rests on 20 customers, at most 24, -1 where there is none; and how many are followed where it ends.

    They are those at risk over the share still there (Rothman 1978 J Chron Dis 31:557): who left is known, and is no reason to stop; who is no longer
    watched, or not yet, is. A curve is worth no more than its weakest step, so every time at which somebody leaves is asked about.
    """
    if not len(followed.months):
        return -1, 0
    rows, curve = watched(followed.months, followed.came, followed.entry), survival.kaplan_meier(followed.months, followed.came, followed.entry)
    times = np.unique(np.concatenate([curve.times[curve.events > 0], np.arange(MOST_MONTHS + 1.0)]))
    times = times[times <= MOST_MONTHS]
    at_risk = rows.at_risk(times)
    before = np.concatenate([[1.0], curve.survival])[np.searchsorted(curve.times, times)]
    weak = np.flatnonzero((at_risk < LEAST_AT_RISK * before) | ((before == 0) & (at_risk > 0)))
    if not len(weak):
        return MOST_MONTHS, int(at_risk[-1])
    return int(np.ceil(times[weak[0]])) - 1, int(at_risk[weak[0]])


def _at_risk(followed: Spells, until: int) -> tuple[int, ...]:
    """Customers who are followed at month 0 to `until`."""
    return tuple(watched(followed.months, followed.came, followed.entry).at_risk(np.arange(until + 1.0)).tolist())


def _staying(facts: Facts, by: str, shown: Spells, apart: int) -> Staying:
    alone = [shown.of(np.array([i])) for i in range(len(shown.names))]
    reached = min(reach(one)[0] for one in alone)
    within = max((month for month in MARKS if month <= reached), default=None)
    groups = tuple(_group(one, within, turned=facts.is_shop) for one in alone)
    p = _log_rank(shown, reached) if len(groups) > 1 else None
    return Staying(by, groups, reached, within, p, None, apart, (), "", of_today=by in TRAITS and is_of_today(facts, by))


def _log_rank(shown: Spells, until: int) -> float | None:
    """Over the months that all groups are shown for; None where nobody left in them, or never while two groups were watched."""
    seen = shown.entry < until
    months, came = np.minimum(shown.months, until)[seen], (shown.came & (shown.months <= until))[seen]
    group, entry = shown.group[seen], shown.entry[seen]
    try:
        if shown.clustered:
            return clustered.logrank(months, came, group, shown.cluster[seen], entry).p
        return survival.logrank(months, came, group, entry=entry).p
    except NumbersRefused:
        return None


def _group(followed: Spells, within: int | None, *, turned: bool) -> Group:
    until, _ = reach(followed)
    at_risk = _at_risk(followed, until)
    shares = [share if share.value < 1 or not month else wilson(n, n) for month, (share, n) in enumerate(zip(_curve(followed, until), at_risk, strict=True))]
    n, method = len(followed.months), METHOD_BY_ACCOUNT if followed.clustered else METHOD
    results = tuple(Estimate(*_limits(share, turned=turned), n, method, Unit.FRACTION) for share in shares)
    after: dict[int, Result] = {month: results[month] if month <= until else _too_short(month, followed) for month in MARKS}
    return Group(followed.names[0], n, int(followed.came.sum()), results, at_risk, after, _mean(followed, within))


def _curve(followed: Spells, until: int) -> Sequence[Interval]:
    """Shares still there at month 0 to `until`."""
    months = np.arange(until + 1.0)
    if followed.clustered:
        return clustered.shares(followed.months, followed.came, followed.cluster, months, followed.entry)
    curve = survival.kaplan_meier(followed.months, followed.came, followed.entry)
    return [curve.share(month) for month in months.tolist()]


def _limits(share: Interval, *, turned: bool) -> tuple[float, float, float]:
    return (1 - share.value, 1 - share.high, 1 - share.low) if turned else (share.value, share.low, share.high)


def _too_short(month: int, followed: Spells) -> Absent:
    return Absent(say("staying.too_short", n=f"{reach(followed)[1]:,}", months=f"{month}"))


def _mean(followed: Spells, within: int | None) -> Result:
    if within is None:
        return _too_short(MARKS[0], followed)
    columns, tau = (followed.months, followed.came), float(within)
    if not (followed.came & (followed.months < tau)).any():
        return Absent(say("staying.nobody_yet", months=f"{within}"))
    if followed.clustered:
        found, method = clustered.rmst(*columns, followed.cluster, tau, followed.entry), MEAN_BY_ACCOUNT
    else:
        found, method = survival.rmst(*columns, tau, followed.entry), MEAN
    return Estimate(found.value, found.low, min(found.high, tau), len(followed.months), method, Unit.MONTHS)


def _cohorts(followed: Spells, facts: Facts) -> tuple[Cohort, ...]:
    """The last 24 months in which customers began, as far as each was seen whole."""
    found = retention.retention(followed.began, followed.ended, followed.came, facts.last_month, facts.covered_month).cohorts[-MOST_MONTHS:]
    return tuple(Cohort(one.month, one.customers, _seen(one, turned=facts.is_shop)) for one in found)


def _seen(one: retention.Cohort, *, turned: bool) -> tuple[Result, ...]:
    shares = (Interval(*map(float, limits)) for limits in zip(one.share, one.low, one.high, strict=True))
    return tuple(Estimate(*_limits(share, turned=turned), one.customers, OF_COHORT, Unit.FRACTION) for share in shares)
