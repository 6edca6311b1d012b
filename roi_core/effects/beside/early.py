"""Early help: new customers who wrote within their first 30 days against new customers who did not, from day 30 on."""

from dataclasses import replace

from roi_core.cohorts.design import Design
from roi_core.cohorts.early import build_early
from roi_core.effects import checks
from roi_core.effects.beside.declared import answered, base, beside_plan, unanswered
from roi_core.effects.checks import returns_before
from roi_core.effects.comparison import Comparison
from roi_core.effects.supported import PLANS
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.spine import Facts


def early(facts: Facts, design: Design, contrast: str) -> Effect:
    """Landmark at day 30. What came back to a shop came after the start, so it is no covariate here and no gate."""
    rows = build_early(facts, design.horizon_months)
    if isinstance(rows, Absent):
        return unanswered(facts, design, contrast, rows)
    plan = beside_plan(PLANS[facts.outcome], contrast, without=(returns_before.check,))
    plan = replace(plan, after=checks.AFTER_HANDLED, population="customers in their first 30 days")
    found = answered(Comparison(contrast, facts, base(design), rows), plan)
    return replace(found, notes=(*found.notes, say("beside.set_aside_early", wrote=f"{rows.wrote_before:,}", silent=f"{rows.silent_before:,}")))
