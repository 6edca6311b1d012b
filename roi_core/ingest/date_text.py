"""Texts of dates and times to timestamps under both orders of day and month; which order holds is decided elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import matches
from roi_core.ingest.clock_text import Clocks, read_clocks
from roi_core.ingest.day_text import FIRST_YEAR, LAST_YEAR, read_days

_DAY_AND_CLOCK = r"^(?P<day>.+?)(?:[T ,]+(?P<clock>\d{1,2}:.*))?$"
_COUNTED = (
    ("Excel day numbers since 1900", r"^[2-7]\d{4}(\.\d+)?$", 86_400e6, -25_569),
    ("seconds since 1970", r"^1\d{9}(\.\d+)?$", 1e6, 0),
    ("milliseconds since 1970", r"^1\d{12}$", 1e3, 0),
    ("microseconds since 1970", r"^1\d{15}$", 1, 0),
)
_TIMESTAMP = pa.timestamp("us")
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class BothOrders:
    """Naive timestamps (n distinct) with the day first and with the month first; null where that is no date.

    `order_matters` is false where no value is written with two small numbers. `clock` is the written form of the time,
    `day` that of the date where the order does not matter. `zoned` (n distinct) tells which values carry their own offset,
    which is then applied already; None where none does. `shared` are abbreviations in them that several zones share.
    `year_first` (n distinct) are the timestamps with a year of two digits first; None where no value allows it.
    """

    day_first: pa.Array
    month_first: pa.Array
    order_matters: bool
    day: str
    clock: str
    zoned: npt.NDArray[np.bool_] | None = None
    shared: tuple[str, ...] = ()
    has_half: bool = False
    year_first: pa.Array | None = None


def both_orders(distinct: pa.StringArray) -> BothOrders:
    """Reads every distinct value once under each order."""
    return _iso(distinct) or _counted(distinct) or _written(distinct)


def _iso(distinct: pa.StringArray) -> BothOrders | None:
    try:
        pc.cast(distinct[:1], _TIMESTAMP)
        times = pc.cast(distinct, _TIMESTAMP)
    except pa.ArrowInvalid:
        return None
    years = pc.min_max(pc.year(times))
    if not len(times) or years["min"].as_py() < FIRST_YEAR or years["max"].as_py() > LAST_YEAR:
        return None
    longest = pc.max(pc.utf8_length(distinct)).as_py()
    clock = "" if longest <= 10 else " HH:MM" if longest <= 16 else " HH:MM:SS"
    return BothOrders(times, times, order_matters=False, day="YYYY-MM-DD", clock=clock)


def _counted(distinct: pa.StringArray) -> BothOrders | None:
    for name, pattern, micros, shift in _COUNTED:
        if len(distinct) and matches(distinct, pattern).all():
            counted = pc.cast(distinct, pa.float64()).to_numpy(zero_copy_only=False)
            times = pa.array(np.round((counted + shift) * micros).astype("datetime64[us]"), _TIMESTAMP)
            return BothOrders(times, times, order_matters=False, day=name, clock="")
    return None


def _written(distinct: pa.StringArray) -> BothOrders:
    """Days and clocks repeat far more than their combinations, so each is read once."""
    parts = [pc.extract_regex(distinct[first : first + _PART], _DAY_AND_CLOCK) for first in range(0, len(distinct), _PART)]
    (day_texts, day_of), (clock_texts, clock_of) = (_encoded([pc.struct_field(part, name) for part in parts]) for name in ("day", "clock"))
    days, clocks = read_days(day_texts), read_clocks(clock_texts)
    return BothOrders(
        _times(days.day_first[day_of], clocks, clock_of),
        _times(days.month_first[day_of], clocks, clock_of),
        days.order_matters,
        days.form,
        clocks.form,
        clocks.zoned[clock_of] if clocks.zoned.any() else None,
        clocks.shared,
        clocks.has_half,
        None if days.year_first is None else _times(days.year_first[day_of], clocks, clock_of),
    )


def _encoded(parts: list[pa.StringArray]) -> tuple[pa.StringArray, npt.NDArray[np.int32]]:
    """The distinct texts, null as "", and for every text its place among them."""
    texts = pa.chunked_array([pc.fill_null(part, "").dictionary_encode() for part in parts], pa.dictionary(pa.int32(), pa.string())).unify_dictionaries()
    places = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in texts.chunks]
    return texts.chunk(0).dictionary if parts else pa.array([], pa.string()), np.concatenate([np.empty(0, np.int32), *places])


def _times(days: npt.NDArray[np.datetime64], clocks: Clocks, clock_of: npt.NDArray[np.int32]) -> pa.Array:
    times = days.astype("datetime64[us]") + clocks.micros[clock_of].astype("timedelta64[us]")
    return pa.array(times, _TIMESTAMP, mask=np.isnat(times) | ~clocks.sound[clock_of])
