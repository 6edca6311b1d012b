"""The default answer: the closest comparable customers."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Rows, as_estimate
from roi_core.results import Estimate

METHOD = "monthly target trials, {weights}, clustered by customer"


def answer(comparison: Comparison[Rows], hidden: frozenset[str] = frozenset()) -> Estimate:  # noqa: ARG001 - every way has the same shape
    """Augmented overlap weights (ATO); plain ones where leavers are few or their model is not determined."""
    fitted = comparison.fitted
    return as_estimate(fitted.overlap, CHURN, comparison.customers, METHOD.format(weights=fitted.weights))
