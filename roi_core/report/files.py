"""The files of a report: what was read, what was set aside and why, and what the method cannot say."""

from collections.abc import Iterator, Mapping
from typing import Any

from roi_core.ledger.headline import told_of
from roi_core.measured import Identity, is_tested
from roi_core.report.content import Part, Points, Section, Table, Text
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.units import Unit
from roi_core.valuation import Valued

_COUNTS = ("records", "loaded", "quarantined", "not_data")
_LIMITS = ("closed", "same_month", "unseen", "horizon", "covered", "assumed")
_LIMITS_OF_PRACTICE = ("practice", "unseen", "horizon", "covered", "assumed")
_LIMITS_OF_TEST = ("tested", "drawn", "horizon_drawn", "assumed")
_LIMITS_OF_ONE_DAY = ("one_day", "no_money", "unseen")


def files(valued: Valued, style: Style) -> Section:
    """One row a table that was read: every record accounted for."""
    columns = tuple(say(f"report.column_{key}") for key in ("file", "table", *_COUNTS))
    rows = tuple(_file(entry, style) for entry in valued.measured.files)
    if not rows:
        return Section(say("report.files"), (Text(say("report.files_none")),))
    return Section(say("report.files"), (Table(columns, rows), *_linked(valued.measured.identity, style), *_readings(valued.measured.files)))


def set_aside(valued: Valued, style: Style) -> Section:
    """Everything that was read and not used, or asked and not answered, with the reason."""
    found = [*_quarantined(valued.measured.files, style), *valued.measured.notes, *_not_counted(valued), *_refused(valued)]
    told = Points(tuple(dict.fromkeys(found))) if found else Text(say("report.set_aside_none"))
    return Section(say("report.set_aside"), (told, *_left_out(valued.measured.left_out)))


def limits(valued: Valued, style: Style) -> Section:
    """What no number of this report says."""
    if valued.measured.one_day:
        return Section(say("report.limits"), (Points(tuple(say(f"report.limit_{key}") for key in _LIMITS_OF_ONE_DAY)),))
    return Section(say("report.limits"), (Points(tuple(_limit(valued, key, style) for key in _limits_of(valued))),))


def _limits_of(valued: Valued) -> tuple[str, ...]:
    """By what leads: similar customers who did not write, contacts handled otherwise, or customers who were drawn."""
    lead, told = valued.basis.lead, told_of(valued.measured)
    if is_tested(lead.stream.contrast if lead is not None else told.key if told is not None else ""):
        return _LIMITS_OF_TEST
    return _LIMITS if lead is None or lead.stream.part_of is None else _LIMITS_OF_PRACTICE


def _limit(valued: Valued, key: str, style: Style) -> str:
    lead = valued.basis.lead
    if key.startswith("horizon"):
        horizon = valued.measured.design.horizon_months if lead is None else lead.stream.horizon_months
        return say(f"report.limit_{key}", months=number(horizon, Unit.COUNT, style))
    if key == "covered":
        return valued.coverage.reason if isinstance(valued.coverage, Absent) else say("report.limit_covered", share=show(valued.coverage, style))
    return say(f"report.limit_{key}")


def _file(entry: Mapping[str, Any], style: Style) -> tuple[str, ...]:
    if "refused" in entry:
        return _name(entry), str(entry["refused"]), *("" for _ in _COUNTS)
    rows = entry.get("rows") or {}
    return _name(entry), str(entry.get("entity") or ""), *(number(rows.get(key, 0), Unit.COUNT, style) for key in _COUNTS)


def _name(entry: Mapping[str, Any]) -> str:
    return " / ".join(str(entry[key]) for key in ("file", "member") if entry.get(key))


def _linked(identity: Identity | Absent, style: Style) -> tuple[Part, ...]:
    if isinstance(identity, Absent):
        return (Text(identity.reason),)
    return (Text(say("report.linked", tickets=show(identity.match_rate_tickets, style), revenue=show(identity.match_rate_revenue, style))),)


def _readings(entries: tuple[Mapping[str, Any], ...]) -> tuple[Part, ...]:
    """How each file was read, where that took a choice."""
    notes = [f"{_name(entry)}: {str(note).removeprefix('ask: ')}" for entry in entries for note in entry.get("notes") or ()]
    return (Text(say("report.readings")), Points(tuple(notes))) if notes else ()


def _left_out(columns: Mapping[str, str]) -> tuple[Part, ...]:
    """The reason of each column that the list above names together with others."""
    return (Table((say("left_out.column"), say("left_out.why")), tuple(columns.items())),) if len(columns) > 1 else ()


def _quarantined(entries: tuple[Mapping[str, Any], ...], style: Style) -> Iterator[str]:
    for entry in entries:
        if "refused" in entry:
            yield str(entry["refused"])
        rows = entry.get("rows") or {}
        if rows.get("quarantined"):
            yield say("report.quarantined", rows=number(rows["quarantined"], Unit.COUNT, style), file=_name(entry))


def _not_counted(valued: Valued) -> Iterator[str]:
    for reason, titles in valued.ledger.left_out.items():
        yield say("report.not_in_total", lines=", ".join(titles), why=reason)


def _refused(valued: Valued) -> Iterator[str]:
    for effect in valued.measured.effects.values():
        if isinstance(effect.result, Absent):
            yield say("report.effect_refused", effect=effect.key, why=f"{effect.result.reason} {effect.result.next_step}".strip())
