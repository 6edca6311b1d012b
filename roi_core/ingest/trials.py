"""Subscriptions that nobody has paid for: trials that ended unpaid or still run, and first payments that never came. They are no records."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import matches
from roi_core.ingest.sources import Source

_ON_TRIAL = r"(?i)^((in|on|free)?[_ -]?trial|triall?ing)$"
_INCOMPLETE = r"(?i)^incomplete([_ -]expired)?$"
_NOT_PAYING = r"(?i)^(paused|unpaid)$"
_DAY = 86_400.0
_LONGEST = 92 * _DAY
"""Seconds. A trial whose beginning nobody gives is not longer; what ends later was given to somebody who paid."""

_Rows = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NoRecords:
    """Rows (n) that are no records, and in few words what they are."""

    rows: _Rows
    why: str


def never_paid(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> tuple[NoRecords, ...]:
    """Subscriptions that ended no later than on the last day of their trial, those on trial by their status, and those without a first payment.

    A trial is one that began with the subscription: days that were given later were given to somebody who pays. No row is in two of them.
    """
    if entity != "subscriptions" or not columns:
        return ()
    rows = len(next(iter(columns.values())))
    later = _given_later(columns, rows)
    ended = _at(columns, "ended_at", rows) // _DAY <= _at(columns, "trial_ends_at", rows) // _DAY
    unpaid, trial = _says(sources, _INCOMPLETE, rows), _says(sources, _ON_TRIAL, rows) & ~later
    over = ended & ~later & ~unpaid
    found = (
        NoRecords(over, "trials that ended before anything was paid"),
        NoRecords(trial & ~over, "on trial: nothing is paid yet"),
        NoRecords(unpaid, "subscriptions whose first payment never came"),
    )
    return tuple(one for one in found if one.rows.any())


def paying_notes(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> tuple[str, ...]:
    """What is counted as paid although it may not be: months of a trial before the first payment, and subscriptions that are paused or unpaid."""
    if entity != "subscriptions" or not columns:
        return ()
    rows = len(next(iter(columns.values())))
    gone = np.logical_or.reduce([np.zeros(rows, np.bool_), *(one.rows for one in never_paid(entity, sources, columns))])
    tried = ~np.isnan(_at(columns, "trial_ends_at", rows)) & ~_given_later(columns, rows) & ~gone
    notes = []
    if tried.any():
        header = sources["trial_ends_at"].header.text
        notes.append(f"{header}: subscriptions that were paid for after a trial: {int(tried.sum()):,}; they run, and their revenue counts, from the trial on")
    return (*notes, *_not_paying(sources, columns, rows, gone))


def _not_paying(sources: Mapping[str, Source], columns: Mapping[str, pa.Array], rows: int, gone: _Rows) -> tuple[str, ...]:
    running = _says(sources, _NOT_PAYING, rows) & ~gone & np.isnan(_at(columns, "ended_at", rows))
    if not running.any():
        return ()
    status = sources["status"]
    counted = np.bincount(status.cells.codes[running], minlength=len(status.cells.distinct))
    words = ", ".join(f"{quoted(status.cells.distinct[int(code)].as_py())} {counted[code]:,}" for code in np.flatnonzero(counted))
    said = f"{status.header.text} says otherwise of {int(running.sum()):,} subscriptions ({words})"
    return (f"ask: do they pay? {said}. They count as running and paying: where they pay nothing, give each the day on which that began, as its end",)


def _given_later(columns: Mapping[str, pa.Array], rows: int) -> _Rows:
    """Rows whose trial did not begin with them."""
    started, tried, ends = (_at(columns, name, rows) for name in ("started_at", "trial_started_at", "trial_ends_at"))
    return np.where(np.isnan(tried), ends - started > _LONGEST, tried - started > _DAY)


def _says(sources: Mapping[str, Source], pattern: str, rows: int) -> _Rows:
    if "status" not in sources:
        return np.zeros(rows, np.bool_)
    cells = sources["status"].cells
    return np.append(matches(cells.distinct, pattern), np.False_)[cells.codes]


def _at(columns: Mapping[str, pa.Array], name: str, rows: int) -> _Floats:
    """Seconds; nan where there is none."""
    if name not in columns:
        return np.full(rows, np.nan)
    micros = pc.cast(columns[name], pa.int64()).cast(pa.float64())
    return np.asarray(pc.fill_null(micros, np.nan).to_numpy(zero_copy_only=False), np.float64) / 1e6
