"""The arms of a test or a holdout, as a user hands them in: every refusal is a named error."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Booleans, Floats
from roi_core.stats.cluster import sums_by_cluster


class Groups(NamedTuple):
    """Outcome (n,) and treatment (n,) of one test; both arms hold rows."""

    outcome: Floats
    treated: Booleans


def column(values: ArrayLike, what: str, rows: int | None = None) -> Floats:
    """`values` (n,) as float64. Raises NumbersRefused where one is missing or infinite, or where there are not `rows` of them."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise NumbersRefused.value(what, "text", "numbers") from None
    if array.ndim != 1:
        raise NumbersRefused.value(f"dimensions of {what}", array.ndim, "1")
    if rows is not None and len(array) != rows:
        raise NumbersRefused.unequal(what, len(array), rows)
    if not np.isfinite(array).all():
        raise NumbersRefused.unknown(what)
    return array


def yes_or_no(values: ArrayLike, what: str, rows: int | None = None) -> Booleans:
    """`values` (n,) of 0 and 1 as booleans. Raises NumbersRefused for anything else."""
    array = column(values, what, rows)
    if not ((array == 0) | (array == 1)).all():
        raise NumbersRefused.value(what, next(f"{v:g}" for v in array if v not in (0, 1)), "0 or 1")
    return array.astype(np.bool_)


def groups(outcome: ArrayLike, treated: ArrayLike, least: int = 1) -> Groups:
    """Both arms. Raises NumbersRefused where one has fewer than `least` rows or a value is missing."""
    y = column(outcome, "outcome")
    arm = yes_or_no(treated, "treated", len(y))
    for rows, name in ((int(arm.sum()), "treated rows"), (int((~arm).sum()), "control rows")):
        if rows < least:
            raise NumbersRefused.too_few(name, rows, least)
    return Groups(y, arm)


class Spread(NamedTuple):
    """Variance of a difference of means and the degrees of freedom of its error."""

    variance: float
    df: float


def independent_rows(residual: Floats, treated: Booleans, spent: int = 0) -> Spread:
    """Welch's variance of mean(treated) - mean(control) from residuals (n,) about the arms' means, and Satterthwaite's df.

    `spent` columns were fitted to get the residuals: the variance grows by (n - 2) / (n - 2 - spent), n rows or
    clusters. Raises NumbersRefused where no residual is other than 0.
    """
    parts = [_variance_of_mean(residual[side], None) for side in (treated, ~treated)]
    return _joined(parts, spent)


def clusters(residual: Floats, treated: Booleans, cluster: ArrayLike, spent: int = 0) -> Spread:
    """As `independent_rows` where only clusters (n,) are independent, sums of residuals by cluster in place of rows.

    Where whole clusters were drawn, Satterthwaite's df from the numbers of clusters; where clusters hold rows of both arms,
    one sum per cluster and G - 1. Raises NumbersRefused with fewer than 2 clusters in an arm.
    """
    labels = np.asarray(cluster)
    if labels.shape != residual.shape:
        raise NumbersRefused.unequal("cluster", len(labels) if labels.ndim else 0, len(residual))
    codes = np.unique(labels, return_inverse=True)[1]
    one, zero = np.unique(codes[treated]), np.unique(codes[~treated])
    for found, name in ((one, "treated clusters"), (zero, "control clusters")):
        if len(found) < 2:
            raise NumbersRefused.too_few(name, len(found), 2)
    if not np.isin(one, zero).any():
        return _joined([_variance_of_mean(residual[side], codes[side]) for side in (treated, ~treated)], spent)
    share = np.where(treated, 1 / treated.sum(), -1 / (~treated).sum())
    total = codes.max() + 1
    grown = _grown(float(total), spent)
    sums = sums_by_cluster((residual * share)[:, None], codes)
    variance = float((sums**2).sum()) * total / (total - 1) * grown
    return Spread(_positive(variance), (total - 1) / grown)


def _variance_of_mean(residual: Floats, codes: ArrayLike | None) -> Spread:
    sums = residual if codes is None else sums_by_cluster(residual[:, None], codes)[:, 0]
    count = len(sums)
    return Spread(float((sums**2).sum()) * count / (count - 1) / len(residual) ** 2, float(count - 1))


def _joined(parts: list[Spread], spent: int) -> Spread:
    variance = _positive(sum(part.variance for part in parts))
    df = variance**2 / sum(part.variance**2 / part.df for part in parts)
    grown = _grown(sum(part.df + 1 for part in parts), spent)
    return Spread(variance * grown, df / grown)


def _grown(units: float, spent: int) -> float:
    if units - 2 - spent < 1:
        raise NumbersRefused.too_few("rows or clusters", int(units), 3 + spent)
    return (units - 2) / (units - 2 - spent)


def _positive(variance: float) -> float:
    if variance <= 0:
        raise NumbersRefused.never_varies("outcome within both arms")
    return variance
