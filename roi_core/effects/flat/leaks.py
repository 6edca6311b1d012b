"""Columns that give the outcome away: recorded with or after leaving. They are listed and left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.rows import FlatRows
from roi_core.sentences import say
from roi_core.show import number
from roi_core.stats.auc import roc_auc
from roi_core.units import Unit

AUC = 0.95
ONE_SIDED_SHARE = 0.20
LEVEL_ROWS = 20
FILLED_ROWS = 20


@dataclass(frozen=True, slots=True)
class Leak:
    """A column that is left out, and why."""

    header: str
    why: str


def leaks(rows: FlatRows) -> tuple[Leak, ...]:
    """Columns with AUC of at least 0.95 for leaving, or with 20 % of customers or more in one-sided levels, or filled only for leavers."""
    if rows.churned.all() or not rows.churned.any():
        return ()
    found = ((column, _why(column, rows.churned)) for column in rows.columns)
    return tuple(Leak(column.header, why) for column, why in found if why)


def _why(column: FlatColumn, churned: NDArray[np.bool_]) -> str:
    blank = column.blank
    if (~blank).sum() >= FILLED_ROWS and blank.any() and churned[~blank].all():
        return say("flat.leak_filled")
    auc = _auc(column, churned)
    if auc >= AUC:
        return say("flat.leak_auc", auc=number(auc, Unit.RATIO))
    share = _one_sided_share(column, churned)
    return say("flat.leak_levels", share=number(share, Unit.FRACTION)) if share >= ONE_SIDED_SHARE else ""


def _auc(column: FlatColumn, churned: NDArray[np.bool_]) -> float:
    """How well the column alone tells who left, in either direction; a label counts by the share of leavers at its levels."""
    if isinstance(column, NumberColumn):
        known = ~column.blank
        if not 0 < churned[known].sum() < known.sum():
            return 0.5
        auc = roc_auc(churned[known], column.values[known])
    else:
        cells = column.cells + 1
        n = np.bincount(cells)
        if (n[n > 0] < LEVEL_ROWS).mean() > 0.5:
            return 0.5
        auc = roc_auc(churned, (np.bincount(cells, weights=churned.astype(float)) / np.maximum(n, 1))[cells])
    return max(auc, 1 - auc)


def _one_sided_share(column: FlatColumn, churned: NDArray[np.bool_]) -> float:
    """Share of customers in levels of at least 20 rows where nobody or everybody left."""
    cells = column.cells + 1
    n = np.bincount(cells)
    left = np.bincount(cells, weights=churned.astype(float))
    one_sided = (n >= LEVEL_ROWS) & ((left == 0) | (left == n))
    return float(n[one_sided].sum() / len(churned))
