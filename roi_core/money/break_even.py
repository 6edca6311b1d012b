"""What support may cost before it stops paying, and the inverse questions."""

from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.period import Period
from roi_core.results import Absent, Estimate, Result
from roi_core.units import Unit

NOTHING_SHOWN = Absent(
    "No cost of support would be paid back by what this comparison shows.",
    "See what the range of the effect allows, or open the contrasts between contacts.",
)
STILL_OPEN = Absent(
    "Open: what support keeps was not found to be more than nothing, nor less.",
    "See what the range of the effect allows, or open the contrasts between contacts.",
)


def break_even(benefit: Sample | float | None, load: Sample | float, period: Period | None, n: int) -> Result:
    """The cost of support a year at which the benefit of the period is paid back exactly: benefit / (1 + load) / years.

    `load` is what kept customers will need from support for each unit of cost, so that ROI is 0 at this cost. Where the estimate itself is
    nothing or less there is no such cost; it is open as long as the range reaches above nothing.
    """
    if benefit is None or period is None:
        return Absent("There is no amount of money to set against a cost.")
    yearly = estimated(benefit / (1 + load) / period.years, n, "benefit of the period, a year, after the support of kept customers", Unit.MONEY_PER_YEAR)
    if isinstance(yearly, Absent) or yearly.value > 0:
        return yearly
    return STILL_OPEN if yearly.high is not None and yearly.high > 0 else NOTHING_SHOWN


def break_even_agents(cost_a_year: Result, cost_per_agent_year: float | None, tools_per_year: float | None) -> Result:
    """How many agents that cost would pay for, after the tools."""
    if isinstance(cost_a_year, Absent):
        return cost_a_year
    if not cost_per_agent_year or tools_per_year is None:
        return Absent("How many agents pay for themselves needs the cost of an agent and of the tools.", "Answer the questions on cost.")
    paid = [None if x is None else max(0.0, (x - tools_per_year) / cost_per_agent_year) for x in (cost_a_year.value, cost_a_year.low, cost_a_year.high)]
    value, low, high = paid
    return Estimate(value or 0.0, low, high, cost_a_year.n, "(break-even cost - tools) / cost of an agent", Unit.COUNT)
