"""What support costs by the three answers, where no cost sheet says it: the same every month."""

from collections.abc import Iterable

from roi_core.assumptions import Assumptions
from roi_core.kpis.periods import Window
from roi_core.metrics import Metric
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine.facts import CostRow

Answers = tuple[float, float, float]
"""How many agents, what one of them costs a year, what the tools cost a year."""
_OF_ALL = "support_cost"
_SHEET = "costs"


def answers_of(assumptions: Assumptions) -> Answers | None:
    """The three answers, None as long as one of them is open."""
    agents, each, tools = (assumptions.number(key) for key in ("agents", "cost_per_agent_year", "tools_per_year"))
    return None if agents is None or each is None or tools is None else (agents, each, tools)


def cost_rows(answers: Answers, window: Window) -> tuple[CostRow, ...]:
    """A twelfth of the year in each month of a window: agents, and tools."""
    agents, each, tools = answers
    months = range(window.first_month, window.last_month + 1)
    return tuple(CostRow(month, name, year / 12) for month in months for name, year in (("salaries", agents * each), ("software", tools)))


def gives(metric: Metric) -> bool:
    """Whether the answers can give a figure: it takes what support costs, and is no part of that."""
    return _SHEET in metric.needs and not _is_part(metric)


def refused(metrics: Iterable[Metric]) -> dict[str, Absent]:
    """Figures that answers cannot give, by key: parts of the cost, of which a sheet alone knows whether they are nothing."""
    return {metric.key: Absent(say("kpi.costs_parts"), say("metric_next.costs")) for metric in metrics if _is_part(metric)}


def _is_part(metric: Metric) -> bool:
    return metric.table == _SHEET and metric.key != _OF_ALL
