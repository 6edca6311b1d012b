"""After weighting, the groups are alike also in what the weights were not made to balance."""

from roi_core.effects.balancing import Imbalance, imbalance
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

NAME = "groups alike"


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass under 0.1 pooled standard deviations on squares and interactions, or what chance alone reaches at this size."""
    return judge(imbalance(comparison.rows.covariates, comparison.rows.treated, comparison.fitted.propensity))


def judge(found: Imbalance) -> Verdict:
    """The same from the largest difference."""
    slots = {"smd": number(found.smd, Unit.RATIO), "where": found.where, "limit": number(found.limit, Unit.RATIO)}
    if found.alike:
        return Verdict(Check(NAME, passed=True, text=say("check.alike", **slots)))
    return Verdict(Check(NAME, passed=False, text=say("check.not_alike", **slots)), cap=Grade.C)
