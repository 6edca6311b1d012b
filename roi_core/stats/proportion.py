"""Intervals for one proportion and for the difference of two."""

from collections.abc import Callable
from math import acos, copysign, cos, inf, pi, sqrt

from roi_core.stats.interval import Interval, z_of

_BISECTIONS = 60


def _checked(x: float, n: float, arm: str = "") -> float:
    if n <= 0:
        raise ValueError(f"n{arm} == {n}, must be at least 1")
    if not 0 <= x <= n:
        raise ValueError(f"x{arm} == {x}, must be from 0 to n{arm} == {n}")
    return x / n


def wilson(x: float, n: float, level: float = 0.95) -> Interval:
    """Score interval of x out of n (Wilson 1927 JASA 22:209; method 3 of Newcombe 1998 Stat Med 17:857).

    Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    p, z = _checked(x, n), z_of(level)
    centre = (x + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * sqrt(n * p * (1 - p) + z * z / 4)
    return Interval(p, 0.0 if x == 0 else centre - reach, 1.0 if x == n else centre + reach)


def newcombe(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 by the hybrid score interval (method 10 of Newcombe 1998 Stat Med 17:873).

    Defined for every table, 0 out of n on both sides included. Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    p1, p0 = _checked(x1, n1, "1"), _checked(x0, n0, "0")
    one, zero = wilson(x1, n1, level), wilson(x0, n0, level)
    down = sqrt((p1 - one.low) ** 2 + (zero.high - p0) ** 2)
    up = sqrt((one.high - p1) ** 2 + (p0 - zero.low) ** 2)
    return Interval(p1 - p0, p1 - p0 - down, p1 - p0 + up)


def miettinen_nurminen(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 by the score interval with the factor N/(N-1) (Miettinen, Nurminen 1985 Stat Med 4:213).

    Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    difference = _checked(x1, n1, "1") - _checked(x0, n0, "0")
    z = z_of(level)
    return Interval(
        difference,
        _crossing(lambda d: _score(x1, n1, x0, n0, d) - z, -1.0, difference),
        _crossing(lambda d: _score(x1, n1, x0, n0, d) + z, difference, 1.0),
    )


def _crossing(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function passes 0; the outer end where it never does."""
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _score(x1: float, n1: float, x0: float, n0: float, difference: float) -> float:
    p0 = _restricted(x1, n1, x0, n0, difference)
    p1 = min(max(p0 + difference, 0.0), 1.0)
    total = n1 + n0
    variance = (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * total / max(total - 1, 1)
    gap = x1 / n1 - x0 / n0 - difference
    if variance <= 0:
        return 0.0 if gap == 0 else copysign(inf, gap)
    return gap / sqrt(variance)


def _restricted(x1: float, n1: float, x0: float, n0: float, difference: float) -> float:
    """Maximum likelihood of p0 where p1 = p0 + difference (closed form, Farrington, Manning 1990 Stat Med 9:1447)."""
    total = n1 + n0
    l2 = (n1 + 2 * n0) * difference - total - x1 - x0
    l1 = (n0 * difference - total - 2 * x0) * difference + x1 + x0
    l0 = x0 * difference * (1 - difference)
    q = l2**3 / (3 * total) ** 3 - l1 * l2 / (6 * total**2) + l0 / (2 * total)
    p = copysign(sqrt(max(l2**2 / (3 * total) ** 2 - l1 / (3 * total), 0.0)), q)
    if p == 0:
        return min(max(-l2 / (3 * total), 0.0), 1.0)
    angle = (pi + acos(min(max(q / p**3, -1.0), 1.0))) / 3
    return min(max(2 * p * cos(angle) - l2 / (3 * total), 0.0), 1.0)
