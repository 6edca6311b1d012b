"""What a period of a series should be, from periods before it: with the season, and with the doubt of the past in the limits."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt
from typing import Protocol

import numpy as np

from roi_core.stats.arrays import Booleans, Floats, Integers
from roi_core.stats.control import moving_sigma, p_chart, u_chart, x_chart
from roi_core.stats.season import Season, season_of

_HALVINGS = 50
_FAR = 12
_RANGES_WORTH = 0.62
"""Degrees of freedom of a mean moving range of two, for each of the ranges that it is made of (Wheeler 1995, Advanced Topics in SPC)."""
_FEWEST_FREE = 3.0


@dataclass(frozen=True, slots=True)
class Expected:
    """Of one period: the value that was expected, the value that came, and how far apart they are in sigmas, above 0 where more came."""

    centre: float
    value: float
    z: float


class Series(Protocol):
    """Periods in order, of which each can be held against earlier ones."""

    @property
    def month(self) -> Integers:
        """(k,) month numbers, -1 where periods are no months."""

    @property
    def length(self) -> int:
        """How many periods."""

    def steady(self, periods: Integers) -> Booleans:
        """Which of these periods lie within the limits of their own control chart."""

    def expect(self, period: int, before: Integers) -> Expected:
        """One period against `before`: at least two periods, none of it itself."""

    def limits(self, period: int, before: Integers, sigmas: float) -> tuple[float, float]:
        """Between which values the period would have been no further away than that."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Events `x` (k,) in `units` (k,), days for instance, of months `month` (k,), -1 where periods are no months.

    `spread` (k,) is the variance of each count over that of independent events: with customers as clusters, the sum of the squares of their events
    over the sum. Given how many events there are in all, one period's are binomial (Przyborowski, Wilenski 1940 Biometrika 31:313): exact, also
    where a normal limit is not. Counts are divided by their spread.
    """

    x: Floats
    units: Floats
    spread: Floats
    month: Integers

    @property
    def length(self) -> int:
        """How many periods."""
        return len(self.x)

    def steady(self, periods: Integers) -> Booleans:
        """Within a U chart of the counts divided by their spread."""
        return ~u_chart(self.x[periods] / self.spread[periods].mean(), self.units[periods] / self.spread[periods].mean()).outside

    def expect(self, period: int, before: Integers) -> Expected:
        """By the tail of the count, given all events."""
        tails, centre, free = self._against(period, before)
        x = float(self.x[period])
        return Expected(centre / self.units[period], x / self.units[period], _z(tails(x), free))

    def limits(self, period: int, before: Integers, sigmas: float) -> tuple[float, float]:
        """Where the tail is that of so many sigmas, by halving."""
        tails, centre, free = self._against(period, before)
        low, high = _limits(lambda x: _z(tails(x), free), centre, 0.0, 10 * centre + 100 * float(self.spread[before].mean()), sigmas)
        return low / self.units[period], high / self.units[period]

    def _against(self, period: int, before: Integers) -> tuple[Callable[[float], tuple[float, float]], float, float]:
        from scipy.special import betainc, betaincc

        x, units, own = self.x[before], self.units[before], float(self.spread[before].mean())
        season = self._season(before, own)
        fit = units * np.exp(season.of(self.month[before]))
        at = float(self.units[period] * np.exp(season.of(self.month[[period]]))[0])
        total = max(float(x.sum()), 0.5)
        rate = total / float(fit.sum())
        spread, free = _spread(own, (x - rate * fit) / np.sqrt(rate * fit))
        events = _with_season(total / spread, len(before), season)
        q = at / (at + events * spread / rate)

        def tails(count: float) -> tuple[float, float]:
            c = count / spread
            return (1.0 if c <= 0 else float(betainc(c, events + 1, q))), float(betaincc(c + 1, events, q))

        return tails, rate * at, free

    def _season(self, before: Integers, spread: float) -> Season:
        x = self.x[before]
        return _none(self.month, before) or season_of(np.log((x + 0.5) / self.units[before]), self.month[before], spread / max(float(x.mean()), 0.5))


@dataclass(frozen=True, slots=True)
class Shares:
    """`x` (k,) of `n` (k,), of months `month` (k,), -1 where periods are no months.

    `spread` (k,) is the variance of each share over that of independent rows. Given how many there are in all, one period's are hypergeometric
    (Fisher 1935). Both counts are divided by the spread.
    """

    x: Floats
    n: Floats
    spread: Floats
    month: Integers

    @property
    def length(self) -> int:
        """How many periods."""
        return len(self.x)

    def steady(self, periods: Integers) -> Booleans:
        """Within a P chart of the counts divided by their spread."""
        spread = float(self.spread[periods].mean())
        return ~p_chart(self.x[periods] / spread, self.n[periods] / spread).outside

    def expect(self, period: int, before: Integers) -> Expected:
        """By the tail of the count, given all."""
        tails, centre, free = self._against(period, before)
        x, n = float(self.x[period]), float(self.n[period])
        return Expected(centre, x / n, _z(tails(x), free))

    def limits(self, period: int, before: Integers, sigmas: float) -> tuple[float, float]:
        """Where the tail is that of so many sigmas, by halving; 0 and 1 where no count is so far."""
        tails, centre, free = self._against(period, before)
        n = float(self.n[period])
        low, high = _limits(lambda x: _z(tails(x), free), centre * n, 0.0, n, sigmas)
        return low / n, high / n

    def _against(self, period: int, before: Integers) -> tuple[Callable[[float], tuple[float, float]], float, float]:
        x, n, own = self.x[before], self.n[before], float(self.spread[before].mean())
        share = float(np.clip(x.sum() / n.sum(), 0.5 / n.sum(), 1 - 0.5 / n.sum()))
        season = self._season(before, share, own)
        fit = _expit(_logit(share) + season.of(self.month[before]))
        centre = float(_expit(_logit(share) + season.of(self.month[[period]]))[0])
        spread, free = _spread(own, (x - fit * n) / np.sqrt(n * fit * (1 - fit)))
        rows = _with_season(float(n.sum()) / spread, len(before), season)
        size = float(self.n[period]) / spread
        return (lambda count: _hypergeometric(count / spread, size, centre * rows, rows)), centre, free

    def _season(self, before: Integers, share: float, spread: float) -> Season:
        x, n = self.x[before], self.n[before]
        noise = spread / max(float(n.mean()) * share * (1 - share), 0.5)
        return _none(self.month, before) or season_of(_logit((x + 0.5) / (n + 1)), self.month[before], noise)


@dataclass(frozen=True, slots=True)
class Singles:
    """One value a period (k,), of months `month` (k,), -1 where periods are no months; `in_logs` where values are above 0 and skewed, as waiting times are.

    Sigma is that of the moving ranges; the limits allow for how few they are (Hillier 1969 J Qual Technol 1:17).
    """

    values: Floats
    month: Integers
    in_logs: bool = False

    @property
    def length(self) -> int:
        """How many periods."""
        return len(self.values)

    def steady(self, periods: Integers) -> Booleans:
        """Within an X-mR chart."""
        return ~x_chart(self._scaled(self.values[periods])).outside

    def expect(self, period: int, before: Integers) -> Expected:
        """By Student's t with the degrees of freedom of the ranges."""
        centre, reach, free = self._against(period, before)
        gap = float(self._scaled(self.values[[period]])[0]) - centre
        z = gap / reach if reach > 0 else 0.0 if gap == 0 else inf if gap > 0 else -inf
        return Expected(self._back(centre), float(self.values[period]), _normal(z, free))

    def limits(self, period: int, before: Integers, sigmas: float) -> tuple[float, float]:
        """The centre and as many sigmas, as t has them."""
        from scipy.special import ndtr, stdtrit

        centre, reach, free = self._against(period, before)
        far = float(stdtrit(free, ndtr(sigmas))) * reach
        return self._back(centre - far), self._back(centre + far)

    def _against(self, period: int, before: Integers) -> tuple[float, float, float]:
        values = self._scaled(self.values[before])
        sigma = moving_sigma(values)
        season = _none(self.month, before) or season_of(values, self.month[before], sigma**2)
        left = values - season.of(self.month[before])
        lost = season.weight / max(season.years, 1)
        sigma = moving_sigma(left) / sqrt(1 - lost)
        free = max(_RANGES_WORTH * (len(before) - 1) * (1 - lost), _FEWEST_FREE)
        own = season.weight**2 / max(season.years, 1)
        centre = float(left.mean()) + float(season.of(self.month[[period]])[0])
        return centre, sigma * sqrt(1 + 1 / len(before) + own), free

    def _scaled(self, values: Floats) -> Floats:
        return np.log(values) if self.in_logs else values

    def _back(self, value: float) -> float:
        return float(np.exp(value)) if self.in_logs else value


def _none(month: Integers, before: Integers) -> Season | None:
    return Season.none() if (month[before] < 0).any() else None


def _with_season(size: float, periods: int, season: Season) -> float:
    """What the past weighs, less where a season was taken from it: of each calendar month there are but a few."""
    return size if not season.weight else 1 / (1 / size + season.weight**2 * periods / (season.years * size))


def _spread(own: float, z: Floats) -> tuple[float, float]:
    """The spread that counts are divided by, and its degrees of freedom (inf where it is taken as known).

    That of the customers, unless the moving ranges of the periods `z` (k,) differ so much, or so little, that it cannot be (chi-square, 95 %); then
    theirs, 1 at least (Laney 2002 Qual Eng 14:531).
    """
    from scipy.special import chdtri

    among, free = moving_sigma(z) ** 2, _RANGES_WORTH * (len(z) - 1)
    if own * float(chdtri(free, 0.975)) <= among * free <= own * float(chdtri(free, 0.025)):
        return max(own, 1.0), inf
    return max(among, 1.0), inf if among <= 1.0 else free


def _hypergeometric(count: float, size: float, past: float, rows: float) -> tuple[float, float]:
    """P(at least), P(at most) `count` of `size` where `count + past` of `size + rows` were drawn; between whole counts it runs on smoothly."""
    from scipy.special import betaln

    drawn, all_rows = count + past, size + rows
    mean = drawn * size / all_rows
    far = _FAR * sqrt(max(mean * (1 - drawn / all_rows) * rows / all_rows, 1.0))
    low, high = max(0.0, drawn - rows, mean - far), min(size, drawn, mean + far)
    steps = np.arange(-np.floor(max(count - low, 0.0)), np.floor(max(high - count, 0.0)) + 1)
    c = count + steps
    weight = -betaln(c + 1, size - c + 1) - betaln(drawn - c + 1, rows - drawn + c + 1)
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    return float(weight[steps >= 0].sum()), float(weight[steps <= 0].sum())


def _z(tails: tuple[float, float], free: float) -> float:
    """The smaller tail in sigmas, above 0 where more came than expected; 0 where either tail holds more than half."""
    from scipy.special import ndtri

    more, less = tails
    if more < less:
        return _normal(-float(ndtri(min(max(more, 1e-300), 0.5))), free)
    return _normal(float(ndtri(min(max(less, 1e-300), 0.5))), free)


def _normal(z: float, free: float) -> float:
    """In sigmas of a normal what is z of Student's t."""
    from scipy.special import ndtri, stdtr

    if free == inf or not np.isfinite(z):
        return z
    tail = float(ndtri(max(float(stdtr(free, -abs(z))), 1e-300)))
    return -tail if z > 0 else tail


def _limits(z: Callable[[float], float], centre: float, least: float, most: float, sigmas: float) -> tuple[float, float]:
    return _crossing(lambda x: -z(x), centre, least, sigmas), _crossing(z, centre, most, sigmas)


def _crossing(rising: Callable[[float], float], near: float, far: float, sigmas: float) -> float:
    """Where the distance passes so many sigmas on the way from `near` to `far`; `far` where it never does."""
    if rising(far) <= sigmas:
        return far
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        near, far = (middle, far) if rising(middle) <= sigmas else (near, middle)
    return near


def _logit(share: Floats | float) -> Floats:
    return np.log(share) - np.log1p(-np.asarray(share))


def _expit(value: Floats | float) -> Floats:
    return 1 / (1 + np.exp(-np.asarray(value)))
