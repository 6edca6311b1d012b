"""The numbers of a test: difference of leaving and of revenue by arm, treated minus control, and each customer's part in their errors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.assigned import Assigned
from roi_core.effects.fit import contributions
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.stats import proportion
from roi_core.stats.randomised import MeanDifference, cuped, mean_difference
from roi_core.stats.sequential import always_valid_difference
from roi_core.units import Unit

Floats = NDArray[np.float64]
LEAST_ROWS_PER_COLUMN = 10
"""Fewer customers for each number known before would be spent on fitting it."""
METHOD, METHOD_BY_ACCOUNT = "as drawn, difference of shares, Newcombe interval", "as drawn, difference of shares, clustered by account"
SHARPER = "as drawn, adjusted for what was known before the draw (CUPED)"
WATCHED = "as drawn, interval that holds at every look"
REVENUE, REVENUE_PLAIN = "monthly revenue as drawn, adjusted for revenue before the draw (CUPED)", "monthly revenue as drawn, difference of means"


@dataclass(frozen=True, slots=True)
class Joint:
    """Gap in leaving, then in monthly revenue 1..H months after the draw: (k,), and the share of each customer or account in their errors (clusters, k)."""

    gaps: Floats
    errors: Floats


def by_account(rows: Assigned) -> NDArray[np.int64] | None:
    """Accounts as clusters where customers are persons of one, else None."""
    return rows.cluster if units(rows) < rows.rows else None


def units(rows: Assigned) -> int:
    """How many were drawn that do not hang together, the n of every number: customers, or accounts where customers are persons of one."""
    return len(np.unique(rows.cluster))


def leaving(rows: Assigned) -> Estimate:
    """Difference of the shares that left, by Newcombe's interval; clustered where customers are persons of an account."""
    cluster = by_account(rows)
    if cluster is None:
        x1, n1 = int(rows.churned[rows.treated].sum()), int(rows.treated.sum())
        x0, n0 = int(rows.churned[~rows.treated].sum()), int((~rows.treated).sum())
        found = proportion.newcombe(x1, n1, x0, n0)
        return Estimate(found.value, found.low, found.high, rows.rows, METHOD, Unit.FRACTION)
    return _estimate(mean_difference(_left(rows), rows.treated, cluster), units(rows), METHOD_BY_ACCOUNT, Unit.FRACTION)


def design_effect(rows: Assigned) -> float:
    """How many times as many customers it takes because persons of an account hang together: 1 where each is their own."""
    if by_account(rows) is None:
        return 1.0
    arms = [_left(rows)[arm] for arm in (rows.treated, ~rows.treated)]
    alone = sum(float(arm.mean() * (1 - arm.mean()) / len(arm)) for arm in arms)
    return float((leaving(rows).standard_error or 0.0) ** 2 / alone) if alone > 0 else 1.0


def sharper(rows: Assigned) -> Result:
    """The same after taking away what numbers from before the draw foretell of leaving."""
    x = rows.covariates.matrix
    if not _enough(rows, x):
        return Absent("Nothing from before the draw is known of enough customers.", "Add revenue, usage or tickets from before the test.")
    try:
        found = cuped(_left(rows), rows.treated, x, by_account(rows)).adjusted
    except NumbersRefused as refused:
        return Absent(str(refused))
    return _estimate(found, units(rows), SHARPER, Unit.FRACTION)


def watched(rows: Assigned) -> Result:
    """The same with an interval that may be looked at while the test runs, narrowest once all who are listed can be followed."""
    try:
        found = always_valid_difference(_left(rows), rows.treated, max(sum(rows.drawn.listed), rows.rows), by_account(rows))
    except NumbersRefused as refused:
        return Absent(str(refused))
    return Estimate(found.value, max(found.low, -1.0), min(found.high, 1.0), units(rows), WATCHED, Unit.FRACTION)


def revenue(rows: Assigned) -> Result:
    """Difference of revenue over the follow-up, a customer; adjusted for revenue before the draw where it is known."""
    paid, x = rows.revenue.sum(axis=1), _before(rows)
    try:
        if _enough(rows, x):
            return _estimate(cuped(paid, rows.treated, x, by_account(rows)).adjusted, units(rows), REVENUE, Unit.MONEY)
        return _estimate(mean_difference(paid, rows.treated, by_account(rows)), units(rows), REVENUE_PLAIN, Unit.MONEY)
    except NumbersRefused as refused:
        return Absent(str(refused))


def joint(rows: Assigned, clusters: int) -> Joint:
    """`leaving`, and `revenue` month by month: its gaps add up to it."""
    x = _before(rows)
    paid = rows.revenue - (x - x.mean(axis=0)) @ _slopes(rows, x) if _enough(rows, x) else rows.revenue
    outcome = np.column_stack([_left(rows), paid])
    gaps = outcome[rows.treated].mean(axis=0) - outcome[~rows.treated].mean(axis=0)
    return Joint(gaps, contributions(_influence(outcome, rows.treated), rows.cluster, clusters))


def _left(rows: Assigned) -> Floats:
    return rows.churned.astype(np.float64)


def _before(rows: Assigned) -> Floats:
    """Revenue before the draw and whether it is known, beside the other numbers from before: (n, p)."""
    before = covariates.number("revenue before", rows.revenue_before)
    return np.column_stack([before.matrix, rows.covariates.matrix])


def _enough(rows: Assigned, x: Floats) -> bool:
    return 0 < LEAST_ROWS_PER_COLUMN * int(x.shape[1]) <= rows.rows


def _slopes(rows: Assigned, x: Floats) -> Floats:
    """What each column foretells of revenue in each month, within arms: (p, H)."""
    within = x - np.where(rows.treated[:, None], x[rows.treated].mean(axis=0), x[~rows.treated].mean(axis=0))
    length = np.sqrt((within**2).sum(axis=0))
    unit = np.where(length > 0, length, 1.0)
    scaled = np.linalg.lstsq(within / unit, _about_arms(rows.revenue, rows.treated), rcond=None)[0]
    return np.asarray(scaled / unit[:, None], dtype=np.float64)


def _about_arms(values: Floats, treated: NDArray[np.bool_]) -> Floats:
    return np.asarray(values - np.where(treated[:, None], values[treated].mean(axis=0), values[~treated].mean(axis=0)), dtype=np.float64)


def _influence(values: Floats, treated: NDArray[np.bool_]) -> Floats:
    n = len(treated)
    share = np.where(treated, n / treated.sum(), -n / (~treated).sum())
    return np.asarray(_about_arms(values, treated) * share[:, None], dtype=np.float64)


def _estimate(found: MeanDifference, n: int, method: str, unit: Unit) -> Estimate:
    return Estimate(found.value, found.low, found.high, n, method, unit)
