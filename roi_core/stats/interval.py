"""What a statistic hands on: a value with its interval, or a test."""

from dataclasses import dataclass
from math import erfc, sqrt
from statistics import NormalDist

from roi_core.errors import NumbersRefused

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with two-sided limits; `se` is the standard error where the limits come from one."""

    value: float
    low: float
    high: float
    se: float | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A test: its statistic, its degrees of freedom (1 for a z), its two-sided p-value."""

    statistic: float
    df: int
    p: float


def z_of(level: float) -> float:
    """The normal quantile of a two-sided level: 1.96 for 0.95. Raises NumbersRefused outside (0, 1)."""
    if not 0 < level < 1:
        raise NumbersRefused.value("level", level, "between 0 and 1")
    return _NORMAL.inv_cdf((1 + level) / 2)


def normal_quantile(probability: float) -> float:
    """The standard normal quantile."""
    return _NORMAL.inv_cdf(probability)


def two_sided_p(z: float) -> float:
    """The two-sided p-value of a standard normal statistic, accurate far into the tail."""
    return erfc(abs(z) / sqrt(2))


def wald(value: float, se: float, level: float = 0.95) -> Interval:
    """Value plus and minus z standard errors."""
    reach = z_of(level) * se
    return Interval(value, value - reach, value + reach, se)
