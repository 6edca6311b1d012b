"""What support cost in the months of the comparison: from the cost sheet, else from the three answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from roi_core.assumptions import DECLARED, Assumption, Assumptions
from roi_core.measured import Measured
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.period import Period
from roi_core.money.priced import Priced
from roi_core.money.typed_ranges import settled, typed
from roi_core.results import Absent, Grade
from roi_core.units import Unit

UNKNOWN = Absent("No file says what support costs.", "Answer three questions: how many agents, what one of them costs a year, and what the tools cost a year.")
THREE_QUESTIONS = ("agents", "cost_per_agent_year", "tools_per_year")
COST_SHEET = "cost sheet"
MOVES_WITH_CONTACTS = frozenset({"salaries", "outsourcing", "escalation", "repeat_contact", "concessions"})
"""Components of a cost sheet that fall when contacts fall; tools, management, training and overhead stay."""

_TITLES = {
    "salaries": "Salaries and benefits",
    "software": "Software and tools",
    "training": "Training",
    "management": "Management",
    "overhead": "Overhead",
    "outsourcing": "Outsourcing",
    "escalation": "Escalations",
    "repeat_contact": "Repeat contacts",
    "integration": "Integration",
    "quality": "Quality assurance",
    "concessions": "Credits and discounts given",
    "other": "Other costs",
}


def support_costs(measured: Measured, assumptions: Assumptions, period: Period, size: int) -> tuple[Priced, ...]:
    """The cost of support in a period, one entry a component; one entry that is Absent where nothing is known."""
    sheet = _sheet(measured, period)
    if sheet:
        return tuple(_recorded(measured, component, amount, period) for component, amount in sheet.items())
    if open_questions(assumptions):
        return (_unknown(period),)
    return _answered(assumptions, period, size)


def open_questions(assumptions: Assumptions) -> tuple[Assumption, ...]:
    """Which of the three questions on cost have no answer yet."""
    return tuple(DECLARED[key] for key in THREE_QUESTIONS if assumptions.number(key) is None)


def total_cost(costs: Sequence[Priced]) -> float | Sample | None:
    """All costs of a period, or None where one of them is not known."""
    if any(cost.sample is None for cost in costs):
        return None
    return sum((cost.sample for cost in costs if cost.sample is not None), start=0.0)


def variable_share(costs: Sequence[Priced], assumptions: Assumptions, size: int) -> float | Sample | Absent:
    """Share of the cost that moves with contacts: as typed, else what is paid for people in the sheet or the answers."""
    answer = typed(assumptions, "variable_cost_share", size)
    if answer is not None:
        return answer
    total, moving = total_cost(costs), total_cost([cost for cost in costs if cost.stream.removeprefix("cost.") in MOVES_WITH_CONTACTS])
    if total is None or moving is None or np.any(np.asarray(total) <= 0):
        return UNKNOWN
    return moving / total


def cost_sheet_months(measured: Measured, period: Period) -> int:
    """How many months of the period the cost sheet covers."""
    return len({row.month for row in measured.costs if period.holds(row.month)})


def _sheet(measured: Measured, period: Period) -> Mapping[str, float]:
    amounts: dict[str, float] = defaultdict(float)
    for row in measured.costs:
        if period.holds(row.month):
            amounts[row.component] += row.amount
    covered = cost_sheet_months(measured, period)
    return {component: amount * period.months / covered for component, amount in amounts.items()}


def _recorded(measured: Measured, component: str, amount: float, period: Period) -> Priced:
    covered = cost_sheet_months(measured, period)
    part = "" if covered == period.months else f"; {covered} of {period.months} months are in the sheet, the others taken at their average"
    title = _TITLES.get(component, component.replace("_", " ").capitalize())
    return _cost(component, title, amount, covered, f"added up from your cost sheet{part}", COST_SHEET, period)


def _answered(assumptions: Assumptions, period: Period, size: int) -> tuple[Priced, ...]:
    agents, each, tools = (settled(assumptions, key, size) for key in THREE_QUESTIONS)
    return (
        _cost("salaries", "Agents", agents * each * period.years, 2, "agents x cost of an agent a year x years", "assumptions", period),
        _cost("software", "Tools", tools * period.years, 1, "tools a year x years", "assumptions", period),
    )


def _cost(component: str, title: str, sample: float | Sample, n: int, method: str, comes_from: str, period: Period) -> Priced:
    return Priced(
        stream=f"cost.{component}",
        title=title,
        kind="cost",
        amount=estimated(sample, n, method, Unit.MONEY),
        grade=Grade.D,
        method=method,
        population=period.named,
        comes_from=comes_from,
        sample=sample,
    )


def _unknown(period: Period) -> Priced:
    return Priced("cost.support", "Support", "cost", UNKNOWN, Grade.D, "", period.named, "assumptions")
