"""Rows that are watched until something happens or until nobody looks any more: their checks and their counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Booleans, Floats, Integers, flags, floats


@dataclass(frozen=True, slots=True)
class Watched:
    """Rows under observation, (n,) each: a row is at risk at t where `start` < t <= `time`, and `event` says whether it ended by one."""

    time: Floats
    event: Booleans
    start: Floats

    def of(self, rows: Booleans) -> "Watched":
        """Those rows alone."""
        return Watched(self.time[rows], self.event[rows], self.start[rows])

    def at_risk(self, times: Floats) -> Integers:
        """Rows at risk just before each of `times` (m,), ascending."""
        left = np.searchsorted(np.sort(self.time), times)
        entered = np.searchsorted(np.sort(self.start), times)
        return entered - left


def watched(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None) -> Watched:
    """Rows from time of event or censoring, whether it was an event, and the time from which the row is watched, (n,) each.

    Raises NumbersRefused without rows, for shapes that differ, missing or negative times, and rows that end before they enter.
    """
    time, event = floats(durations, "durations"), flags(events, "events")
    start = np.full(time.shape, -np.inf) if entry is None else floats(entry, "entry")
    if time.ndim != 1 or time.size == 0 or event.shape != time.shape or start.shape != time.shape:
        raise NumbersRefused.shapes({"durations": time.shape, "events": event.shape, "entry": start.shape})
    if (time < 0).any():
        raise NumbersRefused.holds("durations", f"negative times in {int((time < 0).sum())} of {time.size} rows", "0 or more: the end comes after the start")
    if (start >= time).any():
        raise NumbersRefused.holds("entry", "times at or after the duration", "before it")
    return Watched(time, event, start)


def tally(times: Floats, happened: Floats) -> Integers:
    """How many of `happened` fall on each of `times` (m,), ascending, which hold all of them."""
    return np.bincount(np.searchsorted(times, happened), minlength=len(times))
