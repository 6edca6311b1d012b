"""Which figure moves the result most: each at its low and high end, the others as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roi_core.assumptions import DECLARED, Assumption, Assumptions, Range, Value
from roi_core.ledger import words
from roi_core.measured import Measured
from roi_core.money.basis import Basis
from roi_core.money.costs import COST_SHEET
from roi_core.money.draws import Draws
from roi_core.results import Absent, Estimate
from roi_core.scenarios.counted import counted, is_found, ledger_of
from roi_core.scenarios.levers import years_of
from roi_core.scenarios.part import Part
from roi_core.scenarios.run import bases, moved_parts
from roi_core.scenarios.scenario import Scenario
from roi_core.sentences import say
from roi_core.units import Unit

_INPUTS = ("gross_margin", "discount_rate_annual", "agents", "cost_per_agent_year", "tools_per_year", "capacity_released")
_TENTH = 0.1


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """One figure: where it was put (`low_input`, `high_input` in `unit`) and the result a year at both ends."""

    key: str
    title: str
    low_input: float
    high_input: float
    unit: Unit
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the result moves between both ends."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """Rows by swing, largest first, around `centre` a year. `net` is False where no cost is taken off, `found` where nothing was found, as in `Fan`."""

    rows: tuple[TornadoRow, ...]
    centre: float
    net: bool
    found: bool = True


def tornado(measured: Measured, scenario: Scenario | None = None, assumptions: Mapping[str, Value] | None = None) -> Tornado | Absent:
    """One figure at a time: estimates at their 95 % limits, typed figures over their range, else a tenth either way."""
    plan, answers = scenario or Scenario(), Assumptions.of(assumptions)
    centre = _result(measured, plan, answers)
    if isinstance(centre, Absent):
        return centre
    today, then = bases(measured, plan, answers, Draws.of(measured.joint))
    parts = moved_parts(plan, today, then, words.style_of(measured))
    rows = [*_estimates(then, parts, centre[0]), *_typed(measured, plan, answers), *_books(measured, plan, answers, centre)]
    return Tornado(tuple(sorted(rows, key=lambda row: -row.swing)), *centre, found=is_found(then, parts))


def _result(measured: Measured, plan: Scenario, answers: Assumptions) -> tuple[float, bool] | Absent:
    """Benefit less cost a year at the estimates themselves, and whether the cost is known."""
    today, then = bases(measured, plan, answers, Draws.none(measured.joint))
    if not then.goes_on:
        return Absent(say("scenario.of_a_test"))
    parts = moved_parts(plan, today, then, words.style_of(measured))
    totals = counted(then, parts)
    if isinstance(totals.benefit, Absent):
        return totals.benefit
    whole = then.lead is not None and then.lead.stream.part_of is None
    spent = totals.spent.value if whole and isinstance(totals.spent, Estimate) else None
    return (totals.benefit.value - (spent or 0.0)) / years_of(then), spent is not None


def _estimates(then: Basis, parts: tuple[Part, ...], centre: float) -> list[TornadoRow]:
    """The lines that count, each at its 95 % limits; what the kept customers will need moves with them."""
    ledger, rows = ledger_of(then, parts), []
    for line in ledger.of("benefit"):
        later = next((other.amount for other in ledger.of("cost") if other.follows == line.stream), None)
        amount = line.amount
        if isinstance(amount, Estimate) and amount.low is not None and amount.high is not None and amount.value:
            left = 1 - (later.value / amount.value if isinstance(later, Estimate) else 0.0)
            low, high = (centre + (limit - amount.value) * left / years_of(then) for limit in (amount.low, amount.high))
            ends = amount.low / years_of(then), amount.high / years_of(then)
            rows.append(TornadoRow(line.stream, line.title, *ends, Unit.MONEY_PER_YEAR, low, high))
    return rows


def _typed(measured: Measured, plan: Scenario, answers: Assumptions) -> list[TornadoRow]:
    rows = []
    for key in _INPUTS:
        ends = _ends(DECLARED[key], plan.over(answers)[key])
        results = [_result(measured, _without(plan, key), plan.over(answers).replace(**{key: end})) for end in ends]
        if all(not isinstance(result, Absent) for result in results) and ends:
            low, high = (result[0] for result in results if not isinstance(result, Absent))
            rows.append(TornadoRow(key, DECLARED[key].title, *ends, DECLARED[key].unit, low, high))
    return [row for row in rows if row.swing > 0]


def _books(measured: Measured, plan: Scenario, answers: Assumptions, centre: tuple[float, bool]) -> list[TornadoRow]:
    """The cost of support as a cost sheet has it, a tenth either way; what the kept customers will need costs as much more or less."""
    middle, net = centre
    _, then = bases(measured, plan, answers, Draws.none(measured.joint))
    held = [cost.amount.value for cost in then.costs if cost.comes_from == COST_SHEET and isinstance(cost.amount, Estimate)]
    if not net or not held:
        return []
    later = counted(then, ()).later
    spent, with_later = (sum(held) / years_of(then), (sum(held) + (later.value if isinstance(later, Estimate) else 0.0)) / years_of(then))
    low, high = (middle + share * with_later for share in (_TENTH, -_TENTH))
    return [TornadoRow("cost_sheet", "Cost of support", (1 - _TENTH) * spent, (1 + _TENTH) * spent, Unit.MONEY_PER_YEAR, low, high)]


def _without(plan: Scenario, key: str) -> Scenario:
    return replace(plan, **{key: None}) if key in plan.typed else plan


def _ends(assumption: Assumption, value: Value) -> tuple[float, float] | tuple[()]:
    if isinstance(value, Range):
        return value.low, value.high
    if assumption.plausible is not None:
        return assumption.plausible
    if not isinstance(value, int | float) or not value:
        return ()
    return max(assumption.low, (1 - _TENTH) * value), min(assumption.high, (1 + _TENTH) * value)
