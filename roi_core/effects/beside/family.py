"""All comparisons beside the main one, counted: of many looked at together, some show something by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roi_core.cohorts.design import Design
from roi_core.effects import words
from roi_core.effects.beside import complaints, course, early, narrowed, outreach, typed
from roi_core.effects.beside.declared import Beside, Tell
from roi_core.effects.checks.declared_beside import TOGETHER
from roi_core.results import Check, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine import Facts
from roi_core.stats.interval import two_sided_p
from roi_core.stats.multiplicity import benjamini_hochberg
from roi_core.units import Unit

BESIDE = (
    Beside("how_to", narrowed.of_kind),
    Beside("billing", narrowed.of_kind),
    Beside("critical_bug", narrowed.of_kind),
    Beside("top_tier", narrowed.top_tier),
    Beside("reached_out", outreach.reached_out),
    Beside("early", early.early),
    Beside("complaint_resolved", complaints.resolved),
    Beside("reopened", course.by_course),
    Beside("escalated", course.by_course),
    Beside("bot", course.by_course),
    Beside("channel", course.by_course),
    Beside("team", course.by_course),
    Beside("quoted", typed.quoted),
)
"""In the order in which they are shown."""
SURE = 0.05


def all_beside(facts: Facts, design: Design, tell: Tell) -> tuple[Effect, ...]:
    """Every one of them, each with what to think of it among so many (Benjamini, Hochberg 1995)."""
    found = []
    for place, one in enumerate(BESIDE, 1):
        found.append(one.answer(facts, design, one.key))
        tell(place / len(BESIDE))
    return counted(found)


def counted(found: Sequence[Effect]) -> tuple[Effect, ...]:
    """The same effects with q among all that could be estimated; one that was typed in estimates nothing."""
    q = _q(found)
    return tuple(_with(one, _check(one, q[one.key], len(q))) if one.key in q else one for one in found)


def _with(effect: Effect, check: Check) -> Effect:
    """What can be chance is said with the answer."""
    said = f"{effect.sentence} {check.text}" if check.passed is False else effect.sentence
    return replace(effect, checks=(*effect.checks, check), sentence=said)


def _q(found: Sequence[Effect]) -> Mapping[str, float]:
    estimated = {one.key: one.result for one in found if isinstance(one.result, Estimate) and one.grade < Grade.D}
    p = [two_sided_p(result.value / result.standard_error) if result.standard_error else 1.0 for result in estimated.values()]
    return dict(zip(estimated, map(float, benjamini_hochberg(p)), strict=True)) if p else {}


def _check(effect: Effect, q: float, several: int) -> Check:
    slots = {"n": f"{several}", "q": number(q, Unit.RATIO)}
    if words.direction(effect.result) == "none":
        return Check(TOGETHER, passed=None, text=say("check.together_open", n=slots["n"]))
    sure = q <= SURE
    return Check(TOGETHER, passed=sure, text=say("check.together" if sure else "check.together_chance", **slots))
