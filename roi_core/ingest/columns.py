"""Types every column by what the schema declares it to be, with what the vendor declares about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import exact, read_numbers, shares_in, whole
from roi_core.ingest.answer_words import scale_of
from roi_core.ingest.asking import UNITS, asks_day_order, asks_unit, asks_zone, named_unit, said_order
from roi_core.ingest.cells import Reading, mask, missing
from roi_core.ingest.dates import read_dates, read_months
from roi_core.ingest.day_order import Verdict, settle
from roi_core.ingest.derive import SEQUENCES
from roi_core.ingest.duration_unit import settle_units
from roi_core.ingest.durations import read_durations, unit_of_header
from roi_core.ingest.export import Duration, DurationUnit
from roi_core.ingest.intervals import INTERVAL, read_intervals
from roi_core.ingest.keys import read_keys
from roi_core.ingest.person_names import KEEP, SUBJECT, asks_names, note_of, without_names
from roi_core.ingest.personal import masked
from roi_core.ingest.questions import Question, key_of
from roi_core.ingest.short_clock import is_short_clock, read_short_clock
from roi_core.ingest.side_by_side import side_by_side
from roi_core.ingest.signs import sign_in
from roi_core.ingest.sources import Source
from roi_core.ingest.spill import Spill
from roi_core.ingest.words import FALLBACKS, VOCABULARIES, read_booleans, read_choices, read_scores
from roi_core.schema import ColumnType, Privacy

_SCORES = frozenset({"tickets.csat_score", "surveys.score", "flat.satisfaction"})
_MINOR_UNITS = 100.0
_NUMBERED = ("_id", "merged_into")
"""Texts that are ids of things; what else is text may hold an address or a telephone number of a person."""
_NEVER_NAMES = frozenset({"country", "language", "currency", "region"})
_MINUTES = Duration(DurationUnit.MINUTES)


def read_columns(
    entity: str, sources: Mapping[str, Source], match_key: bytes, spill: Spill | None = None
) -> tuple[dict[str, Reading], tuple[str, ...], tuple[Question, ...]]:
    """One reading a column, what has to be said about them, and what has to be asked. The order of day and month is settled for all columns at once.

    Readings are held in `spill`.
    """
    holding = spill or Spill()
    dates = {name: source.dates for name, source in sources.items() if source.dates is not None}
    said = next((source.said for source in sources.values()), {})
    verdicts = settle(dates, SEQUENCES.get(entity, ()), said_order(said))

    def read(name: str) -> Reading:
        reading = read_column(sources[name], verdicts.get(name), match_key)
        return replace(reading, values=holding.array(reading.values))

    rows = max((source.cells.rows for source in sources.values()), default=0)
    readings = dict(zip(sources, side_by_side(read, sources, rows, holding), strict=True))
    readings |= settle_units(sources, readings)
    notes = [_named(note, source.header.text) for name, source in sources.items() for note in (*source.notes, *readings[name].notes)]
    bare = [source for name, source in sources.items() if source.dates is not None and source.dates.both.clock and _asks_zone(source, readings[name])]
    asks = [_of_column(ask, sources[name].header.text) for name, reading in readings.items() for ask in reading.asks]
    return readings, (*notes, *_without_zone(bare), *_missing_words(sources, readings)), _merged((*asks_day_order(dates, verdicts), *asks_zone(bare), *asks))


def _merged(asks: Sequence[Question]) -> tuple[Question, ...]:
    """Each question once, for all the columns that ask it."""
    found: dict[str, Question] = {}
    for ask in asks:
        known = found.get(ask.key)
        found[ask.key] = ask if known is None else replace(known, columns=tuple(dict.fromkeys((*known.columns, *ask.columns))))
    return tuple(found.values())


def _of_column(ask: Question, header: str) -> Question:
    """A question that a reader of cells asked without knowing their header."""
    return ask if ask.columns != ("",) else replace(ask, key=key_of(ask.subject, header), columns=(header,))


def _named(note: str, header: str) -> str:
    asked, rest = ("ask: ", note.removeprefix("ask: ")) if note.startswith("ask: ") else ("", note)
    return note if header in note else f"{asked}{header}: {rest}"


def read_column(source: Source, verdict: Verdict | None, match_key: bytes) -> Reading:
    """Types the distinct values of one column."""
    if source.column.privacy is Privacy.HASHED:
        return read_keys(source.cells, source.column.name, match_key)
    if source.dates is not None:
        return read_dates(source.dates, verdict, _zone(source))
    if source.canonical in _SCORES:
        return read_scores(source.cells, scale_of(source))
    return _BY_TYPE[source.column.type](source)


def _zone(source: Source) -> str | None:
    """The zone of the times without one: beside others that have one, what the user named stands before that of the template."""
    return (source.said.get("zone") if _is_in_doubt(source) else None) or source.zone


def _asks_zone(source: Source, reading: Reading) -> bool:
    return not reading.zone or ("zone" not in source.said and _is_in_doubt(source))


def _is_in_doubt(source: Source) -> bool:
    """Whether some times carry a zone and others have none but that of our own template."""
    return source.export is not None and source.export.vendor == "plain" and not source.header.zone and _is_mixed(source)


def _is_mixed(source: Source) -> bool:
    """Whether some of its times carry a zone and others do not."""
    both = source.dates.both if source.dates else None
    return both is not None and both.zoned is not None and bool((mask(pc.is_valid(both.day_first)) & ~both.zoned).any())


def _read_number(source: Source) -> Reading:
    reading = read_numbers(source.cells, source.delimiter, source.answer("decimal"))
    if source.export is None or source.canonical not in source.export.minor_units:
        return reading
    return replace(reading, values=pc.divide(reading.values, _MINOR_UNITS), notes=(*reading.notes, "amounts are in hundredths and were divided by 100"))


def _read_money(source: Source) -> Reading:
    reading, shares = _read_number(source), shares_in(source.cells)
    reading = replace(reading, unit=reading.unit or sign_in(source.header.text))
    values = exact(reading.values)
    large = mask(pc.is_valid(reading.values)) & mask(pc.is_null(values))
    if not (shares | large).any():
        return reading
    told = {"is a share, not an amount": shares, "is too large for an amount": large & ~shares}
    bad = {**reading.bad, **{code: why for why, found in told.items() for code in np.flatnonzero(found).tolist()}}
    return replace(reading, values=pc.if_else(pa.array(shares), None, values), bad=bad)


def _read_boolean(source: Source) -> Reading:
    return read_booleans(source.cells, source.export.words.get(source.canonical, {}) if source.export else {})


def _read_text(source: Source) -> Reading:
    column, cells, export = source.column, source.cells, source.export
    if column.name == "currency":
        return Reading(pc.utf8_upper(cells.distinct))
    if source.canonical == INTERVAL:
        return read_intervals(cells, export.words.get(INTERVAL, {}) if export else {})
    words = {**VOCABULARIES.get(source.canonical, {}), **(export.words.get(source.canonical, {}) if export else {})}
    if words or column.values or column.name == "status":
        choices = read_choices(cells, words, column.values, FALLBACKS.get(source.canonical))
        return choices if column.values else _nameless(source, replace(choices, values=masked(choices.values)))
    as_written = column.name.endswith(_NUMBERED) or column.privacy is Privacy.DROPPED
    return Reading(cells.distinct) if as_written else _nameless(source, Reading(masked(cells.distinct)))


def _nameless(source: Source, reading: Reading) -> Reading:
    """Words without the names of people, unless the user says that they are none; they are asked about."""
    if source.column.name in _NEVER_NAMES or source.answer(SUBJECT) == KEEP:
        return reading
    values, rows = without_names(source.cells, reading.values, listed=source.column.name == "tags")
    if not rows:
        return reading
    asks = () if source.answer(SUBJECT) else (asks_names(source.header.text),)
    return replace(reading, values=values, notes=(*reading.notes, note_of(source.header.text, rows)), asks=(*reading.asks, *asks))


def _read_minutes(source: Source) -> Reading:
    declared = source.export.durations.get(source.canonical, _MINUTES) if source.export else _MINUTES
    unit = unit_of_header(source.header.unit) or (named_unit(source) if source.export is None else None)
    of_vendor = unit is DurationUnit.CLOCK and _holds_numbers(source)
    spoken = Duration(unit, declared.clock) if unit and declared.unit is not DurationUnit.CLOCK and not of_vendor else declared
    if is_short_clock(source, unit):
        return read_short_clock(source, spoken)
    reading = read_durations(source.cells, spoken, source.delimiter)
    if of_vendor and spoken.unit is not DurationUnit.CLOCK:
        return replace(reading, notes=(*reading.notes, f"{source.header.text} holds no clock texts: its numbers are read as {spoken.unit.value}"))
    if source.export is not None or unit is not None or reading.format != DurationUnit.MINUTES.value:
        return reading
    note = "ask: the header names no unit; the numbers are read as minutes"
    return replace(reading, notes=(*reading.notes, note), asks=(asks_unit(source, UNITS, DurationUnit.MINUTES),))


def _holds_numbers(source: Source) -> bool:
    """Whether a vendor gives the unit of numbers, and not one clock text stands in the column."""
    known = source.export is not None and source.canonical in source.export.durations
    return known and source.cells.filled > 0 and not pc.any(pc.match_substring(source.cells.distinct, ":")).as_py()


_BY_TYPE: Mapping[ColumnType, Callable[[Source], Reading]] = MappingProxyType(
    {
        ColumnType.TEXT: _read_text,
        ColumnType.BOOLEAN: _read_boolean,
        ColumnType.MINUTES: _read_minutes,
        ColumnType.NUMBER: _read_number,
        ColumnType.MONEY: _read_money,
        ColumnType.INTEGER: lambda source: whole(_read_number(source)),
        ColumnType.MONTH: lambda source: read_months(source.cells, said_order(source.said), source.header.text),
    }
)


def _without_zone(bare: Sequence[Source]) -> tuple[str, ...]:
    return (f"ask: no time zone is given for {', '.join(source.header.text for source in bare)}; the times are read as UTC",) if bare else ()


def _missing_words(sources: Mapping[str, Source], readings: Mapping[str, Reading]) -> tuple[str, ...]:
    notes = []
    for name, source in sources.items():
        all_are_times = source.column.type is ColumnType.TIMESTAMP and not readings[name].values.null_count
        if all_are_times or source.column.type in (ColumnType.TEXT, ColumnType.KEY):
            continue
        gone = missing(source.cells.distinct)
        if gone.any():
            words = ", ".join(dict.fromkeys(f'"{source.cells.distinct[code].as_py()}"' for code in gone.nonzero()[0].tolist()))
            notes.append(f"{source.header.text}: cells that hold {words} and are read as blank: {int(source.cells.counts()[gone].sum())}")
    return tuple(notes)
