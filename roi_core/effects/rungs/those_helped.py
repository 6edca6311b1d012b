"""The effect among those who were helped."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Rows, as_estimate
from roi_core.results import Absent, Result, Rung


def rung(comparison: Comparison[Rows], hidden: frozenset[str]) -> Rung:
    """AIPW over the treated (ATT), hidden where the controls that stand for them are too few."""
    treated = comparison.fitted.treated
    if treated is None or "ATT" in hidden:
        result: Result = Absent("Too few comparable customers stand for those who were helped.")
    else:
        result = as_estimate(treated, CHURN, comparison.customers, "augmented inverse probability weights, clustered by customer")
    return Rung("those_helped", "Among those we helped", "average effect on the treated (ATT), AIPW", result)
