"""What a change costs, or saves, a year: a figure that only the reader knows."""

from collections.abc import Sequence

from roi_core.ledger import words
from roi_core.money.basis import Basis
from roi_core.money.interval import estimated
from roi_core.money.priced import Priced
from roi_core.results import Grade
from roi_core.scenarios.levers import years_of
from roi_core.scenarios.part import Part
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.units import Unit

KEY = "spend_more"
_STREAM = "cost.spend_more"


def moved_spending(amount_a_year: float | None, then: Basis, style: Style) -> tuple[Part, ...]:
    """One part: the amount as a cost of the period, beside what support costs already; none where nothing is typed."""
    if amount_a_year is None:
        return ()
    method, sample = "typed in", amount_a_year * years_of(then)
    line = Priced(
        stream=_STREAM,
        title="What the change costs",
        kind="cost",
        amount=estimated(sample, 1, method, Unit.MONEY),
        grade=Grade.D,
        method=method,
        population=then.period.named if then.period else "",
        comes_from="assumptions",
        sample=sample,
    )
    named = say("lever.spend_less" if amount_a_year < 0 else "lever.spend_more", amount=words.amount(abs(amount_a_year), style))
    return (Part(KEY, named, (line,)),)


def spent_a_year(parts: Sequence[Part], then: Basis) -> float:
    """What the parts of a scenario cost a year beside the cost of support."""
    spent = (priced.amount for part in parts for priced in part.priced if priced.stream == _STREAM)
    return sum(getattr(amount, "value", 0.0) for amount in spent) / years_of(then)
