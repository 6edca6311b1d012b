"""Trouble before the contact is recorded: usage or health."""

from roi_core.cohorts.customers import HEALTH_COLUMNS
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say


def check(comparison: Comparison[Rows]) -> Verdict:
    """Cap at C where neither usage nor health before the contact is in the files."""
    seen = [c for c in HEALTH_COLUMNS if c in comparison.rows.covariates.groups]
    if not seen:
        return Verdict(Check("trouble recorded", passed=False, text=say("check.no_health")), cap=Grade.C)
    return Verdict(Check("trouble recorded", passed=True, text=say("check.health", columns=" and ".join(seen))))
