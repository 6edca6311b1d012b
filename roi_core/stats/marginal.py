"""What one unit of a number moves a chance by, on average over the rows: the average marginal effect of a logit."""

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats import logistic
from roi_core.stats.arrays import matrix
from roi_core.stats.blocks import linear
from roi_core.stats.cluster import covariance
from roi_core.stats.groups import column, yes_or_no
from roi_core.stats.interval import Interval, wald


def average_marginal_effect(outcome: ArrayLike, number: ArrayLike, covariates: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95) -> Interval:
    """Mean over rows of beta p (1 - p), with beta that of `number` (n,) in a logit of `outcome` (n,) on it and `covariates` (n, p).

    Error by the delta method from the sandwich of scores summed by `cluster` (n,), rows as they are (Greene 2012, Econometric Analysis,
    17.3.2). Raises NumbersRefused where the outcome or the number never varies or the columns separate the outcome.
    """
    y, x = yes_or_no(outcome, "outcome"), column(number, "number")
    if y.all() or not y.any():
        raise NumbersRefused.never_varies("outcome")
    if np.ptp(x) == 0:
        raise NumbersRefused.never_varies("number")
    design = np.column_stack([np.ones(len(y)), x, matrix(covariates)])
    found = logistic.fit(design, y)
    if found.separated or 1 in found.dropped:
        raise NumbersRefused.value("columns", "separating", "such that some with the outcome and some without are alike")
    p, beta = found.probability, float(found.coefficients[1])
    spread = p * (1 - p)
    gradient = (design * (spread * (1 - 2 * p))[:, None]).mean(axis=0) * beta
    gradient[1] += spread.mean()
    influence = linear(design, found.covariance @ gradient) * (y - p) * len(y)
    return wald(beta * float(spread.mean()), float(np.sqrt(covariance(influence, cluster)[0, 0])), level)
