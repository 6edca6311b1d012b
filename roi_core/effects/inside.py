"""Contrasts inside contacts: resolved at first contact or not, answered fast or slowly. Both groups asked for help."""

from collections.abc import Callable

from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import Handled, build_handled
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects import checks, words
from roi_core.effects.analysis import Analysis
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.estimation import Plan, analyse
from roi_core.effects.rungs import LADDERS_INSIDE
from roi_core.results import Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts

_TITLES = {
    "churn": {"first_contact_resolution": "Customers kept by resolving at first contact", "fast_reply": "Customers kept by a fast first reply"},
    "no_order": {"first_contact_resolution": "Orders brought by resolving at first contact", "fast_reply": "Orders brought by a fast first reply"},
    "not_renewed": {"first_contact_resolution": "Contracts kept by resolving at first contact", "fast_reply": "Contracts kept by a fast first reply"},
}
_BEFORE = {"churn": checks.BEFORE_HANDLED, "no_order": checks.BEFORE_HANDLED_SHOP, "not_renewed": checks.BEFORE_HANDLED_SERVICES}
_SHORT = {"first_contact_resolution": "fcr", "fast_reply": "fast"}


def analyse_inside(facts: Facts, design: Design, horizon: int, quality: str) -> Analysis:
    """The effect of handling a contact well, of `first_contact_resolution` or `fast_reply`."""
    return analyse(compared(facts, design, horizon, quality), plan(quality, facts.outcome))


def compared(facts: Facts, design: Design, horizon: int, quality: str) -> Comparison[Handled]:
    """The comparison before it is estimated."""
    return Comparison(quality, facts, design, build_handled(facts, QUALITIES[quality](facts), horizon))


def plan(quality: str, outcome: str) -> Plan:
    """What is particular to one quality, by what is followed."""
    return Plan(
        before=_BEFORE[outcome],
        after=checks.AFTER_HANDLED,
        ladder=LADDERS_INSIDE[outcome],
        sentence=_sentence_of(quality),
        title=_TITLES[outcome][quality],
        population="first contact of each customer and month",
        method="contacts compared with similar contacts, {weights}, clustered by customer",
        part_of="supported",
        notes=_notes,
    )


def _sentence_of(quality: str) -> Callable[[Comparison[Handled], Estimate, Grade, list[Verdict]], str]:
    short = _SHORT[quality]

    def sentence(comparison: Comparison[Handled], result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
        slots = {"months": f"{comparison.rows.horizon}"}
        if quality == "fast_reply":
            slots["minutes"] = words.minutes(comparison.rows.threshold)
        way = words.direction(result)
        if way == "none":
            return say(f"handled.none_{short}", settle=words.settle(result, words.trial_months(comparison)), **slots, **words.limits(result))
        slots["points"] = words.points(result.value)
        if way == "harm":
            return say(f"handled.harm_{short}", **slots, **words.limits(result))
        return say(f"handled.helped_{short}", how=words.how(grade, verdicts), **slots, **words.bounds(result))

    return sentence


def _notes(comparison: Comparison[Handled]) -> tuple[str, ...]:
    rows = comparison.rows
    slots = {"left": f"{rows.left_before:,}", "unanswered": f"{rows.never_answered:,}", "cancel": f"{rows.cancellations:,}"}
    return (say(f"handled.set_aside_{_SHORT[comparison.contrast]}", **slots),)
