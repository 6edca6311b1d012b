"""From draws to a result: the value at the estimates, and the middle 95 % of the draws."""

import numpy as np

from roi_core.money.draws import Sample
from roi_core.results import Absent, Estimate, Result
from roi_core.units import Unit


def estimated(sample: Sample | float, n: int, method: str, unit: Unit) -> Result:
    """A result from its sample. One number, or draws that are all equal, give no interval; no finite value gives Absent."""
    if not isinstance(sample, np.ndarray):
        return Estimate(float(sample), None, None, n, method, unit)
    if not np.isfinite(sample).all():
        return Absent("The draws hold no finite value for this figure.", "Check the amounts that were typed.")
    low, high = limits(sample)
    return Estimate(float(sample[0]), low, high, n, method, unit)


def limits(sample: Sample) -> tuple[float | None, float | None]:
    """The 2.5 % and 97.5 % order statistics of the draws, or None twice where nothing varies."""
    draws = sample[1:]
    if not draws.size:
        return None, None
    cut = max(1, draws.size // 40)
    low, high = (float(np.partition(draws, k)[k]) for k in (cut - 1, draws.size - cut))
    return (low, high) if low < high else (None, None)


def share_above(sample: Sample | float, level: float = 0.0) -> float:
    """Share of draws above a level; for one number 1 or 0."""
    draws = sample[1:] if isinstance(sample, np.ndarray) and sample.size > 1 else np.atleast_1d(sample)
    return float(np.mean(draws > level))
