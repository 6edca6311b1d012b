"""Values that can be read and can hardly be meant: times in the future, work below zero or for weeks, counts of several units."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import Reading, mask, matches
from roi_core.ingest.sources import Source

_PAST = frozenset(
    {
        "tickets.created_at", "tickets.first_response_at", "tickets.resolved_at", "tickets.closed_at", "tickets.updated_at", "tickets.assigned_at",
        "ticket_events.at", "surveys.sent_at", "surveys.answered_at", "invoices.paid_at", "mrr_movements.at", "orders.ordered_at", "carts.created_at",
        "returns.at", "reviews.at", "referrals.at", "outreach.at", "assignments.assigned_at", "feedback.at", "accounts.created_at", "opportunities.opened_at",
    }
)  # fmt: skip
"""Times of what has happened; any other time may be planned."""
_MOSTLY_PAST = frozenset({"invoices.issued_at", "subscriptions.started_at", "customers.started_at"})
"""Times that may be planned, though hardly a year ahead."""
_ZONES = dt.timedelta(days=1)
"""A clock of another zone may be ahead of ours by less than this."""
_PLANNED = dt.timedelta(days=366)
_LONGEST_HOURS = 100
_COUNTS = {"seconds": r"^1\d{9}(\.\d+)?$", "milliseconds": r"^1\d{12}$", "microseconds": r"^1\d{15}$"}


def odd_values(
    sources: Mapping[str, Source], columns: Mapping[str, pa.Array], readings: Mapping[str, Reading], lines: npt.NDArray[np.int64]
) -> tuple[str, ...]:
    """Every question about such values, with the count and the first line; all of them are kept as they are read."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    notes: list[str] = []
    for name, source in sources.items():
        notes += _future(source, columns[name], lines, now) + _worked(source, columns[name], lines) + _counted(source, readings[name])
    return tuple(notes)


def _future(source: Source, times: pa.Array, lines: npt.NDArray[np.int64], now: dt.datetime) -> list[str]:
    if source.canonical not in _PAST | _MOSTLY_PAST:
        return []
    slack = _ZONES if source.canonical in _PAST else _PLANNED
    later = mask(pc.greater(times, pa.scalar(now + slack, times.type)))
    if not later.any():
        return []
    said = f"ask: {source.header.text}: times in the future: {int(later.sum())}, first in line {_first(lines, later)}"
    return [f"{said}; they are kept. Is the order of day and month, or the clock of the export, wrong?"]


def _worked(source: Source, minutes: pa.Array, lines: npt.NDArray[np.int64]) -> list[str]:
    if source.canonical != "tickets.handle_minutes":
        return []
    values = np.asarray(minutes.fill_null(np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)
    found = {"below zero": values < 0, f"over {_LONGEST_HOURS} hours": values > _LONGEST_HOURS * 60}
    return [_both_averages(source.header.text, words, odd, values, lines) for words, odd in found.items() if odd.any()]


def _both_averages(header: str, words: str, odd: npt.NDArray[np.bool_], values: npt.NDArray[np.float64], lines: npt.NDArray[np.int64]) -> str:
    others = values[~odd & ~np.isnan(values)]
    without = f"{others.mean():,.0f} minutes without them" if len(others) else "none without them"
    said = f"ask: {header}: durations {words}: {int(odd.sum())}, first in line {_first(lines, odd)}"
    return f"{said}; they are kept. The average is {np.nanmean(values):,.0f} minutes with them, {without}"


def _counted(source: Source, reading: Reading) -> list[str]:
    """Counts since 1970 in several units: none of them is read, since the unit of one value says nothing about another."""
    if source.dates is None or not reading.bad:
        return []
    bad = source.cells.distinct.take(pa.array(list(reading.bad), pa.int64()))
    units = {unit: found for unit, pattern in _COUNTS.items() if (found := matches(bad, pattern)).any()}
    if len(units) < 2:
        return []
    shown = ", ".join(f"{unit} such as {quoted(bad[int(np.argmax(found))].as_py())}" for unit, found in units.items())
    return [f"ask: {source.header.text}: counts since 1970 in several units ({shown}); none of them is read. Export the times as text, or in one unit"]


def _first(lines: npt.NDArray[np.int64], found: npt.NDArray[np.bool_]) -> int:
    return int(lines[np.argmax(found)])
