"""Where only a way of working was compared: what it is worth says nothing of what support as a whole returns."""

from roi_core.effects.checks.health import TROUBLE
from roi_core.measured import Measured, is_tested
from roi_core.money.kept import Kept
from roi_core.results import Absent, Check, Effect
from roi_core.sentences import catalogue, say

_NOBODY_ELSE = "somebody to compare with"


def only_a_practice(measured: Measured, lead: Kept | None) -> Absent | None:
    """Why no return on the cost of support can be stated, and what would settle it; None where support itself was compared.

    Customers of both groups of such a contrast were helped, so the cost of support has no place in it; nor has it beside a test, which tried
    one way of helping among others.
    """
    if lead is None or lead.stream.part_of is None:
        return None
    if is_tested(lead.stream.contrast):
        return Absent(say("practice.tested"), settled_by(measured, lead.stream.part_of, measured.design.horizon_months))
    return Absent(say("practice.only"), settled_by(measured, lead.stream.part_of, lead.stream.horizon_months))


def subject_of(lead: Kept) -> str:
    """Whom a benefit is about: the contacts, as the start of a sentence."""
    key = f"subject.{lead.stream.contrast}"
    return say(key) if key in catalogue() else lead.stream.title


def settled_by(measured: Measured, whole: str, horizon: int) -> str:
    """What would make helped against not helped count: by its refusal, else by the check that failed."""
    effect = measured.effects.get(f"{whole}.{measured.outcome}_{horizon}m")
    if effect is None:
        return say("practice.not_compared")
    failed = {check.name: check for check in effect.checks if check.passed is False}
    if _NOBODY_ELSE in failed:
        return say("practice.everybody_writes")
    if isinstance(effect.result, Absent):
        return say("practice.refused", next_step=effect.result.next_step).strip()
    return _by_check(effect, failed)


def _by_check(effect: Effect, failed: dict[str, Check]) -> str:
    if TROUBLE in failed:
        return say("practice.usage")
    first = next(iter(failed.values()), None)
    return say("practice.indicated", word=effect.grade.word) if first is None else say("practice.check", word=effect.grade.word, text=first.text)
