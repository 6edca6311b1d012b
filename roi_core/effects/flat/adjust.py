"""The adjusted comparison of a flat file: which columns it uses, and the weighted difference."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.covariates import Covariates, Part
from roi_core.effects.checks import enough_leavers
from roi_core.effects.comparison import Verdict
from roi_core.effects.fit import Plain
from roi_core.effects.flat.clock import clock
from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.rows import FlatRows
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import number
from roi_core.stats import weighting
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit

THIN = "overlap weights"
"""The method where leavers are too few for outcome models, or the data do not determine them."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The columns adjusted for, the weighted difference or why there is none, and its method."""

    covariates: Covariates
    weighted: Weighted | Absent
    method: str = "augmented overlap weights"
    plain: Plain | None = None


def adjust(rows: FlatRows, could: NDArray[np.bool_], left_out: frozenset[str]) -> Adjusted:
    """Overlap weights among those who could have help, augmented where the outcome model is determined by the data."""
    unused = left_out | after_help(rows, left_out)
    known = covariates.stack([_part(c.rows(could)) for c in rows.columns if c.header not in unused], int(could.sum()))
    verdict = enough(rows, could)
    if verdict.refuses:
        return Adjusted(known, Absent(verdict.check.text, verdict.next_step))
    outcome, treated = rows.churned[could].astype(np.float64), rows.supported[could]
    full = weighting.augmented(outcome, treated, known.matrix, continuous=known.continuous)
    plain = _plain(full) if verdict.check.passed else Plain.FEW
    if plain is not None:
        return Adjusted(known, weighting.overlap(outcome, treated, known.matrix, continuous=known.continuous), THIN, plain)
    return Adjusted(known, full)


def _plain(full: Weighted) -> Plain | None:
    """Which model is not determined by the data; None where all are."""
    if "propensity" in full.separated:
        return Plain.PROPENSITY
    return Plain.OUTCOME if full.separated else None


def enough(rows: FlatRows, could: NDArray[np.bool_]) -> Verdict:
    """The gate on leavers of both groups; where it refuses, it says who is not counted, and which column to look at where all or none left."""
    x1, n1, x0, n0 = counts(rows, could)
    verdict = enough_leavers.judge((x1, x0), (n1, n0))
    if not verdict.refuses:
        return verdict
    text, apart = verdict.check.text, int((~could).sum())
    if apart and min(n1, n0):
        text = f"{text} {say('flat.not_counted', n=number(apart, Unit.COUNT), column=rows.headers['supported'])}"
    outcomes = {(n1, n0): "everybody", (0, 0): "nobody"}
    one_sided = outcomes.get((x1, x0)) if min(n1, n0) else None
    next_step = say(f"flat.{one_sided}_left", column=rows.headers["churned"]) if one_sided else verdict.next_step
    return replace(verdict, check=replace(verdict.check, text=text), next_step=next_step)


def after_help(rows: FlatRows, left_out: frozenset[str]) -> frozenset[str]:
    """Headers of satisfaction, revenue and its sums: help may have changed them, so adjusting for them would take its effect away."""
    time = clock(rows, left_out)
    return frozenset(rows.headers[role] for role in ("satisfaction", "revenue") if role in rows.headers) | (time.of_revenue if time else frozenset())


def counts(rows: FlatRows, among: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Leavers and customers with support, leavers and customers without."""
    with_it, without = among & rows.supported, among & ~rows.supported
    return int((rows.churned & with_it).sum()), int(with_it.sum()), int((rows.churned & without).sum()), int(without.sum())


def _part(column: FlatColumn) -> Part:
    if isinstance(column, NumberColumn):
        return covariates.number(column.header, column.values)
    return covariates.label(column.header, column.codes, column.levels)
