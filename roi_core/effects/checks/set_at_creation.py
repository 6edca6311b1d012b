"""Priority or category of a contact is known: how hard it was to solve."""

from roi_core.cohorts.handled import Handled
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say


def check(comparison: Comparison[Handled]) -> Verdict:
    """Cap at C where neither priority nor category is in the files: hard problems are resolved less often and cost customers."""
    if not comparison.rows.at_creation:
        return Verdict(Check("difficulty recorded", passed=False, text=say("check.no_difficulty")), cap=Grade.C)
    return Verdict(Check("difficulty recorded", passed=True, text=say("check.difficulty")))
