"""Covariates as a matrix without gaps: dummies for labels, a mean and an indicator for missing numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RARE_LEVEL_ROWS = 20
"""A label with fewer rows than this is counted as "other"."""
MOST_LEVELS = 40
"""A label with more levels is an identifier or free text and no covariate."""


@dataclass(frozen=True, slots=True)
class Covariates:
    """`matrix` (n, p) without nan; `names` (p,) for the screen; `continuous` (p,) says which get splines."""

    matrix: NDArray[np.float64]
    names: tuple[str, ...]
    continuous: NDArray[np.bool_]

    @property
    def groups(self) -> tuple[str, ...]:
        """The variable each column belongs to, without level or "missing"."""
        return tuple(name.split(" = ")[0].removesuffix(" (missing)") for name in self.names)

    def known_share(self, variables: tuple[str, ...], among: NDArray[np.bool_]) -> float:
        """Share of some rows in which at least one of the variables is known; 0 where none of them is a column."""
        present = [v for v in variables if v in self.groups]
        if not present or not among.any():
            return 0.0
        return float((~np.logical_and.reduce([self._missing(v) for v in present]))[among].mean())

    def _missing(self, variable: str) -> NDArray[np.bool_]:
        named = [i for i, name in enumerate(self.names) if name in (f"{variable} (missing)", f"{variable} = missing")]
        return self.matrix[:, named[0]] > 0 if named else np.zeros(len(self.matrix), dtype=np.bool_)

    def rows(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> "Covariates":
        """The same columns for some of the rows."""
        return Covariates(self.matrix[keep], self.names, self.continuous)


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of one variable."""

    matrix: NDArray[np.float64]
    names: tuple[str, ...]
    continuous: bool


def number(name: str, values: NDArray[np.float64]) -> Part:
    """A number: its value (mean where missing), and an indicator where some are missing. Nothing where all are missing."""
    missing = ~np.isfinite(values)
    if missing.all() or np.ptp(values[~missing]) == 0:
        return Part(np.empty((len(values), 0)), (), continuous=True)
    filled = np.where(missing, values[~missing].mean(), values)
    if not missing.any():
        return Part(filled[:, None], (name,), continuous=True)
    return Part(np.column_stack([filled, missing]), (name, f"{name} (missing)"), continuous=True)


def label(name: str, codes: NDArray[np.int64], levels: Sequence[str]) -> Part:
    """A label: one column per level but the most frequent; rare levels are put together; -1 is a level of its own."""
    counts = np.bincount(codes + 1, minlength=len(levels) + 1)
    common = [int(i) for i in np.flatnonzero(counts >= RARE_LEVEL_ROWS)]
    if not 2 <= len(common) <= MOST_LEVELS:
        return Part(np.empty((len(codes), 0)), (), continuous=False)
    base = max(common, key=lambda i: (counts[i], -i))
    kept = [i for i in common if i != base]
    columns = [codes + 1 == i for i in kept]
    names = [f"{name} = {'missing' if i == 0 else levels[i - 1]}" for i in kept]
    rare = ~np.isin(codes + 1, common)
    if rare.sum() >= RARE_LEVEL_ROWS:
        columns, names = [*columns, rare], [*names, f"{name} = other"]
    return Part(np.column_stack(columns).astype(np.float64), tuple(names), continuous=False)


def nothing(rows: int) -> Part:
    """No column at all."""
    return Part(np.empty((rows, 0)), (), continuous=False)


def stack(parts: Sequence[Part], rows: int) -> Covariates:
    """All parts side by side."""
    filled = [p for p in parts if p.names]
    matrix = np.column_stack([p.matrix for p in filled]) if filled else np.empty((rows, 0))
    names = tuple(name for p in filled for name in p.names)
    continuous = np.array([p.continuous and not name.endswith("(missing)") for p in filled for name in p.names], dtype=np.bool_)
    return Covariates(np.asarray(matrix, dtype=np.float64), names, continuous)
