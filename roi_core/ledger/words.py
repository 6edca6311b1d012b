"""Amounts, shares and odds as the text that fills the slots of sentences."""

from roi_core.assumptions import Assumptions
from roi_core.ledger.returns import Returns
from roi_core.measured import Company, Measured
from roi_core.money.break_even import NOTHING_SHOWN, STILL_OPEN
from roi_core.money.period import Period
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, money, month, number, show
from roi_core.units import Unit

_NO_COST = {NOTHING_SHOWN: "nothing", STILL_OPEN: "open"}


def style_of(measured: Measured) -> Style:
    """The plain style in the currency of the files."""
    company = measured.company
    return Style(currency=company.currency or "") if isinstance(company, Company) else DEFAULT


def amount(value: float, style: Style) -> str:
    """Money, shortened from a thousand on."""
    return money(value, style, compact=True)


def told(result: Result, style: Style) -> str:
    """The amount of a result, or the reason why there is none."""
    return result.reason if isinstance(result, Absent) else amount(result.value, style)


def bounds(estimate: Estimate, style: Style) -> dict[str, str]:
    """Slots `low` and `high`; both the value itself where there is no interval."""
    low, high = (estimate.value if limit is None else limit for limit in (estimate.low, estimate.high))
    return {"low": amount(low, style), "high": amount(high, style)}


def per_episode(found: Estimate, by_customer: bool, what: str, months: int, style: Style) -> str:  # noqa: FBT001 - a customer of a test, or a contact
    """What each customer or contact kept: an amount where that is sure, one that is missing where it is a loss, a range where it may be either."""
    who = "customer" if by_customer else "contact"
    low, high = (found.value if limit is None else limit for limit in (found.low, found.high))
    slots = {"what": what, "months": f"{months}"}
    if low <= 0 <= high:
        return say(f"margin.per_{who}_open", **slots, **bounds(found, style))
    way = "kept" if low > 0 else "lost"
    size = found if low > 0 else Estimate(-found.value, -high, -low, found.n, found.method, found.unit)
    return say(f"margin.per_{who}_{way}", amount=amount(size.value, style), **slots, **bounds(size, style))


def share(value: float, style: Style) -> str:
    """A fraction of 1 in percent, whole where it is whole."""
    return number(value, Unit.FRACTION, style).replace(f"{style.decimal}0 ", " ")


def months(period: Period, style: Style) -> str:
    """`in Mar 2025`, or `from Jan 2025 to Jun 2025`."""
    if period.months == 1:
        return say("period.one", month=month(period.first, style))
    return say("period.span", first=month(period.first, style), last=month(period.last, style))


def what(assumptions: Assumptions) -> str:
    """What is kept: margin, or revenue where the reader asked for the texts' form."""
    return "margin" if assumptions.switch("use_margin") else "revenue"


def odds(probability: float) -> str:
    """A probability in words: never above "over 95 %", never below "under 5 %"."""
    if probability > 0.95:
        return say("odds.over")
    if probability < 0.05:
        return say("odds.under")
    return say("odds.share", percent=f"{100 * probability:.0f}")


def in_a_hundred(probability: float) -> str:
    """A probability as `72 in 100`, with the same limits as in percent."""
    return say("odds.in_a_hundred", share=odds(probability).removesuffix(" %"))


def refusal(absent: Absent | None) -> str:
    """Why there is no number, and what would give one; empty for None."""
    return "" if absent is None else f"{absent.reason} {absent.next_step}".strip()


def odds_sentence(positive: Result, with_hidden: Result, covariate: str | None = None) -> str:
    """How often it pays back, also with something unseen as strong as `covariate`; or why that cannot be said."""
    if isinstance(positive, Absent):
        return say("odds.none", reason=positive.reason, next_step=positive.next_step).strip()
    if isinstance(with_hidden, Absent):
        return say("odds.one", share=odds(positive.value), reason=with_hidden.reason)
    return say("odds.both", share=odds(positive.value), covariate=covariate or say("odds.strongest"), hidden=odds(with_hidden.value))


def break_even_sentence(cost_a_year: Result, agents: Result, grade: Grade, style: Style) -> str:
    """Below which cost support pays for itself, in the words that the grade allows."""
    if isinstance(cost_a_year, Absent):
        return say(f"break_even.{_NO_COST.get(cost_a_year, 'unknown')}")
    limits = bounds(cost_a_year, style)
    if cost_a_year.low is not None and cost_a_year.low <= 0:
        return say("break_even.reaches_nothing" if grade <= Grade.B else "break_even.reaches_nothing_sign", high=limits["high"])
    text = say("break_even.pays" if grade <= Grade.B else "break_even.sign", amount=amount(cost_a_year.value, style), **limits)
    return text if isinstance(agents, Absent) else f"{text} {say('break_even.agents', **_counted(agents, style))}"


def customers_sentence(kept: Result, horizon: int, style: Style) -> str:
    """How many customers were kept: still customers after the horizon who would have left."""
    if isinstance(kept, Absent):
        return kept.reason
    low, high = (number(round(kept.value if limit is None else limit), Unit.COUNT, style) for limit in (kept.low, kept.high))
    if kept.low is not None and kept.low <= 0:
        return say("kept.unclear", low=low, high=high)
    return say("kept.customers", number=number(round(kept.value), Unit.COUNT, style), low=low, high=high, months=f"{horizon}")


def returns_sentence(both: Returns, style: Style) -> str:
    """What a unit of money returned: on the full cost, and on the cost that moves with the contacts covered."""
    if isinstance(both.shown, Absent):
        return say("returns.none", reason=both.shown.reason, next_step=both.shown.next_step).strip()
    slots = {"shown": show(both.shown, style)}
    if isinstance(both.marginal, Absent):
        return say("returns.one", reason=both.marginal.reason, **slots)
    return say("returns.both", marginal=show(both.marginal, style), **slots)


def _counted(agents: Estimate, style: Style) -> dict[str, str]:
    low, high = (agents.value if limit is None else limit for limit in (agents.low, agents.high))
    return {name: number(x, Unit.COUNT, style) for name, x in (("agents", agents.value), ("low", low), ("high", high))}
