"""What metrics say with every answer: those that are always told, and what is out of the ordinary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from roi_core.metrics.alerts import Alert, alerts
from roi_core.metrics.catalogue import TOLD
from roi_core.metrics.compute import compute_all
from roi_core.metrics.connection import COSTS, connect
from roi_core.results import Result

_TOLD_FROM = frozenset(metric.table for metric in TOLD)


class CostLine(Protocol):
    """One line of a cost sheet: month number, component, amount."""

    @property
    def month(self) -> int:
        """Month number."""

    @property
    def component(self) -> str:
        """What it was spent on."""

    @property
    def amount(self) -> float:
        """How much, in the company's currency."""


@dataclass(frozen=True, slots=True)
class Told:
    """The metrics that are part of every answer, by key, and the alerts, the latest first."""

    metrics: Mapping[str, Result]
    alerts: tuple[Alert, ...]


def tell(spine: pa.Table, person_months: pa.Table | None, contacts: pa.Table, costs: Iterable[CostLine] = (), sent: pa.Table | None = None) -> Told:
    """Both of the derived tables of one company; without `person_months` where nobody can be followed.

    `sent` has a row a file of surveys: asked, answered, first_month and last_month. Raises duckdb.Error.
    """
    lines = [{"month": line.month, "component": line.component, "amount": line.amount} for line in costs]
    tables = {"spine": spine, "contacts": contacts, "costs": pa.Table.from_pylist(lines, schema=COSTS)} | ({} if sent is None else {"surveys_sent": sent})
    with connect(tables if person_months is None else tables | {"person_months": person_months}, of=_TOLD_FROM) as con:
        return Told(compute_all(con, metrics=TOLD), alerts(con))


def measure_all(
    spine: pa.Table, person_months: pa.Table | None, contacts: pa.Table, costs: Iterable[CostLine] = (), sent: pa.Table | None = None
) -> dict[str, Result]:
    """The metrics of `tell` alone."""
    return dict(tell(spine, person_months, contacts, costs, sent).metrics)
