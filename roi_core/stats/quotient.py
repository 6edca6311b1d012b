"""One effect over another: what the first is for each unit that the second is won by."""

from math import sqrt

from roi_core.errors import NumbersRefused
from roi_core.stats.interval import Interval, wald, z_of

LEAST_SES = 3.0
"""A divisor closer to 0 than so many of its errors makes the delta method too narrow; then Fieller's limits stand."""


def quotient(top: float, top_se: float, bottom: float, bottom_se: float, level: float = 0.95) -> Interval:
    """`top` over `bottom`, estimated apart. Delta method; where the divisor is under 3 errors from 0, Fieller's limits.

    Fieller 1954 J R Stat Soc B 16:175: the values r with (top - r bottom)^2 <= z^2 (top_se^2 + r^2 bottom_se^2). Raises NumbersRefused where
    they do not end: the divisor is then no different from 0.
    """
    if bottom == 0 or bottom_se < 0 or top_se < 0:
        raise NumbersRefused.value("divisor", f"{bottom:g}", "other than 0, with errors of 0 or more")
    value = top / bottom
    if abs(bottom) >= LEAST_SES * bottom_se:
        return wald(value, sqrt(top_se**2 + value**2 * bottom_se**2) / abs(bottom), level)
    low, high = fieller(top, top_se, bottom, bottom_se, level)
    return Interval(value, low, high, (high - low) / (2 * z_of(level)))


def fieller(top: float, top_se: float, bottom: float, bottom_se: float, level: float = 0.95) -> tuple[float, float]:
    """Fieller's limits of a quotient of estimates made apart. Raises NumbersRefused where they do not end."""
    z2 = z_of(level) ** 2
    a, b, c = bottom**2 - z2 * bottom_se**2, top * bottom, top**2 - z2 * top_se**2
    if a <= 0:
        raise NumbersRefused.value("divisor", f"{bottom:g}", "different enough from 0 to divide by")
    root = sqrt(max(b * b - a * c, 0.0))
    return (b - root) / a, (b + root) / a
