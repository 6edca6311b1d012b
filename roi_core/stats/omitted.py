"""How far an unseen cause as strong as a measured one could move an estimate."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats, matrix


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measured group of columns: the partial R2 it has with treatment and with the outcome, and the bias of its like."""

    group: str
    r2_treatment: float
    r2_outcome: float
    bias: float


def benchmarks(outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike, groups: list[str]) -> tuple[Benchmark, ...]:
    """For each group of columns, the bias of an unseen cause as strong as it in a linear model; largest first.

    |bias| = se sqrt(df) sqrt(R2_Y R2_D / (1 - R2_D)) (Cinelli, Hazlett 2020 JRSSB 82:39, eq. 5), R2_Y given treatment and the
    other columns, R2_D given the other columns. `outcome`, `treated` (n,), `covariates` (n, p), `groups` (p,) names.
    """
    y, a, x = floats(outcome, "outcome"), floats(treated, "treated"), matrix(covariates)
    design = np.column_stack([np.ones(len(y)), x])
    full_a, full_y = _residuals(design, a), _residuals(np.column_stack([design, a]), y)
    spread = sqrt(float(full_y @ full_y) / float(full_a @ full_a)) if full_a.any() else 0.0
    found = []
    for group in dict.fromkeys(groups):
        rest = design[:, [True, *(g != group for g in groups)]]
        r2_treatment = _partial(_residuals(rest, a), full_a)
        r2_outcome = _partial(_residuals(np.column_stack([rest, a]), y), full_y)
        bias = spread * sqrt(r2_outcome * r2_treatment / max(1 - r2_treatment, 1e-12))
        found.append(Benchmark(group, r2_treatment, r2_outcome, bias))
    return tuple(sorted(found, key=lambda b: -b.bias))


def _residuals(design: Floats, y: Floats) -> Floats:
    gram = design.T @ design
    return np.asarray(y - design @ np.linalg.lstsq(gram, design.T @ y, rcond=None)[0], dtype=np.float64)


def _partial(without: Floats, full: Floats) -> float:
    """Share of the residual variance that the left-out columns explain."""
    alone = float(without @ without)
    return max(0.0, 1 - float(full @ full) / alone) if alone > 0 else 0.0
