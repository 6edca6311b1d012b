"""Limits of control charts: U of counts, P of shares, X of single values, three sigmas each side (Montgomery 2009, ch. 6 and 7).

Those of counts and shares are exact tails of Poisson and binomial, which printed charts approximate by a normal: the same where there are many, and
without the false alarms of a normal where there are few.
"""

import numpy as np

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats

SIGMAS = 3.0
MOVING_RANGE = 1.128
"""Mean range of two normal draws in standard deviations (d2 of Shewhart)."""


def u_limits(mean: float, spread: float = 1.0, sigmas: float = SIGMAS) -> tuple[float, float]:
    """Between which counts one of `mean` events lies but by chance of `sigmas` each side; `spread` is its variance over that of independent events.

    Raises NumbersRefused unless mean and spread are above 0.
    """
    from scipy.special import ndtr, pdtrik

    _above_0(mean, "mean")
    _above_0(spread, "spread")
    tail, events = float(ndtr(-sigmas)), mean / spread
    low = float(pdtrik(tail, events)) if np.exp(-events) < tail else 0.0
    return spread * low, spread * (float(pdtrik(1 - tail, events)) + 1)


def p_limits(share: float, n: float, spread: float = 1.0, sigmas: float = SIGMAS) -> tuple[float, float]:
    """The same of a share of `n` rows, within 0 and 1. Raises NumbersRefused unless 0 < share < 1, and n and spread are above 0."""
    from scipy.special import bdtrik, ndtr

    _above_0(n, "n")
    _above_0(spread, "spread")
    if not 0 < share < 1:
        raise NumbersRefused.value("share", share, "between 0 and 1")
    tail, rows = float(ndtr(-sigmas)), n / spread
    low = float(bdtrik(tail, rows, share)) if (1 - share) ** rows < tail else 0.0
    high = float(bdtrik(1 - tail, rows, share)) + 1 if share**rows < tail else rows
    return low / rows, min(high / rows, 1.0)


def x_limits(mean: float, sigma: float, sigmas: float = SIGMAS) -> tuple[float, float]:
    """The same of single values with this standard deviation."""
    return mean - sigmas * sigma, mean + sigmas * sigma


def moving_sigma(values: Floats) -> float:
    """Standard deviation (of values (k,) in order, k > 1) as their mean moving range has it. Raises NumbersRefused with fewer than 2."""
    if values.size < 2:
        raise NumbersRefused.too_few("values", values.size, 2)
    return float(np.abs(np.diff(values)).mean() / MOVING_RANGE)


def _above_0(value: float, name: str) -> None:
    if not value > 0:
        raise NumbersRefused.value(name, value, "above 0")
