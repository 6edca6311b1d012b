"""What a randomised test or a holdout says: the difference of shares or of means, treated minus control."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.exact import boschloo, fisher
from roi_core.stats.groups import Groups, Spread, clusters, column, groups, independent_rows, yes_or_no
from roi_core.stats.proportion import newcombe

_BOSCHLOO_TABLES = 40_000
_ROUNDING = 1e-13


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """Difference of two shares, as fractions: Newcombe's limits, and the two-sided exact p-value of the `test` named."""

    value: float
    low: float
    high: float
    p: float
    test: str
    share_treated: float
    share_control: float
    n_treated: int
    n_control: int


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """Difference of two means in the outcome's unit, with the limits and the two-sided p-value of t on `df` degrees of freedom."""

    value: float
    low: float
    high: float
    se: float
    df: float
    t: float
    p: float
    mean_treated: float
    mean_control: float
    n_treated: int
    n_control: int


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A difference made sharper by what was known before the test.

    `adjusted` and `plain` are the difference with and without; `slopes` (p,) say what a unit of each column before is worth, and
    `variance_reduction` is the share of the plain variance that is gone: 0.3 is as good as 1 / (1 - 0.3) times the rows. It is
    below 0 where the columns before did not help.
    """

    adjusted: MeanDifference
    plain: MeanDifference
    slopes: Floats
    variance_reduction: float


def share_difference(outcome: ArrayLike, treated: ArrayLike, level: float = 0.95) -> ShareDifference:
    """Difference of the shares with the outcome, rows independent.

    `outcome`, `treated` (n,) of 0 and 1. Limits: hybrid score (Newcombe 1998 Stat Med 17:873, method 10). p: Boschloo 1970
    Stat Neerl 24:1 up to 40,000 possible tables, beyond that Fisher, which is then hardly weaker. Raises NumbersRefused for an
    empty arm, missing values or an outcome other than 0 and 1.
    """
    y, arm = groups(outcome, treated)
    left = yes_or_no(y, "outcome")
    x1, x0, n1, n0 = (int(count) for count in (left[arm].sum(), left[~arm].sum(), arm.sum(), (~arm).sum()))
    limits = newcombe(x1, n1, x0, n0, level)
    small = (n1 + 1) * (n0 + 1) <= _BOSCHLOO_TABLES
    p = boschloo(x1, n1, x0, n0).p if small else fisher(x1, n1, x0, n0).p
    return ShareDifference(limits.value, limits.low, limits.high, p, "Boschloo" if small else "Fisher", x1 / n1, x0 / n0, n1, n0)


def mean_difference(outcome: ArrayLike, treated: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95) -> MeanDifference:
    """Difference of the means of an outcome in its own unit, by Welch's t (Welch 1947 Biometrika 34:28).

    `outcome`, `treated` (n,). With `cluster` (n,) only clusters are independent, such as accounts or agents that were drawn whole:
    sums by cluster, G/(G-1), t on Satterthwaite's or G - 1 degrees (Liang, Zeger 1986 Biometrika 73:13; Donner, Klar 2000, Design
    and Analysis of Cluster Randomization Trials, 7). Raises NumbersRefused for fewer than 2 rows or clusters in an arm, missing values,
    or an outcome that never varies within the arms.
    """
    both = groups(outcome, treated, least=2)
    return _difference(both, both.outcome, cluster, level, 0)


def cuped(outcome: ArrayLike, treated: ArrayLike, before: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95) -> Adjusted:
    """Difference of means after taking away what columns from before the test foretell of the outcome (CUPED).

    y - (x - mean x) slopes, slopes by least squares within arms (Deng, Xu, Kohavi, Walker 2013 WSDM 123, section 3; the error of
    analysis of covariance, Lin 2013 Ann Appl Stat 7:295). `outcome`, `treated` (n,), `before` (n,) or (n, p): known before the draw,
    never after, else the effect itself is taken away. Raises NumbersRefused as `mean_difference`, and where no column varies within the arms.
    """
    both = groups(outcome, treated, least=2)
    x = _before(before, len(both.outcome))
    within = np.column_stack([_about_arms(values, both, values) for values in x.T])
    length = np.sqrt((within**2).sum(axis=0))
    unit = np.where(length > 0, length, 1.0)
    scaled, _, rank, _ = np.linalg.lstsq(within / unit, _about_arms(both.outcome, both, both.outcome))
    if rank == 0:
        raise NumbersRefused.never_varies("before")
    slopes: Floats = scaled / unit
    adjusted = both.outcome - (x - x.mean(axis=0)) @ slopes
    plain, sharper = _difference(both, both.outcome, cluster, level, 0), _difference(both, adjusted, cluster, level, int(rank))
    return Adjusted(sharper, plain, slopes, 1 - (sharper.se / plain.se) ** 2)


def paired_difference(treated: ArrayLike, control: ArrayLike, level: float = 0.95) -> MeanDifference:
    """Mean of treated minus control over pairs (n,) and (n,), such as matched twins, by the paired t (Student 1908 Biometrika 6:1).

    Raises NumbersRefused for fewer than 2 pairs, missing values, or differences that are all the same.
    """
    one = column(treated, "treated")
    zero = column(control, "control", len(one))
    if len(one) < 2:
        raise NumbersRefused.too_few("pairs", len(one), 2)
    variance = float((one - zero).var(ddof=1)) / len(one)
    if variance <= 0:
        raise NumbersRefused.never_varies("difference of the pairs")
    return _summarised(float(one.mean()), float(zero.mean()), (len(one), len(one)), Spread(variance, len(one) - 1.0), level)


def _before(before: ArrayLike, rows: int) -> Floats:
    values = np.asarray(before)
    table = values[:, None] if values.ndim == 1 else values
    if table.ndim != 2:
        raise NumbersRefused.value("dimensions of before", values.ndim, "1 or 2")
    return np.column_stack([column(table[:, j], "before", rows) for j in range(table.shape[1])])


def _about_arms(values: Floats, both: Groups, ruler: Floats) -> Floats:
    """What is left of `values` (n,) about the arms' means, 0 where it is no more than rounding beside the `ruler`."""
    arm = both.treated
    residual = values - np.where(arm, values[arm].mean(), values[~arm].mean())
    return np.where(np.abs(residual) <= _ROUNDING * np.abs(ruler).max(), 0.0, residual)


def _difference(both: Groups, y: Floats, cluster: ArrayLike | None, level: float, spent: int) -> MeanDifference:
    arm, residual = both.treated, _about_arms(y, both, both.outcome)
    spread = independent_rows(residual, arm, spent) if cluster is None else clusters(residual, arm, cluster, spent)
    return _summarised(float(y[arm].mean()), float(y[~arm].mean()), (int(arm.sum()), int((~arm).sum())), spread, level)


def _summarised(one: float, zero: float, rows: tuple[int, int], spread: Spread, level: float) -> MeanDifference:
    from scipy.special import stdtr, stdtrit

    if not 0 < level < 1:
        raise NumbersRefused.value("level", level, "between 0 and 1")
    value, se = one - zero, sqrt(spread.variance)
    reach, t = float(stdtrit(spread.df, (1 + level) / 2)) * se, value / se
    p = float(2 * stdtr(spread.df, -abs(t)))
    return MeanDifference(value, value - reach, value + reach, se, spread.df, t, p, one, zero, *rows)
