"""Why a helpdesk says another number: definition, clock, time zone and rows left out, told from what each file was declared as."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from roi_core.ingest.export import Clock, Export
from roi_core.ingest.vendors import EXPORTS
from roi_core.kpis.books import About
from roi_core.metrics import METRICS, Metric
from roi_core.schema.exclusions import EXCLUSIONS
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_TIMES = (Unit.MINUTES, Unit.HOURS)
_OF_TICKETS = ("contacts", "tickets", "backlog")
_REPORTED = {"first_response": "tickets.vendor_first_response_minutes", "resolution": "tickets.vendor_resolution_minutes"}
_FIGURE_OF = {"tickets.vendor_first_response_minutes": "reported_first_response", "tickets.vendor_resolution_minutes": "reported_resolution"}


def differences(metric: Metric, about: About, style: Style) -> tuple[tuple[str, str], ...]:
    """(what, in words) for each helpdesk of the files; none for a figure that is not of tickets, or without a file of tickets."""
    if metric.table not in _OF_TICKETS:
        return ()
    reports = [report for report in about.reports if report.get("entity") == "tickets" and report.get("export") in EXPORTS]
    told = [line for report in reports for line in _of_file(metric, EXPORTS[report["export"]], report)]
    return tuple(dict.fromkeys((*told, (say("differs.excluded"), _excluded(about, style))))) if told else ()


def _of_file(metric: Metric, export: Export, report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    vendor = export.vendor.replace("_", " ").title()
    said = helpdesks().get(export.vendor, {}).get(metric.key, "")
    yield say("differs.definition_of", vendor=vendor), f"{said} {say('differs.here', reason=metric.reason)}".strip()
    yield say("differs.clock_of", vendor=vendor), _clock(metric, export, vendor)
    yield say("differs.zone_of", vendor=vendor), _zone(report)


def _clock(metric: Metric, export: Export, vendor: str) -> str:
    column = next((column for start, column in _REPORTED.items() if metric.key.startswith(start)), "")
    if metric.unit not in _TIMES or not column:
        return say("differs.clock_not")
    duration = export.durations.get(column)
    if duration is None:
        return say("differs.clock_none", vendor=vendor)
    if duration.clock is Clock.BUSINESS:
        return say("differs.clock_business", vendor=vendor, title=METRICS[_FIGURE_OF[column]].title)
    return say("differs.clock_calendar", vendor=vendor)


def _zone(report: Mapping[str, Any]) -> str:
    zones = {column.get("zone") for column in report.get("columns", ()) if column.get("canonical") == "tickets.created_at"} - {None}
    return say("differs.zone_said", zone=", ".join(sorted(map(str, zones)))) if zones else say("differs.zone_none")


def _excluded(about: About, style: Style) -> str:
    rules = [f"{one.title}: {number(about.excluded[one.rule], Unit.COUNT, style)}" for one in EXCLUSIONS if about.excluded.get(one.rule)]
    left = say("differs.excluded_some", rules="; ".join(rules)) if rules else say("differs.excluded_none")
    return " ".join((left, *about.aside))


@cache
def helpdesks() -> Mapping[str, Mapping[str, str]]:
    """By vendor and metric: how the vendor's own reports define it where that is another way."""
    return tomllib.loads(resources.files(__package__).joinpath("helpdesks.toml").read_text(encoding="utf-8"))
