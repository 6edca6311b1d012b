"""Columns that give the outcome away: recorded with or after leaving. They are listed and left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.rows import FlatRows
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine.undated import LEVEL_ROWS, one_sided
from roi_core.stats.auc import roc_auc
from roi_core.units import Unit

AUC = 0.95
ONE_SIDED_SHARE = 0.20
FILLED_ROWS = 20
FILLED_LEAVERS = 0.95
FILLED_LIFT = 1.5
RESTATED_SHARE = 0.80
RESTATED_AUC = 0.98


@dataclass(frozen=True, slots=True)
class Leak:
    """A column that is left out, and why: it tells who left, or it `restates` who got help."""

    header: str
    why: str
    restates: bool = False


def leaking(rows: FlatRows) -> tuple[Leak, ...]:
    """Every column that is left out, once."""
    left = leaks(rows)
    named = {leak.header for leak in left}
    return (*left, *(leak for leak in restatements(rows) if leak.header not in named))


def in_words(found: Sequence[Leak], column: str) -> tuple[str, ...]:
    """One sentence for the columns that tell who left, and one for those that say once more who has `column`."""
    tells, restates = ([leak for leak in found if leak.restates is kind] for kind in (False, True))
    return (*_together(tells, "flat.left_out"), *_together(restates, "flat.left_out_restates", column=column))


def _together(alike: Sequence[Leak], key: str, **slots: str) -> tuple[str, ...]:
    if len(alike) < 2:
        return tuple(say("flat.leak", column=leak.header, why=leak.why) for leak in alike)
    return (say(key, n=f"{len(alike)}", columns=", ".join(leak.header for leak in alike), **slots),)


def leaks(rows: FlatRows) -> tuple[Leak, ...]:
    """Columns with AUC of at least 0.95 for leaving, or filled almost only for leavers, or one-sided for 20 % of customers or more.

    One-sided are levels of at least 20 rows where nobody or everybody left, when chance would hardly bring that.
    """
    if rows.churned.all() or not rows.churned.any():
        return ()
    found = ((column, _why(column, rows.churned)) for column in rows.columns)
    return tuple(Leak(column.header, why) for column, why in found if why)


def restatements(rows: FlatRows) -> tuple[Leak, ...]:
    """Columns that say who got help once more: one value for nearly all of those without, or AUC of at least 0.98 for help."""
    if rows.supported.all() or not rows.supported.any():
        return ()
    why = say("flat.leak_restates", column=rows.headers["supported"])
    return tuple(Leak(column.header, why, restates=True) for column in rows.columns if _restates(column, rows.supported))


def _restates(column: FlatColumn, supported: NDArray[np.bool_]) -> bool:
    cells = column.cells + 1
    without = np.bincount(cells, weights=(~supported).astype(np.float64))
    helped = np.bincount(cells, weights=supported.astype(np.float64))
    nearly_all = (helped == 0) & (without > RESTATED_SHARE * (~supported).sum())
    return bool(nearly_all.any()) or _auc(column, supported) >= RESTATED_AUC


def _why(column: FlatColumn, churned: NDArray[np.bool_]) -> str:
    filled = ~column.blank
    among_filled = float(churned[filled].mean()) if filled.any() else 0.0
    if filled.sum() >= FILLED_ROWS and not filled.all() and among_filled >= FILLED_LEAVERS and among_filled >= FILLED_LIFT * churned.mean():
        return say("flat.leak_filled")
    auc = max(_auc(column, churned), _two_sided(roc_auc(churned, column.blank)))
    if auc >= AUC:
        return say("flat.leak_auc", auc=number(auc, Unit.RATIO))
    cells = column.cells + 1
    share = float(np.bincount(cells)[one_sided(cells, churned)].sum() / len(churned))
    return say("flat.leak_levels", share=number(share, Unit.FRACTION)) if share >= ONE_SIDED_SHARE else ""


def _auc(column: FlatColumn, outcome: NDArray[np.bool_]) -> float:
    """How well the column alone tells who left, in either direction; a label counts by the share of leavers at its levels."""
    if isinstance(column, NumberColumn):
        known = ~column.blank
        if not 0 < outcome[known].sum() < known.sum():
            return 0.5
        auc = roc_auc(outcome[known], column.values[known])
    else:
        cells = column.cells + 1
        n = np.bincount(cells)
        if (n[n > 0] < LEVEL_ROWS).mean() > 0.5:
            return 0.5
        auc = roc_auc(outcome, (np.bincount(cells, weights=outcome.astype(float)) / np.maximum(n, 1))[cells])
    return _two_sided(auc)


def _two_sided(auc: float) -> float:
    return max(auc, 1 - auc)
