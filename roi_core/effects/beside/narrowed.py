"""Helped against not helped among some contacts or customers: how-to, billing and urgent faults alone; the top tier over the last 12 months."""

from dataclasses import replace

import numpy as np

from roi_core.cohorts import contact_kinds
from roi_core.cohorts.design import Design, Filters
from roi_core.cohorts.eligibility import last_trial_month
from roi_core.cohorts.trials import build_trials
from roi_core.effects.beside.declared import answered, base, beside_plan, unanswered
from roi_core.effects.comparison import Comparison
from roi_core.effects.supported import PLANS
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import labels, numbers

LAST_MONTHS = 12


def of_kind(facts: Facts, design: Design, kind: str) -> Effect:
    """Contacts of `how_to`, `billing` or `critical_bug` against no contact; months with a contact of another kind are in neither group."""
    return _answer(facts, design, kind, contact_kinds.only(facts, kind))


def top_tier(facts: Facts, design: Design, contrast: str) -> Effect:
    """Customers of the plan, or else segment, that pays most a month on average, in the last 12 months that can be followed."""
    return _answer(facts, design, contrast, _top_tier(facts, design))


def _answer(facts: Facts, design: Design, contrast: str, filters: Filters | Absent) -> Effect:
    if isinstance(filters, Absent):
        return unanswered(facts, design, contrast, filters)
    narrowed = replace(base(design), filters=filters)
    rows = build_trials(facts, narrowed, design.horizon_months)
    found = answered(Comparison(contrast, facts, narrowed, rows), beside_plan(PLANS[facts.outcome], contrast))
    return replace(
        found, notes=(*found.notes, say("beside.among", what=", ".join((*filters.categories, *filters.priorities, *filters.plans, *filters.segments))))
    )


def _top_tier(facts: Facts, design: Design) -> Filters | Absent:
    if facts.last_contact_month is None:
        return Absent(say("beside.no_contacts"))
    first = last_trial_month(facts, facts.last_contact_month, design.horizon_months) - LAST_MONTHS + 1
    if (plan := _highest(facts, "plan")) is not None:
        return Filters(plans=(plan,), first_month=first)
    if (segment := _highest(facts, "segment")) is not None:
        return Filters(segments=(segment,), first_month=first)
    return Absent(say("beside.no_tier"), say("beside.next_tier"))


def _highest(facts: Facts, column: str) -> str | None:
    """The level whose customers pay most a month on average; None with fewer than two levels of known revenue."""
    codes, levels = labels(facts.person_months, column)
    paid = numbers(facts.person_months, "known_mrr")
    known = (codes >= 0) & np.isfinite(paid)
    months = np.bincount(codes[known], minlength=len(levels))
    if (months > 0).sum() < 2:
        return None
    mean = np.bincount(codes[known], weights=paid[known], minlength=len(levels)) / np.maximum(months, 1)
    return levels[int(np.argmax(np.where(months > 0, mean, -np.inf)))]
