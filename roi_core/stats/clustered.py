"""Survival where rows come in clusters: the same curves, means and tests, with errors from what each cluster adds to them.

What a row adds is its part of the infinitesimal jackknife (Therneau, Grambsch 2000, Modeling Survival Data, 7.2; Lin, Wei 1989 JASA 84:1074); rows of one
cluster are added up before they are squared, so that who leaves together counts together.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats import survival
from roi_core.stats.arrays import Booleans, Floats, Integers, floats
from roi_core.stats.incidence import cumulative_incidence
from roi_core.stats.interval import Interval, Test, wald
from roi_core.stats.limits import Scale, survival_limits
from roi_core.stats.watched import Watched, tally, watched

_NOTHING = 1e-9


def shares(
    durations: ArrayLike,
    events: ArrayLike,
    cluster: ArrayLike,
    times: ArrayLike,
    entry: ArrayLike | None = None,
    level: float = 0.95,
    scale: Scale = "log-log",
) -> tuple[Interval, ...]:
    """Kaplan-Meier survival at `times` (k,), ascending, of rows (n,) in clusters (n,). Arguments and errors else as `survival.kaplan_meier`.

    Raises NumbersRefused with fewer than two clusters too.
    """
    rows, groups, at = watched(durations, events, entry), _numbered(durations, cluster), floats(times, "times")
    curve = survival.kaplan_meier(durations, events, entry)
    value = np.array([curve.share(time).value for time in at.tolist()])
    steps = _Steps(rows)
    se = value * np.array([sqrt(_squared(steps.of_curve(1.0 * (steps.times <= time)), groups)) for time in at])
    low, high = survival_limits(value, se, level, scale)
    return tuple(Interval(*map(float, one)) for one in zip(value, low, high, se, strict=True))


def incidence(
    durations: ArrayLike, kinds: ArrayLike, kind: int, cluster: ArrayLike, times: ArrayLike, level: float = 0.95, scale: Scale = "log-log"
) -> tuple[Interval, ...]:
    """Share that has left in one way by `times` (k,), ascending, of rows (n,) in clusters (n,). Arguments and errors as `incidence.cumulative_incidence`.

    Raises NumbersRefused with fewer than two clusters too.
    """
    found, groups, at = cumulative_incidence(durations, kinds), _numbered(durations, cluster), floats(times, "times")
    value = np.array([found.share(kind, time).value for time in at.tolist()])
    steps = _Steps(watched(durations, np.asarray(kinds) > 0))
    own, left_by = np.asarray(kinds) == kind, np.array([found.share(kind, time).value for time in steps.times.tolist()])
    se = np.array([sqrt(_squared(steps.of_incidence(own, left_by, time, by_then), groups)) for time, by_then in zip(at, value, strict=True)])
    low, high = survival_limits(np.round(1 - value, 12), se, level, scale)
    return tuple(Interval(*map(float, one)) for one in zip(value, 1 - high, 1 - low, se, strict=True))


def rmst(durations: ArrayLike, events: ArrayLike, cluster: ArrayLike, tau: float, entry: ArrayLike | None = None, level: float = 0.95) -> Interval:
    """Restricted mean survival time to `tau` of rows (n,) in clusters (n,). Arguments and errors as `survival.rmst` and `shares`."""
    value, groups = survival.rmst(durations, events, tau, entry).value, _numbered(durations, cluster)
    rows = watched(durations, events, entry)
    steps, curve = _Steps(rows), survival.kaplan_meier(durations, events, entry)
    edges = np.append(steps.times[steps.times < tau], tau)
    area = np.array([curve.at(time) for time in edges[:-1].tolist()]) * np.diff(edges)
    after = np.zeros(len(steps.times))
    after[: len(area)] = area[::-1].cumsum()[::-1]
    return wald(value, sqrt(_squared(steps.of_curve(after), groups)), level)


def logrank(durations: ArrayLike, events: ArrayLike, group: ArrayLike, cluster: ArrayLike, entry: ArrayLike | None = None) -> Test:
    """Whether groups (n,) differ, of rows in clusters (n,), which may hold rows of several groups (Lee, Wei, Amato 1992).

    The score test of `survival.logrank` with the spread of the clusters' scores in place of the hypergeometric one, read as Hotelling's T squared:
    with ten clusters the chi-square calls nearly twice as many differences as it says; of three groups in nine this calls hardly any. Errors as
    there and as `shares`.
    """
    from scipy.special import fdtrc

    survival.logrank(durations, events, group, entry=entry)
    rows, groups = watched(durations, events, entry), _numbered(durations, cluster)
    steps, labels = _Steps(rows), np.asarray(group)
    scores = np.array([_added(steps.of_group(labels == label), groups) for label in np.unique(labels)])
    covariance = scores @ scores.T * _few(groups)
    df = int(np.linalg.matrix_rank(covariance, rtol=_NOTHING))
    if df == 0:
        return Test(0.0, 0, 1.0)
    gap = scores.sum(axis=1)
    statistic = float(gap @ np.linalg.pinv(covariance, rtol=_NOTHING) @ gap)
    clusters = int(groups.max()) + 1
    free = max(clusters - df, 1)
    return Test(statistic, df, float(fdtrc(df, free, statistic * free / (df * (clusters - 1)))))


class _Steps:
    """Distinct times of events (m,) ascending, rows at risk at each and events."""

    def __init__(self, rows: Watched) -> None:
        self._rows = rows
        self.times = np.unique(rows.time[rows.event])
        self._at_risk = rows.at_risk(self.times)
        self._happened = tally(self.times, rows.time[rows.event])

    def of_curve(self, weight: Floats) -> Floats:
        """What each row adds to the logarithm of the curve, weighted at each event time (m,). Past a time that nobody survives the curve is 0 all the same."""
        lost = weight / np.maximum(self._at_risk - self._happened, 1)
        return self._added_up(-lost, lost * self._happened / self._at_risk)

    def of_incidence(self, own: Booleans, left_by: Floats, until: float, by_then: float) -> Floats:
        """What each row adds to the share `by_then` that the rows `own` (n,) make up of all by `until`; `left_by` (m,) is it at each event time."""
        inside = self.times <= until
        before = np.where(inside, self._before(), 0.0) / self._at_risk
        happened = tally(self.times, self._rows.time[own])
        return self.of_curve(np.where(inside, by_then - left_by, 0.0)) + self._added_up(before, -before * happened / self._at_risk, own)

    def _before(self) -> Floats:
        """Survival just before each event time (m,)."""
        return np.concatenate([[1.0], np.cumprod(1 - self._happened / self._at_risk)[:-1]])

    def of_group(self, member: Booleans) -> Floats:
        """What each row adds to events seen less events expected of the rows that are `member` (n,)."""
        share, rate = self._rows.of(member).at_risk(self.times) / self._at_risk, self._happened / self._at_risk
        own, all_of = self._added_up(np.ones(len(rate)), -rate), self._added_up(share, -share * rate)
        return np.where(member, own, 0.0) - all_of

    def _added_up(self, at_event: Floats, while_at_risk: Floats, own: Booleans | None = None) -> Floats:
        """By row (n,): the one value at the time of its event (where it is `own`), plus the others at all event times at which it was at risk."""
        rows, total = self._rows, np.concatenate([[0.0], np.cumsum(while_at_risk)])
        until, since = (np.searchsorted(self.times, seconds, side="right") for seconds in (rows.time, rows.start))
        added = total[until] - total[since]
        counted = rows.event if own is None else rows.event & own
        added[counted] += at_event[until[counted] - 1]
        return np.asarray(added)


def _numbered(durations: ArrayLike, cluster: ArrayLike) -> Integers:
    """The number of each row's cluster, from 0."""
    found = np.asarray(cluster)
    if found.shape != np.shape(durations):
        raise NumbersRefused.shapes({"durations": np.shape(durations), "cluster": found.shape})
    labels, codes = np.unique(found, return_inverse=True)
    if len(labels) < 2:
        raise NumbersRefused.too_few("clusters", len(labels), 2, "Rows of one cluster tell nothing of others.")
    return np.asarray(codes)


def _added(values: Floats, groups: Integers) -> Floats:
    """Sums by cluster."""
    return np.asarray(np.bincount(groups, weights=values), dtype=np.float64)


def _few(groups: Integers) -> float:
    """The correction for how many clusters there are."""
    count = int(groups.max()) + 1
    return count / (count - 1)


def _squared(values: Floats, groups: Integers) -> float:
    return float((_added(values, groups) ** 2).sum()) * _few(groups)
