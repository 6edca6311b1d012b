"""The group that was helped carries the effect among everybody."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Plain, Rows
from roi_core.results import Check
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

LEAST = 0.3
"""Share of the treated rows that is effective once they stand for everybody; fine down to 0.27 (simulated)."""
NAME = "those helped are enough for everybody"


def check(comparison: Comparison[Rows]) -> Verdict:
    """Hide the effect among everybody where few of those helped stand for all."""
    everyone = comparison.fitted.everyone
    if everyone is None:
        return Verdict(Check(NAME, passed=None, text=say(f"check.{comparison.fitted.plain or Plain.FEW}_everybody")), hides="ATE")
    share = float(everyone.ess_treated / max(int(comparison.rows.treated.sum()), 1))
    text = number(share, Unit.FRACTION)
    if share < LEAST:
        return Verdict(Check(NAME, passed=False, text=say("check.few_treated", share=text, who=comparison.who)), hides="ATE")
    return Verdict(Check(NAME, passed=True, text=say("check.treated_enough", share=text, who=comparison.who)))
