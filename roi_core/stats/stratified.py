"""Two shares compared within strata, so that a mix of unlike strata does not make or hide a difference."""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.groups import column
from roi_core.stats.interval import z_of


@dataclass(frozen=True, slots=True)
class Stratified:
    """A common odds ratio over strata with its limits and the test of none, beside the `crude` one that ignores the strata.

    `reverses` is True where both lie on different sides of 1 (Simpson 1951 JRSSB 13:238): then pooling says the opposite.
    """

    odds_ratio: float
    low: float
    high: float
    statistic: float
    p: float
    crude: float
    strata: int
    reverses: bool


def mantel_haenszel(
    treated_events: ArrayLike, treated_rows: ArrayLike, control_events: ArrayLike, control_rows: ArrayLike, level: float = 0.95, *, corrected: bool = True
) -> Stratified:
    """The Mantel-Haenszel odds ratio over k strata, (k,) each, treated against control.

    Limits by Robins, Breslow, Greenland 1986 Biometrics 42:311; chi-square on 1 degree, less 1/2 where `corrected` (Cochran 1954
    Biometrics 10:417; Mantel, Haenszel 1959 J Natl Cancer Inst 22:719). A stratum with one arm only says nothing and is left out. Raises
    NumbersRefused for events outside of 0..rows, and where no stratum has both arms with the outcome varying.
    """
    a, n1 = _counts(treated_events, treated_rows, "treated")
    c, n0 = _counts(control_events, control_rows, "control")
    if len(a) != len(c):
        raise NumbersRefused.unequal("control strata", len(c), len(a))
    b, d, n = n1 - a, n0 - c, n1 + n0
    told = (n1 > 0) & (n0 > 0)
    a, b, c, d, n = (values[told] for values in (a, b, c, d, n))
    with_, against = a * d / n, b * c / n
    if not (with_.any() and against.any()):
        raise NumbersRefused.never_varies("outcome within the strata that have both arms")
    ratio = float(with_.sum() / against.sum())
    reach = z_of(level) * _log_error(a, b, c, d, n)
    statistic = _chi_square(a, a + b, a + c, n, 0.5 if corrected else 0.0)
    crude = _odds(a, b, c, d)
    return Stratified(ratio, exp(log(ratio) - reach), exp(log(ratio) + reach), statistic, _p(statistic), crude, int(told.sum()), (ratio - 1) * (crude - 1) < 0)


def _counts(events: ArrayLike, rows: ArrayLike, arm: str) -> tuple[Floats, Floats]:
    n = column(rows, f"{arm} rows")
    x = column(events, f"{arm} events", len(n))
    if ((x < 0) | (x > n)).any():
        raise NumbersRefused.value(f"{arm} events", f"{x[(x < 0) | (x > n)][0]:g}", "from 0 to the rows of the stratum")
    return x, n


def _odds(a: Floats, b: Floats, c: Floats, d: Floats) -> float:
    return float(a.sum() * d.sum() / (b.sum() * c.sum()))


def _log_error(a: Floats, b: Floats, c: Floats, d: Floats, n: Floats) -> float:
    p, q, r, s = (a + d) / n, (b + c) / n, a * d / n, b * c / n
    total_r, total_s = r.sum(), s.sum()
    return sqrt(float((p * r).sum() / (2 * total_r**2) + (p * s + q * r).sum() / (2 * total_r * total_s) + (q * s).sum() / (2 * total_s**2)))


def _chi_square(a: Floats, rows: Floats, events: Floats, n: Floats, correction: float) -> float:
    gap = abs(float((a - rows * events / n).sum()))
    variance = float((rows * (n - rows) * events * (n - events) / (n**2 * np.maximum(n - 1, 1))).sum())
    return max(gap - correction, 0.0) ** 2 / variance


def _p(statistic: float) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(1, statistic))
