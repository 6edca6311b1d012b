"""The array types of this package, and the checks that every function asks of its input."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from roi_core.errors import NumbersRefused

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
FloatOrFloats = Any
"""A float where one outcome was asked, an array (k,) where k outcomes were."""


def floats(values: ArrayLike, name: str = "values") -> Floats:
    """`values` as float64 of any shape. Raises NumbersRefused where one is missing or infinite."""
    array = np.asarray(values, dtype=np.float64)
    if not np.isfinite(array).all():
        raise NumbersRefused.holds(name, "missing or infinite values", "finite")
    return array


def matrix(values: ArrayLike, name: str = "covariates") -> Floats:
    """`values` as float64 (n, p); one dimension is read as a single column. Raises NumbersRefused."""
    array = floats(values, name)
    if array.ndim == 1:
        return array[:, None]
    if array.ndim != 2:
        raise NumbersRefused.value(f"{name}.ndim", array.ndim, "1 or 2")
    return array


def flags(values: ArrayLike, name: str) -> Booleans:
    """`values` (n,) as booleans. Raises NumbersRefused where one is neither 0 nor 1."""
    array = np.asarray(values)
    if array.dtype == np.bool_:
        return array
    if not np.isin(array, (0, 1)).all():
        raise NumbersRefused.holds(name, "values other than 0 and 1", "0 or 1")
    return array.astype(np.bool_)


def two_arms(treated: ArrayLike) -> Booleans:
    """Treatment (n,) as booleans. Raises NumbersRefused where one arm has no rows."""
    arm = flags(treated, "treated")
    if arm.all() or not arm.any():
        raise NumbersRefused.value("treated rows", f"{int(arm.sum())} of {arm.size}", "such that both arms have rows")
    return arm


def is_binary(values: Floats) -> bool:
    """True where every value is 0 or 1."""
    return bool(((values == 0) | (values == 1)).all())
