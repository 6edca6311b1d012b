"""After weighting, the groups are alike also in what the weights were not made to balance."""

from roi_core.effects.balancing import largest_difference
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

LARGEST = 0.1
"""Standardised mean difference; a convention of the field (Austin 2011)."""


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass under 0.1 pooled standard deviations on squares and interactions of the covariates."""
    found, where = largest_difference(comparison.rows.covariates, comparison.rows.treated, comparison.fitted.propensity)
    slots = {"smd": number(found, Unit.RATIO), "where": where}
    if found >= LARGEST:
        return Verdict(Check("groups alike", passed=False, text=say("check.not_alike", **slots)), cap=Grade.C)
    return Verdict(Check("groups alike", passed=True, text=say("check.alike", **slots)))
