"""What a month of a series should be, from months before it: level, season and growth where years show them, and the doubt of the past in the limits."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from roi_core.stats.arrays import Floats, Integers
from roi_core.stats.control import SIGMAS, moving_sigma, p_limits, u_limits, x_limits

YEAR = 12
TWO_YEARS = 24
"""Months before a season can be told from growth, and either from chance."""
_BELIEVED, _POSSIBLE = 0.05, 0.1
_ROUNDS, _NEAR = 12, 1e-8
_MISSED = 3
"""Of 24 months, how many may be missing or have been out of the ordinary."""
Design = tuple[bool, bool]
_LEVEL, _LINE = (False, False), (True, False)
"""Whether a series grows, and whether it has a season."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Of one month: what came, what was expected, between which limits, and whether season and growth could be told by then.

    `is_line` where the months before lie on a line that may be either; what was expected is then the middle of level and line.
    """

    value: float
    centre: float
    low: float
    high: float
    season_known: bool
    is_line: bool

    @property
    def side(self) -> int:
        """1 above what was expected, -1 below, 0 neither."""
        return int(np.sign(self.value - self.centre))

    @property
    def is_outside(self) -> bool:
        """Whether it lies beyond a limit."""
        return not self.low <= self.value <= self.high

    @property
    def distance(self) -> float:
        """How far out the value is, in distances of the limit on its side; of the other where that one is the end of what can be, 0 or 1."""
        below, above = self.centre - self.low, self.high - self.centre
        reach = above if (self.side > 0 and self.high != 1) or (self.side <= 0 and self.low == 0) else below
        return abs(self.value - self.centre) / max(reach, 1e-12)


class Series(Protocol):
    """Months in order."""

    @property
    def month(self) -> Integers:
        """(k,) month numbers."""

    def start(self, at: Integers) -> Floats:
        """First guess of the linear predictor of these months."""

    def step(self, at: Integers, line: Floats) -> tuple[Floats, Floats]:
        """What to fit by weighted least squares next, and the weights (one over the variance of independent rows), at a linear predictor."""

    def limits(self, at: int, line: float, doubt: float, spread: float, sigmas: float) -> tuple[float, float, float, float]:
        """Value, centre, low and high of one month at a linear predictor; `doubt` is the variance of the predictor in variances of the month."""

    def spread(self, z: Floats, free: int) -> tuple[float, float]:
        """The variance over that of independent rows, of standardised residuals (k,) with so many degrees of freedom; and the degrees that its doubt has."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Events `x` (k,) in `units` (k,) above 0, days or customers for instance, of months `month` (k,)."""

    x: Floats
    units: Floats
    month: Integers

    def start(self, at: Integers) -> Floats:
        """Logs of the rates, half an event added."""
        found: Floats = np.log((self.x[at] + 0.5) / self.units[at])
        return found

    def step(self, at: Integers, line: Floats) -> tuple[Floats, Floats]:
        """Poisson regression."""
        mean = self.units[at] * np.exp(line)
        return line + (self.x[at] + 0.5 / len(at) - mean) / mean, mean

    def limits(self, at: int, line: float, doubt: float, spread: float, sigmas: float) -> tuple[float, float, float, float]:
        """As rates."""
        units = float(self.units[at])
        mean = units * float(np.exp(line))
        low, high = u_limits(mean, spread * (1 + doubt), sigmas)
        return float(self.x[at]) / units, mean / units, low / units, high / units

    def spread(self, z: Floats, free: int) -> tuple[float, float]:
        """At least that of independent events, and taken as known."""
        return _counted_spread(z, free)


@dataclass(frozen=True, slots=True)
class Shares:
    """`x` (k,) of `n` (k,) above 0, of months `month` (k,)."""

    x: Floats
    n: Floats
    month: Integers

    def start(self, at: Integers) -> Floats:
        """Logits, half a row added to either side."""
        found: Floats = np.log((self.x[at] + 0.5) / (self.n[at] - self.x[at] + 0.5))
        return found

    def step(self, at: Integers, line: Floats) -> tuple[Floats, Floats]:
        """Logistic regression."""
        share = _expit(line)
        weight = self.n[at] * share * (1 - share)
        added = 0.5 / len(at)
        return line + (self.x[at] + added - (self.n[at] + 2 * added) * share) / weight, weight

    def limits(self, at: int, line: float, doubt: float, spread: float, sigmas: float) -> tuple[float, float, float, float]:
        """As shares."""
        n, share = float(self.n[at]), float(_expit(np.array(line)))
        return float(self.x[at]) / n, share, *p_limits(share, n, spread * (1 + doubt), sigmas)

    def spread(self, z: Floats, free: int) -> tuple[float, float]:
        """At least that of independent rows, and taken as known."""
        return _counted_spread(z, free)


@dataclass(frozen=True, slots=True)
class Singles:
    """One value a month (k,) of months `month` (k,); `in_logs` where values are above 0 and skewed, as waiting times are."""

    values: Floats
    month: Integers
    in_logs: bool = False
    _scaled: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_scaled", np.log(self.values) if self.in_logs else self.values)

    def start(self, at: Integers) -> Floats:
        """The values."""
        return self._scaled[at]

    def step(self, at: Integers, line: Floats) -> tuple[Floats, Floats]:
        """Least squares."""
        return self._scaled[at], np.ones(len(line))

    def limits(self, at: int, line: float, doubt: float, spread: float, sigmas: float) -> tuple[float, float, float, float]:
        """As values."""
        low, high = x_limits(line, float(np.sqrt(spread * (1 + doubt))), sigmas)
        told = float(self.values[at]), line, low, high
        return told if not self.in_logs else (told[0], *(float(np.exp(one)) for one in told[1:]))  # type: ignore[return-value]

    def spread(self, z: Floats, free: int) -> tuple[float, float]:
        """The square of the larger of two: that of the moving ranges, and the standard deviation, which a season or a slow drift widens."""
        return max(moving_sigma(z) ** 2, float(z @ z) / free, 1e-12), free


def expect(series: Series, period: int, before: Integers, sigmas: float = SIGMAS) -> Expected:
    """One month against the months `before` it, ten at least.

    Season (a level for each calendar month) and growth (by a steady factor) are taken from 24 months on, each where it is clear at 5 %. Where
    they are not, what they move widens the spread of the months and so the limits. A line that is clear at 10 % before may be either: limits then hold
    the level and the line. Raises NumbersRefused.
    """
    design, season_known = _design(series, before)
    told = [_held(series, period, before, design, sigmas)]
    if not season_known and _clear(series, before, _LEVEL, _LINE, _POSSIBLE):
        told.append(_held(series, period, before, _LINE, sigmas))
    value, centre, low, high = (tuple(numbers) for numbers in zip(*told, strict=True))
    return Expected(value[0], sum(centre) / len(centre), min(low), max(high), season_known, is_line=len(told) > 1)


def _held(series: Series, period: int, before: Integers, design: Design, sigmas: float) -> tuple[float, float, float, float]:
    """Value, centre, low and high of one month under a design."""
    from scipy.special import ndtr, stdtrit

    at, z, free, doubt = _fitted(series, before, period, design)
    spread, doubtful = series.spread(z, free)
    reach = float(stdtrit(doubtful, float(ndtr(sigmas)))) / sigmas if np.isfinite(doubtful) else 1.0
    return series.limits(period, at, doubt, spread * reach**2, sigmas)


def _design(series: Series, before: Integers) -> tuple[Design, bool]:
    """Which design is believed, and whether there were years enough to tell."""
    month = series.month[before]
    if month[-1] - month[0] + 1 < TWO_YEARS or len(np.unique(month % YEAR)) < YEAR or len(before) < TWO_YEARS - _MISSED:
        return _LEVEL, False
    grows = _clear(series, before, (False, True), (True, True))
    return (grows, _clear(series, before, (grows, False), (grows, True))), True


def _clear(series: Series, before: Integers, small: Design, large: Design, chance: float = _BELIEVED) -> bool:
    """Whether the larger design explains more than chance: F, with the spread of the larger."""
    from scipy.special import fdtrc

    (_, z0, free0, _), (_, z1, free1, _) = (_fitted(series, before, int(before[-1]), design) for design in (small, large))
    spread, _ = series.spread(z1, free1)
    gained = max(float(z0 @ z0 - z1 @ z1), 0.0) / (free0 - free1)
    return float(fdtrc(free0 - free1, free1, gained / spread)) < chance


def _fitted(series: Series, before: Integers, period: int, design: Design) -> tuple[float, Floats, int, float]:
    """The linear predictor of `period`, standardised residuals of `before`, their degrees of freedom, and the variance of the predictor."""
    x = _columns(series.month[np.append(before, period)], design)
    past, own = x[:-1], x[-1]
    line = series.start(before)
    for _ in range(_ROUNDS):
        target, weight = series.step(before, line)
        inverse = np.linalg.inv(past.T @ (past * weight[:, None]))
        found = inverse @ (past.T @ (weight * target))
        moved, line = float(np.abs(past @ found - line).max()), past @ found
        if moved < _NEAR:
            break
    target, weight = series.step(before, line)
    at = own @ found
    _, own_weight = series.step(np.array([period]), np.array([at]))
    return float(at), np.sqrt(weight) * (target - line), len(before) - x.shape[1], float(own @ inverse @ own * own_weight[0])


def _columns(month: Integers, design: Design) -> Floats:
    grows, season = design
    level = (month[:, None] % YEAR == np.arange(YEAR)).astype(np.float64) if season else np.ones((len(month), 1))
    return np.column_stack([level, (month - month[0]) / YEAR]) if grows else level


def _counted_spread(z: Floats, free: int) -> tuple[float, float]:
    return max(float(z @ z) / free, 1.0), np.inf


def _expit(line: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(line, -30, 30)))
    return found
