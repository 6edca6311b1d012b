"""Intervals that may be looked at every day and still hold."""

from dataclasses import dataclass
from math import exp, inf, log, sqrt

from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.interval import z_of
from roi_core.stats.randomised import mean_difference

_LEAST_ROWS = 30


@dataclass(frozen=True, slots=True)
class AlwaysValid:
    """A value with limits that hold at all looks together, and a p-value that may be read at any of them.

    `wider` says how many times as wide as the usual interval it is today.
    """

    value: float
    low: float
    high: float
    p: float
    wider: float
    rows: int
    planned: int


def always_valid(value: float, se: float, rows: int, planned: int, level: float = 0.95) -> AlwaysValid:
    """Limits of an estimate from `rows` rows so far, narrowest about when `planned` rows are there.

    Normal mixture: se sqrt((1 + r) / r (log(1 + r) - 2 log a)), r = rows rho^2, rho^2 = (-2 log a + log(1 - 2 log a)) / planned, a = 1 -
    level (Robbins 1970 Ann Math Stat 41:1397; Waudby-Smith et al. 2024 Ann Stat 52:2613, theorem 2.2 and appendix B.2; Johari,
    Koomen, Pekelis, Walsh 2022 Oper Res 70:1806). `planned` is fixed before the first look. Raises NumbersRefused for a standard error not
    above 0, fewer than 30 rows (the curve of the mean is not yet normal), or a level outside (0, 1).
    """
    if not 0 < level < 1:
        raise NumbersRefused.value("level", level, "between 0 and 1")
    if not 0 < se < inf:
        raise NumbersRefused.value("standard error", se, "above 0")
    for what, found in (("rows", rows), ("planned rows", planned)):
        if found < _LEAST_ROWS:
            raise NumbersRefused.too_few(what, found, _LEAST_ROWS)
    bits = -2 * log(1 - level)
    r = rows * (bits + log(1 + bits)) / planned
    reach = se * sqrt((1 + r) / r * (log(1 + r) + bits))
    p = min(1.0, sqrt(1 + r) * exp(-((value / se) ** 2) * r / (2 * (1 + r))))
    return AlwaysValid(value, value - reach, value + reach, p, reach / (z_of(level) * se), rows, planned)


def always_valid_difference(outcome: ArrayLike, treated: ArrayLike, planned: int, cluster: ArrayLike | None = None, level: float = 0.95) -> AlwaysValid:
    """`always_valid` of the difference of means of `outcome` (n,) by `treated` (n,), with the error of `mean_difference`. Errors as both."""
    found = mean_difference(outcome, treated, cluster)
    return always_valid(found.value, found.se, found.n_treated + found.n_control, planned, level)
