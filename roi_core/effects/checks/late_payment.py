"""Negative control: a contact cannot change what was paid late the month before."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows, as_estimate
from roi_core.results import Absent, Check, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.stats import weighting

LEAST_EVENTS = 10
NAME = "negative control"


def check(comparison: Comparison[Trials]) -> Verdict:
    """Grade down one where helped and comparable customers differ in late payments before; a quiet one proves nothing."""
    found = placebo(comparison.rows)
    if isinstance(found, Absent):
        return Verdict(Check(NAME, passed=None, text=found.reason))
    return verdict(found)


def placebo(rows: Rows) -> Result:
    """The difference in late payments before, estimated as the answer is; Absent where no such field serves."""
    late = rows.late_payment if isinstance(rows, Trials) else np.empty(0)
    if not len(late) or not np.isfinite(late).all() or _rarest(late, rows.treated) < LEAST_EVENTS:
        return Absent(say("check.no_negative_control"))
    x = rows.covariates
    found = weighting.augmented(late, rows.treated, x.matrix, cluster=rows.cluster, continuous=x.continuous)
    return as_estimate(found, 0, len(np.unique(rows.cluster)), "late payment before, augmented overlap weights, clustered by customer")


def verdict(placebo: Estimate) -> Verdict:
    """What a difference before the contact means: whether its interval holds zero."""
    if not (placebo.low or 0.0) < 0 < (placebo.high or 0.0):
        return Verdict(Check(NAME, passed=False, text=say("check.negative_control_rings")), cap=Grade.C)
    return Verdict(Check(NAME, passed=True, text=say("check.negative_control_quiet")))


def _rarest(late: NDArray[np.float64], treated: NDArray[np.bool_]) -> float:
    """The least of late and not late in either group."""
    return min(float(x.sum()) for arm in (treated, ~treated) for x in (late[arm], 1 - late[arm]))
