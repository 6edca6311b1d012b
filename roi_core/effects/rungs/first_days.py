"""The first 30 days only: one window, and those still there at its end."""

import numpy as np

from roi_core.cohorts.first_days import FirstDays, build_first_days
from roi_core.cohorts.trials import Trials
from roi_core.effects.checks import enough_leavers
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, as_estimate
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.stats import nuisance, weighting
from roi_core.stats.weighting import Weighted


def answer(comparison: Comparison[Trials], hidden: frozenset[str]) -> Result:  # noqa: ARG001 - every way has the same shape
    """Augmented overlap weights over one landmark; Absent where fewer than 10 customers of a group left."""
    rows = build_first_days(comparison.facts, comparison.design, comparison.rows.horizon)
    if rows is None:
        return Absent(say("rung.first_days_unseen", months=f"{comparison.rows.horizon}"))
    fewest = min(int((rows.churned & group).sum()) for group in (rows.treated, ~rows.treated))
    if fewest < enough_leavers.TOO_FEW:
        return Absent(say("rung.first_days_few", n=f"{fewest}"))
    method = f"one window of 30 days, {rows.set_aside:,} who left in it set aside; overlap weights, clustered by customer"
    return as_estimate(_weighted(rows, thin=fewest < enough_leavers.ENOUGH), CHURN, len(np.unique(rows.cluster)), method)


def _weighted(rows: FirstDays, *, thin: bool) -> Weighted:
    left, x = rows.churned.astype(np.float64), rows.covariates
    if not thin:
        nuisances = nuisance.fit(left, rows.treated, x.matrix, x.continuous, cluster=rows.cluster)
        if not nuisances.separated:
            return weighting.contrast(nuisances, rows.cluster)
    return weighting.overlap(left, rows.treated, x.matrix, rows.cluster, continuous=x.continuous)
