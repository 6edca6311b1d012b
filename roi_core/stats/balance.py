"""How alike two groups are."""

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Booleans, Floats, floats, matrix, two_arms
from roi_core.stats.blocks import cross
from roi_core.stats.cluster import sums_by_cluster
from roi_core.stats.interval import Test

_FLAT = 1e-9


def smd(covariates: ArrayLike, treated: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Standardised mean differences (p,), treated minus control, of the columns of (n, p).

    Divided by sqrt((s1^2 + s0^2) / 2) of the unweighted arms, so that weighting cannot move the ruler (Austin, Stuart 2015
    Stat Med 34:3661). A column without any spread gives 0 where the means agree, else an infinity of that sign.
    """
    x, arm = matrix(covariates), two_arms(treated)
    w = _weights(weights, len(x))
    gap = np.average(x[arm], axis=0, weights=w[arm]) - np.average(x[~arm], axis=0, weights=w[~arm])
    return _standardised(gap, _variances(x[arm]) + _variances(x[~arm]))


def second_order_smd(covariates: ArrayLike, treated: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Standardised mean differences (p, p) of all squares (diagonal) and interactions of centred, scaled columns.

    What a model linear in the columns does not balance by itself. Products are never laid out: their moments are matrix
    products. Raises ValueError as `smd`.
    """
    x, arm = matrix(covariates), two_arms(treated)
    w = _weights(weights, len(x))
    spread = x.std(axis=0)
    x = np.divide(x - x.mean(axis=0), spread, out=np.zeros_like(x), where=spread > 0)
    gap = _products(x[arm], w[arm]) - _products(x[~arm], w[~arm])
    variance = np.zeros_like(gap)
    for side in (x[arm], x[~arm]):
        even = np.ones(len(side))
        variance += np.maximum(_products(side * side, even) - _products(side, even) ** 2, 0.0)
    return _standardised(gap, variance)


def omnibus(covariates: ArrayLike, treated: ArrayLike, cluster: ArrayLike | None = None) -> Test:
    """Whether two arms differ in the columns of (n, p) by more than a draw at random makes them: one chi-square for all columns.

    d' V^ d with d the sum over the treated of x - mean x and V = n1 n0 / n times the covariance of x (Hansen, Bowers 2008 Stat Sci 23:219,
    one stratum); df is the rank of V, 0 where no column varies. With `cluster` (n,), where no cluster has rows of both arms, the same of sums
    by cluster. Raises NumbersRefused where an arm is empty or a value is missing.
    """
    x, arm = matrix(covariates), two_arms(treated)
    spread = x.std(axis=0)
    away = np.divide(x - x.mean(axis=0), spread, out=np.zeros_like(x), where=spread > _FLAT * np.abs(x).max(axis=0))
    away, arm = _units(away, arm, cluster)
    n1 = float(arm.sum())
    away = away - away.mean(axis=0)
    values, vectors = np.linalg.eigh(cross(away, away) / (len(away) - 1) * n1 * (1 - n1 / len(away)))
    kept = values > _FLAT * values.max(initial=_FLAT)
    along = (away[arm].sum(axis=0) @ vectors)[kept]
    statistic, df = float((along**2 / values[kept]).sum()), int(kept.sum())
    return Test(statistic, df, _upper_tail(statistic, df))


def _units(away: Floats, arm: Booleans, cluster: ArrayLike | None) -> tuple[Floats, Booleans]:
    """Rows, or sums of whole clusters where clusters and not rows were drawn."""
    if cluster is None:
        return away, arm
    labels = np.asarray(cluster)
    if np.isin(np.unique(labels[arm]), np.unique(labels[~arm])).any():
        return away, arm
    return sums_by_cluster(away, labels), sums_by_cluster(arm[:, None].astype(np.float64), labels)[:, 0] > 0


def _upper_tail(statistic: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic)) if df else 1.0


def _weights(weights: ArrayLike | None, n: int) -> Floats:
    return np.ones(n) if weights is None else floats(weights, "weights")


def _products(x: Floats, w: Floats) -> Floats:
    return cross(x * w[:, None] / w.sum(), x)


def _variances(x: Floats) -> Floats:
    found: Floats = x.var(axis=0, ddof=1 if len(x) > 1 else 0)
    return found


def _standardised(gap: Floats, summed_variance: Floats) -> Floats:
    spread = np.sqrt(summed_variance / 2)
    flat = spread <= 1e-12
    lone = np.where(np.abs(gap) <= 1e-12, 0.0, np.copysign(np.inf, gap))
    return np.divide(gap, spread, out=lone, where=~flat)
