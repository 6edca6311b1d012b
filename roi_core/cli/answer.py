"""The JSON document of `support-roi analyse`: names that outside programs rely on."""

from typing import Any

from roi_core.ledger import ledger_as_json, roi_as_json
from roi_core.measured import Identity
from roi_core.metrics import METRICS, Alert
from roi_core.results import Absent, Result, as_json, effect_as_json
from roi_core.sentences import say
from roi_core.valuation import Valued


def answer(valued: Valued) -> dict[str, Any]:
    """Everything that was read, found and priced. Rates are fractions; only `roi_percent` is in percent."""
    measured = valued.measured
    return {
        "intake": [dict(file) for file in measured.files],
        "identity": _identity(measured.identity),
        "metrics": {key: as_json(result) for key, result in measured.metrics.items()},
        "alerts": [alert_as_json(alert) for alert in measured.alerts],
        "effects": {key: effect_as_json(effect) for key, effect in valued.effects.items()},
        "predictions": {},
        "ledger": ledger_as_json(valued.ledger),
        "roi": roi_as_json(valued.roi),
        "headline": {"title": valued.headline.title, "text": valued.headline.text, "grade": str(valued.headline.grade)},
        "notes": list(dict.fromkeys((*measured.notes, *(say("flat.leak", column=column, why=why) for column, why in measured.left_out.items())))),
    }


def alert_as_json(alert: Alert) -> dict[str, Any]:
    """A figure that left its limits; months as `2025-01`, `group` null of all rows."""
    of = None if alert.group is None else {"dimension": alert.group[0], "value": alert.group[1]}
    months = {name: f"{month // 12:04d}-{month % 12 + 1:02d}" for name, month in (("since", alert.since), ("until", alert.until))}
    numbers = {"value": alert.value, "expected": alert.expected, "low": alert.low, "high": alert.high}
    return {"metric": alert.metric, "group": of, **months, **numbers, "unit": str(METRICS[alert.metric].unit), "by_run": alert.by_run, "method": alert.method}


def _identity(identity: Identity | Absent) -> dict[str, Any]:
    if isinstance(identity, Absent):
        return {"match_rate_tickets": None, "match_rate_revenue": None, "absent": identity.reason}
    return {
        "match_rate_tickets": _number(identity.match_rate_tickets),
        "match_rate_revenue": _number(identity.match_rate_revenue),
        "ways": dict(identity.ways),
        "unmatched": [{"tickets": lone.tickets, "reason": lone.reason} for lone in identity.unmatched],
        "proposals": len(identity.proposals),
        "refused_revenue_rows": identity.refused_rows,
    }


def _number(result: Result) -> float | None:
    return None if isinstance(result, Absent) else result.value
