"""Proactive outreach against none."""

from dataclasses import replace

from roi_core.cohorts.design import Design
from roi_core.cohorts.reached import build_reached
from roi_core.effects.beside.declared import OF_CONTACTS, answered, base, beside_plan, unanswered
from roi_core.effects.comparison import Comparison
from roi_core.effects.supported import PLANS
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.spine import Facts


def reached_out(facts: Facts, design: Design, contrast: str) -> Effect:
    """Customers whom the team wrote or called first in a month against similar ones whom it did not."""
    rows = build_reached(facts, design.horizon_months)
    if rows is None:
        return unanswered(facts, design, contrast, Absent(say("beside.no_outreach"), say("beside.next_outreach")))
    plan = beside_plan(PLANS[facts.outcome], contrast, without=OF_CONTACTS)
    plan = replace(plan, population="times that the team reached out to customers whom it had not in the months before")
    return answered(Comparison(contrast, facts, base(design), rows), plan)
