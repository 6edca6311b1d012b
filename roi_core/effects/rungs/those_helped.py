"""The effect among those who were helped."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import AMONG_HELPED, CHURN, Plain, Rows, as_estimate
from roi_core.results import Absent, Result
from roi_core.sentences import say


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result:
    """AIPW over the treated (ATT), hidden where the controls that stand for them are too few."""
    treated, plain = comparison.fitted.treated, comparison.fitted.plain
    if treated is None or plain is not None:
        return Absent(say(f"rung.{plain or Plain.FEW}"))
    if "ATT" in hidden:
        return Absent(say("rung.few_controls"))
    return as_estimate(treated, CHURN, comparison.customers, f"{AMONG_HELPED}, clustered by customer")
