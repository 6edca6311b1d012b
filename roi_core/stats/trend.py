"""Whether one thing moves with another."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats
from roi_core.stats.interval import Test, two_sided_p, z_of

_LEAST_FOR_LIMITS = 30
_MOST_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation over n rows, its limits (None where there is no interval) and its two-sided p-value."""

    value: float
    low: float | None
    high: float | None
    p: float
    n: int


def cochran_armitage(events: ArrayLike, totals: ArrayLike, scores: ArrayLike) -> Test:
    """Trend of shares over ordered groups; the statistic is z, positive where the share rises (Armitage 1955 Biometrics 11:375).

    (k,) each: events and rows of a group, and its score. Raises ValueError where events leave 0..totals, all rows have one score,
    or the outcome never varies.
    """
    x, n, s = floats(events, "events"), floats(totals, "totals"), floats(scores, "scores")
    if not x.shape == n.shape == s.shape or (x < 0).any() or (x > n).any():
        raise ValueError("events, totals and scores must be three rows of equal length with 0 <= events <= totals")
    left, rows = float(x.sum()), float(n.sum())
    if not 0 < left < rows or np.ptp(s[n > 0]) == 0:
        raise ValueError(f"events == {left:g} of {rows:g}: scores and outcome must both vary")
    away = s - np.average(s, weights=n)
    z = float(x @ away / sqrt(left / rows * (1 - left / rows) * (n @ away**2)))
    return Test(z, 1, two_sided_p(z))


def pearson(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Correlation:
    """Pearson's r with Fisher's z interval; point-biserial where one side is 0/1 (Fisher 1921 Metron 1:3).

    Raises ValueError with fewer than 4 rows or where either never varies.
    """
    from scipy.special import stdtr

    a, b = _varying(x, "x"), _varying(y, "y")
    n = len(a)
    if n < 4 or b.shape != a.shape:
        raise ValueError(f"rows == {n} and {len(b)}, must be equal and at least 4")
    a, b = a - a.mean(), b - b.mean()
    r = float(np.clip(a @ b / sqrt(float(a @ a) * float(b @ b)), -1.0, 1.0))
    if abs(r) == 1:
        return Correlation(r, r, r, 0.0, n)
    reach = z_of(level) / sqrt(n - 3)
    t = abs(r) * sqrt((n - 2) / (1 - r * r))
    return Correlation(r, tanh(atanh(r) - reach), tanh(atanh(r) + reach), float(2 * stdtr(n - 2, -t)), n)


def kendall_tau_b(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Correlation:
    """Kendall's tau-b, which allows for ties; exact p-value where rows are few and without ties (Kendall 1945 Biometrika 33:239).

    Limits by the large-sample error of the table of x and y (Brown, Benedetti 1977 JASA 72:309), none with under 30 rows or over
    10,000 cells.
    Raises ValueError where either never varies.
    """
    from scipy.stats import kendalltau

    a, b = _varying(x, "x"), _varying(y, "y")
    found = kendalltau(a, b)
    value, table = float(found.statistic), _table(a, b)
    if table is None or len(a) < _LEAST_FOR_LIMITS:
        return Correlation(value, None, None, float(found.pvalue), len(a))
    reach = z_of(level) * _tau_error(table, value)
    return Correlation(value, max(value - reach, -1.0), min(value + reach, 1.0), float(found.pvalue), len(a))


def _table(x: Floats, y: Floats) -> Floats | None:
    """Rows at each pair of values, in their order."""
    (left, at), (right, of) = np.unique(x, return_inverse=True), np.unique(y, return_inverse=True)
    if len(left) * len(right) > _MOST_CELLS:
        return None
    counted = np.bincount(at * len(right) + of, minlength=len(left) * len(right))
    return counted.reshape(len(left), len(right)).astype(np.float64)


def _tau_error(table: Floats, tau: float) -> float:
    n, across, down = table.sum(), table.sum(axis=1), table.sum(axis=0)
    ties_x, ties_y = n**2 - across @ across, n**2 - down @ down
    below = np.pad(table, (1, 0)).cumsum(axis=0).cumsum(axis=1)
    less, more = below[:-1, :-1], n - below[1:, -1:] - below[-1:, 1:] + below[1:, 1:]
    x_less, y_less = below[:-1, -1:] - below[:-1, 1:], below[-1:, :-1] - below[1:, :-1]
    slope = 2 * sqrt(ties_x * ties_y) * (less + more - x_less - y_less) + tau * (across[:, None] * ties_y + down * ties_x)
    spread = float((table * slope**2).sum()) - float(n**3 * tau**2 * (ties_x + ties_y) ** 2)
    return sqrt(max(spread, 0.0)) / float(ties_x * ties_y)


def spearman(x: ArrayLike, y: ArrayLike) -> Correlation:
    """Spearman's rho, ties by middle ranks; p-value of t on n - 2 degrees, no interval (Spearman 1904 Am J Psychol 15:72).

    Raises ValueError with fewer than 4 rows or where either never varies.
    """
    from scipy.stats import rankdata

    found = pearson(rankdata(_varying(x, "x")), rankdata(_varying(y, "y")))
    return Correlation(found.value, None, None, found.p, found.n)


def _varying(values: ArrayLike, name: str) -> Floats:
    array = floats(values, name)
    if array.ndim != 1 or array.size == 0 or np.ptp(array) == 0:
        raise ValueError(f"{name} never varies, must take at least two values")
    return array
