"""Leaving month by month: a logit over all months of all customers, which is a hazard in steps."""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats import logistic
from roi_core.stats.arrays import two_arms
from roi_core.stats.blocks import linear
from roi_core.stats.cluster import covariance
from roi_core.stats.groups import yes_or_no
from roi_core.stats.interval import z_of
from roi_core.stats.splines import hinges


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """The odds ratio of leaving in a step with its limits; `log_se` is the error of its logarithm."""

    value: float
    low: float
    high: float
    log_se: float


def pooled_logit(
    left: ArrayLike, exposed: ArrayLike, covariates: ArrayLike, cluster: ArrayLike | None = None, continuous: ArrayLike | None = None, level: float = 0.95
) -> HazardRatio:
    """The odds of leaving (n,) in a month where `exposed` (n,), given covariates (n, p) of that month; errors by `cluster` (n,).

    Pooled logistic regression, close to Cox's model where few leave in a step (D'Agostino et al. 1990 Stat Med 9:1501). Raises
    NumbersRefused where nobody or everybody leaves or is exposed, or where the columns separate who leaves.
    """
    y, arm = yes_or_no(left, "left"), two_arms(exposed)
    if y.all() or not y.any():
        raise NumbersRefused.never_varies("leaving")
    design = np.column_stack([arm, hinges(covariates, continuous).design(covariates)])
    found = logistic.fit(design, y)
    if found.separated:
        raise NumbersRefused.value("columns", "separating", "such that some who leave and some who stay are alike")
    influence = linear(design, found.covariance[0]) * (y - found.probability) * len(y)
    slope, se = float(found.coefficients[0]), sqrt(float(covariance(influence, cluster)[0, 0]))
    reach = z_of(level) * se
    return HazardRatio(exp(slope), exp(slope - reach), exp(slope + reach), se)
