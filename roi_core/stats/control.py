"""Control charts: P of shares, U of rates and X of single values, at three sigma, as the textbooks have them (Montgomery 2009, ch. 6 and 7)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Booleans, Floats, floats

SIGMAS = 3.0
MOVING_RANGE = 1.128
"""Mean range of two normal draws in standard deviations (d2 of Shewhart)."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Points (k,), the line in the middle, and the limits (k,) of each."""

    points: Floats
    centre: float
    low: Floats
    high: Floats

    @property
    def outside(self) -> Booleans:
        """(k,) which points lie beyond a limit."""
        beyond: Booleans = (self.points < self.low) | (self.points > self.high)
        return beyond


def p_chart(x: ArrayLike, n: ArrayLike) -> Chart:
    """Shares x / n (k,) about the share of all, limits within 0 to 1 (Montgomery 2009, 7.2). Raises NumbersRefused unless 0 <= x <= n, n > 0."""
    top, bottom = floats(x, "x"), floats(n, "n")
    if (bottom <= 0).any() or (top < 0).any() or (top > bottom).any():
        raise NumbersRefused.holds("x of n", "a count below 0, above its total, or of nothing", "0 <= x <= n with n > 0")
    share = float(top.sum() / bottom.sum())
    reach = SIGMAS * np.sqrt(share * (1 - share) / bottom)
    return Chart(top / bottom, share, np.maximum(share - reach, 0.0), np.minimum(share + reach, 1.0))


def u_chart(x: ArrayLike, units: ArrayLike) -> Chart:
    """Events a unit x / units (k,) about the rate of all, limits from 0 (Montgomery 2009, 7.3). Raises NumbersRefused where x < 0 or units <= 0."""
    count, size = floats(x, "x"), floats(units, "units")
    if (size <= 0).any() or (count < 0).any():
        raise NumbersRefused.holds("x a unit", "a count below 0, or units of 0 or less", "x >= 0 with units > 0")
    rate = float(count.sum() / size.sum())
    reach = SIGMAS * np.sqrt(rate / size)
    return Chart(count / size, rate, np.maximum(rate - reach, 0.0), rate + reach)


def x_chart(values: ArrayLike) -> Chart:
    """Single values (k,) about their mean, sigma from the mean moving range of two (Wheeler, Chambers 1992; Montgomery 2009, 6.4).

    Raises NumbersRefused with fewer than 2 values.
    """
    points = floats(values, "values")
    if points.size < 2:
        raise NumbersRefused.too_few("values", points.size, 2)
    reach = np.full(points.shape, SIGMAS * moving_sigma(points))
    return Chart(points, float(points.mean()), points.mean() - reach, points.mean() + reach)


def moving_sigma(points: Floats) -> float:
    """Standard deviation (of points (k,) in order, k > 1) as their mean moving range has it: a lasting step hardly moves it."""
    return float(np.abs(np.diff(points)).mean() / MOVING_RANGE)
