"""The JSON document of `support-roi analyse`: names that outside programs rely on."""

from collections.abc import Sequence
from typing import Any

from roi_core.effects.segments import segments_as_json
from roi_core.effects.staying import staying_as_json
from roi_core.examination import Whole
from roi_core.kpis.alert_words import as_json as alert_as_json
from roi_core.kpis.alerts import Alert
from roi_core.ledger import ledger_as_json, roi_as_json
from roi_core.measured import Identity
from roi_core.results import Absent, Result, as_json, effect_as_json
from roi_core.sentences import say, speaking
from roi_core.valuation import Valued


def answer(valued: Valued, whole: Whole, alerts: Sequence[Alert] = ()) -> dict[str, Any]:
    """Everything that was read, found and priced. Rates are fractions; only `roi_percent` is in percent.

    Comparisons beside the main one are among the effects and in no line of the ledger; what else ratings say stands under their keys;
    `alerts` are key figures that are out of the ordinary. It speaks in the words of the business.
    """
    with speaking(valued.measured.words):
        return _document(valued, whole, alerts)


def _document(valued: Valued, whole: Whole, alerts: Sequence[Alert]) -> dict[str, Any]:
    measured = valued.measured
    return {
        "intake": [dict(file) for file in measured.files],
        "identity": _identity(measured.identity),
        "metrics": {key: as_json(result) for key, result in measured.metrics.items()},
        "effects": {key: effect_as_json(effect) for key, effect in (*valued.effects.items(), *((one.key, one) for one in whole.beside))},
        "ratings": {one.key: {"title": one.title, "estimate": as_json(one.result), "grade": str(one.grade), "rests_on": one.why} for one in whole.ratings},
        "staying": staying_as_json(whole.staying),
        "segments": {dimension: segments_as_json(found) for dimension, found in whole.segments.items()},
        "alerts": [alert_as_json(alert) for alert in alerts],
        "predictions": {},
        "ledger": ledger_as_json(valued.ledger),
        "roi": roi_as_json(valued.roi),
        "headline": {"title": valued.headline.title, "text": valued.headline.text, "grade": str(valued.headline.grade)},
        "notes": list(dict.fromkeys((*measured.notes, *(say("flat.leak", column=column, why=why) for column, why in measured.left_out.items())))),
    }


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
