"""How strong something unseen would have to be."""

from dataclasses import dataclass
from math import erfc, inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.groups import column


@dataclass(frozen=True, slots=True)
class EValue:
    """E-value of an estimate and of its limit nearest to no effect (None where no limit was given)."""

    value: float
    limit: float | None = None


def e_value(rr: float, low: float | None = None, high: float | None = None) -> EValue:
    """The least risk ratio that an unseen cause would need with both treatment and outcome to explain `rr` away.

    RR + sqrt(RR (RR - 1)), ratios under 1 inverted; the limit is 1 where the interval holds 1 (VanderWeele, Ding 2017
    Ann Intern Med 167:268). Raises ValueError unless ratios are above 0.
    """
    nearest = low if rr >= 1 else high
    if nearest is None:
        return EValue(_e_of(rr))
    return EValue(_e_of(rr), _e_of(max(nearest, 1.0) if rr >= 1 else min(nearest, 1.0)))


def observed_e_value(rr: float, without: float) -> float:
    """The E-value that a measured cause had: what leaving it out does to a risk ratio, as if it were what is hidden.

    E-value of rr / without, the ratio with all measured causes over that without this one (McGowan, Greevy 2020,
    arXiv:2011.07030, section 3). Raises ValueError unless both are above 0.
    """
    if without <= 0:
        raise ValueError(f"without == {without}, must be above 0")
    return _e_of(rr / without)


@dataclass(frozen=True, slots=True)
class SignedRank:
    """The signed-rank statistic of pairs, and the largest one-sided p-value that an unseen cause of strength `gamma` allows."""

    gamma: float
    statistic: float
    p: float
    pairs: int


def _e_of(rr: float) -> float:
    if rr <= 0:
        raise ValueError(f"rr == {rr}, must be above 0")
    away = max(rr, 1 / rr)
    return away + sqrt(away * (away - 1))


def rosenbaum(treated_only: int, control_only: int, p: float = 0.05) -> float:
    """Gamma at which the pairs' one-sided exact McNemar p-value could reach `p`; 1 where it already does without bias.

    `treated_only` and `control_only` count the pairs in which only that member had the outcome; the larger decides the
    side. Under bias gamma the chance of that side is at most gamma / (1 + gamma) (Rosenbaum 2002, Observational Studies, 4.3.2).
    """
    from scipy.special import betaincinv

    larger, smaller = max(treated_only, control_only), min(treated_only, control_only)
    if smaller < 0:
        raise ValueError(f"discordant pairs == {smaller}, must be at least 0")
    if larger == 0:
        return 1.0
    chance = float(betaincinv(larger, smaller + 1, p))
    return max(chance / (1 - chance), 1.0)


def signed_rank_bound(treated: ArrayLike, control: ArrayLike, gamma: float = 1.0) -> SignedRank:
    """Upper bound on the one-sided p-value of treated > control over pairs (n,) and (n,), where odds within a pair may differ `gamma` times.

    Normal curve; mean p+ sum r and variance p+ (1 - p+) sum r^2 over ranks r of absolute differences, p+ = gamma / (1 + gamma)
    (Rosenbaum 2002, Observational Studies, 4.3.3). A pair without a difference keeps its rank and weighs nothing, as in the book; the R
    package rbounds drops it before ranking and so prints other values. To bound treated < control, change the two. Raises NumbersRefused
    for gamma < 1, missing values, or pairs that never differ.
    """
    from scipy.stats import rankdata

    if not 1 <= gamma < inf:
        raise NumbersRefused.value("gamma", gamma, "at least 1 and finite")
    one = column(treated, "treated")
    gap = one - column(control, "control", len(one))
    if not gap.any():
        raise NumbersRefused.never_varies("difference of the pairs")
    ranks = np.where(gap == 0, 0.0, rankdata(np.abs(gap)))
    chance = gamma / (1 + gamma)
    statistic = float(ranks[gap > 0].sum())
    z = (statistic - chance * float(ranks.sum())) / sqrt(chance * (1 - chance) * float((ranks**2).sum()))
    return SignedRank(gamma, statistic, erfc(z / sqrt(2)) / 2, len(gap))


def robustness_value(t: float, df: float, level: float | None = None) -> float:
    """Share of the residual variance of treatment and outcome that an unseen cause must explain to bring the estimate to 0.

    `t` and `df` of a linear model. With `level`, to bring it inside the interval instead (Cinelli, Hazlett 2020 JRSSB 82:39).
    Raises ValueError where df <= 1.
    """
    if df <= 1:
        raise ValueError(f"df == {df}, must be above 1")
    f = abs(t) / sqrt(df)
    if level is not None:
        from scipy.special import stdtrit

        f = max(f - float(stdtrit(df - 1, (1 + level) / 2)) / sqrt(df - 1), 0.0)
    return (sqrt(f**4 + 4 * f**2) - f**2) / 2
