"""A comparison beside the main one, declared; and the parts of a plan that all of them share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from roi_core.cohorts.design import Design, Filters
from roi_core.effects import words
from roi_core.effects.checks import Gate, asked_before, cancellations, clocks, contact_share, declared_beside, leavers_contacts, looked_at_first, writers_only
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.estimation import Plan, analyse
from roi_core.effects.rungs import WAYS
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import catalogue, say
from roi_core.spine import Facts

Tell = Callable[[float], None]
"""Called with how far the work is, from 0 to 1."""
LADDER = tuple(way for way in WAYS if way.key in ("same_start", "twins", "closest", "those_helped", "everybody"))


@dataclass(frozen=True, slots=True)
class Beside:
    """One comparison; who is compared with whom are the sentences `beside.who_<key>` and `beside.others_<key>`, its title `beside.<key>`."""

    key: str
    answer: Callable[[Facts, Design, str], Effect]

    @property
    def title(self) -> str:
        """What is compared, in a few words."""
        return say(f"beside.{self.key}")


def base(design: Design) -> Design:
    """The design that comparisons beside the main one start from: its own filters are another question."""
    return replace(design, filters=Filters())


def effect_key(facts: Facts, design: Design, contrast: str) -> str:
    """The key of the effect, as those of other contrasts."""
    return f"{contrast}.{facts.outcome}_{design.horizon_months}m"


def unanswered(facts: Facts, design: Design, contrast: str, why: Absent) -> Effect:
    """What the files cannot say, with the next step."""
    return Effect(effect_key(facts, design, contrast), why, "ATO", Grade.C, f"{why.reason} {why.next_step}".strip())


def answered(comparison: Comparison[Any], plan: Plan) -> Effect:
    """The effect on what is followed."""
    return analyse(comparison, plan).effects[effect_key(comparison.facts, comparison.design, comparison.contrast)]


def beside_plan(plan: Plan, contrast: str, without: Sequence[Gate] = ()) -> Plan:
    """A plan with the words of one comparison beside the main one and without some of its gates; never better than a sign."""
    kept = tuple(gate for gate in plan.before if gate not in (looked_at_first.check, *without))
    return replace(
        plan,
        before=(*kept, declared_beside.check),
        ladder=LADDER,
        sentence=_sentence_of(contrast),
        part_of="supported",
        details=lambda _: {},
    )


def _sentence_of(contrast: str) -> Callable[[Comparison[Any], Estimate, Grade, list[Verdict]], str]:
    def sentence(comparison: Comparison[Any], result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
        slots = {"who": say(f"beside.who_{contrast}"), "others": say(f"beside.others_{contrast}"), "months": f"{comparison.rows.horizon}"}
        match words.direction(result):
            case "helped":
                found = say("beside.helped", points=words.points(result.value), how=words.how(grade, verdicts), **slots, **words.bounds(result))
            case "harm":
                found = say("beside.harm", points=words.points(result.value), **slots, **words.limits(result))
            case _:
                found = say("beside.none", settle=words.settle(result, words.trial_months(comparison)), **slots, **words.limits(result))
        return f"{found} {_unseen(contrast, result)}".strip()

    return sentence


def _unseen(contrast: str, result: Estimate) -> str:
    """What may explain an answer whose groups differ from the beginning, whichever way it points; of the others, what may explain harm."""
    if f"beside.unseen_{contrast}" in catalogue():
        return say(f"beside.unseen_{contrast}")
    return say("beside.unseen") if words.direction(result) == "harm" else ""


OF_CONTACTS: tuple[Gate, ...] = (
    contact_share.check,
    writers_only.check,
    clocks.check,
    leavers_contacts.check,
    cancellations.check,
    asked_before.check,
)
"""Gates about contacts, which say nothing of a comparison without them."""
