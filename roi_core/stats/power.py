"""How many are needed, and how small a difference can be seen."""

from math import ceil, sqrt

from roi_core.stats.interval import normal_quantile, z_of

_BISECTIONS = 60


def needed_n(p0: float, difference: float, ratio: float = 1.0, power: float = 0.8, level: float = 0.95) -> float:
    """Rows needed in the treated arm to see p0 + difference against p0; `ratio` controls per treated row.

    Two-sided normal test with pooled variance under the null (Fleiss, Levin, Paik 2003, 4.2), as R's power.prop.test; not
    rounded. Raises ValueError where a probability leaves [0, 1] or the difference is 0.
    """
    p1 = p0 + difference
    if difference == 0 or not (0 <= p0 <= 1 and 0 <= p1 <= 1):
        raise ValueError(f"p0 == {p0}, difference == {difference}: both shares must be from 0 to 1 and differ")
    if ratio <= 0:
        raise ValueError(f"ratio == {ratio}, must be above 0")
    pooled = (p1 + ratio * p0) / (1 + ratio)
    null = sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
    other = sqrt(p1 * (1 - p1) + p0 * (1 - p0) / ratio)
    return ((z_of(level) * null + normal_quantile(power) * other) / difference) ** 2


def needed_n_mean(difference: float, sd: float, ratio: float = 1.0, power: float = 0.8, level: float = 0.95) -> float:
    """Rows needed in the treated arm to see a difference of means; `ratio` controls per treated row, `sd` within arms, both in the outcome's unit.

    Two-sided t test by the noncentral t, the far tail left out, as R's power.t.test (Cohen 1988, Statistical Power Analysis, 2); not
    rounded. Columns from before the test that take away a share r of the variance make it sd * sqrt(1 - r). Raises ValueError where
    difference is 0, sd or ratio not above 0, or power outside of (level's error, 1).
    """
    from scipy.special import nctdtr, stdtrit

    if difference == 0 or sd <= 0 or ratio <= 0 or not (1 - level) / 2 < power < 1:
        raise ValueError(f"difference == {difference}, sd == {sd}, ratio == {ratio}, power == {power}: sd and ratio must be above 0, difference not 0")
    z_of(level)

    def missed(n: float) -> float:
        df = n * (1 + ratio) - 2
        away = abs(difference) / sd * sqrt(n * ratio / (1 + ratio))
        return float(nctdtr(df, away, stdtrit(df, (1 + level) / 2)))

    low = high = 2.0 / min(ratio, 1.0)
    while missed(high) > 1 - power:
        low, high = high, 2 * high
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if missed(middle) > 1 - power else (low, middle)
    return high


def further_periods(value: float, se: float, periods: int, most: int, power: float = 0.8, level: float = 0.95) -> int | None:
    """How many more periods like the `periods` behind `se` would show an effect of this size; None beyond `most`, and for no effect.

    The standard error shrinks with the root of the periods: needed = periods * ((z_level + z_power) se / value)^2.
    """
    if value == 0:
        return None
    more = ceil(periods * (((z_of(level) + normal_quantile(power)) * se / value) ** 2 - 1))
    return max(more, 1) if more <= most else None


def detectable(n1: float, n0: float, p0: float, power: float = 0.8, level: float = 0.95) -> float | None:
    """The smallest fall from p0 that n1 treated and n0 control rows would show with the given power, as a positive number.

    None where even a fall to 0 would be missed. Raises ValueError for an empty arm or p0 outside (0, 1).
    """
    if n1 < 1 or n0 < 1 or not 0 < p0 < 1:
        raise ValueError(f"n1 == {n1}, n0 == {n0}, p0 == {p0}: arms must hold rows and p0 be between 0 and 1")

    def needed(fall: float) -> float:
        return needed_n(p0, -fall, n0 / n1, power, level)

    if needed(p0) > n1:
        return None
    low, high = 0.0, p0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if needed(middle) > n1 else (low, middle)
    return high
