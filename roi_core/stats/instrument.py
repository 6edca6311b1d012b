"""An effect through something that moves the treatment and nothing else: who happened to take the contact."""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats, matrix
from roi_core.stats.blocks import cross
from roi_core.stats.cluster import sums_by_cluster
from roi_core.stats.groups import column
from roi_core.stats.linear import residuals


@dataclass(frozen=True, slots=True)
class Instrumented:
    """The effect per unit of treatment with its limits, the strength `f` of the first stage, and `df` of the limits."""

    value: float
    se: float
    low: float
    high: float
    f: float
    df: int


def two_stage(
    outcome: ArrayLike, treated: ArrayLike, instrument: ArrayLike, design: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95
) -> Instrumented:
    """Two-stage least squares of `outcome` (n,) on `treated` (n,) with one `instrument` (n,) and a `design` (n, p) that brings its own constant.

    sum z y / sum z d of residuals on the design (Wooldridge 2010, Econometric Analysis, 5.1); errors by rows, or by `cluster` (n,)
    with G/(G-1); limits of Student's t. Raises NumbersRefused for missing values, an instrument that the design explains or that
    moves nothing, and fewer than 2 clusters.
    """
    from scipy.special import stdtrit

    y, d, z, x = (*(column(values, what) for values, what in ((outcome, "outcome"), (treated, "treated"), (instrument, "instrument"))), matrix(design))
    y, d, z, spent = *(residuals(x, values) for values in (y, d, z)), int(np.linalg.matrix_rank(cross(x, x)))
    moved = float(z @ d)
    if float(z @ z) <= 1e-12 * len(z) or moved == 0:
        raise NumbersRefused.never_varies("instrument beside the design")
    value, slope = float(z @ y) / moved, moved / float(z @ z)
    df, meat = _spread(z, y - value * d, spent, cluster)
    se = sqrt(meat) / abs(moved)
    first = sqrt(_spread(z, d - slope * z, spent, cluster)[1]) / float(z @ z)
    reach = float(stdtrit(df, (1 + level) / 2)) * se
    return Instrumented(value, se, value - reach, value + reach, (slope / first) ** 2 if first > 0 else inf, df)


def others_share(treated: ArrayLike, group: ArrayLike, own: ArrayLike) -> Floats:
    """For each row the mean of `treated` (n,) over the rows of its `group` (n,) that are not of the same `own` (n,); nan where there is none.

    The instrument of an examiner design: how an agent handles other customers (Dobbie, Goldin, Yang 2018 Am Econ Rev 108:201).
    """
    d = column(treated, "treated")
    groups = np.unique(np.asarray(group), return_inverse=True)[1]
    pairs = np.unique(np.column_stack([groups, np.unique(np.asarray(own), return_inverse=True)[1]]), axis=0, return_inverse=True)[1].ravel()
    sums, counts = ([np.bincount(codes, weights=w)[codes] for codes in (groups, pairs)] for w in (d, np.ones_like(d)))
    left = counts[0] - counts[1]
    return np.where(left > 0, (sums[0] - sums[1]) / np.maximum(left, 1), np.nan)


def _spread(z: Floats, left: Floats, spent: int, cluster: ArrayLike | None) -> tuple[int, float]:
    """Degrees of freedom and variance of sum z * left."""
    if cluster is None:
        df = len(z) - spent - 1
        if df < 1:
            raise NumbersRefused.too_few("rows", len(z), spent + 2)
        return df, float(left @ left) / df * float(z @ z)
    sums = sums_by_cluster((z * left)[:, None], cluster)
    if len(sums) < 2:
        raise NumbersRefused.too_few("clusters", len(sums), 2)
    return len(sums) - 1, float((sums**2).sum()) * len(sums) / (len(sums) - 1)
