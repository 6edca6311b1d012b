"""Customers who could not have had support at all: they are no comparison for those who had."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.flat.columns import LabelColumn
from roi_core.effects.flat.rows import FlatRows

LEAST_ROWS = 20
LEAST_EXPECTED = 20.0
"""A level without a single supported customer means something where at least this many were to be expected."""


@dataclass(frozen=True, slots=True)
class CannotOwn:
    """The level of a column at which nobody is supported, and its rows (n,)."""

    header: str
    level: str
    rows: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """Customers at that level."""
        return int(self.rows.sum())


def cannot_own(rows: FlatRows, left_out: frozenset[str]) -> CannotOwn | None:
    """The largest group without a single supported customer, by one level of one column; None where there is none."""
    share = rows.supported.mean()
    found = [g for c in rows.columns if c.header not in left_out and isinstance(c, LabelColumn) for g in _groups(c, rows.supported, float(share))]
    return max(found, key=lambda g: (g.count, g.level != "blank"), default=None)


def _groups(column: LabelColumn, supported: NDArray[np.bool_], share: float) -> list[CannotOwn]:
    cells = column.cells + 1
    n = np.bincount(cells)
    helped = np.bincount(cells, weights=supported.astype(float))
    empty = np.flatnonzero((n >= LEAST_ROWS) & (n * share >= LEAST_EXPECTED) & (helped == 0))
    return [CannotOwn(column.header, "blank" if i == 0 else column.levels[i - 1], cells == i) for i in empty]
