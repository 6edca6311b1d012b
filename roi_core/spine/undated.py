"""Columns of a customer list hold what is true today: one that was changed on leaving tells who left."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.spine.facts import integers, labels

UNDATED = ("plan", "segment", "industry", "country")
"""Labels without a date of their own; the plan has one where subscriptions are known."""
LEVEL_ROWS = 20
CHANCE = 0.001


def telling_labels(spine: pa.Table, *, subscriptions: bool) -> tuple[str, ...]:
    """Undated labels of the spine with a level at which nobody or everybody left, when chance would hardly do that."""
    dated = {"plan"} if subscriptions else set()
    left = integers(spine, "churned_s") >= 0
    return tuple(column for column in UNDATED if column not in dated and one_sided(labels(spine, column)[0] + 1, left).any())


def one_sided(cells: NDArray[np.int64], left: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Levels (by code from 0) of at least 20 rows where nobody or everybody left, at a chance under 0.001 over all levels."""
    n = np.bincount(cells)
    gone = np.bincount(cells, weights=left.astype(np.float64))
    share = float(left.mean()) if len(left) else 0.0
    unlikely = np.where(gone == 0, (1 - share) ** n, share**n) < CHANCE / max(int((n > 0).sum()), 1)
    return np.asarray((n >= LEVEL_ROWS) & ((gone == 0) | (gone == n)) & unlikely, dtype=np.bool_)
