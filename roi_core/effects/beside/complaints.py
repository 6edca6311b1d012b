"""Complaints that were resolved against complaints that were not. Both groups complained."""

from dataclasses import replace

from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import Handled, build_handled
from roi_core.cohorts.quality import complaint_resolved
from roi_core.effects import inside
from roi_core.effects.beside.declared import answered, base, beside_plan, unanswered
from roi_core.effects.comparison import Comparison
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.spine import Facts


def _set_aside(comparison: Comparison[Handled]) -> tuple[str, ...]:
    """How many complaints came too shortly before leaving to be followed from day 7 on."""
    return (say("beside.set_aside_complaints", n=f"{comparison.rows.left_before:,}"),)


def resolved(facts: Facts, design: Design, contrast: str) -> Effect:
    """Complaints resolved within 7 days, without coming back in them, against the others; followed from day 7 on."""
    quality = complaint_resolved(facts)
    if not quality.known.any():
        return unanswered(facts, design, contrast, Absent(say("beside.no_complaints"), say("beside.next_complaints")))
    rows = build_handled(facts, quality, design.horizon_months)
    plan = replace(beside_plan(inside.plan("first_contact_resolution", facts.outcome), contrast), notes=_set_aside)
    return answered(Comparison(contrast, facts, base(design), rows), plan)
