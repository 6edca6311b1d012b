"""Tickets of those who left were not deleted."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine.facts import integers
from roi_core.units import Unit

LEAST_LEAVERS = 50
FAR_BELOW = 0.33


def check(comparison: Comparison[Rows]) -> Verdict:
    """Warn where customers who left have under a third of the contacts a month of those who stayed."""
    facts = comparison.facts
    left = integers(facts.spine, "churned_s") >= 0
    customer = integers(facts.person_months, "customer_no")
    months = np.bincount(customer, minlength=len(left))
    contacts = np.bincount(customer, weights=integers(facts.person_months, "contacts", null=0), minlength=len(left))
    if left.sum() < LEAST_LEAVERS or not contacts[~left].sum():
        return Verdict(Check("leavers' tickets kept", passed=None, text=say("check.leavers_unknown")))
    leavers, stayers = (float(contacts[g].sum() / max(months[g].sum(), 1)) for g in (left, ~left))
    slots = {"leavers": number(leavers, Unit.RATIO), "stayers": number(stayers, Unit.RATIO)}
    if leavers < FAR_BELOW * stayers:
        return Verdict(Check("leavers' tickets kept", passed=False, text=say("check.leavers_deleted", **slots)), cap=Grade.C)
    return Verdict(Check("leavers' tickets kept", passed=True, text=say("check.leavers_kept", **slots)))
