"""Dates, times and months of one column, typed under the order that was settled, in naive UTC."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.asking import asks_day_order
from roi_core.ingest.cells import Cells, Reading, mask, missing
from roi_core.ingest.day_order import DateColumn, DayOrder, Verdict, settle
from roi_core.ingest.zones import in_a_clock_change, is_zone, shared_abbreviation, to_utc

_MONTH_YEAR = r"^(\d{1,2})[-/.](\d{4})$"
_YEAR_MONTH = r"^(\d{4})[-/.](\d{1,2})$"
_FIRST_CODES = 100
_NAME_YEAR = r"^([\pL\pM]{3,14})\.?[-/ ](?:del? )?(\d{4})$"


def read_dates(column: DateColumn, verdict: Verdict | None, zone: str | None) -> Reading:
    """Timestamps in naive UTC. `zone` is that of the header or export; an offset in the value goes before it."""
    order = verdict.order if verdict else DayOrder.DAY_FIRST
    local = column.under(order)
    known = zone if zone and is_zone(zone) else None
    bare = _without_zone(column, local)
    times = to_utc(local, known) if bare is None else pc.if_else(pa.array(bare), to_utc(local, known), local)
    gone = missing(column.cells.distinct)
    bad = {int(code): "is not a date and time that can be read" for code in np.flatnonzero(mask(pc.is_null(times)) & ~gone)}
    written = (order.value if verdict else column.both.day) + column.both.clock
    each = bare is not None and not bare.any()
    notes = (*_notes(column, verdict), *_zone_notes(column, bare, known), *_clock_change(column, local, bare, known))
    return Reading(times, bad, notes, written if len(local) else None, "in each value" if each else known)


def _without_zone(column: DateColumn, local: pa.Array) -> npt.NDArray[np.bool_] | None:
    """Which readable values carry no offset while others of the column do; None where none does."""
    return None if column.both.zoned is None else mask(pc.is_valid(local)) & ~column.both.zoned


def _notes(column: DateColumn, verdict: Verdict | None) -> tuple[str, ...]:
    counted = (f"{column.header} holds {column.both.day}",) if "since" in column.both.day else ()
    if verdict is None:
        return counted
    return (*counted, f"{'ask: ' if verdict.asked else ''}{column.header} is read as {verdict.order.words}: {verdict.why}")


def _zone_notes(column: DateColumn, bare: npt.NDArray[np.bool_] | None, known: str | None) -> tuple[str, ...]:
    notes = [f"ask: {column.header} holds times in {text}, which is read as {shared_abbreviation(text)}" for text in column.both.shared]
    if bare is not None and bare.any():
        rows = int(column.cells.counts()[bare].sum())
        notes.append(f"{column.header}: times without a zone among others that have one: {rows}, read as {known or 'UTC'}")
    return tuple(notes)


def _clock_change(column: DateColumn, local: pa.Array, bare: npt.NDArray[np.bool_] | None, known: str | None) -> tuple[str, ...]:
    """A note on times that stand in an hour which a change of the clock skips or repeats; values with an offset of their own do not."""
    found = in_a_clock_change(local, known) if column.both.clock else np.zeros(len(local), np.bool_)
    codes = np.flatnonzero(found if bare is None else found & bare)
    if not len(codes):
        return ()
    rows, line = int(column.cells.counts()[codes].sum()), min(column.cells.first_line(int(code)) for code in codes[:_FIRST_CODES])
    return (f"{column.header}: times that a change of the clock in {known} skips or repeats: {rows}, first in line {line}; read as the earlier one",)


def read_months(cells: Cells, said: DayOrder | None = None, header: str = "") -> Reading:
    """Month numbers (year * 12 + month - 1) of `2025-01`, `01/2025`, `Jan 2025` or any date.

    Where nothing settles the order of day and month, it is asked, unless it is `said`; the best is that which makes every date a first.
    """
    text = cells.distinct
    for pattern, form in ((_MONTH_YEAR, r"\2-\1-01"), (_YEAR_MONTH, r"\1-\2-01"), (_NAME_YEAR, r"1 \1 \2")):
        text = pc.replace_substring_regex(text, pattern, form)
    column = DateColumn.of(header, Cells(text, cells.codes, cells.lines))
    verdicts = {name: _first_of_months(column, verdict, said) for name, verdict in settle({"month": column}, said=said).items()}
    verdict = verdicts.get("month")
    times = column.under(verdict.order if verdict else DayOrder.DAY_FIRST)
    months = pc.add(pc.multiply(pc.year(times), 12), pc.subtract(pc.month(times), 1)).cast(pa.int32())
    bad = {int(code): "is not a month that can be read" for code in np.flatnonzero(mask(pc.is_null(times)) & ~missing(cells.distinct))}
    asked = verdict is not None and verdict.asked
    notes = (f"ask: months are read as {verdict.order.words}: {verdict.why}",) if verdict and asked else ()
    return Reading(months, bad, notes, "YYYY-MM", asks=asks_day_order({"month": column}, verdicts))


def _first_of_months(column: DateColumn, verdict: Verdict, said: DayOrder | None) -> Verdict:
    if not verdict.asked or said is not None:
        return verdict
    firsts = [order for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST) if _all_firsts(column.under(order))]
    return replace(verdict, order=firsts[0], why="every date is then the first of a month") if len(firsts) == 1 else verdict


def _all_firsts(times: pa.Array) -> bool:
    return bool(pc.all(pc.equal(pc.day(times), 1)).as_py())
