"""The design was fixed before an outcome was read."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say


def check(comparison: Comparison[Rows]) -> Verdict:
    """Cap at C where the cohort, window or horizon was chosen by hand."""
    if comparison.design.chosen_after_looking:
        return Verdict(Check("chosen before looking", passed=False, text=say("check.chosen_after")), cap=Grade.C)
    return Verdict(Check("chosen before looking", passed=True, text=say("check.chosen_before", digest=comparison.design.digest)))
