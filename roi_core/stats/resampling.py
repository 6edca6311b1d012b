"""Doubt by drawing again: customers drawn anew, and treatment shuffled among alike."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats, floats, two_arms
from roi_core.stats.nuisance import Nuisances

Tell = Callable[[float], None]
_CLUSTERS, _DRAWS = 128, 64
_LEVELS = 1 << 16


@dataclass(frozen=True, slots=True)
class Shuffled:
    """The statistic as it is, those of the shuffles (draws,), and the share of them at least as far from 0, itself counted."""

    observed: float
    shuffles: Floats
    p: float


def overlap_sums(fitted: Nuisances) -> Floats:
    """Per row the numerators and denominators of the augmented overlap contrast of the first outcome, (n, 6); see `overlap_contrast`.

    Residuals are stretched about their mean, so that the contrast of all rows stays what it is.
    """
    e, a = fitted.propensity, fitted.treated
    y, m1, m0 = fitted.outcome[:, 0], fitted.mean_treated[:, 0], fitted.mean_control[:, 0]
    h, w1, w0 = e * (1 - e), a * (1 - e), ~a * e
    stretched = fitted.stretch if isinstance(fitted.stretch, float) else fitted.stretch[:, 0]
    return np.column_stack([h * (m1 - m0), h, w1 * _about_mean(y - m1, w1, stretched), w1, w0 * _about_mean(y - m0, w0, stretched), w0])


def _about_mean(residual: Floats, weights: Floats, stretched: Floats | float) -> Floats:
    """Residuals (n,) stretched, with the weighted mean that they had."""
    longer = stretched * residual
    return longer + np.average(residual, weights=weights) - np.average(longer, weights=weights)


def overlap_contrast(sums: Floats) -> Floats:
    """The contrast (b,) of sums (b, 6) of `overlap_sums`: sum h(m1-m0)/sum h + sum w1(y-m1)/sum w1 - sum w0(y-m0)/sum w0."""
    return sums[:, 0] / sums[:, 1] + sums[:, 2] / sums[:, 3] - sums[:, 4] / sums[:, 5]


def clusters_drawn_again(sums: Floats, draws: int = 1_000, seed: int = 0, tell: Tell | None = None) -> Floats:
    """Column totals (draws, k) of cluster sums (G, k), each cluster counted Poisson(1) times (Hanley, MacGibbon 2006 Am J Epidemiol 163:92).

    For any statistic of sums; models behind the sums are not fitted again. Raises NumbersRefused with fewer than 2 clusters.
    """
    values = floats(sums, "sums")
    if len(values) < 2:
        raise NumbersRefused.too_few("clusters", len(values), 2)
    luck, counts = np.random.default_rng(seed), _poisson_counts()
    total = np.zeros((draws, values.shape[1]))
    for first in range(0, len(values), _CLUSTERS):
        part = values[first : first + _CLUSTERS]
        times = counts[luck.integers(0, _LEVELS, (draws, len(part)), dtype=np.uint16)]
        for start in range(0, draws, _DRAWS):
            total[start : start + _DRAWS] += times[start : start + _DRAWS] @ part
        if tell:
            tell(min(first + _CLUSTERS, len(values)) / len(values))
    return total


def _poisson_counts() -> Floats:
    """Counts of Poisson(1) for 2^16 equally likely numbers."""
    chances = np.cumsum(np.exp(-1.0) / np.cumprod([1.0, *range(1, 12)]))
    return floats(np.searchsorted(chances, (np.arange(_LEVELS) + 0.5) / _LEVELS))


def shuffled(outcome: ArrayLike, treated: ArrayLike, strata: ArrayLike, draws: int = 200, seed: int = 0, tell: Tell | None = None) -> Shuffled:
    """The difference of `outcome` (n,) within `strata` (n,), and the same with `treated` (n,) shuffled within them.

    Strata weigh n1 n0 / n, as overlap weights do (Mantel, Haenszel 1959 J Natl Cancer Inst 22:719; Rosenbaum 2002, Observational Studies,
    2.4.3): shuffles are 0 on average, whatever the strata hold. p = (1 + shuffles as far from 0) / (1 + draws). Raises NumbersRefused for
    an empty arm, missing values, or where no stratum holds both arms.
    """
    arm, y = two_arms(treated), floats(outcome, "outcome")
    codes = np.unique(np.asarray(strata), return_inverse=True)[1]
    order = np.argsort(codes, kind="stable")
    arm, y, codes = arm[order], y[order], codes[order]
    rows, helped, total = (np.bincount(codes, weights=w) for w in (np.ones(len(y)), arm, y))
    mass = float((helped * (rows - helped) / rows).sum())
    if mass <= 0:
        raise NumbersRefused.never_varies("treatment within strata")
    expected = float((total * helped / rows).sum())
    luck, observed, found = np.random.default_rng(seed), (float(y[arm].sum()) - expected) / mass, np.empty(draws)
    for draw in range(draws):
        found[draw] = (float(y[arm[np.argsort(codes + luck.random(len(codes)))]].sum()) - expected) / mass
        if tell:
            tell((draw + 1) / draws)
    as_far = int((np.abs(found) >= abs(observed) - 1e-12).sum())
    return Shuffled(observed, found, (1 + as_far) / (1 + draws))
