"""Time until something happens, where some are still waiting."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Booleans, Floats, Integers, flags, floats
from roi_core.stats.interval import Interval, Test, wald, z_of

Transform = Literal["log-log", "log"]


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Survival after each distinct observed time, ascending; every field has shape (m,).

    `low` and `high` are log-log limits; they equal the survival where it is 1, and where it is 0 the upper one stays at its
    last defined value.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Integers
    events: Integers

    def at(self, time: float) -> float:
        """Survival at `time`; 1 before the first observed time."""
        index = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[index - 1]) if index else 1.0

    @property
    def median(self) -> float | None:
        """The first time at which half or fewer survive, None where that is not reached."""
        reached = np.flatnonzero(self.survival <= 0.5 + 1e-12)
        return float(self.times[reached[0]]) if reached.size else None


@dataclass(frozen=True, slots=True)
class MedianLimits:
    """Limits of a median time in the unit of the durations, None where one is not reached."""

    low: float | None
    high: float | None


def median_limits(curve: KaplanMeier, level: float = 0.95, transform: Transform = "log-log") -> MedianLimits:
    """Limits of the median time: where the limits of the curve first reach one half (Brookmeyer, Crowley 1982 Biometrics 38:29).

    "log-log" is ours, SAS's and lifelines'; "log" is the default of R's survfit, and may differ by weeks: say which. None where a
    limit is not reached. Raises ValueError for another transform.
    """
    greenwood = _greenwood(curve.at_risk, curve.events)
    if transform == "log":
        factor = np.exp(z_of(level) * np.sqrt(np.where(curve.survival > 0, greenwood, 0.0)))
        low, high = curve.survival / factor, np.minimum(curve.survival * factor, 1.0)
        high = np.where(curve.survival > 0, high, np.nan)
    elif transform == "log-log":
        low, high = _log_log(curve.survival, greenwood, z_of(level))
    else:
        raise ValueError(f'transform == "{transform}", must be "log-log" or "log"')
    return MedianLimits(_first_half(curve.times, low), _first_half(curve.times, high))


def _first_half(times: Floats, limit: Floats) -> float | None:
    reached = np.flatnonzero(limit <= 0.5 + 1e-12)
    return float(times[reached[0]]) if reached.size else None


def kaplan_meier(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95) -> KaplanMeier:
    """The product-limit estimate (Kaplan, Meier 1958 JASA 53:457) with log-log limits (Kalbfleisch, Prentice 2002, 1.4).

    `durations` (n,) time of event or of censoring, `events` (n,) 1 where the event happened, `entry` (n,) time from which a row
    is watched: it is at risk at t where entry < t <= duration. Raises ValueError without rows or where a row ends before it enters.
    """
    time, event, start = _observed(durations, events, entry)
    times, at_risk, happened = _counts(time, event, start)
    with np.errstate(divide="ignore"):
        survival = np.asarray(np.cumprod(1 - happened / at_risk), dtype=np.float64)
    low, high = _log_log(survival, _greenwood(at_risk, happened), z_of(level))
    return KaplanMeier(times, survival, low, high, at_risk, happened)


def rmst(durations: ArrayLike, events: ArrayLike, tau: float, entry: ArrayLike | None = None, level: float = 0.95) -> Interval:
    """Restricted mean survival time: the area under Kaplan-Meier to `tau`, with Greenwood's variance.

    Sum over event times of (area from there to tau)^2 d / (n (n - d)) (Klein, Moeschberger 2003, 4.5). Raises ValueError where
    `tau` is not above 0 or lies past the last observed time while some still survive.
    """
    curve = kaplan_meier(durations, events, entry)
    if tau <= 0 or (tau > curve.times[-1] and curve.survival[-1] > 0):
        raise ValueError(f"tau == {tau}, must be above 0 and at most the last observed time {curve.times[-1]}")
    inside = curve.times < tau
    steps = np.concatenate(([1.0], curve.survival[inside]))
    edges = np.concatenate(([0.0], curve.times[inside], [tau]))
    pieces = steps * np.diff(edges)
    after = pieces[::-1].cumsum()[::-1][1:]
    at_risk, happened = curve.at_risk[inside], curve.events[inside]
    terms = happened / (at_risk * np.maximum(at_risk - happened, 1))
    return wald(float(pieces.sum()), sqrt(float((after**2 * terms).sum())), level)


def rmst_difference(d1: ArrayLike, e1: ArrayLike, d0: ArrayLike, e0: ArrayLike, tau: float, level: float = 0.95) -> Interval:
    """Restricted mean survival of arm 1 minus arm 0 up to `tau` (Royston, Parmar 2013 BMC Med Res Methodol 13:152)."""
    one, zero = rmst(d1, e1, tau), rmst(d0, e0, tau)
    return wald(one.value - zero.value, sqrt((one.se or 0.0) ** 2 + (zero.se or 0.0) ** 2), level)


def logrank(durations: ArrayLike, events: ArrayLike, group: ArrayLike) -> Test:
    """The log-rank test over k groups, k - 1 degrees of freedom (Mantel 1966; Peto, Peto 1972 JRSSA 135:185).

    Raises ValueError with fewer than two groups or without any event.
    """
    from scipy.special import chdtrc

    time, event, start = _observed(durations, events, None)
    labels, codes = np.unique(np.asarray(group), return_inverse=True)
    if len(labels) < 2 or not event.any():
        raise ValueError(f"groups == {len(labels)}, events == {int(event.sum())}: must be at least 2 groups and 1 event")
    times = np.unique(time[event])
    risk = np.array([_at_risk(times, time[codes == k], start[codes == k]) for k in range(len(labels))], dtype=np.float64)
    seen = np.array([_tally(times, time[(codes == k) & event]) for k in range(len(labels))], dtype=np.float64)
    n, d = risk.sum(axis=0), seen.sum(axis=0)
    gap = (seen - d * risk / n).sum(axis=1)[:-1]
    share = risk[:-1] / n
    spread = d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    statistic = float(gap @ np.linalg.pinv(covariance) @ gap)
    return Test(statistic, len(labels) - 1, float(chdtrc(len(labels) - 1, statistic)))


def _greenwood(at_risk: Integers, happened: Integers) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.cumsum(happened / (at_risk * (at_risk - happened))), dtype=np.float64)


def _observed(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None) -> tuple[Floats, Booleans, Floats]:
    time, event = floats(durations, "durations"), flags(events, "events")
    start = np.full(time.shape, -np.inf) if entry is None else floats(entry, "entry")
    if time.ndim != 1 or time.size == 0 or event.shape != time.shape or start.shape != time.shape:
        raise ValueError(f"durations.shape == {time.shape}, events.shape == {event.shape}: must be one row each, at least one")
    if (start >= time).any():
        raise ValueError("entry holds times at or after the duration, must be before it")
    return time, event, start


def _counts(time: Floats, event: Booleans, start: Floats) -> tuple[Floats, Integers, Integers]:
    times = np.unique(time)
    return times, _at_risk(times, time, start), _tally(times, time[event])


def _at_risk(times: Floats, time: Floats, start: Floats) -> Integers:
    left = np.searchsorted(np.sort(time), times, side="left")
    entered = np.searchsorted(np.sort(start), times, side="left")
    return np.asarray(entered - left, dtype=np.int64)


def _tally(times: Floats, happened: Floats) -> Integers:
    return np.bincount(np.searchsorted(times, happened), minlength=len(times)).astype(np.int64)


def _log_log(survival: Floats, greenwood: Floats, z: float) -> tuple[Floats, Floats]:
    inner = (survival > 0) & (survival < 1)
    s = np.where(inner, survival, 0.5)
    reach = z * np.sqrt(np.where(inner, greenwood, 0.0)) / np.abs(np.log(s))
    low = np.where(inner, s ** np.exp(reach), survival)
    high = np.where(inner, s ** np.exp(-reach), survival)
    return low, np.where(survival > 0, high, high[survival > 0][-1] if (survival > 0).any() else 0.0)
