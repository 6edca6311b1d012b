"""Time until something happens, where some are still waiting."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats, Integers, floats
from roi_core.stats.interval import Interval, Test, wald
from roi_core.stats.limits import Scale, survival_limits
from roi_core.stats.watched import Watched, tally, watched

_HALF = 0.5 + 1e-12
_NOTHING = 1e-9
"""Variances below this share of the largest are rounding: those of k groups add up to 0."""


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Survival after each distinct observed time, ascending; every field has shape (m,).

    `low` and `high` are pointwise limits; they equal the survival where it is 1, and where it is 0 the upper one stays at its
    last defined value. `se` is Greenwood's standard error of the survival, 0 where the survival is 0.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Integers
    events: Integers
    se: Floats

    def at(self, time: float) -> float:
        """Survival at `time`; 1 before the first observed time."""
        index = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[index - 1]) if index else 1.0

    def share(self, time: float) -> Interval:
        """Survival at `time` with its limits. Raises NumbersRefused past the last observed time while some survive: nobody knows."""
        if time > self.times[-1] and self.survival[-1] > 0:
            raise NumbersRefused.value("time", time, f"at most the last observed time {self.times[-1]}")
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        if index < 0:
            return Interval(1.0, 1.0, 1.0, 0.0)
        return Interval(*(float(field[index]) for field in (self.survival, self.low, self.high, self.se)))

    @property
    def median(self) -> float | None:
        """The first time at which half or fewer survive, None where that is not reached."""
        return _first(self.times, self.survival)


@dataclass(frozen=True, slots=True)
class Median:
    """The time by which half are gone, with its limits; None where the data do not reach that far."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The counts under a curve, (m,) each: rows at risk just before `times`; events and ends of watching up to and with them."""

    times: Floats
    at_risk: Integers
    events: Integers
    censored: Integers


@dataclass(frozen=True, slots=True)
class LogRank(Test):
    """A log-rank test with what was seen and what equal curves would have brought, by group in ascending order of label."""

    observed: tuple[float, ...]
    expected: tuple[float, ...]


def kaplan_meier(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95, scale: Scale = "log-log") -> KaplanMeier:
    """The product-limit estimate (Kaplan, Meier 1958 JASA 53:457) with log-log limits (Kalbfleisch, Prentice 2002, 1.4).

    `durations` (n,) time of event or of censoring, `events` (n,) 1 where the event happened, `entry` (n,) time from which a row
    is watched: it is at risk at t where entry < t <= duration. `scale` is that of the limits: R's survfit uses "log" unless told.
    Raises NumbersRefused without rows, for missing or negative times, and where a row ends before it enters.
    """
    rows = watched(durations, events, entry)
    times = np.unique(rows.time)
    at_risk, happened = rows.at_risk(times), tally(times, rows.time[rows.event])
    survival = np.asarray(np.cumprod(1 - happened / at_risk), dtype=np.float64)
    terms = happened / (at_risk * np.maximum(at_risk - happened, 1))
    se = survival * np.sqrt(np.cumsum(terms))
    return KaplanMeier(times, survival, *survival_limits(survival, se, level, scale), at_risk, happened, se)


def median(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95, scale: Scale = "log-log") -> Median:
    """Median survival: where the curve passes one half, and where its limits do (Brookmeyer, Crowley 1982 Biometrics 38:29).

    Limits depend on the scale: of 63 lung patients "log" gives 348 to 574 days, as R does, "log-log" 340 to 558. Where the curve
    is exactly one half for a while this is where that begins; R takes the middle. Arguments and errors as `kaplan_meier`.
    """
    curve = kaplan_meier(durations, events, entry, level, scale)
    return Median(curve.median, _first(curve.times, curve.low), _first(curve.times, curve.high))


def risk_table(durations: ArrayLike, events: ArrayLike, times: ArrayLike, entry: ArrayLike | None = None) -> RiskTable:
    """Numbers at risk for below a curve, at the times (m,) of its axis.

    Raises NumbersRefused as `kaplan_meier`, and unless `times` are ascending.
    """
    rows, at = watched(durations, events, entry), floats(times, "times")
    if at.ndim != 1 or at.size == 0 or (np.diff(at) <= 0).any():
        raise NumbersRefused.holds("times", f"{at.size} values", "one row of ascending times")
    ends = (np.searchsorted(np.sort(rows.time[chosen]), at, side="right") for chosen in (rows.event, ~rows.event))
    return RiskTable(at, rows.at_risk(at), *ends)


def rmst(durations: ArrayLike, events: ArrayLike, tau: float, entry: ArrayLike | None = None, level: float = 0.95) -> Interval:
    """Restricted mean survival time: the area under Kaplan-Meier to `tau`, with Greenwood's variance.

    Sum over event times of (area from there to tau)^2 d / (n (n - d)) (Klein, Moeschberger 2003, 4.5): the error of the mean, not
    the spread of the times. Raises NumbersRefused as `kaplan_meier`, where `tau` is not above 0 or lies past the last observed
    time while some still survive, and where nothing happens before `tau`, as its error would be 0.
    """
    curve = kaplan_meier(durations, events, entry)
    if tau <= 0 or (tau > curve.times[-1] and curve.survival[-1] > 0):
        raise NumbersRefused.value("tau", tau, f"above 0 and at most the last observed time {curve.times[-1]}")
    inside = curve.times < tau
    at_risk, happened = curve.at_risk[inside], curve.events[inside]
    if not happened.any():
        raise NumbersRefused.too_few(f"events before tau == {tau}", 0, 1, "Follow for longer.")
    steps = np.concatenate(([1.0], curve.survival[inside]))
    edges = np.concatenate(([0.0], curve.times[inside], [tau]))
    pieces = steps * np.diff(edges)
    after = pieces[::-1].cumsum()[::-1][1:]
    terms = happened / (at_risk * np.maximum(at_risk - happened, 1))
    return wald(float(pieces.sum()), sqrt(float((after**2 * terms).sum())), level)


def rmst_difference(d1: ArrayLike, e1: ArrayLike, d0: ArrayLike, e0: ArrayLike, tau: float, level: float = 0.95) -> Interval:
    """Restricted mean survival of arm 1 minus arm 0 up to `tau` (Royston, Parmar 2013 BMC Med Res Methodol 13:152).

    (n1,) and (n0,): times and events of each arm, of which the rows are independent. Errors as `rmst`.
    """
    one, zero = rmst(d1, e1, tau), rmst(d0, e0, tau)
    return wald(one.value - zero.value, sqrt((one.se or 0.0) ** 2 + (zero.se or 0.0) ** 2), level)


def logrank(durations: ArrayLike, events: ArrayLike, group: ArrayLike, strata: ArrayLike | None = None, entry: ArrayLike | None = None) -> LogRank:
    """The log-rank test over k groups, stratified where `strata` (n,) are given (Mantel 1966; Peto, Peto 1972 JRSSA 135:185).

    `group` (n,) labels. Degrees of freedom count the groups that were at risk when something happened, less 1 for each set of
    groups that share strata. Raises NumbersRefused with fewer than two such groups, without any event, and as `kaplan_meier`.
    """
    from scipy.special import chdtrc

    rows = watched(durations, events, entry)
    groups, codes = _labels(group, "group", rows)
    _, layer = _labels(np.zeros(rows.time.shape) if strata is None else strata, "strata", rows)
    if groups < 2 or not rows.event.any():
        raise NumbersRefused.value(f"groups == {groups}, events", int(rows.event.sum()), "at least 1, and groups at least 2")
    parts = [_against_equal(rows.of(layer == one), codes[layer == one], groups) for one in np.unique(layer)]
    observed, expected, covariance = (np.sum([part[i] for part in parts], axis=0) for i in range(3))
    df = int(np.linalg.matrix_rank(covariance, rtol=_NOTHING))
    if df == 0:
        raise NumbersRefused.too_few("groups at risk when something happened", 1, 2, "Compare groups that were watched at the same time.")
    gap = observed - expected
    statistic = float(gap @ np.linalg.pinv(covariance, rtol=_NOTHING) @ gap)
    return LogRank(statistic, df, float(chdtrc(df, statistic)), tuple(observed.tolist()), tuple(expected.tolist()))


def _against_equal(rows: Watched, codes: Integers, groups: int) -> tuple[Floats, Floats, Floats]:
    """Events seen (k,), expected were all curves equal (k,), and the hypergeometric covariance (k, k)."""
    times = np.unique(rows.time[rows.event])
    members = [rows.of(codes == k) for k in range(groups)]
    risk = np.array([member.at_risk(times) for member in members])
    seen = np.array([tally(times, member.time[member.event]) for member in members], dtype=np.float64)
    n, d = risk.sum(axis=0), seen.sum(axis=0)
    share = risk / n
    spread = d * (n - d) / np.maximum(n - 1, 1)
    return seen.sum(axis=1), (d * share).sum(axis=1), np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T


def _labels(values: ArrayLike, name: str, rows: Watched) -> tuple[int, Integers]:
    """How many labels there are, and the number of each row's, by ascending label."""
    found = np.asarray(values)
    if found.shape != rows.time.shape:
        raise NumbersRefused.shapes({"durations": rows.time.shape, name: found.shape})
    labels, codes = np.unique(found, return_inverse=True)
    return len(labels), codes


def _first(times: Floats, curve: Floats) -> float | None:
    reached = np.flatnonzero(curve <= _HALF)
    return float(times[reached[0]]) if reached.size else None
