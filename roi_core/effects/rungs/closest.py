"""The default answer: the closest comparable customers."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, as_estimate
from roi_core.results import Rung

METHOD = "monthly target trials, augmented overlap weights, clustered by customer"
METHOD_THIN = "monthly target trials, overlap weights, clustered by customer"


def rung(comparison: Comparison, hidden: frozenset[str]) -> Rung:  # noqa: ARG001 - every rung has the same shape
    """Augmented overlap weights (ATO); plain ones where leavers are few."""
    fitted = comparison.fitted
    result = as_estimate(fitted.overlap, CHURN, comparison.customers, METHOD_THIN if fitted.thin else METHOD)
    return Rung("closest", "Closest comparable customers", "augmented overlap weights (ATO)", result, default=True)
