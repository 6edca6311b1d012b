"""Contacts by their course: opened again, escalated, a bot, the most usual channel and team, each against similar contacts. Both groups asked for help."""

from dataclasses import replace

import numpy as np

from roi_core.cohorts.course import COURSES
from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import Handled, build_handled
from roi_core.cohorts.quality import Quality
from roi_core.effects import inside
from roi_core.effects.beside.declared import LADDER, answered, base, beside_plan, unanswered
from roi_core.effects.comparison import Comparison
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.spine import Facts

_LADDER = tuple(way for way in LADDER if way.key != "those_helped")
"""Both groups were helped."""


def by_course(facts: Facts, design: Design, contrast: str) -> Effect:
    """`reopened`, `escalated`, `bot`, `channel` or `team`, followed from the day on which the groups are told apart."""
    told = COURSES[contrast](facts)
    if isinstance(told, Absent):
        return unanswered(facts, design, contrast, told)
    rows = _without_revenue(build_handled(facts, told, design.horizon_months))
    plan = replace(beside_plan(inside.plan("first_contact_resolution", facts.outcome), contrast), ladder=_LADDER, notes=lambda _: ())
    found = answered(Comparison(contrast, facts, base(design), rows), plan)
    return replace(found, notes=(*found.notes, *_named(told), *_set_aside(told, rows)))


def _without_revenue(rows: Handled) -> Handled:
    """No money is worked out from it, and each month of revenue is a model."""
    return replace(rows, revenue=np.empty((rows.rows, 0)), has_revenue=False)


def _named(told: Quality) -> tuple[str, ...]:
    """Which channel or team it is."""
    return (say(f"beside.named_{told.key}", what=told.named),) if told.named else ()


def _set_aside(told: Quality, rows: Handled) -> tuple[str, ...]:
    """Who is of neither group; channels are told apart at once, so that nobody is gone before."""
    if not told.wait_days:
        return ()
    return (say(f"beside.set_aside_{told.key}", unknown=f"{rows.never_answered:,}", left=f"{rows.left_before:,}"),)
