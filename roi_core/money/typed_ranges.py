"""Typed ranges as draws: PERT margins joined by a Gaussian copula.

Each assumption has draws of its own, so that a scenario which moves one leaves the others as they were.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roi_core.assumptions import DECLARED, Assumptions, Correlation, Range
from roi_core.money.draws import Sample, standard_normals, symmetric_root

_SEED = 20_252
_GRID = 1_025


def typed(assumptions: Assumptions, key: str, size: int) -> float | Sample | None:
    """What was typed: a number, or for a range its most likely value followed by `size` draws; None where open."""
    value = assumptions[key]
    if size and isinstance(value, Range):
        return _drawn(assumptions.ranges, assumptions.correlations)[key]
    return assumptions.number(key)


def settled(assumptions: Assumptions, key: str, size: int) -> float | Sample:
    """As `typed`, for what has a default. Raises ValueError where the question is open."""
    value = typed(assumptions, key, size)
    return point(assumptions, key) if value is None else value


def point(assumptions: Assumptions, key: str) -> float:
    """The number or the most likely one, for what has a default. Raises ValueError where the question is open."""
    number = assumptions.number(key)
    if number is None:
        raise ValueError(f"{key} == None, must be answered or have a default")
    return number


def pert(uniform: NDArray[np.float64], span: Range) -> NDArray[np.float64]:
    """Quantiles of the PERT distribution of a range (mean (low + 4 likely + high) / 6), linear between 1,025 points."""
    from scipy.special import betaincinv

    width = span.high - span.low
    alpha, beta = 1 + 4 * (span.likely - span.low) / width, 1 + 4 * (span.high - span.likely) / width
    grid = np.linspace(0.0, 1.0, _GRID)
    return span.low + width * np.interp(uniform, grid, betaincinv(alpha, beta, grid))


@lru_cache(maxsize=32)
def _drawn(ranges: tuple[tuple[str, Range], ...], correlations: tuple[Correlation, ...]) -> dict[str, Sample]:
    from scipy.special import ndtr

    keys, order = [key for key, _ in ranges], list(DECLARED)
    own = standard_normals(len(order), _SEED)[[order.index(key) for key in keys]]
    normals = symmetric_root(_correlation_matrix(keys, correlations)) @ own
    spread = np.sqrt(np.mean(normals**2, axis=1, keepdims=True))
    return {key: np.concatenate(([span.likely], pert(ndtr(row), span))) for (key, span), row in zip(ranges, normals / spread, strict=True)}


def _correlation_matrix(keys: list[str], correlations: tuple[Correlation, ...]) -> NDArray[np.float64]:
    """Pearson correlations of the normals that give these rank correlations: 2 sin(pi rho / 6)."""
    matrix = np.eye(len(keys))
    for correlation in correlations:
        if set(correlation.between) <= set(keys):
            row, column = (keys.index(key) for key in correlation.between)
            matrix[row, column] = matrix[column, row] = 2 * np.sin(np.pi * correlation.rho / 6)
    return matrix
