"""The finding of an effect in a few words: the heading over its sentence."""

from roi_core.effects.checks.declared_beside import TOGETHER
from roi_core.effects.words import direction
from roi_core.measured import TESTED, Dose, Measured, is_tested
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import catalogue, say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit


def effect_title(effect: Effect) -> str:
    """What was found on leaving, by the direction of the interval; a sign says so, a refusal says that it is too early."""
    contrast = TESTED if is_tested(effect.key) else effect.key.partition(".")[0]
    if isinstance(effect.result, Absent):
        named = {TESTED: "title.randomised_refused"}
        return say(named.get(contrast, "title.refused" if effect.checks or f"beside.{contrast}" not in catalogue() else "beside.title_absent"))
    if effect.grade is Grade.D:
        return say("title.quoted")
    if f"beside.who_{contrast}" in catalogue():
        return _beside_title(effect, say(f"beside.who_{contrast}"))
    subject = contrast if f"title.{contrast}_none" in catalogue() else "supported"
    return _as_sign(effect, say(f"title.{subject}_{direction(effect.result)}"))


def said_below(title: str, text: str) -> str:
    """A text as it stands below its title: without the title it starts with, and not a second time that it is a sign."""
    rest = text.removeprefix(f"{title}.").lstrip()
    bare = title.removesuffix(say("title.sign", title=""))
    return rest if bare == title else rest.replace(f"{say('effect.is_sign')} ", "")


def _beside_title(effect: Effect, who: str) -> str:
    """One that can be chance among so many names no direction."""
    chance = any(check.name == TOGETHER and check.passed is False for check in effect.checks)
    return say("beside.title_chance", who=who) if chance else _as_sign(effect, say(f"beside.title_{direction(effect.result)}", who=who))


def _as_sign(effect: Effect, title: str) -> str:
    is_sign = effect.grade >= Grade.C and direction(effect.result) != "none"
    return say("title.sign", title=title) if is_sign else title


def test_title(effect: Effect, measured: Measured) -> str:
    """What a randomised test is called where one is chosen: by its name, else by its number where there are several."""
    drawn = measured.drawn[effect.key.partition(".")[0]]
    if drawn.name:
        return say("title.test_named", name=drawn.name)
    place = [one.key for one in measured.tests].index(effect.key) + 1
    return say("title.test") if len(measured.tests) == 1 else say("title.test_numbered", place=f"{place}")


def dose_title(dose: Dose) -> str:
    """Whether low raters left more often, by the interval of the correlation of score and leaving."""
    match direction(dose.correlation):
        case "helped":
            return say("title.dose_low_leave")
        case "harm":
            return say("title.dose_high_leave")
    return say("title.dose_none")


def compared_title(measured: Measured, style: Style = DEFAULT) -> str:
    """How many customers are compared, of all that are known."""
    first, last = (_customers(measured, step, style) for step in (0, -1))
    return say("title.compared", compared=last, all=first) if measured.funnel else say("title.nobody")


def _customers(measured: Measured, step: int, style: Style) -> str:
    return number(measured.funnel[step].customers, Unit.COUNT, style) if measured.funnel else ""


def struck_out(effect: Effect) -> Estimate | Absent:
    """The spreadsheet's number of an effect, or why there is none."""
    found = next((rung.result for rung in effect.ladder if rung.struck_out), None)
    return Absent(say("title.no_spreadsheet")) if found is None else found
