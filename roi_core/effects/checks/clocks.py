"""Contacts lie between the start and the end of their customer."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

FEW = 0.01
TOO_MANY = 0.10


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass under 1 % of contacts before sign-up or after leaving; they are set aside and counted; refuse over 10 %, which also leaves months empty."""
    linkage = comparison.facts.linkage
    faults = linkage.before_start + linkage.after_churn
    share = faults / linkage.matched if linkage.matched else 0.0
    slots = {"before": f"{linkage.before_start:,}", "after": f"{linkage.after_churn:,}", "share": number(share, Unit.FRACTION)}
    if share > TOO_MANY:
        wrong, about = Check("clocks agree", passed=False, text=say("check.clocks_wrong", **slots)), ("contacts", "starts", "ends")
        return Verdict(wrong, cap=Grade.C, refuses=True, next_step=say("next.clocks"), alone=True, about=about)
    if not faults:
        return Verdict(Check("clocks agree", passed=True, text=say("check.clocks_fine")))
    return Verdict(Check("clocks agree", passed=share < FEW, text=say("check.clocks", **slots)))
