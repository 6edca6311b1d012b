"""The headline: the finding in one sentence, its doubt in the same one, and what it may be called."""

from dataclasses import dataclass

from roi_core.assumptions import Assumptions
from roi_core.effects.checks.health import TROUBLE
from roi_core.effects.titles import effect_title, said_below
from roi_core.effects.words import LONGEST_WAIT_MONTHS, drawn_share, separates
from roi_core.ledger import words
from roi_core.ledger.finding import Finding, finding, mirrored
from roi_core.ledger.fine_print import rests_on
from roi_core.ledger.practice import subject_of
from roi_core.ledger.total import Roi, Total
from roi_core.measured import Company, Measured, is_tested
from roi_core.money.kept import Kept
from roi_core.money.period import Period
from roi_core.results import Absent, Effect, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.stats.power import further_periods


@dataclass(frozen=True, slots=True)
class Headline:
    """A title of a few words, the text in whole sentences, the grade of what it speaks of; `rests_on` stands below in small print."""

    title: str
    text: str
    grade: Grade
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the headline is told from.

    `net` is the leading benefit after what the customers kept will need from support: the one amount that is named everywhere.
    `practice` says why it cannot be set against the cost of support, where that is so.
    """

    measured: Measured
    assumptions: Assumptions
    lead: Kept | None
    net: Result
    practice: str
    totals: Total
    roi: Roi
    break_even: str
    style: Style


def headline(told: Told) -> Headline:
    """Money where there is an amount, else the effect, else what is missing."""
    lead, net = told.lead, told.net
    if lead is None or isinstance(net, Absent):
        return without_money(told.measured)
    title, text = _money(told, lead, net)
    return Headline(title, text, lead.stream.grade, rests_on(told.measured, lead, told.assumptions, told.style))


def _money(told: Told, lead: Kept, net: Estimate) -> tuple[str, str]:
    """Title and text by what the interval of the money allows."""
    kind = finding(net)
    if kind is Finding.UNCLEAR:
        return _unclear(told, lead, net)
    if kind is Finding.LOSS:
        return _loss(told, lead, net)
    return _kept(told, lead, net) if lead.stream.grade <= Grade.B else _sign(told, lead, net)


def _kept(told: Told, lead: Kept, net: Estimate) -> tuple[str, str]:
    slots = _slots(told, lead)
    compared = _compared(told.measured, lead)
    amount, months = words.amount(net.value, told.style), f"{lead.stream.horizon_months}"
    text = say("headline.kept", amount=amount, months=months, later=_later(told), compared=compared, **words.bounds(net, told.style), **slots)
    loses = isinstance(told.roi.net_benefit, Estimate) and told.roi.net_benefit.value < 0
    title = _loses(told) if loses else say("headline.kept_title", amount=amount, subject=slots["subject"], what=slots["what"])
    return title, _joined(text, _cost(told, lead), say("headline.negative") if loses else "")


def _unclear(told: Told, lead: Kept, net: Estimate) -> tuple[str, str]:
    stayed = clearly_stayed(told.measured, lead)
    slots = {"settle": _settle(told, lead, net), **words.bounds(net, told.style), **_slots(told, lead)}
    if stayed is None:
        return say("headline.unclear_title"), _joined(say("headline.unclear", **slots).strip(), _cost(told, lead))
    title, text = say("headline.money_unclear_title", stayed=effect_title(stayed)), say("headline.money_unclear", sentence=stayed.sentence, **slots).strip()
    return title, _joined(text, _cost(told, lead))


def _settle(told: Told, lead: Kept, net: Estimate) -> str:
    """How many more months would settle it; of a test, which is drawn once, the customers that its own sentence names."""
    if is_tested(lead.stream.contrast):
        test = told.measured.drawn.get(lead.stream.contrast)
        return "" if test is None else test.settle
    months = months_to_settle(net, Period.of(lead.stream).months)
    return say("settle.never") if months is None else say("settle.months", months=f"{months}")


def _loss(told: Told, lead: Kept, net: Estimate) -> tuple[str, str]:
    slots, less = _slots(told, lead), Estimate(-net.value, *mirrored(net), net.n, net.method, net.unit)
    slots |= {"amount": words.amount(less.value, told.style), "months": f"{lead.stream.horizon_months}", **words.bounds(less, told.style)}
    left = effect_on_leaving(told.measured, lead)
    if is_tested(lead.stream.contrast):
        title = say("headline.tested_less_title", subject=slots["subject"], amount=slots["amount"], what=slots["what"])
        return title, _joined(say("headline.tested_less", **slots), left.sentence if left is not None else "")
    title = _as_sign(say("headline.worse_title", subject=slots["subject"], what=slots["what"]), lead)
    if lead.stream.part_of is not None:
        return title, say("headline.worse", **slots)
    if left is not None and isinstance(left.result, Estimate) and finding(left.result) is Finding.GAIN:
        return effect_title(left), say("headline.less", why=left.sentence, **slots)
    return title, say("headline.less", why=_why_less(told.measured, left), **slots)


def _as_sign(title: str, lead: Kept) -> str:
    return title if lead.stream.grade <= Grade.B else say("title.sign", title=title)


def _why_less(measured: Measured, left: Effect | None) -> str:
    """Less money alone is common too: what would tell why, and what was found on leaving."""
    unseen = left is not None and any(check.name == TROUBLE and not check.passed for check in left.checks)
    tells = separates(recorded=not unseen, told=bool(measured.choices.get("priorities")))
    return _joined(say("headline.less_common", separates=tells), left.sentence if left is not None else "")


def _sign(told: Told, lead: Kept, net: Estimate) -> tuple[str, str]:
    slots = {"finding": say(f"finding.{_whom(lead)}"), "settled_by": say(f"settled_by.{_whom(lead)}"), "what": words.what(told.assumptions)}
    text = say("headline.sign", amount=words.amount(net.value, told.style), **words.bounds(net, told.style), **slots)
    return say("headline.sign_title"), _joined(text, told.break_even)


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def effect_on_leaving(measured: Measured, kept: Kept) -> Effect | None:
    """The effect on leaving of the same stream over the same months."""
    return measured.effects.get(f"{kept.stream.contrast}.{kept.stream.outcome}_{kept.stream.horizon_months}m")


def clearly_stayed(measured: Measured, kept: Kept) -> Effect | None:
    """The effect on leaving of a stream where it is clear that customers stayed, whatever that is worth in money."""
    effect = effect_on_leaving(measured, kept)
    held = effect is not None and isinstance(effect.result, Estimate) and finding(effect.result) is Finding.LOSS
    return effect if held else None


def without_money(measured: Measured) -> Headline:
    """The effect on leaving where there is no amount of money, or what would have to be added."""
    effect = told_of(measured)
    if effect is None:
        return Headline(say("headline.nothing_title"), say("headline.nothing"), Grade.C)
    if isinstance(effect.result, Absent):
        title, text = say("headline.refused_title"), effect.sentence or say("headline.refused", reason=effect.result.reason, next_step=effect.result.next_step)
        return Headline(title, said_below(title, text.strip()), effect.grade)
    title = _title(effect, effect.result)
    return Headline(title, f"{said_below(title, effect.sentence)} {_no_money(measured)}", effect.grade)


def told_of(measured: Measured) -> Effect | None:
    """The effect on leaving of which the headline speaks where there is no amount of money."""
    return _surer(measured, main_effect(measured))


def _no_money(measured: Measured) -> str:
    """Why what was found has no amount: revenue that was found and could not be added up has its own reason and next step."""
    company = measured.company
    if isinstance(company, Company) and company.revenue and isinstance(company.monthly_revenue, Absent):
        return say("headline.no_money_why", reason=company.monthly_revenue.reason, next_step=company.monthly_revenue.next_step).strip()
    return say("headline.no_money")


def _surer(measured: Measured, main: Effect | None) -> Effect | None:
    """Where the main comparison is a sign that found nothing, a contrast inside contacts that is Compared and found something goes before it."""
    if main is None or main.grade <= Grade.B or not (isinstance(main.result, Estimate) and finding(main.result) is Finding.UNCLEAR):
        return main
    asked = f".{measured.outcome}_{measured.design.horizon_months}m"
    inside = (effect for key, effect in measured.effects.items() if key.endswith(asked) and effect is not main and effect.grade <= Grade.B)
    return next((e for e in inside if isinstance(e.result, Estimate) and finding(e.result) is not Finding.UNCLEAR), main)


def main_effect(measured: Measured) -> Effect | None:
    """The effect on leaving that a reader asks for first: helped against not helped at the declared horizon."""
    wanted = (f"supported.{measured.outcome}_{measured.design.horizon_months}m", "supported.churn")
    there = [key for key in (*wanted, *measured.effects) if key in measured.effects]
    return measured.effects[there[0]] if there else None


def _title(effect: Effect, result: Estimate) -> str:
    """What was found, and where it is a sign that it is one."""
    return say("headline.unclear_title") if finding(result) is Finding.UNCLEAR else effect_title(effect)


def months_to_settle(kept: Estimate, months: int) -> int | None:
    """Further months until an effect of this size would show with 80 % power; None beyond five years."""
    se = kept.standard_error
    return None if se is None else further_periods(kept.value, se, months, LONGEST_WAIT_MONTHS)


def _slots(told: Told, lead: Kept) -> dict[str, str]:
    return {"subject": subject_of(lead), "period": words.months(Period.of(lead.stream), told.style), "what": words.what(told.assumptions)}


def _compared(measured: Measured, lead: Kept) -> str:
    """With whom: with similar ones, or those of a test with the others who were drawn, and what is the matter where that is not the whole story."""
    if not is_tested(lead.stream.contrast):
        return say(f"compared.{_whom(lead)}")
    left, episodes = effect_on_leaving(measured, lead), lead.stream.episodes
    why = "" if left is None or lead.stream.grade is Grade.A else next((check.text for check in left.checks if check.passed is False), "")
    return say("tested.weaker", why=why) if why else drawn_share(episodes.treated / (episodes.treated + episodes.control))


def _whom(lead: Kept) -> str:
    return "customers" if lead.stream.part_of is None else "contacts"


def _cost(told: Told, lead: Kept) -> str:
    """The cost of the same months, or the break-even as long as it is not known; why neither belongs beside a practice."""
    spent, covered = told.totals.spent, _covered(lead.coverage, told.style)
    if isinstance(spent, Absent):
        return f"{_covers(lead, told.style)} {told.break_even}".strip()
    cost = words.amount(spent.value, told.style)
    if is_tested(lead.stream.contrast):
        return f"{say('headline.cost_drawn', cost=cost, period=words.months(Period.of(lead.stream), told.style))} {told.practice}"
    if told.practice:
        return f"{_covers(lead, told.style)} {say('headline.cost_beside', cost=cost)} {told.practice}".strip()
    return say("headline.cost", cost=cost, share=covered)


def _covers(lead: Kept, style: Style) -> str:
    """The share of contacts; nothing of a test, which covers customers and no contacts."""
    return "" if is_tested(lead.stream.contrast) else say("headline.covers", share=_covered(lead.coverage, style))


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
