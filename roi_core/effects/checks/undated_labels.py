"""Columns of the customer list that were changed on leaving are told apart."""

from roi_core.cohorts.handled import Handled
from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check
from roi_core.sentences import say


def check(comparison: Comparison[Trials | Handled]) -> Verdict:
    """Says which undated columns are left out because they tell who left."""
    telling = comparison.rows.telling_labels
    if telling:
        return Verdict(Check("set before leaving", passed=True, text=say("check.telling", columns=", ".join(telling))))
    return Verdict(Check("set before leaving", passed=True, text=say("check.not_telling")))
