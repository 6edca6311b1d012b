"""How far an unseen cause as strong as a measured one could move an estimate."""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats, matrix
from roi_core.stats.blocks import cross
from roi_core.stats.linear import residuals

_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measured group of columns: the partial R2 it has with treatment and with the outcome, and the bias of its like."""

    group: str
    r2_treatment: float
    r2_outcome: float
    bias: float


def benchmarks(outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike, groups: list[str]) -> tuple[Benchmark, ...]:
    """For each group of columns, the largest bias of an unseen cause as strong as it in a linear model; largest first.

    |bias| = se sqrt(df) sqrt(R2_Y R2_D / (1 - R2_D)) with the bounds on R2_Y and R2_D of an unseen cause once as strong as the
    group (Cinelli, Hazlett 2020 JRSSB 82:39, section 4.4). `outcome`, `treated` (n,), `covariates` (n, p), `groups` (p,) names.
    """
    y, a, x = floats(outcome, "outcome"), floats(treated, "treated"), matrix(covariates)
    design = np.column_stack([np.ones(len(y)), x])
    full_a, full_y = residuals(design, a), residuals(np.column_stack([design, a]), y)
    spread = sqrt(float(full_y @ full_y) / float(full_a @ full_a)) if full_a.any() else 0.0
    found = []
    for group in dict.fromkeys(groups):
        rest = design[:, [True, *(g != group for g in groups)]]
        r2_treatment = _partial(residuals(rest, a), full_a)
        r2_outcome = _partial(residuals(np.column_stack([rest, a]), y), full_y)
        found.append(Benchmark(group, r2_treatment, r2_outcome, spread * _bound(r2_treatment, r2_outcome)))
    return tuple(sorted(found, key=lambda b: -b.bias))


def linear_t(outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike) -> tuple[float, int]:
    """The t of `treated` (n,) in a linear model of `outcome` (n,) with `covariates` (n, p) and a constant, and its degrees of freedom.

    What `sensitivity.robustness_value` takes. Raises ValueError where the covariates decide the treatment or nothing is left to vary.
    """
    y, a, x = floats(outcome, "outcome"), floats(treated, "treated"), matrix(covariates)
    design = np.column_stack([np.ones(len(y)), x])
    left_a, left_y = residuals(design, a), residuals(np.column_stack([design, a]), y)
    df = len(y) - int(np.linalg.matrix_rank(cross(design, design))) - 1
    free, spread = float(left_a @ left_a), float(left_y @ left_y)
    if df < 1 or free <= _LEAST * len(y) or spread <= 0:
        raise ValueError(f"rows == {len(y)}, must leave treatment and outcome free to vary beside {x.shape[1]} covariates")
    slope = float(left_a @ residuals(design, y)) / free
    return slope / sqrt(spread / df / free), df


def _bound(r2_treatment: float, r2_outcome: float) -> float:
    """sqrt(R2_Y R2_D / (1 - R2_D)) of an unseen cause as strong as columns with these partial R2; no bound where it would explain all."""
    unseen_treatment = r2_treatment / max(1 - r2_treatment, _LEAST)
    shared = r2_treatment**2 / max((1 - r2_treatment) ** 2, _LEAST)
    if unseen_treatment >= 1 or shared >= 1:
        return inf
    unseen_outcome = ((1 + sqrt(shared)) / sqrt(1 - shared)) ** 2 * r2_outcome / max(1 - r2_outcome, _LEAST)
    return sqrt(min(unseen_outcome, 1.0) * unseen_treatment / (1 - unseen_treatment))


def _partial(without: Floats, full: Floats) -> float:
    """Share of the residual variance that the left-out columns explain."""
    alone = float(without @ without)
    return max(0.0, 1 - float(full @ full) / alone) if alone > 0 else 0.0
