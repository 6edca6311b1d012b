"""Bends for continuous columns: straight lines that may turn at the 10th, 50th and 90th percentile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, matrix
from roi_core.stats.blocks import blocks

KNOTS = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Basis:
    """Columns of a design: a constant, the covariates that vary, and hinges max(0, x - knot) of the continuous ones.

    `terms` holds (column, knot) for each term after the constant, knot None for the column itself; `centre` and `scale` bring
    each term to mean 0 and standard deviation 1 over the rows that made the basis.
    """

    terms: tuple[tuple[int, float | None], ...]
    centre: Floats
    scale: Floats

    def design(self, covariates: ArrayLike) -> Floats:
        """The design (n, 1 + number of terms) of covariates (n, p) with the columns that made the basis."""
        x = matrix(covariates)
        columns = np.array([column for column, _ in self.terms], dtype=np.intp)
        bent = np.flatnonzero([knot is not None for _, knot in self.terms])
        knots = np.array([knot for _, knot in self.terms if knot is not None])
        built = np.ones((len(x), 1 + len(self.terms)))
        for rows in blocks(*built.shape):
            terms = x[rows][:, columns]
            terms[:, bent] = np.maximum(terms[:, bent] - knots, 0.0)
            built[rows, 1:] = (terms - self.centre) / self.scale
        return built


def hinges(covariates: ArrayLike, continuous: ArrayLike | None = None, *, splines: bool = True) -> Basis:
    """The basis of covariates (n, p): hinges at the 10th, 50th and 90th percentile of continuous columns.

    `continuous` (p,) says which; without it, columns with more than two distinct values. Knots that fall on an end or on each
    other are used once or not at all; constant columns are dropped (Harrell 2015, Regression Modeling Strategies, 2.4).
    Raises ValueError for values that are missing or infinite.
    """
    x = np.asfortranarray(matrix(covariates))
    bends = np.ones(x.shape[1]) if continuous is None else np.asarray(continuous)
    if bends.shape != (x.shape[1],):
        raise ValueError(f"continuous.shape == {bends.shape}, must be ({x.shape[1]},)")
    terms: list[tuple[int, float | None]] = []
    for column in range(x.shape[1]):
        values = x[:, column]
        if np.ptp(values) == 0:
            continue
        terms.append((column, None))
        if splines and bends[column]:
            terms.extend((column, knot) for knot in _knots(values))
    moments = [_moments(x[:, column], knot) for column, knot in terms]
    return Basis(tuple(terms), np.array([m for m, _ in moments]), np.array([s for _, s in moments]))


def _knots(values: Floats) -> list[float]:
    low, high = values.min(), values.max()
    if ((values == low) | (values == high)).all():
        return []
    places = np.unique(np.quantile(values, KNOTS))
    return [float(k) for k in places if low < k < high]


def _moments(values: Floats, knot: float | None) -> tuple[float, float]:
    term = values if knot is None else np.maximum(values - knot, 0.0)
    return float(term.mean()), float(term.std()) or 1.0
