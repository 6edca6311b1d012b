"""Figures that are typed: agents and their cost, margin, discount rate."""

from roi_core.ledger import words
from roi_core.money.basis import Basis
from roi_core.money.costs import COST_SHEET
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.period import Period
from roi_core.money.priced import Priced
from roi_core.money.typed_ranges import typed
from roi_core.results import Absent, Grade
from roi_core.scenarios.levers import years_of
from roi_core.scenarios.part import Part
from roi_core.scenarios.scenario import Scenario
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_COST = ("agents", "cost_per_agent_year")
_NOT_ANSWERED = Absent("How many agents there are today, or what one of them costs, is not known.", "Answer the questions on cost.")


def moved_answers(scenario: Scenario, today: Basis, then: Basis, style: Style) -> tuple[Part, ...]:
    """One part for each assumption that is moved; the cost of agents stands on the first of its two."""
    parts = [_part(key, value, then, style) for key, value in scenario.typed.items()]
    if not any(key in scenario.typed for key in _COST):
        return tuple(parts)
    change = agents_change(today, then)
    line = () if isinstance(change, Absent) or not _from_sheet(then) else (_line(change * years_of(then), then.period),)
    unknown = change if isinstance(change, Absent) else None
    first = next(part for part in parts if part.key in _COST)
    notes = (say("scenario.headcount"),) if "agents" in scenario.typed else ()
    costed = Part(first.key, first.words, line, notes, None, unknown)
    return tuple(costed if part is first else part for part in parts)


def agents_change(today: Basis, then: Basis) -> float | Sample | Absent:
    """Agents x cost of an agent, then less today, a year."""
    before, after = _agents_cost(today), _agents_cost(then)
    return _NOT_ANSWERED if before is None or after is None else after - before


def _agents_cost(basis: Basis) -> float | Sample | None:
    agents, each = (typed(basis.assumptions, key, basis.draws.size) for key in _COST)
    return None if agents is None or each is None else agents * each


def _from_sheet(basis: Basis) -> bool:
    return any(cost.comes_from == COST_SHEET for cost in basis.costs)


def _line(change: float | Sample, period: Period | None) -> Priced:
    method = "agents x cost of an agent, then less today"
    amount = estimated(change, 2, method, Unit.MONEY)
    return Priced("cost.agents_change", "Change in agents", "cost", amount, Grade.D, method, period.named if period else "", "assumptions", sample=change)


def _part(key: str, value: float, then: Basis, style: Style) -> Part:
    grade = then.lead.stream.grade if then.lead is not None and key not in _COST else None
    unknown = None if then.goes_on or key in _COST else Absent(say("scenario.of_a_test"))
    return Part(key, say(f"lever.{key}", **_slot(key, value, style)), grade=grade, unknown=unknown)


def _slot(key: str, value: float, style: Style) -> dict[str, str]:
    match key:
        case "agents":
            return {"agents": number(value, Unit.COUNT, style)}
        case "cost_per_agent_year":
            return {"amount": words.amount(value, style)}
    return {"share": words.share(value, style)}
