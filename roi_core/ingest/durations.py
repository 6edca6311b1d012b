"""Durations as exports write them: clock texts past 24 hours, plain numbers of a unit, `2d 3h 10m`; always to minutes."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, Reading, mask, matches, missing
from roi_core.ingest.export import Clock, Duration, DurationUnit

_CLOCK = r"^(?P<sign>-)?(?:(?P<d>\d+) ?d(?:ays?)? )?(?P<h>\d+):(?P<m>\d{1,2})(?::(?P<s>\d{1,2}(?:\.\d+)?))?$"
SHORT_CLOCK = r"^-?\d{1,9}:\d{1,2}$"
"""A clock text of two parts."""
_WORDS = (
    r"^(?P<sign>-)?(?:(?P<d>\d+) ?d(?:ays?)?)? ?(?:(?P<h>\d+) ?h(?:ours?|rs?)?)? ?"
    r"(?:(?P<m>\d+) ?m(?:in(?:utes?|s)?)?)? ?(?:(?P<s>\d+) ?s(?:ec(?:onds?|s)?)?)?$"
)
_PER_UNIT = {
    DurationUnit.MILLISECONDS: 1 / 60_000, DurationUnit.SECONDS: 1 / 60, DurationUnit.MINUTES: 1.0, DurationUnit.HOURS: 60.0, DurationUnit.DAYS: 1440.0,
    DurationUnit.CLOCK: 60.0,
}  # fmt: skip
_OF_HEADER = {"s": DurationUnit.SECONDS, "m": DurationUnit.MINUTES, "h": DurationUnit.HOURS, "d": DurationUnit.DAYS}


def unit_of_header(unit: str | None) -> DurationUnit | None:
    """The unit that a header's bracket names: `s`, `minutes`, `hrs`, `HH:MM:SS`; None where it names none."""
    if unit is None:
        return None
    return DurationUnit.CLOCK if ":" in unit else _OF_HEADER.get(unit[0])


def read_durations(cells: Cells, declared: Duration, delimiter: str | None = None, *, left: DurationUnit = DurationUnit.HOURS) -> Reading:
    """Minutes of each distinct value.

    A clock text says its own unit; `declared` gives that of a plain number, and the clock. A plain number in a column of
    clock texts is hours. `left` is what the left of two parts counts, hours or minutes. Negative durations are kept: whoever uses them decides.
    """
    numbers = read_numbers(cells, delimiter)
    clocked = clock_minutes(cells.distinct)
    if left is DurationUnit.MINUTES:
        clocked = np.where(matches(cells.distinct, SHORT_CLOCK), clocked / 60, clocked)
    written = np.where(np.isnan(clocked), word_minutes(cells.distinct), clocked)
    plain = pc.fill_null(numbers.values.cast(pa.float64()), np.nan).to_numpy(zero_copy_only=False) * _PER_UNIT[declared.unit]
    gone = missing(cells.distinct)
    minutes = np.where(gone, np.nan, np.where(np.isnan(written), plain, written))
    unread = np.isnan(minutes) & ~gone
    bad = {int(code): "is not a duration that can be read" for code in np.flatnonzero(unread)}
    form = _form(cells.distinct, clocked, declared.unit)
    business = declared.clock is Clock.BUSINESS
    note = ("counts business hours, not calendar time; durations are taken from the timestamps",) if business else ()
    unit = "minutes, business hours" if business else "minutes"
    return Reading(pa.array(minutes, pa.float64(), mask=np.isnan(minutes)), bad, note, form, unit=unit)


def clock_minutes(texts: pa.StringArray) -> npt.NDArray[np.float64]:
    """Minutes of each clock text, its left part hours; not a number where it is none."""
    return _minutes(pc.extract_regex(texts, _CLOCK))


def word_minutes(texts: pa.StringArray) -> npt.NDArray[np.float64]:
    """Minutes of each text such as `2d 3h 10m`; not a number where it is none."""
    return _minutes(pc.extract_regex(texts, _WORDS))


def _minutes(pieces: pa.StructArray) -> npt.NDArray[np.float64]:
    days, hours, minutes, seconds = (_number(pc.struct_field(pieces, name)) for name in "dhms")
    total = days * 1440 + hours * 60 + minutes + seconds / 60
    sign = np.where(mask(pc.equal(pc.struct_field(pieces, "sign"), "-")), -1.0, 1.0)
    return np.where(mask(pc.is_valid(pieces)) & (minutes < 60) & (seconds < 60), sign * total, np.nan)


def _number(text: pa.Array) -> npt.NDArray[np.float64]:
    digits = pc.if_else(pc.equal(text, ""), None, text)
    return np.asarray(pc.fill_null(pc.cast(digits, pa.float64()), 0.0).to_numpy(zero_copy_only=False), dtype=np.float64)


def _form(distinct: pa.StringArray, clocked: npt.NDArray[np.float64], unit: DurationUnit) -> str | None:
    if not len(distinct):
        return None
    if np.isnan(clocked).all():
        return unit.value if unit is not DurationUnit.CLOCK else DurationUnit.HOURS.value
    colons = pc.max(pc.count_substring(distinct, ":")).as_py()
    return DurationUnit.CLOCK.value if colons == 2 else "H:MM"
