"""Joint draws of the estimates, made once for one set of estimates and read by every slider.

Estimates of one run rest on the same customers, so they are drawn together from the covariance of their influence
functions. Leaving that out moved the width of a money interval by 40 % in simulation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roi_core.measured import Joint

SIZE = 20_000
_SEED = 20_251

Sample = NDArray[np.float64]
"""(1 + n,): first the value at the estimates themselves, then the value in each draw."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Draws of every estimate of a run: `values` is (k, 1 + size), its column 0 the estimates themselves."""

    names: tuple[str, ...]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, joint: Joint) -> "Draws":
        """The 20,000 draws of these estimates; the same object for equal estimates."""
        mean, covariance = (np.ascontiguousarray(a, dtype=np.float64) for a in (joint.mean, joint.covariance))
        return _drawn(joint.names, mean.tobytes(), covariance.tobytes())

    @classmethod
    def none(cls, joint: Joint) -> "Draws":
        """The estimates alone: the same arithmetic where no interval is asked for."""
        return cls(joint.names, np.asarray(joint.mean, dtype=np.float64)[:, None])

    @property
    def size(self) -> int:
        """How many draws there are."""
        return int(self.values.shape[1]) - 1

    def has(self, names: Sequence[str]) -> bool:
        """Whether every one of these estimates was made."""
        return set(names) <= set(self.names)

    def block(self, names: Sequence[str]) -> NDArray[np.float64]:
        """(m, 1 + size) draws of some estimates. Raises ValueError for a name that is not there."""
        return self.values[[self.names.index(name) for name in names]]

    def weighted(self, names: Sequence[str], weights: NDArray[np.float64]) -> Sample:
        """The weighted sum of some estimates; weights (m,), or (m, 1 + size) where they are drawn themselves."""
        block = self.block(names)
        total: Sample = weights @ block if weights.ndim == 1 else np.einsum("ij,ij->j", weights, block)
        return total


@lru_cache(maxsize=4)
def _drawn(names: tuple[str, ...], mean: bytes, covariance: bytes) -> Draws:
    centre, k = np.frombuffer(mean), len(names)
    moved = symmetric_root(np.frombuffer(covariance).reshape(k, k)) @ standard_normals(k)
    values = np.column_stack((centre, centre[:, None] + moved))
    values.flags.writeable = False
    return Draws(names, values)


def symmetric_root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The one symmetric square root of a (k, k) covariance; what rounding left below zero counts as zero."""
    variances, directions = np.linalg.eigh(covariance)
    return np.asarray((directions * np.sqrt(np.clip(variances, 0.0, None))) @ directions.T, dtype=np.float64)


@lru_cache(maxsize=4)
def standard_normals(k: int, seed: int = _SEED) -> NDArray[np.float64]:
    """(k, SIZE) standard normals, each draw with its mirror image, so that a mean of draws is the estimate itself."""
    half = np.random.default_rng(seed).standard_normal((k, SIZE // 2))
    return np.concatenate((half, -half), axis=1)
