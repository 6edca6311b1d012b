"""Contacts that need no agent: what they free, and how much of that is cash."""

from dataclasses import dataclass, field

from roi_core.assumptions import Assumptions
from roi_core.measured import Measured
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.typed_ranges import settled, typed
from roi_core.results import Absent, Estimate, Result
from roi_core.units import Unit

_NO_MINUTES = Absent("How much work a contact takes is not in the files.", "Say how many minutes of work one more contact takes.")
_NO_WAGE = Absent("What an hour of work costs is not known.", "Say what an agent costs a year.")


@dataclass(frozen=True, slots=True)
class Capacity:
    """Work freed in a year. `hours` is capacity; `cash` is the part of it that leaves the budget (0 until the reader says so)."""

    contacts: float
    hours: Result
    cash: Result
    sample: float | Sample | None = field(default=None, repr=False, compare=False)


def capacity_freed(contacts: float, measured: Measured, assumptions: Assumptions, size: int) -> Capacity:
    """Marginal minutes x loaded wage x share of capacity released, never contacts x average cost of a contact."""
    minutes = _minutes(measured, assumptions, size)
    if isinstance(minutes, Absent):
        return Capacity(contacts, minutes, minutes)
    hours = contacts * minutes / 60
    freed = estimated(hours, 0, "contacts x minutes of work / 60", Unit.HOURS)
    each = typed(assumptions, "cost_per_agent_year", size)
    if each is None:
        return Capacity(contacts, freed, _NO_WAGE)
    cash = hours * each / settled(assumptions, "hours_per_agent_year", size) * settled(assumptions, "capacity_released", size)
    return Capacity(contacts, freed, estimated(cash, 0, "hours freed x cost of an hour x share released", Unit.MONEY_PER_YEAR), cash)


def _minutes(measured: Measured, assumptions: Assumptions, size: int) -> float | Sample | Absent:
    answer = typed(assumptions, "minutes_per_contact", size)
    if answer is not None:
        return answer
    metric = measured.metrics.get("handle_minutes")
    return metric.value if isinstance(metric, Estimate) and metric.unit is Unit.MINUTES else _NO_MINUTES
