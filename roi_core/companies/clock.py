"""Months, and the instants that the exports of a company are written at. Seconds are epoch seconds, UTC."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MINUTE, HOUR, DAY = 60, 3_600, 86_400
MEAN_MONTH = 2_629_800
"""Seconds of a month in the mean: a twelfth of 365.25 days, by which a reader counts tenure."""
LAST_MONTH = 2025 * 12 + 11
_EPOCH_MONTH = 1970 * 12
_OPENS, _CLOSES = 9 * HOUR, 17 * HOUR


class Window:
    """The months of a company: so many, up to the last one. Settings that hold both numbers inherit it."""

    __slots__ = ()
    months: int
    last_month: int

    @property
    def first_month(self) -> int:
        """Month number of the first month."""
        return self.last_month - self.months + 1


def month_start(month: Ints | int) -> Ints:
    """First second of a month, given by its number (year * 12 + month - 1)."""
    months = np.asarray(month, dtype=np.int64) - _EPOCH_MONTH
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[s]").astype(np.int64))


def stamps(seconds: Ints, unit: Literal["s", "m", "D"] = "s") -> list[str]:
    """`YYYY-MM-DD HH:MM:SS` (unit "s"), `YYYY-MM-DD HH:MM` ("m") or `YYYY-MM-DD` ("D"); a negative second is unknown and stays blank."""
    text = np.datetime_as_string(seconds.astype("datetime64[s]"), unit=unit, casting="unsafe").tolist()
    return [t.replace("T", " ") if known else "" for t, known in zip(text, (seconds >= 0).tolist(), strict=True)]


def business_seconds(start: Ints, end: Ints) -> Ints:
    """Seconds between two instants that fall on Monday to Friday, 09:00 to 17:00."""
    return np.asarray(np.maximum(_opened_until(end) - _opened_until(start), 0))


def _opened_until(seconds: Ints) -> Ints:
    days = (seconds // DAY).astype("datetime64[D]")
    today = np.where(np.is_busday(days), np.clip(seconds % DAY - _OPENS, 0, _CLOSES - _OPENS), 0)
    return np.asarray(np.busday_count(np.datetime64(0, "D"), days) * (_CLOSES - _OPENS) + today)
