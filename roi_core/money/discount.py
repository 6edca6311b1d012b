"""What later money is worth today."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def factors(rate_annual: float | NDArray[np.float64], months: int) -> NDArray[np.float64]:
    """d_t = (1 + r)^(-t/12) for t = 1..months, r a year; shape (months,), or (months, n) for n rates."""
    powers = -np.arange(1, months + 1) / 12
    rates = np.asarray(rate_annual, dtype=np.float64)
    discounted: NDArray[np.float64] = (1 + rates) ** (powers if rates.ndim == 0 else powers[:, None])
    return discounted


def present_value(amounts: Sequence[float], rate_annual: float) -> float:
    """Today's value of amounts that arrive at the ends of months 1, 2, ... in money of those months."""
    return float(factors(rate_annual, len(amounts)) @ np.asarray(amounts, dtype=np.float64))
