"""How far models follow the rows they are fitted to, and what their residuals lack of errors."""

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats
from roi_core.stats.blocks import quadratic
from roi_core.stats.cluster import codes_of

_MOST = 0.5
"""Leverage beyond which a residual says too little to be stretched by; few clusters are a matter of their own."""


def leverage(design: Floats, bread: Floats, variance: Floats, cluster: ArrayLike | None = None) -> Floats:
    """Of each row (n,), the share of the variance of its cluster's summed errors that the model took: s' bread s / sum v, with s = sum v x.

    `design` (n, p), `bread` (p, p) the inverse of sum v x x', `variance` (n,) the v of a row: 1 of a linear model, p (1 - p) of a logit. Without `cluster`
    (n,) every row is its own: the diagonal of the hat matrix. Rows that are copied within their cluster change nothing.
    """
    if cluster is None:
        return variance * quadratic(design, bread)
    codes = codes_of(cluster, len(design))
    sums = floats(np.column_stack([np.bincount(codes, weights=variance * column) for column in design.T]))
    total = np.bincount(codes, weights=variance)
    share = np.divide(quadratic(sums, bread), total, out=np.zeros_like(total), where=total > 0)
    return share[codes]


def stretch(taken: Floats) -> Floats:
    """1 / sqrt(1 - h), with leverage h of a half at most: sums of residuals, so stretched, vary as sums of errors do.

    HC2 (MacKinnon, White 1985 J Econometrics 29:305) of clusters (Bell, McCaffrey 2002 Survey Methodology 28:169), and of logits (Kauermann, Carroll
    2001 JASA 96:1387).
    """
    return 1 / np.sqrt(1 - np.clip(taken, 0.0, _MOST))
