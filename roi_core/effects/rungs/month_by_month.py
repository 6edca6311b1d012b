"""Month by month: whether customers who were in contact lately leave less often in a month. A check of the sign, not of the size."""

import numpy as np

from roi_core.cohorts.exposed import build_exposed
from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.stats import hazard
from roi_core.units import Unit

LEAST_LEAVERS = 20


def answer(comparison: Comparison[Trials], hidden: frozenset[str]) -> Result | None:  # noqa: ARG001 - every way has the same shape
    """Odds ratio of leaving by a pooled logit. It knows no horizon, so it is asked once, beside the months fixed in advance."""
    if comparison.rows.horizon != comparison.design.horizon_months:
        return None
    rows = build_exposed(comparison.facts, comparison.design)
    if rows is None:
        return Absent(say("rung.months_unseen"))
    if min(int((rows.churned & group).sum()) for group in (rows.treated, ~rows.treated)) < LEAST_LEAVERS:
        return Absent(say("rung.months_few", needed=f"{LEAST_LEAVERS}"))
    try:
        found = hazard.pooled_logit(rows.churned, rows.treated, rows.covariates.matrix, rows.cluster, rows.covariates.continuous)
    except NumbersRefused as refused:
        return Absent(str(refused))
    return Estimate(found.value, found.low, found.high, len(np.unique(rows.cluster)), "pooled logit by month, clustered by customer", Unit.RATIO)
