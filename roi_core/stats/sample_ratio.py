"""Whether the arms of a test are as large as the draw should have made them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.groups import column

THRESHOLD = 0.001


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """Rows expected in each arm (k,), the p-value of what was seen, the `test` that gave it, and whether the arms do not fit the draw."""

    expected: Floats
    p: float
    test: str
    threshold: float
    mismatch: bool


def sample_ratio(counts: ArrayLike, shares: ArrayLike | None = None, threshold: float = THRESHOLD) -> SampleRatio:
    """Rows (k,) of k arms against the shares (k,) they were to get, equal shares without.

    Two arms: exact binomial, two-sided over counts no likelier than the one seen (Clopper, Pearson 1934); more: chi-square with k - 1
    degrees (Pearson 1900). A mismatch, p under `threshold`, says that rows were lost or drawn unevenly, and that the difference may
    not be read (Fabijan et al. 2019 KDD 2156; Kohavi, Tang, Xu 2020, Trustworthy Online Controlled Experiments, 21, whose 0.001 it is).
    Raises NumbersRefused for fewer than 2 arms, counts that are no whole numbers, shares not above 0, or a threshold outside (0, 1).
    """
    seen = column(counts, "rows per arm")
    if len(seen) < 2:
        raise NumbersRefused.too_few("arms", len(seen), 2)
    if (seen < 0).any() or (seen != np.floor(seen)).any():
        raise NumbersRefused.value("rows per arm", f"{seen.min():g}", "whole numbers of at least 0")
    if seen.sum() < 1:
        raise NumbersRefused.too_few("rows", 0, 1)
    wanted = np.ones_like(seen) if shares is None else column(shares, "shares", len(seen))
    if (wanted <= 0).any():
        raise NumbersRefused.value("shares", f"{wanted.min():g}", "above 0")
    if not 0 < threshold < 1:
        raise NumbersRefused.value("threshold", threshold, "between 0 and 1")
    share = wanted / wanted.sum()
    exact = len(seen) == 2
    p = _binomial(seen, share) if exact else _chi_square(seen, share)
    return SampleRatio(seen.sum() * share, p, "exact binomial" if exact else "chi-square", threshold, p < threshold)


def _binomial(seen: Floats, share: Floats) -> float:
    from scipy.stats import binomtest

    return float(binomtest(int(seen[0]), int(seen.sum()), float(share[0])).pvalue)


def _chi_square(seen: Floats, share: Floats) -> float:
    from scipy.special import chdtrc

    expected = seen.sum() * share
    return float(chdtrc(len(seen) - 1, float(((seen - expected) ** 2 / expected).sum())))
