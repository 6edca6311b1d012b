"""The answer of one flat file: raw shares struck out, those who could own it, overlap weights; grade C, and why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.covariates import Covariates, Part
from roi_core.effects import words
from roi_core.effects.balancing import balance_rows, imbalance
from roi_core.effects.checks import balance, enough_leavers
from roi_core.effects.comparison import Verdict
from roi_core.effects.fit import CHURN, as_estimate
from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.leaks import Leak, leaks, restatements
from roi_core.effects.flat.ownership import CannotOwn, cannot_own
from roi_core.effects.flat.rows import FlatRows
from roi_core.effects.satisfaction import dose
from roi_core.measured import BalanceRow, Dose, FunnelStep
from roi_core.results import Absent, Check, Effect, Episodes, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.show import share
from roi_core.stats import proportion, weighting
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit

KEY = "supported.churn"
MOST_LEVELS = 30
"""A label with more levels is an identifier or free text and no covariate."""


@dataclass(frozen=True, slots=True)
class FlatAnalysis:
    """The effect, what was left out, and the pictures of one flat file."""

    effect: Effect
    leaks: tuple[Leak, ...]
    cannot_own: CannotOwn | None
    balance: tuple[BalanceRow, ...] | Absent
    funnel: tuple[FunnelStep, ...]
    satisfaction: Dose | Absent
    notes: tuple[str, ...]


def analyse_flat(rows: FlatRows) -> FlatAnalysis:
    """Compares customers with and without support among those who could have it, on all columns that do not leak."""
    leaking = (*leaks(rows), *restatements(rows))
    left_out = frozenset(leak.header for leak in leaking)
    apart = cannot_own(rows, left_out)
    could = ~apart.rows if apart else np.ones(rows.rows, dtype=bool)
    weighted, known = _weighted(rows, could, left_out)
    effect = _effect(rows, could, weighted, known, apart)
    treated = rows.supported[could]
    return FlatAnalysis(
        effect=effect,
        leaks=leaking,
        cannot_own=apart,
        balance=balance_rows(known, treated, weighted.propensity) if isinstance(weighted, Weighted) else weighted,
        funnel=_funnel(rows, could, apart),
        satisfaction=_satisfaction(rows, left_out),
        notes=_notes(rows, could, leaking, apart),
    )


def _after_help(rows: FlatRows) -> frozenset[str]:
    """Headers of satisfaction and revenue: help may have changed both, so adjusting for them would take its effect away."""
    return frozenset(rows.headers[role] for role in ("satisfaction", "revenue") if role in rows.headers)


def _counts(rows: FlatRows, among: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Leavers and customers with support, leavers and customers without."""
    with_it, without = among & rows.supported, among & ~rows.supported
    return int((rows.churned & with_it).sum()), int(with_it.sum()), int((rows.churned & without).sum()), int(without.sum())


def _newcombe(rows: FlatRows, among: NDArray[np.bool_]) -> Result:
    x1, n1, x0, n0 = _counts(rows, among)
    if not n1 or not n0:
        return Absent("All of these customers are in one group.")
    gap = proportion.newcombe(x1, n1, x0, n0)
    method = f"{share(x1, n1)} against {share(x0, n0)}, Newcombe interval"
    return Estimate(gap.value, gap.low, gap.high, n1 + n0, method, Unit.FRACTION)


def _weighted(rows: FlatRows, could: NDArray[np.bool_], left_out: frozenset[str]) -> tuple[Weighted | Absent, Covariates]:
    known = covariates.stack([_part(c.rows(could)) for c in rows.columns if c.header not in left_out | _after_help(rows)], int(could.sum()))
    verdict = _enough(rows, could)
    if verdict.refuses:
        return Absent(verdict.check.text), known
    outcome, treated = rows.churned[could].astype(np.float64), rows.supported[could]
    full = weighting.augmented(outcome, treated, known.matrix, continuous=known.continuous)
    if full.separated or not verdict.check.passed:
        return weighting.overlap(outcome, treated, known.matrix, continuous=known.continuous), known
    return full, known


def _enough(rows: FlatRows, could: NDArray[np.bool_]) -> Verdict:
    x1, n1, x0, n0 = _counts(rows, could)
    return enough_leavers.judge((x1, x0), (n1, n0))


def _part(column: FlatColumn) -> Part:
    if isinstance(column, NumberColumn):
        return covariates.number(column.header, column.values)
    if len(column.levels) > MOST_LEVELS:
        return covariates.nothing(len(column.codes))
    return covariates.label(column.header, column.codes, column.levels)


def _effect(rows: FlatRows, could: NDArray[np.bool_], weighted: Weighted | Absent, known: Covariates, apart: CannotOwn | None) -> Effect:
    everybody = np.ones(rows.rows, dtype=bool)
    n = int(could.sum())
    result = weighted if isinstance(weighted, Absent) else as_estimate(weighted, CHURN, n, "augmented overlap weights")
    raw_could = (Rung("who_could", "Among those who could have it", "raw difference, eligible customers", _newcombe(rows, could)),) if apart else ()
    ladder = (
        Rung("spreadsheet", "Spreadsheet's way", "raw difference of shares", _newcombe(rows, everybody), struck_out=True),
        *raw_could,
        Rung("closest", "Closest comparable customers", "augmented overlap weights (ATO)", result, default=True),
    )
    return Effect(KEY, result, "ATO", Grade.C, _sentence(rows, result), _checks(rows, could, weighted, known), ladder, _episodes(rows, could, weighted))


def _episodes(rows: FlatRows, could: NDArray[np.bool_], weighted: Weighted | Absent) -> Episodes | None:
    if isinstance(weighted, Absent):
        return None
    treated = rows.supported[could]
    mass = float((1 - weighted.propensity)[treated].sum())
    return Episodes(int(treated.sum()), int((~treated).sum()), len(treated), mass, int(rows.supported.sum()), 0, 0)


def _checks(rows: FlatRows, could: NDArray[np.bool_], weighted: Weighted | Absent, known: Covariates) -> tuple[Check, ...]:
    found = [
        Check("before and after", passed=False, text=say("flat.same_time", supported=rows.headers["supported"], churned=rows.headers["churned"])),
        _enough(rows, could).check,
    ]
    if isinstance(weighted, Weighted):
        found.append(balance.judge(imbalance(known, rows.supported[could], weighted.propensity)).check)
    return tuple(found)


def _sentence(rows: FlatRows, result: Result) -> str:
    column = rows.headers["supported"]
    if isinstance(result, Absent):
        return result.reason
    match words.direction(result):
        case "helped":
            return say("flat.helped", column=column, points=words.points(result.value), **words.bounds(result))
        case "harm":
            return say("flat.harm", column=column, points=words.points(result.value), **words.limits(result))
    return say("flat.none", column=column, **words.limits(result))


def _funnel(rows: FlatRows, could: NDArray[np.bool_], apart: CannotOwn | None) -> tuple[FunnelStep, ...]:
    steps = [FunnelStep("All customers of the file", rows.rows + rows.set_aside, rows.rows + rows.set_aside, "One row is one customer.")]
    steps.append(FunnelStep("Both columns filled", rows.rows, rows.rows, "Rows without a readable answer in either column are left out."))
    if apart:
        n = int(could.sum())
        steps.append(FunnelStep("Could have had it", n, n, f"Nobody with {apart.header} = {apart.level} has it."))
    return tuple(steps)


def _satisfaction(rows: FlatRows, left_out: frozenset[str]) -> Dose | Absent:
    if rows.satisfaction is None:
        return Absent("No column holds a satisfaction score.")
    header = rows.headers["satisfaction"]
    if header in left_out:
        return Absent(f"{header} all but decides who left, so it was recorded with or after leaving. It is not shown as a cause of anything.")
    known = np.isfinite(rows.satisfaction)
    return dose(rows.satisfaction[known], rows.churned[known], "so far")


def _notes(rows: FlatRows, could: NDArray[np.bool_], leaking: tuple[Leak, ...], apart: CannotOwn | None) -> tuple[str, ...]:
    column = rows.headers["supported"]
    notes = [say("flat.same_time", supported=column, churned=rows.headers["churned"]), say("flat.paid_or_received", column=column)]
    if apart:
        x1, n1, x0, n0 = _counts(rows, could)
        group = f"{apart.header} = {apart.level}"
        slots = {"n": f"{apart.count:,}", "column": column, "group": group, "helped": share(x1, n1), "others": share(x0, n0)}
        notes.append(say("flat.cannot_own", **slots))
    after = sorted(_after_help(rows) - {leak.header for leak in leaking})
    if after:
        notes.append(say("flat.after_help", columns=" and ".join(after)))
    return (*notes, *(say("flat.leak", column=leak.header, why=leak.why) for leak in leaking))
