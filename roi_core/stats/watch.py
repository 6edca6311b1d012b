"""Watching a series: each period against the steady ones before it, by one rule at three sigmas and nine periods on one side."""

from dataclasses import dataclass
from math import ceil, log2, sqrt

import numpy as np

from roi_core.stats.arrays import Integers
from roi_core.stats.control import SIGMAS
from roi_core.stats.expected import Expected, Series
from roi_core.stats.season import YEAR

FEWEST = 8
"""Periods before one can be judged."""
RUN = 9
"""Periods on one side that are an alarm (Nelson 1984 J Qual Technol 16:237), and after which a new level is the usual one."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """From period `first` to `last`, both included: what was expected of the last one, and between which limits. `by_run` where only the run told it."""

    first: int
    last: int
    expected: Expected
    low: float
    high: float
    by_run: bool


def alarms(series: Series, watched: int = 1) -> tuple[Alarm, ...]:
    """All alarms in order. `watched` series that are looked at together share the false alarms of one (Bonferroni, and a run longer by its logarithm).

    A period that alarms is no part of what later ones are held against; after nine in a row they are the new level. A month that was as far off a
    year before is the season. A period is on a side where it is further from the line than the line's own standard error.
    The first periods are held against the others once these are known. Fewer than nine periods have no alarm.
    """
    if series.length <= FEWEST:
        return ()
    walk = _Walk(series, _sigmas(watched), RUN + ceil(log2(watched)))
    for period in range(FEWEST, series.length):
        walk.step(period)
    walk.close()
    return tuple(sorted((*walk.at_the_start(), *walk.found), key=lambda alarm: alarm.first))


def _sigmas(watched: int) -> float:
    from scipy.special import ndtr, ndtri

    return -float(ndtri(ndtr(-SIGMAS) / watched))


class _Walk:
    def __init__(self, series: Series, sigmas: float, run: int) -> None:
        self.series, self.sigmas, self.run = series, sigmas, run
        self.found: list[Alarm] = []
        self.usual: list[int] = self._start()
        self.early: list[int] = []
        self.sides: list[tuple[int, int]] = []
        self.open: list[tuple[int, Expected, bool]] = []
        self.before: Integers = np.array(self.usual)

    def _start(self) -> list[int]:
        """The first periods, without those outside of their own trial limits."""
        start = np.arange(min(FEWEST, self.series.length))
        steady = self.series.steady(start)
        return [int(period) for period in (start[steady] if steady.sum() >= FEWEST // 2 else start)]

    def at_the_start(self) -> list[Alarm]:
        """The first periods, held against what turned out to be usual: that is looking back, so a run tells nothing."""
        found = []
        for period in range(min(FEWEST, self.series.length - 1)):
            before = np.array([one for one in self.early or self.usual if one != period])
            told = self.series.expect(period, before)
            if abs(told.z) > self.sigmas:
                low, high = self.series.limits(period, before, self.sigmas)
                found.append(Alarm(period, period, told, low, high, by_run=False))
        return found

    def step(self, period: int) -> None:
        """Holds one period against the usual ones."""
        before = self._usual()
        told = self.series.expect(period, before)
        side = int(np.sign(told.z)) if abs(told.z) > 1 / sqrt(len(before)) else 0
        self.sides = [*self.sides, (period, side)] if side and self.sides and self.sides[-1][1] == side else [(period, side)]
        if self.open and np.sign(self.open[-1][1].z) != side:
            self.close()
        beyond, run = abs(told.z) > self.sigmas, side != 0 and len(self.sides) >= self.run
        if beyond and self._as_a_year_ago(period, side):
            self.usual = sorted([*self.usual, period - YEAR, period])
        elif beyond or run:
            self._alarm(period, told, by_run=not beyond)
        else:
            self.close()
            self.usual.append(period)

    def _as_a_year_ago(self, period: int, side: int) -> bool:
        """Whether the same month of the year before was as far off on the same side: then it is the season."""
        is_month = self.series.month[period] >= 0
        return bool(is_month) and any(alarm.first <= period - YEAR <= alarm.last and np.sign(alarm.expected.z) == side for alarm in self.found)

    def _usual(self) -> Integers:
        """What this period is held against: the usual ones, without a run that has begun."""
        begun = {period for period, _ in self.sides}
        kept = np.array([period for period in self.usual if period not in begun])
        return kept if len(kept) >= FEWEST // 2 else np.array(self.usual)

    def _alarm(self, period: int, told: Expected, *, by_run: bool) -> None:
        if not self.open:
            self.before = self._usual()
        self.open.append((period, told, by_run))
        if len(self.open) >= self.run:
            periods = [one for one, _, _ in self.open]
            self.close()
            self.early, self.usual, self.sides = self.early or self.usual, periods, []

    def close(self) -> None:
        """Ends the alarm that is open."""
        if not self.open:
            return
        last, told, _ = self.open[-1]
        by_run = all(run for _, _, run in self.open)
        first = last - len(self.sides) + 1 if by_run and self.sides and self.sides[-1][0] >= last else self.open[0][0]
        low, high = self.series.limits(last, self.before, self.sigmas)
        self.found.append(Alarm(min(first, self.open[0][0]), last, told, low, high, by_run))
        self.open = []
