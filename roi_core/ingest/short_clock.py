"""Durations of two parts such as `12:30`, which are minutes and seconds in call centres and hours and minutes elsewhere."""

from dataclasses import replace

import numpy as np

from roi_core.errors import quoted
from roi_core.ingest.cells import Reading, matches
from roi_core.ingest.durations import SHORT_CLOCK, read_durations
from roi_core.ingest.export import Duration, DurationUnit
from roi_core.ingest.questions import Question
from roi_core.ingest.sources import Source

_HANDLED = "tickets.handle_minutes"
_LONGEST_MEDIAN = 60
"""Minutes that one ticket takes to handle: a larger left part would be no minutes."""
_WAYS = (DurationUnit.MINUTES, DurationUnit.HOURS)


def is_short_clock(source: Source, unit: DurationUnit | None) -> bool:
    """Whether texts of two parts stand in a column of which neither the vendor nor the header (`unit`) says what the left part is."""
    if (source.export is not None and source.export.vendor != "plain") or unit in (DurationUnit.HOURS, DurationUnit.DAYS, DurationUnit.CLOCK):
        return False
    return bool(matches(source.cells.distinct, SHORT_CLOCK).any())


def read_short_clock(source: Source, declared: Duration) -> Reading:
    """Minutes by what the user said; else by the best reading, with the question: handle times are minutes and seconds, others hours."""
    said = next((unit for unit in _WAYS if unit.value == source.answer("unit")), None)
    best = said or _best(source)
    reading = read_durations(source.cells, replace(declared, unit=said) if said else declared, source.delimiter, left=best)
    if said:
        return reading
    text = source.cells.distinct[int(np.argmax(matches(source.cells.distinct, SHORT_CLOCK)))].as_py()
    parts = {unit: f"{quoted(text)} is {_spoken(text, unit)}" for unit in _WAYS}
    ask = Question.of("unit", (source.header.text,), {unit.value: spoken for unit, spoken in parts.items()}, best.value, of_one=True)
    return replace(reading, notes=(*reading.notes, f"ask: nothing says what the two parts of a duration are; {parts[best]}"), asks=(ask,))


def _spoken(text: str, unit: DurationUnit) -> str:
    left, _, right = text.partition(":")
    return f"{left} minutes and {right} seconds" if unit is DurationUnit.MINUTES else f"{left} hours and {right} minutes"


def _best(source: Source) -> DurationUnit:
    short = matches(source.cells.distinct, SHORT_CLOCK)
    lefts = [abs(int(text.partition(":")[0])) for text in source.cells.distinct.filter(short).to_pylist()]
    handled = source.canonical == _HANDLED and float(np.median(np.repeat(lefts, source.cells.counts()[short]))) < _LONGEST_MEDIAN
    return DurationUnit.MINUTES if handled else DurationUnit.HOURS
