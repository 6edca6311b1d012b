"""The headline: the finding in one sentence, its doubt in the same one, and what it may be called."""

from dataclasses import dataclass
from enum import StrEnum

from roi_core.assumptions import Assumptions
from roi_core.effects.words import LONGEST_WAIT_MONTHS
from roi_core.ledger import words
from roi_core.ledger.total import Roi, Total
from roi_core.measured import Measured
from roi_core.money.kept import Kept
from roi_core.money.period import Period
from roi_core.results import Absent, Effect, Estimate, Grade, Result
from roi_core.sentences import catalogue, say
from roi_core.show import Style
from roi_core.stats.power import further_periods


@dataclass(frozen=True, slots=True)
class Headline:
    """A title of a few words, the text in whole sentences, and the grade of what it speaks of."""

    title: str
    text: str
    grade: Grade


class Finding(StrEnum):
    """What an interval allows to say. There is no filter: an unclear amount stays in the total."""

    GAIN = "gain"
    LOSS = "loss"
    UNCLEAR = "unclear"


def finding(estimate: Estimate) -> Finding:
    """Whether the interval lies above nothing, below it, or includes it."""
    low, high = (estimate.value if limit is None else limit for limit in (estimate.low, estimate.high))
    return Finding.GAIN if low > 0 else Finding.LOSS if high < 0 else Finding.UNCLEAR


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the headline is told from."""

    measured: Measured
    assumptions: Assumptions
    lead: Kept | None
    totals: Total
    roi: Roi
    break_even: str
    style: Style


def headline(told: Told) -> Headline:
    """Money where there is an amount, else the effect, else what is missing."""
    lead = told.lead
    if lead is None or isinstance(lead.priced.amount, Absent):
        return without_money(told.measured)
    kind, trusted = finding(lead.priced.amount), lead.stream.grade <= Grade.B
    if kind is Finding.UNCLEAR:
        return _unclear(told, lead, lead.priced.amount)
    if kind is Finding.LOSS:
        return _loss(told, lead, lead.priced.amount)
    return _kept(told, lead, lead.priced.amount) if trusted else _sign(told, lead, lead.priced.amount)


def _kept(told: Told, lead: Kept, kept: Estimate) -> Headline:
    slots = _slots(told, lead)
    compared = say(f"compared.{'tested' if lead.stream.grade is Grade.A else _whom(lead)}")
    amount = words.amount(kept.value, told.style)
    text = say("headline.kept", amount=amount, months=f"{lead.stream.horizon_months}", compared=compared, **words.bounds(kept, told.style), **slots)
    loses = isinstance(told.roi.net_benefit, Estimate) and told.roi.net_benefit.value < 0
    title = _loses(told) if loses else say("headline.kept_title", amount=amount, subject=slots["subject"], what=slots["what"])
    said = (text, _cost(told, lead), _later(told), say("headline.negative") if loses else "")
    return Headline(title, " ".join(part for part in said if part), lead.stream.grade)


def _unclear(told: Told, lead: Kept, kept: Estimate) -> Headline:
    months = months_to_settle(kept, Period.of(lead.stream).months)
    settle = say("settle.never") if months is None else say("settle.months", months=f"{months}")
    text = say("headline.unclear", settle=settle, **words.bounds(kept, told.style), **_slots(told, lead))
    return Headline(say("headline.unclear_title"), " ".join([text, _cost(told, lead)]), lead.stream.grade)


def _loss(told: Told, lead: Kept, kept: Estimate) -> Headline:
    slots, less = _slots(told, lead), Estimate(-kept.value, *mirrored(kept), kept.n, kept.method, kept.unit)
    slots |= {"amount": words.amount(less.value, told.style), "months": f"{lead.stream.horizon_months}", **words.bounds(less, told.style)}
    if lead.stream.part_of is None:
        return Headline(say("headline.harm_title"), say("headline.harm", **slots), lead.stream.grade)
    return Headline(say("headline.worse_title", subject=slots["subject"], what=slots["what"]), say("headline.worse", **slots), lead.stream.grade)


def _sign(told: Told, lead: Kept, kept: Estimate) -> Headline:
    slots = {"finding": say(f"finding.{_whom(lead)}"), "settled_by": say(f"settled_by.{_whom(lead)}"), "what": words.what(told.assumptions)}
    text = say("headline.sign", amount=words.amount(kept.value, told.style), **words.bounds(kept, told.style), **slots)
    return Headline(say("headline.sign_title"), f"{text} {told.break_even}", lead.stream.grade)


def without_money(measured: Measured) -> Headline:
    """The effect on leaving where there is no amount of money, or what would have to be added."""
    effect = main_effect(measured)
    if effect is None:
        return Headline(say("headline.nothing_title"), say("headline.nothing"), Grade.C)
    if isinstance(effect.result, Absent):
        title, text = say("headline.refused_title"), effect.sentence or say("headline.refused", reason=effect.result.reason, next_step=effect.result.next_step)
        return Headline(title, _once(title, text.strip()), effect.grade)
    title = _title(effect, effect.result)
    return Headline(title, f"{_once(title, effect.sentence)} {say('headline.no_money')}", effect.grade)


def _once(title: str, text: str) -> str:
    """The text without the title that it starts with."""
    return text.removeprefix(f"{title}.").lstrip()


def main_effect(measured: Measured) -> Effect | None:
    """The effect on leaving that a reader asks for first: helped against not helped at the declared horizon."""
    wanted = (f"supported.churn_{measured.design.horizon_months}m", "supported.churn")
    there = [key for key in (*wanted, *measured.effects) if key in measured.effects]
    return measured.effects[there[0]] if there else None


def _title(effect: Effect, result: Estimate) -> str:
    match finding(result):
        case Finding.UNCLEAR:
            return say("headline.unclear_title")
        case Finding.GAIN:
            return say("headline.harm_title")
    return say("headline.sign_title") if effect.grade > Grade.B else say("headline.stayed_title")


def months_to_settle(kept: Estimate, months: int) -> int | None:
    """Further months until an effect of this size would show with 80 % power; None beyond five years."""
    se = kept.standard_error
    return None if se is None else further_periods(kept.value, se, months, LONGEST_WAIT_MONTHS)


def _slots(told: Told, lead: Kept) -> dict[str, str]:
    key = f"subject.{lead.stream.contrast}"
    subject = say(key) if key in catalogue() else lead.stream.title
    return {"subject": subject, "period": words.months(Period.of(lead.stream), told.style), "what": words.what(told.assumptions)}


def _whom(lead: Kept) -> str:
    return "customers" if lead.stream.part_of is None else "contacts"


def _cost(told: Told, lead: Kept) -> str:
    spent, covered = told.totals.spent, _covered(lead.coverage, told.style)
    if isinstance(spent, Absent):
        return f"{say('headline.covers', share=covered)} {told.break_even}"
    return say("headline.cost", cost=words.amount(spent.value, told.style), share=covered)


def _later(told: Told) -> str:
    later = told.totals.later
    if isinstance(later, Absent) or later.value <= 0:
        return ""
    return say("headline.later", later=words.amount(later.value, told.style))


def _covered(coverage: Result, style: Style) -> str:
    return words.share(coverage.value, style) if isinstance(coverage, Estimate) else say("headline.uncounted")


def _loses(told: Told) -> str:
    shown, spent = (words.told(result, told.style) for result in (told.totals.benefit, told.totals.spent))
    return say("headline.negative_title", shown=shown, spent=spent)


def mirrored(kept: Estimate) -> tuple[float | None, float | None]:
    """The limits of minus an estimate."""
    return (None if kept.high is None else -kept.high), (None if kept.low is None else -kept.low)
