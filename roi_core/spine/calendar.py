"""Calendar months as numbers and seconds. A month number is `year * 12 + month - 1`; all seconds are UTC."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_DAY = 86_400
WHOLE_MONTH_SLACK_DAYS = 3
"""A month counts as whole when the files reach to within this many days of its end."""


def month_of(seconds: float) -> int:
    """Month number of an instant."""
    at = datetime.fromtimestamp(seconds, tz=UTC)
    return at.year * 12 + at.month - 1


def months_of(seconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Month numbers of instants, (n,)."""
    return seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def start_of(month: int) -> int:
    """Epoch seconds of the first instant of a month."""
    return int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp())


def last_whole_month(seconds: float) -> int:
    """The last month that is observed to within a few days of its end."""
    month = month_of(seconds)
    return month if seconds >= start_of(month + 1) - WHOLE_MONTH_SLACK_DAYS * _DAY else month - 1


def months_table(first: int, last: int, followed: range) -> pa.Table:
    """Months first..last as (month int32, start_s int64, end_s int64, followed int32: 1 for months in `followed`)."""
    numbers = range(first, last + 1)
    return pa.table(
        {
            "month": pa.array(numbers, pa.int32()),
            "start_s": pa.array([start_of(m) for m in numbers], pa.int64()),
            "end_s": pa.array([start_of(m + 1) for m in numbers], pa.int64()),
            "followed": pa.array([int(m in followed) for m in numbers], pa.int32()),
        }
    )


def month_starts(first: int, last: int) -> NDArray[np.int64]:
    """Epoch seconds of the starts of months first..last, shape (last - first + 1,)."""
    return np.array([start_of(m) for m in range(first, last + 1)], dtype=np.int64)


def add_months(at_s: NDArray[np.int64], month: NDArray[np.int64], months: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """The same day and time `months` later, clipped to the length of the month it falls in.

    `at_s` (n,) seconds, `month` (n,) their month numbers, `months` one number of 0 or more or (n,) of them; returns (n,) seconds.
    """
    if len(month) == 0:
        return at_s.copy()
    first = int(month.min())
    starts = month_starts(first, int((month + months).max()) + 1)
    offset = at_s - starts[month - first]
    target = starts[month - first + months]
    last_day = (starts[month - first + months + 1] - target) // _DAY - 1
    day = np.minimum(offset // _DAY, last_day)
    return np.asarray(target + day * _DAY + offset % _DAY, dtype=np.int64)


def months_between(from_s: NDArray[np.int64], to_s: NDArray[np.int64]) -> NDArray[np.float64]:
    """Months from (n,) to (n,), which are no earlier: whole ones by `add_months`, and the part of the one that has begun, (n,).

    So `to_s` lies within m months exactly where the number is at most m, however long those months are.
    """
    month = months_of(from_s)
    whole = months_of(to_s) - month
    whole -= add_months(from_s, month, whole) > to_s
    begun, ends = (add_months(from_s, month, whole + more) for more in (0, 1))
    return np.asarray(whole + (to_s - begun) / (ends - begun), dtype=np.float64)
