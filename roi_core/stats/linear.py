"""Least squares, accurate to the last digits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats, floats, matrix
from roi_core.stats.blocks import cross, linear
from roi_core.stats.cluster import sums_by_cluster
from roi_core.stats.groups import column

_DEPENDENT = 1e-10


@dataclass(frozen=True, slots=True)
class Linear:
    """A fitted linear model: `coefficients` and `se` (p,), `covariance` (p, p), `residuals` (n,), R squared, degrees of freedom of its error."""

    coefficients: Floats
    se: Floats
    covariance: Floats
    residuals: Floats
    r2: float
    df: int


def least_squares(design: ArrayLike, outcome: ArrayLike, cluster: ArrayLike | None = None) -> Linear:
    """`outcome` (n,) on `design` (n, p), which brings its own constant, by QR (Golub 1965 Numer Math 7:206).

    Errors: s^2 (X'X)^-1; with `cluster` (n,) the sandwich of sums by cluster, G/(G-1) (Liang, Zeger 1986 Biometrika 73:13) and
    df = G - 1. Raises NumbersRefused for missing values, no more rows than columns, columns that depend on each other, and fewer
    than 2 clusters.
    """
    y = column(outcome, "outcome")
    x = _table(design, len(y))
    q, r = np.linalg.qr(x)
    scale = np.sqrt((x**2).sum(axis=0))
    if (np.abs(np.diag(r)) <= _DEPENDENT * scale).any():
        raise NumbersRefused.value("columns of the design", "dependent", "independent of each other")
    coefficients = np.linalg.solve(r, q.T @ y)
    residuals = y - x @ coefficients
    inverse = np.linalg.inv(r)
    df, covariance = _errors(x, residuals, inverse @ inverse.T, cluster)
    spread = float(((y - y.mean()) ** 2).sum())
    r2 = 1 - float(residuals @ residuals) / spread if spread > 0 else 0.0
    return Linear(coefficients, np.sqrt(np.diag(covariance)), covariance, residuals, r2, df)


def residuals(design: Floats, values: Floats) -> Floats:
    """What a design (n, p) leaves of `values` (n,), by its cross products in blocks: fast, and fine where columns depend on each other."""
    coefficients = floats(np.linalg.lstsq(cross(design, design), cross(design, values[:, None])[:, 0])[0])
    return values - linear(design, coefficients)


def _table(design: ArrayLike, rows: int) -> Floats:
    try:
        x = matrix(design)
    except ValueError:
        raise NumbersRefused.unknown("design") from None
    if len(x) != rows:
        raise NumbersRefused.unequal("design", len(x), rows)
    if rows <= x.shape[1]:
        raise NumbersRefused.too_few("rows", rows, x.shape[1] + 1)
    return x


def _errors(x: Floats, residuals: Floats, bread: Floats, cluster: ArrayLike | None) -> tuple[int, Floats]:
    if cluster is None:
        df = len(x) - x.shape[1]
        return df, bread * float(residuals @ residuals) / df
    sums = sums_by_cluster(x * residuals[:, None], cluster)
    count = len(sums)
    if count < 2:
        raise NumbersRefused.too_few("clusters", count, 2)
    return count - 1, bread @ (sums.T @ sums) @ bread * count / (count - 1)
