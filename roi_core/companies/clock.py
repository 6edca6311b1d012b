"""Months, and the instants that the exports of a company are written at. Seconds are epoch seconds, UTC."""

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MINUTE, HOUR, DAY = 60, 3_600, 86_400
MEAN_MONTH = 2_629_800
"""Seconds of a month in the mean: a twelfth of 365.25 days, by which a reader counts tenure."""
LAST_MONTH = 2025 * 12 + 11
_EPOCH_MONTH = 1970 * 12
_LETTERS = {"s": 19, "m": 16, "D": 10}
_OPENS, _CLOSES = 9 * HOUR, 17 * HOUR


def month_start(month: Ints | int) -> Ints:
    """First second of a month, given by its number (year * 12 + month - 1)."""
    months = np.asarray(month, dtype=np.int64) - _EPOCH_MONTH
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[s]").astype(np.int64))


def stamps(seconds: Ints, unit: Literal["s", "m", "D"] = "s") -> list[str]:
    """`YYYY-MM-DD HH:MM:SS` (unit "s"), `YYYY-MM-DD HH:MM` ("m") or `YYYY-MM-DD` ("D"); a negative second is unknown and stays blank."""
    text = pc.utf8_slice_codeunits(pa.array(seconds).cast(pa.timestamp("s")).cast(pa.string()), 0, _LETTERS[unit])
    stamped: list[str] = pc.if_else(pa.array(seconds >= 0), text, "").to_pylist()
    return stamped


def business_seconds(start: Ints, end: Ints) -> Ints:
    """Seconds between two instants that fall on Monday to Friday, 09:00 to 17:00."""
    return np.asarray(np.maximum(_opened_until(end) - _opened_until(start), 0))


def _opened_until(seconds: Ints) -> Ints:
    days = (seconds // DAY).astype("datetime64[D]")
    today = np.where(np.is_busday(days), np.clip(seconds % DAY - _OPENS, 0, _CLOSES - _OPENS), 0)
    return np.asarray(np.busday_count(np.datetime64(0, "D"), days) * (_CLOSES - _OPENS) + today)
