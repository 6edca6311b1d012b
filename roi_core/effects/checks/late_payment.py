"""Negative control: a contact cannot change what was paid late the month before."""

import numpy as np

from roi_core.cohorts.trials import Trials
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.stats import weighting

LEAST_EVENTS = 10
Z_05 = 1.959963984540054


def check(comparison: Comparison[Trials]) -> Verdict:
    """Grade down one where helped and comparable customers differ in late payments before; a quiet one proves nothing."""
    late = comparison.rows.late_payment
    known = np.isfinite(late)
    treated = comparison.rows.treated
    if not known.all() or min(late[treated].sum(), late[~treated].sum()) < LEAST_EVENTS:
        return Verdict(Check("negative control", passed=None, text=say("check.no_negative_control")))
    placebo = weighting.augmented(
        late, treated, comparison.rows.covariates.matrix, cluster=comparison.rows.cluster, continuous=comparison.rows.covariates.continuous
    )
    z = abs(float(placebo.value) / float(placebo.se)) if placebo.se > 0 else 0.0
    if z >= Z_05:
        return Verdict(Check("negative control", passed=False, text=say("check.negative_control_rings")), cap=Grade.C)
    return Verdict(Check("negative control", passed=True, text=say("check.negative_control_quiet")))
