"""How far an unseen cause as strong as a measured one could move an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats, matrix
from roi_core.stats.blocks import cross

_LEAST = 1e-12
_DEPENDENT = 1e-10


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
    left = _Left.of(outcome, treated, covariates)
    everything = range(left.columns)
    full_a, full_y = left.of_treatment(everything), left.of_outcome(everything)
    spread = left.scale * sqrt(full_y / max(full_a, _LEAST))
    found = []
    for group in dict.fromkeys(groups):
        rest = [place for place, name in enumerate(groups) if name != group]
        r2_treatment = _partial(left.of_treatment(rest), full_a)
        r2_outcome = _partial(left.of_outcome(rest), full_y)
        found.append(Benchmark(group, r2_treatment, r2_outcome, _bias(spread, r2_treatment, r2_outcome)))
    return tuple(sorted(found, key=lambda b: -b.bias))


def linear_t(outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike) -> tuple[float, int]:
    """The t of `treated` (n,) in a linear model of `outcome` (n,) with `covariates` (n, p) and a constant, and its degrees of freedom.

    What `sensitivity.robustness_value` takes. Raises ValueError where the covariates decide the treatment or nothing is left to vary.
    """
    left = _Left.of(outcome, treated, covariates)
    everything = range(left.columns)
    df = left.rows - 2 - int(np.linalg.matrix_rank(left.products[:-2, :-2], tol=_DEPENDENT))
    free, spread = left.of_treatment(everything), left.of_outcome(everything)
    if df < 1 or free <= _DEPENDENT or spread <= _LEAST:
        raise ValueError(f"rows == {left.rows}, must leave treatment and outcome free to vary beside {left.columns} covariates")
    return left.slope(everything) / sqrt(spread / df / free), df


@dataclass(frozen=True, slots=True)
class _Left:
    """Correlations (p + 2, p + 2) of covariates, treatment and outcome: what any of the covariates leave of the last two, without another look at the rows.

    `scale` is the spread of the outcome over that of the treatment.
    """

    products: Floats
    scale: float
    rows: int

    @classmethod
    def of(cls, outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike) -> Self:
        """From (n,), (n,) and (n, p)."""
        y, a, x = floats(outcome, "outcome"), floats(treated, "treated"), matrix(covariates)
        table = np.column_stack([x, a, y])
        table -= table.mean(axis=0)
        products = cross(table, table)
        spread = np.sqrt(np.diag(products))
        spread = np.where(spread > 0, spread, 1.0)
        return cls(products / np.outer(spread, spread), float(spread[-1] / spread[-2]), len(y))

    @property
    def columns(self) -> int:
        """Number of covariates."""
        return len(self.products) - 2

    def of_treatment(self, kept: Sequence[int]) -> float:
        """Share of the treatment's variance that these covariates leave."""
        return self._share(kept, self.columns)

    def of_outcome(self, kept: Sequence[int]) -> float:
        """Share of the outcome's variance that these covariates and the treatment leave."""
        return self._share([*kept, self.columns], self.columns + 1)

    def slope(self, kept: Sequence[int]) -> float:
        """Coefficient of the treatment beside these covariates, both at unit spread."""
        return float(self._coefficients([*kept, self.columns], self.columns + 1)[-1])

    def _coefficients(self, columns: Sequence[int], target: int) -> Floats:
        at = np.asarray(columns, dtype=np.int64)
        found: Floats = np.linalg.lstsq(self.products[np.ix_(at, at)], self.products[at, target], rcond=_DEPENDENT)[0]
        return found

    def _share(self, columns: Sequence[int], target: int) -> float:
        explained = self._coefficients(columns, target) @ self.products[np.asarray(columns, dtype=np.int64), target]
        return max(float(self.products[target, target] - explained), 0.0)


def _bias(spread: float, r2_treatment: float, r2_outcome: float) -> float:
    """Spread times sqrt(R2_Y R2_D / (1 - R2_D)) of an unseen cause as strong as columns with these partial R2; no bound where it would explain all.

    What the paper squares, (1 + u) / sqrt(1 - u^2) with u the R2 of the unseen cause with treatment, is (1 + u) / (1 - u).
    """
    if r2_treatment >= 0.5:
        return inf
    unseen_treatment = r2_treatment / (1 - r2_treatment)
    unseen_outcome = (1 + unseen_treatment) / (1 - unseen_treatment) * r2_outcome / max(1 - r2_outcome, _LEAST)
    return spread * sqrt(min(unseen_outcome, 1.0) * unseen_treatment / (1 - unseen_treatment))


def _partial(without: float, full: float) -> float:
    """Share of what is left without some columns that they explain."""
    return max(0.0, 1 - full / without) if without > _LEAST else 0.0
