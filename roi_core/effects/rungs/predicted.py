"""Predicted by outcome models alone: the g-formula."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Plain, Rows, as_estimate
from roi_core.results import Absent, Result
from roi_core.sentences import say


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result:  # noqa: ARG001 - every way has the same shape
    """A logit of leaving in each group, both averaged over everybody; no protection where the models are wrong."""
    predicted = comparison.fitted.predicted
    if predicted is None:
        return Absent(say(f"rung.{comparison.fitted.plain or Plain.FEW}"))
    return as_estimate(predicted, CHURN, comparison.customers, "logit of leaving in each group, standardised over all rows, clustered by customer")
