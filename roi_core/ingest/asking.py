"""The questions that a file leaves open, each with its readings of one of its own cells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.day_order import DateColumn, DayOrder, Verdict
from roi_core.ingest.export import DurationUnit
from roi_core.ingest.header_words import tokens
from roi_core.ingest.questions import Question, Way
from roi_core.ingest.sources import Source
from roi_core.ingest.zones import is_zone, to_utc

ZONES = (
    "UTC", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Asia/Kolkata",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""The usual zones of business; the app offers that of the reader's browser as well."""

UNITS = (DurationUnit.SECONDS, DurationUnit.MINUTES, DurationUnit.HOURS, DurationUnit.DAYS)
_MINUTE = "%Y-%m-%d %H:%M"
SCALES = (5.0, 7.0, 10.0, 100.0)

_UNIT_WORDS: Mapping[str, DurationUnit] = MappingProxyType(
    {
        **dict.fromkeys(("sec", "second", "sekunde", "sekunden", "seconde", "segundo"), DurationUnit.SECONDS),
        **dict.fromkeys(("min", "minute", "minuten", "minuto"), DurationUnit.MINUTES),
        **dict.fromkeys(("h", "hr", "hour", "stunde", "stunden", "heure", "hora"), DurationUnit.HOURS),
        **dict.fromkeys(("day", "tag", "tage", "jour", "dia"), DurationUnit.DAYS),
    }
)


def asks_day_order(dates: Mapping[str, DateColumn], verdicts: Mapping[str, Verdict]) -> tuple[Question, ...]:
    """One question for all columns of a file in which nothing tells the day from the month."""
    asked = [name for name, verdict in verdicts.items() if verdict.asked]
    if not asked:
        return ()
    orders = [order for order in DayOrder if order is not DayOrder.YEAR_FIRST or any(dates[name].allows_year_first() for name in asked)]
    asked.sort(key=lambda name: not dates[name].allows_year_first())
    ways = {order.name.lower(): _day(dates[asked[0]], order) for order in orders}
    return (Question.of("day_order", tuple(dates[name].header for name in asked), ways, verdicts[asked[0]].order.name.lower()),)


def said_order(said: Mapping[str, str]) -> DayOrder | None:
    """The answer to the question for the order of day and month."""
    return next((order for order in DayOrder if order.name.lower() == said.get("day_order")), None)


def _day(column: DateColumn, order: DayOrder) -> str:
    orders = [DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST, *([DayOrder.YEAR_FIRST] if column.allows_year_first() else [])]
    both = reduce(pc.and_, [pc.is_valid(column.under(order)) for order in orders])
    code = int(pc.index(pc.and_(both, pc.not_equal(column.both.day_first, column.both.month_first)), value=True).as_py())
    code = max(code, 0)
    time = column.under(order)[code].as_py()
    read = f"{time.day} {time:%B %Y}" if time else "no date"
    return f"{quoted(column.cells.distinct[code].as_py())} is {read}"


def asks_zone(bare: Sequence[Source]) -> tuple[Question, ...]:
    """One question for all columns of a file whose times say no zone."""
    if not bare or bare[0].dates is None:
        return ()
    column = bare[0].dates
    times = column.under(DayOrder.DAY_FIRST)
    zoned = column.both.zoned
    bare_times = pc.is_valid(times) if zoned is None or zoned.all() else pc.and_(pc.is_valid(times), pa.array(~zoned))
    code = max(int(pc.index(bare_times, value=True).as_py()), 0)
    text = quoted(column.cells.distinct[code].as_py()) if len(times) else ""
    ways = {zone: _utc(text, times[code : code + 1], zone) for zone in ZONES if is_zone(zone)}
    return (Question.of("zone", tuple(source.header.text for source in bare), ways, "UTC"),)


def _utc(text: str, time: pa.Array, zone: str) -> str:
    read = to_utc(time, zone)[0].as_py() if len(time) else None
    return f"{text} is {read.strftime(_MINUTE)} UTC" if read else text


def zone_way(in_utc: str, zone: str) -> Way | None:
    """The reading of one more zone, made from that of UTC (`"2025-07-01 10:00" is 2025-07-01 10:00 UTC`); None for a zone that is not known."""
    text, _, read = in_utc.rpartition(" is ")
    if not read or not is_zone(zone):
        return None
    time = pa.array([datetime.strptime(read.removesuffix(" UTC"), _MINUTE)], pa.timestamp("us"))
    return Way(zone, _utc(text, time, zone))


def named_unit(source: Source) -> DurationUnit | None:
    """The unit of plain numbers that the user has named, or that a word of the header is."""
    said = source.answer("unit")
    if said is not None:
        return next((unit for unit in UNITS if unit.value == said), None)
    return next((_UNIT_WORDS[word] for word in tokens(source.header.text) if word in _UNIT_WORDS), None)


def asks_unit(source: Source, ways: Sequence[DurationUnit], best: DurationUnit) -> Question:
    """In which unit the plain numbers of a column are."""
    text = next((quoted(text) for text in source.cells.distinct.to_pylist() if text.replace(".", "").isdigit()), "")
    return Question.of("unit", (source.header.text,), {unit.value: f"{text} is {text[1:-1]} {unit.value}" for unit in ways}, best.value, of_one=True)


def asks_scale(source: Source, highest: float, best: float) -> Question:
    """Up to which score the answers of a column could have gone."""
    tops = sorted({best, *(top for top in SCALES if top >= highest)})
    ways = {f"{top:g}": f'"{highest:g}" is {highest:g} of {top:g}' for top in tops}
    return Question.of("scale", (source.header.text,), ways, f"{best:g}", of_one=True)


def asks_tenure(header: str) -> Question:
    """In which unit a flat file says how long somebody has been a customer."""
    ways = {unit: f'"12" is 12 {unit}' for unit in ("months", "years", "weeks", "days")}
    return Question.of("tenure_unit", (header,), ways, "months", of_one=True)
