"""Watching a series: each month against those before it, by one rule at three sigmas (of one month, or of three together) and nine months on one side."""

from dataclasses import dataclass, field
from math import ceil, log2

import numpy as np

from roi_core.stats.control import SIGMAS
from roi_core.stats.expected import YEAR, Expected, Series, expect

FEWEST = YEAR
"""Months before one can be judged: a year, so that each part of it was seen."""
RUN = 9
"""Months on one side that are an alarm (Nelson 1984 J Qual Technol 16:237), and after which a new level is the usual one."""
_LATEST = 2
"""How many months before the one that is judged are no part of what it is held against: a jump that was not yet told would hide itself."""
_TOGETHER, _OF_THREE = 3, 1.9
"""Three months in a row are beyond three sigmas together where they lie 1.9 out in the mean: each of their errors is their own, that of the line is shared."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Periods `first` to `last`, both included, on one side of what was expected.

    `at` is the one furthest out, or the last of a run, with what was expected of it. `how` tells by which rule: `beyond` (a month beyond its limits),
    `together` (three months that are so together), `run` (nine on one side). After one that is `usual_since` its periods are what later ones are held against.
    """

    first: int
    last: int
    at: int
    expected: Expected
    how: str
    usual_since: bool = False


@dataclass(slots=True)
class _Watch:
    """What is known before a month is judged: alarms, the usual months, and the latest on one side of what was expected."""

    run: int
    found: list[Alarm] = field(default_factory=list)
    usual: list[int] = field(default_factory=list)
    side: list[tuple[int, Expected]] = field(default_factory=list)


def alarms(series: Series, watched: int = 1) -> tuple[Alarm, ...]:
    """All alarms in order. `watched` series that are looked at together share the false alarms of one (Bonferroni, and a run longer by its logarithm).

    Each month is held against months before it, so that later ones change no alarm that was told. One beyond its limits is no part of what later ones are held
    against; after nine in a row on one side the series starts anew with them. A run is told only of months whose season was known or ruled out: half a year
    lies above the mean of most series. Raises NumbersRefused.
    """
    sigmas, watch = _sigmas(watched), _Watch(RUN + ceil(log2(watched)))
    for period in range(len(series.month)):
        if len(watch.usual) < FEWEST:
            watch.usual.append(period)
        else:
            before = np.array([one for one in watch.usual if one < period - _LATEST])
            _judge(watch, period, expect(series, period, before, sigmas))
    return tuple(watch.found)


def _judge(watch: _Watch, period: int, told: Expected) -> None:
    last = watch.side[-1][1] if watch.side else None
    goes_on = last is not None and told.side == last.side != 0 and told.season_known == last.season_known
    watch.side = [*watch.side, (period, told)] if goes_on else [(period, told)]
    if not told.is_outside:
        watch.usual.append(period)
    if len(watch.side) >= watch.run and (told.season_known or all(one.is_outside for _, one in watch.side)):
        watch.found = [*(alarm for alarm in watch.found if alarm.last < watch.side[0][0]), _of_run(watch.side)]
        watch.usual, watch.side = [one for one, _ in watch.side], []
    elif told.is_outside:
        _add(watch.found, Alarm(period, period, period, told, "beyond"))
    elif _together(three := watch.side[-_TOGETHER:]):
        _add(watch.found, Alarm(three[0][0], period, *max(three, key=_distance), "together"))


def _together(three: list[tuple[int, Expected]]) -> bool:
    """Whether three months, none of them alone, lie beyond three sigmas together; not told of months that may be on a line."""
    if len(three) < _TOGETHER or any(told.is_line or told.is_outside for _, told in three):
        return False
    return sum(map(_distance, three)) > _TOGETHER * _OF_THREE / SIGMAS


def _of_run(side: list[tuple[int, Expected]]) -> Alarm:
    """Of all months of a run, the last of them told unless one is beyond its limits."""
    beyond = [pair for pair in side if pair[1].is_outside]
    return Alarm(side[0][0], side[-1][0], *(max(beyond, key=_distance) if beyond else side[-1]), "beyond" if beyond else "run", usual_since=True)


def _add(found: list[Alarm], new: Alarm) -> None:
    """A new alarm, or a longer one where the month before was part of one on the same side against the same months."""
    last = found[-1] if found else None
    if last is None or last.usual_since or last.last < new.first - 1 or last.expected.side != new.expected.side:
        found.append(new)
        return
    furthest = max(last, new, key=lambda alarm: _distance((alarm.at, alarm.expected)))
    how = "beyond" if "beyond" in (last.how, new.how) else new.how
    found[-1] = Alarm(min(last.first, new.first), new.last, furthest.at, furthest.expected, how)


def _distance(pair: tuple[int, Expected]) -> float:
    return pair[1].distance


def _sigmas(watched: int) -> float:
    from scipy.special import ndtr, ndtri

    return -float(ndtri(ndtr(-SIGMAS) / watched))
