"""The same starting date for both groups, and nothing else made alike."""

import numpy as np

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Rows, as_estimate
from roi_core.results import Result
from roi_core.stats import weighting


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result:  # noqa: ARG001 - every way has the same shape
    """Monthly trials without adjustment: the raw difference, clustered by customer."""
    rows = comparison.rows
    nothing = np.empty((rows.rows, 0))
    raw = weighting.augmented(rows.churned.astype(np.float64), rows.treated, nothing, rows.cluster)
    return as_estimate(raw, CHURN, comparison.customers, "difference of shares, clustered")
