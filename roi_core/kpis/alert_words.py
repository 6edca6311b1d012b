"""Alerts in sentences and as JSON: which figure, since when, how far out, and between what it was expected."""

from typing import Any

from roi_core.kpis.alerts import Alert
from roi_core.kpis.breakdown import label
from roi_core.metrics import METRICS
from roi_core.sentences import say
from roi_core.show import Style, month, number
from roi_core.units import Unit


def told(alert: Alert, style: Style) -> str:
    """What happened; where the months after a run are held against it, that they are."""
    stays = [say("alerts.usual_since")] if alert.usual_since and not alert.goes_on else []
    return " ".join([_told(alert, style), *stays])


def _told(alert: Alert, style: Style) -> str:
    """`Contacts, Export fails, Mar 2025: 108, where 34 was expected (0 to 84, season not yet known)` and the like."""
    unit = METRICS[alert.metric].unit
    value, expected, low, high = (_number(one, unit, style) for one in (alert.value, alert.expected, alert.low, alert.high))
    between = say("alerts.between" if alert.season_known else "alerts.between_open", low=low, high=high)
    slots = {"of": of(alert, style), "when": when(alert, style), "value": value, "expected": expected, "between": between}
    if alert.since == alert.until:
        return say("alerts.beyond", **slots)
    return say("alerts.furthest" if alert.how == "beyond" else f"alerts.{alert.how}", **slots, at=month(alert.at, style))


def _number(value: float, unit: Unit, style: Style) -> str:
    """Contacts that were expected are whole ones."""
    return number(round(value) if unit is Unit.COUNT else value, unit, style)


def of(alert: Alert, style: Style) -> str:
    """The figure, and the group where it is one of a group."""
    title = METRICS[alert.metric].title
    return title if alert.group is None else say("alerts.of_group", title=title, group=label(*alert.group, style))


def when(alert: Alert, style: Style) -> str:
    """`Mar 2025`, `Mar 2025 to May 2025`, `since Nov 2025`."""
    since, until = month(alert.since, style), month(alert.until, style)
    if alert.goes_on and alert.since != alert.until:
        return say("alerts.since", since=since)
    return since if alert.since == alert.until else say("alerts.months", since=since, until=until)


def as_json(alert: Alert) -> dict[str, Any]:
    """Months as `2025-03`, `group` null of all rows, numbers in the metric's unit."""
    group = None if alert.group is None else {"dimension": alert.group[0], "value": alert.group[1]}
    months = {name: f"{at // 12:04d}-{at % 12 + 1:02d}" for name, at in (("since", alert.since), ("until", alert.until), ("at", alert.at))}
    numbers = {name: getattr(alert, name) for name in ("value", "expected", "low", "high")}
    rule = {"goes_on": alert.goes_on, "usual_since": alert.usual_since, "rule": alert.how, "chart": alert.chart, "season_known": alert.season_known}
    return {"metric": alert.metric, "group": group, **months, **numbers, "unit": str(METRICS[alert.metric].unit), **rule}
