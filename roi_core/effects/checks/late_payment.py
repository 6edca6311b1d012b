"""Negative control: a contact cannot change what was paid late the month before."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.stats import weighting
from roi_core.stats.interval import z_of

LEAST_EVENTS = 10


def check(comparison: Comparison[Trials]) -> Verdict:
    """Grade down one where helped and comparable customers differ in late payments before; a quiet one proves nothing."""
    late = comparison.rows.late_payment
    known = np.isfinite(late)
    treated = comparison.rows.treated
    if not known.all() or _rarest(late, treated) < LEAST_EVENTS:
        return Verdict(Check("negative control", passed=None, text=say("check.no_negative_control")))
    placebo = weighting.augmented(
        late, treated, comparison.rows.covariates.matrix, cluster=comparison.rows.cluster, continuous=comparison.rows.covariates.continuous
    )
    if abs(float(placebo.value)) >= z_of(0.95) * float(placebo.se):
        return Verdict(Check("negative control", passed=False, text=say("check.negative_control_rings")), cap=Grade.C)
    return Verdict(Check("negative control", passed=True, text=say("check.negative_control_quiet")))


def _rarest(late: NDArray[np.float64], treated: NDArray[np.bool_]) -> float:
    """The least of late and not late in either group."""
    return min(float(x.sum()) for arm in (treated, ~treated) for x in (late[arm], 1 - late[arm]))
