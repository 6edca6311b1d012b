"""The adjusted answer with and without the outcome's own clock; the one that speaks less for support is the answer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.flat.adjust import Adjusted, adjust
from roi_core.effects.flat.clock import Clock, clock
from roi_core.effects.flat.rows import FlatRows
from roi_core.results import Absent


@dataclass(frozen=True, slots=True)
class Timed:
    """`answer` is ours and `other` the other way, None without a clock. `kept_time` says whether ours adjusts for the clock."""

    answer: Adjusted
    other: Adjusted | None
    kept_time: bool
    time: Clock | None


def both_ways(rows: FlatRows, could: NDArray[np.bool_], left_out: frozenset[str]) -> Timed:
    """Whether the clock is the outcome's or stood before it cannot be told from one row per customer, so neither way is right for sure."""
    kept, time = adjust(rows, could, left_out), clock(rows, left_out)
    if time is None or isinstance(kept.weighted, Absent):
        return Timed(kept, None, kept_time=time is not None, time=time)
    dropped = adjust(rows, could, left_out | {*time.headers} | time.of_revenue)
    if isinstance(dropped.weighted, Absent) or kept.weighted.value >= dropped.weighted.value:
        return Timed(kept, dropped, kept_time=True, time=time)
    return Timed(dropped, kept, kept_time=False, time=time)
