"""Many comparisons at once: false discoveries held down, estimates pulled toward the average, and whether they differ at all."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats
from roi_core.stats.interval import Test

_GRID = 101
_BISECTIONS = 60


class Shrunk(NamedTuple):
    """Estimates pulled toward their average: values and limits (m,), the average with its limits, and the spread tau's posterior mean."""

    values: Floats
    lows: Floats
    highs: Floats
    average: float
    average_low: float
    average_high: float
    tau: float


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """False-discovery-rate adjusted p-values (m,), in the order given (Benjamini, Hochberg 1995 JRSSB 57:289).

    Raises ValueError where a p-value leaves [0, 1].
    """
    values = floats(p, "p")
    if values.ndim != 1 or ((values < 0) | (values > 1)).any():
        raise ValueError("p must be one row of values from 0 to 1")
    order = np.argsort(values)
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return adjusted


def shrink(estimates: ArrayLike, ses: ArrayLike, scale: float = 0.05, level: float = 0.95) -> Shrunk:
    """Full-Bayes shrinkage of m independent estimates (m,) with standard errors (m,).

    theta_j ~ N(mu, tau^2) with flat mu and tau half-normal with `scale`, in the estimates' own unit, on a grid of 101 points from 0
    to 5 scales (Gelman 2006 Bayesian Analysis 1:515); limits are quantiles of the mixture. Raises ValueError with fewer than 2
    estimates or a standard error not above 0.
    """
    y, se = _several(estimates, ses)
    taus = np.linspace(0.0, 5 * scale, _GRID)[:, None]
    precision = 1 / (se**2 + taus**2)
    mu_variance = 1 / precision.sum(axis=1, keepdims=True)
    mu = mu_variance * (precision * y).sum(axis=1, keepdims=True)
    weight = _posterior(y, precision, mu, mu_variance, taus, scale)
    pulled = se**2 * precision
    centre = pulled * mu + (1 - pulled) * y
    spread = np.sqrt((1 - pulled) * se**2 + pulled**2 * mu_variance)
    tail = (1 - level) / 2
    lows, highs = (_mixture_quantile(q, centre, spread, weight) for q in (tail, 1 - tail))
    average_low, average_high = (float(_mixture_quantile(q, mu, np.sqrt(mu_variance), weight)[0]) for q in (tail, 1 - tail))
    return Shrunk((weight * centre).sum(axis=0), lows, highs, float((weight * mu).sum()), average_low, average_high, float((weight * taus).sum()))


def cochran_q(estimates: ArrayLike, ses: ArrayLike) -> Test:
    """Whether m independent estimates (m,) with standard errors (m,) differ by more than these: chi-squared on m - 1 degrees of freedom.

    Cochran 1954 Biometrics 10:101. Raises ValueError with fewer than 2 estimates or a standard error not above 0.
    """
    from scipy.special import chdtrc

    y, se = _several(estimates, ses)
    weight = 1 / se**2
    statistic = float((weight * (y - (weight * y).sum() / weight.sum()) ** 2).sum())
    return Test(statistic, len(y) - 1, float(chdtrc(len(y) - 1, statistic)))


def _several(estimates: ArrayLike, ses: ArrayLike) -> tuple[Floats, Floats]:
    y, se = floats(estimates, "estimates"), floats(ses, "ses")
    if y.ndim != 1 or y.shape != se.shape or len(y) < 2 or (se <= 0).any():
        raise ValueError("estimates and ses must be two rows of equal length of at least 2, ses above 0")
    return y, se


def _posterior(y: Floats, precision: Floats, mu: Floats, mu_variance: Floats, taus: Floats, scale: float) -> Floats:
    """Posterior weight (grid, 1) of each tau, mu integrated out."""
    fit = np.log(precision).sum(axis=1, keepdims=True) - (precision * (y - mu) ** 2).sum(axis=1, keepdims=True)
    log_weight = 0.5 * (fit + np.log(mu_variance)) - 0.5 * (taus / scale) ** 2
    weight = np.exp(log_weight - log_weight.max())
    found: Floats = weight / weight.sum()
    return found


def _mixture_quantile(q: float, centre: Floats, spread: Floats, weight: Floats) -> Floats:
    from scipy.special import ndtr

    low, high = (centre - 9 * spread).min(axis=0), (centre + 9 * spread).max(axis=0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        below = (weight * ndtr((middle - centre) / spread)).sum(axis=0) < q
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found: Floats = (low + high) / 2
    return found
