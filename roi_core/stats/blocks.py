"""Matrix products over many rows, in small blocks.

A block holds at most 9,000 cells: it stays in the cache, and under the 9,216 from which OpenBLAS wakes its threads, which spin
where cores are shared (measured: a pass of 30 ms took up to 8 s beside another busy process). Sums run in the order of the rows.
"""

from collections.abc import Iterator

import numpy as np

from roi_core.stats.arrays import Floats

_CELLS = 9_000


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices that cover `rows` rows of `width` columns."""
    size = max(_CELLS // max(width, 1), 32)
    return (slice(first, first + size) for first in range(0, rows, size))


def linear(design: Floats, coefficients: Floats) -> Floats:
    """The linear predictor (n,) of a design (n, p) and coefficients (p,)."""
    eta = np.empty(len(design))
    for part in blocks(*design.shape):
        np.matmul(design[part], coefficients, out=eta[part])
    return eta


def cross(left: Floats, right: Floats) -> Floats:
    """Cross products (p, q) of the columns of (n, p) and (n, q)."""
    total = np.zeros((left.shape[1], right.shape[1]))
    for part in blocks(len(left), max(left.shape[1], right.shape[1])):
        total += left[part].T @ right[part]
    return total


def weighted_sums(weights: Floats, columns: Floats) -> Floats:
    """Sums (k,) of columns (n, k), each row times its weight."""
    return cross(weights[:, None], columns).ravel()


def quadratic(design: Floats, form: Floats) -> Floats:
    """The quadratic form (p, p) of every row x of a design (n, p): x @ form @ x, (n,)."""
    found = np.empty(len(design))
    for part in blocks(*design.shape):
        np.einsum("ij,ij->i", design[part] @ form, design[part], out=found[part])
    return found
