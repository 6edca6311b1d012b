"""Trouble before the contact is recorded: usage or health."""

from roi_core.cohorts.customers import HEALTH_COLUMNS
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

TROUBLE = "trouble recorded"
"""Name of the check, whatever shows trouble."""
LEAST_KNOWN = 0.80
"""Share of rows of either group with a value at most 62 days old."""


def check(comparison: Comparison[Rows]) -> Verdict:
    """Cap at C where neither usage nor health before the contact is in the files."""
    known, treated = comparison.rows.covariates, comparison.rows.treated
    seen = [c for c in HEALTH_COLUMNS if c in known.groups]
    share = min(known.known_share(HEALTH_COLUMNS, treated), known.known_share(HEALTH_COLUMNS, ~treated))
    if seen and share < LEAST_KNOWN:
        text = say("check.little_health", columns=" and ".join(seen), share=number(share, Unit.FRACTION))
        return Verdict(Check(TROUBLE, passed=False, text=text), cap=Grade.C)
    if not seen:
        return Verdict(Check(TROUBLE, passed=False, text=say("check.no_health")), cap=Grade.C)
    return Verdict(Check(TROUBLE, passed=True, text=say("check.health", columns=" and ".join(seen))))
