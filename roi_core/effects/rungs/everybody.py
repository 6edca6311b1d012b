"""The effect among all who are compared, had all of them been helped against none of them."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Plain, Rows, as_estimate
from roi_core.results import Absent, Result
from roi_core.sentences import say


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result:
    """AIPW over all rows (ATE), hidden where few of the treated stand for everybody."""
    everyone, plain = comparison.fitted.everyone, comparison.fitted.plain
    if everyone is None or plain is not None:
        return Absent(say(f"rung.{plain or Plain.FEW}"))
    if "ATE" in hidden:
        return Absent(say("rung.few_treated"))
    return as_estimate(everyone, CHURN, comparison.customers, "augmented inverse probability weights over all rows, clustered by customer")
