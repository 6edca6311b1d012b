"""The answers of several levels taken together: pulled toward their average, and counted among so many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from roi_core.effects.words import direction
from roi_core.results import Absent, Estimate, Grade, Result, as_json
from roi_core.stats.interval import Test, two_sided_p
from roi_core.stats.multiplicity import benjamini_hochberg, cochran_q, shrink
from roi_core.units import Unit

MOST_LEVELS = 24
"""The largest are compared."""
SURE = 0.05
METHOD = "pulled toward the average of {k} answers, full-Bayes shrinkage"


@dataclass(frozen=True, slots=True)
class Level:
    """The customers of one level: their `own` answer or why there is none; the same `pulled` toward the average of all and q among all, None without one."""

    name: str
    own: Result
    pulled: Estimate | None = None
    q: float | None = None

    @property
    def found(self) -> str:
        """`helped` or `harm` where q is at most 0.05 and the pulled interval lies on that side of zero, as its own answer does; else `none`."""
        if self.pulled is None or self.q is None or self.q > SURE or not isinstance(self.own, Estimate) or self.own.value * self.pulled.value <= 0:
            return "none"
        return direction(self.pulled)


@dataclass(frozen=True, slots=True)
class Segments:
    """The levels of a dimension, those with most customers first; what they come to together, and whether they differ from each other at all.

    `average` is what they are pulled toward, `differ` Cochran's Q. `outcome` and `months` are what was followed and for how long.
    """

    dimension: str
    outcome: str
    months: int
    levels: tuple[Level, ...]
    average: Estimate
    differ: Test
    grade: Grade
    sentence: str = ""
    notes: tuple[str, ...] = ()

    @property
    def compared(self) -> tuple[Level, ...]:
        """Levels with an answer."""
        return tuple(level for level in self.levels if level.pulled is not None)

    def called(self, found: str) -> tuple[Level, ...]:
        """Levels of which `helped` or `harm` was found."""
        return tuple(level for level in self.levels if level.found == found)


def pull(levels: Sequence[Level]) -> tuple[tuple[Level, ...], Estimate, Test]:
    """The same levels with what they are pulled to and q, their average, and whether they differ. Raises ValueError with fewer than two answers.

    tau ~ half-normal(0.05), on a grid (`multiplicity.shrink`); q by Benjamini, Hochberg 1995 over the levels' own answers.
    """
    answers = {level.name: level.own for level in levels if isinstance(level.own, Estimate)}
    values, errors = [own.value for own in answers.values()], [own.standard_error or 0.0 for own in answers.values()]
    found, method = shrink(values, errors), METHOD.format(k=len(answers))
    q = benjamini_hochberg([two_sided_p(value / error) for value, error in zip(values, errors, strict=True)])
    limits = zip(found.values, found.lows, found.highs, q, strict=True)
    pulled = {
        name: (Estimate(float(value), float(low), float(high), own.n, method, Unit.FRACTION), float(chance))
        for (name, own), (value, low, high, chance) in zip(answers.items(), limits, strict=True)
    }
    n = sum(own.n for own in answers.values())
    average = Estimate(found.average, found.average_low, found.average_high, n, method, Unit.FRACTION)
    return tuple(_with(level, pulled) for level in levels), average, cochran_q(values, errors)


def segments_as_json(found: Segments | Absent) -> dict[str, Any]:
    """The levels of one dimension, those with most customers first; the reason where they cannot be held against each other."""
    if isinstance(found, Absent):
        return {"absent": found.reason}
    return {
        "sentence": found.sentence,
        "grade": str(found.grade),
        "outcome": found.outcome,
        "months": found.months,
        "average": as_json(found.average),
        "differ_p": found.differ.p,
        "levels": [_level_as_json(level) for level in found.levels],
        "notes": list(found.notes),
    }


def _level_as_json(level: Level) -> dict[str, Any]:
    pulled = None if level.pulled is None else as_json(level.pulled)
    return {"name": level.name, "estimate": as_json(level.own), "pulled": pulled, "q": level.q, "found": level.found}


def _with(level: Level, pulled: Mapping[str, tuple[Estimate, float]]) -> Level:
    if level.name not in pulled:
        return level
    value, q = pulled[level.name]
    return replace(level, pulled=value, q=q)
