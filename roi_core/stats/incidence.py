"""Who has left, and how, where leaving has kinds: one kind ends the chance of all others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats, Integers
from roi_core.stats.interval import Interval
from roi_core.stats.limits import Scale, survival_limits
from roi_core.stats.watched import tally, watched


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """Share that has left by each of m distinct observed times, ascending, for each of k kinds.

    `times`, `at_risk` and `survival` (m,); `incidence`, `low`, `high`, `se` and `events` (k, m), in the order of `kinds`. At every
    time survival and the incidences of all kinds add up to 1.
    """

    times: Floats
    kinds: tuple[int, ...]
    incidence: Floats
    low: Floats
    high: Floats
    se: Floats
    survival: Floats
    at_risk: Integers
    events: Integers

    def share(self, kind: int, time: float) -> Interval:
        """Share that has left in one way by `time`, with its limits.

        Raises NumbersRefused for a kind that is not there, and past the last observed time while some are still there.
        """
        if kind not in self.kinds:
            raise NumbersRefused.value("kind", kind, f"one of {', '.join(map(str, self.kinds))}")
        if time > self.times[-1] and self.survival[-1] > 0:
            raise NumbersRefused.value("time", time, f"at most the last observed time {self.times[-1]}")
        row, index = self.kinds.index(kind), int(np.searchsorted(self.times, time, side="right")) - 1
        if index < 0:
            return Interval(0.0, 0.0, 0.0, 0.0)
        return Interval(*(float(field[row, index]) for field in (self.incidence, self.low, self.high, self.se)))


def cumulative_incidence(
    durations: ArrayLike, kinds: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95, scale: Scale = "log-log"
) -> CumulativeIncidence:
    """Cumulative incidence by kind of leaving (Aalen, Johansen 1978 Scand J Stat 5:141), for which 1 - Kaplan-Meier is too high.

    `durations` (n,) time of leaving or of censoring, `kinds` (n,) whole numbers: 0 where nobody left, else the kind; `entry` as in
    `kaplan_meier`. Variance of Greenwood's type (Dinse, Larson 1986 Biometrika 73:379; Allignol, Schumacher, Beyersmann 2010
    Biom J 52:126); limits by the scale of 1 - incidence, so that one kind gives 1 - Kaplan-Meier throughout. Raises NumbersRefused
    where nobody left, for kinds that are no whole numbers from 0, and as `kaplan_meier`.
    """
    kind = _whole(kinds)
    rows = watched(durations, kind > 0, entry)
    found = np.unique(kind[rows.event])
    if not found.size:
        raise NumbersRefused.too_few("rows that left", 0, 1, "Follow for longer.")
    times = np.unique(rows.time)
    at_risk = rows.at_risk(times)
    events = np.array([tally(times, rows.time[kind == one]) for one in found])
    after: Floats = np.cumprod(1 - events.sum(axis=0) / at_risk)
    before = np.concatenate(([1.0], after[:-1]))
    incidence: Floats = np.cumsum(before * events / at_risk, axis=1)
    se = _errors(incidence, events, at_risk, before)
    limits = [survival_limits(np.round(1 - incidence[k], 12), se[k], level, scale) for k in range(len(found))]
    low, high = (np.array([1 - limit[side] for limit in limits]) for side in (1, 0))
    return CumulativeIncidence(times, tuple(found.tolist()), incidence, low, high, se, after, at_risk, events)


def _errors(incidence: Floats, events: Integers, at_risk: Integers, before: Floats) -> Floats:
    """Standard errors (k, m) of the incidences (k, m).

    The variance at t is the sum over times j up to t of (I(t) - I(j))^2 d / (n (n - d)) + S(j-)^2 d_k (n - d_k) / n^3
    - 2 (I(t) - I(j)) S(j-) d_k / n^2, with the squares taken apart so that each part is a running sum.
    """
    all_events = events.sum(axis=0)
    any_kind = all_events / (at_risk * np.maximum(at_risk - all_events, 1.0))
    own = before**2 * events * (at_risk - events) / at_risk**3.0
    both = before * events / at_risk**2.0
    squared = np.cumsum(any_kind)
    mixed = np.cumsum(incidence * any_kind + both, axis=1)
    alone = np.cumsum(incidence**2 * any_kind + own + 2 * incidence * both, axis=1)
    errors: Floats = np.sqrt(np.maximum(incidence**2 * squared - 2 * incidence * mixed + alone, 0.0))
    return errors


def _whole(kinds: ArrayLike) -> Integers:
    found = np.asarray(kinds)
    if found.dtype.kind not in "biuf" or not (np.isfinite(found).all() and (found >= 0).all() and (found == np.floor(found)).all()):
        raise NumbersRefused.holds("kinds", "values other than whole numbers from 0", "0 where nobody left, else the number of a kind")
    return found.astype(np.int64)
