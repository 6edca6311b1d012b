"""Trouble before the contact is recorded in a shop: what came back."""

from roi_core.cohorts.orders import RETURNS
from roi_core.effects.checks.health import TROUBLE
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say


def check(comparison: Comparison[Rows]) -> Verdict:
    """Cap at C where no return stands in the files: orders and spend alone do not show what makes people write."""
    if RETURNS in comparison.rows.covariates.groups:
        return Verdict(Check(TROUBLE, passed=True, text=say("check.returns")))
    return Verdict(Check(TROUBLE, passed=False, text=say("check.no_returns")), cap=Grade.C)
