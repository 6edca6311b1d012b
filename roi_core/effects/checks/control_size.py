"""The control group carries the effect among those who were helped."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Plain, Rows
from roi_core.results import Check
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

LEAST = 0.5
"""Effective controls per treated row; below it the effect among the treated is biased (simulated)."""


def check(comparison: Comparison[Rows]) -> Verdict:
    """Hide the effect among the treated where the controls that stand for them are too few."""
    among_treated = comparison.fitted.treated
    if among_treated is None:
        return Verdict(Check("enough comparable customers", passed=None, text=say(f"check.{comparison.fitted.plain or Plain.FEW}")), hides="ATT")
    ratio = float(among_treated.ess_control / max(int(comparison.rows.treated.sum()), 1))
    text = number(ratio, Unit.RATIO)
    if ratio < LEAST:
        few = say("check.few_controls", ratio=text, who=comparison.who, least=number(LEAST, Unit.RATIO))
        return Verdict(Check("enough comparable customers", passed=False, text=few), hides="ATT")
    return Verdict(Check("enough comparable customers", passed=True, text=say("check.controls", ratio=text, who=comparison.who)))
