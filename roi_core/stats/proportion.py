"""Intervals for one proportion and for the difference of two."""

from collections.abc import Callable
from math import acos, copysign, cos, pi, sqrt

from roi_core.stats.interval import Interval, wald, z_of

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


def clopper_pearson(x: float, n: float, level: float = 0.95) -> Interval:
    """Exact interval of x out of n: never holds less than its level (Clopper, Pearson 1934 Biometrika 26:404).

    Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    from scipy.special import betaincinv

    p, tail = _checked(x, n), _tail(level)
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    return Interval(p, low, 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail)))


def newcombe(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 by the hybrid score interval (method 10 of Newcombe 1998 Stat Med 17:873).

    Defined for every table, 0 out of n on both sides included. Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    p1, p0 = _checked(x1, n1, "1"), _checked(x0, n0, "0")
    one, zero = wilson(x1, n1, level), wilson(x0, n0, level)
    down = sqrt((p1 - one.low) ** 2 + (zero.high - p0) ** 2)
    up = sqrt((one.high - p1) ** 2 + (p0 - zero.low) ** 2)
    return Interval(p1 - p0, p1 - p0 - down, p1 - p0 + up)


def agresti_caffo(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 with one event and one other row added to each arm (Agresti, Caffo 2000 Am Stat 54:280).

    The value is the plain difference; the limits lie about the one with added rows, within -1 to 1. Raises ValueError unless 0 <= x <= n
    and n >= 1.
    """
    difference = _checked(x1, n1, "1") - _checked(x0, n0, "0")
    p1, p0 = (x1 + 1) / (n1 + 2), (x0 + 1) / (n0 + 2)
    about = wald(p1 - p0, sqrt(p1 * (1 - p1) / (n1 + 2) + p0 * (1 - p0) / (n0 + 2)), level)
    return Interval(difference, max(about.low, -1.0), min(about.high, 1.0))


def mee(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 by the score interval without the factor N/(N-1) (Mee 1984 Biometrics 40:1175; method 5 of Newcombe 1998).

    It holds what the score test of Farrington, Manning 1990 Stat Med 9:1447 does not reject: the interval for non-inferiority of
    shares. Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    return _by_score(x1, n1, x0, n0, level, 1.0)


def miettinen_nurminen(x1: float, n1: float, x0: float, n0: float, level: float = 0.95) -> Interval:
    """Difference x1/n1 - x0/n0 by the score interval with the factor N/(N-1) (Miettinen, Nurminen 1985 Stat Med 4:213).

    Raises ValueError unless 0 <= x <= n and n >= 1.
    """
    return _by_score(x1, n1, x0, n0, level, (n1 + n0) / max(n1 + n0 - 1, 1))


def _tail(level: float) -> float:
    z_of(level)
    return (1 - level) / 2


def _by_score(x1: float, n1: float, x0: float, n0: float, level: float, factor: float) -> Interval:
    difference = _checked(x1, n1, "1") - _checked(x0, n0, "0")
    z = z_of(level)
    return Interval(
        difference,
        _crossing(lambda d: _score(x1, n1, x0, n0, d, factor) - z, -1.0, difference),
        _crossing(lambda d: _score(x1, n1, x0, n0, d, factor) + z, difference, 1.0),
    )


def _crossing(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function passes 0; the outer end where it never does."""
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _score(x1: float, n1: float, x0: float, n0: float, difference: float, factor: float) -> float:
    p0 = _restricted(x1, n1, x0, n0, difference)
    p1 = min(max(p0 + difference, 0.0), 1.0)
    variance = (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * factor
    gap = x1 / n1 - x0 / n0 - difference
    return gap / sqrt(variance) if variance > 0 else 0.0


def _restricted(x1: float, n1: float, x0: float, n0: float, difference: float) -> float:
    """Maximum likelihood of p0 where p1 = p0 + difference (closed form, Farrington, Manning 1990 Stat Med 9:1447)."""
    total = n1 + n0
    l2 = (n1 + 2 * n0) * difference - total - x1 - x0
    l1 = (n0 * difference - total - 2 * x0) * difference + x1 + x0
    l0 = x0 * difference * (1 - difference)
    q = l2**3 / (3 * total) ** 3 - l1 * l2 / (6 * total**2) + l0 / (2 * total)
    p = copysign(sqrt(max(l2**2 / (3 * total) ** 2 - l1 / (3 * total), 0.0)), q)
    angle = (pi + acos(min(q / p**3, 1.0))) / 3 if p else 0.0
    return min(max(2 * p * cos(angle) - l2 / (3 * total), 0.0), 1.0)
