"""Most helped customers have somebody to be compared with."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import CALIPER, Rows, logit
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

LEAST = 0.80


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass where 80 % of treated rows have a control within 0.2 standard deviations of the logit."""
    odds = logit(comparison.fitted.propensity)
    treated, control = odds[comparison.rows.treated], np.sort(odds[~comparison.rows.treated])
    at = np.searchsorted(control, treated)
    below = np.abs(treated - control[np.maximum(at - 1, 0)])
    above = np.abs(control[np.minimum(at, len(control) - 1)] - treated)
    share = float((np.minimum(below, above) <= CALIPER * odds.std()).mean())
    text = number(share, Unit.FRACTION)
    if share < LEAST:
        return Verdict(Check("comparable customers exist", passed=False, text=say("check.few_comparable", share=text, who=comparison.who)), cap=Grade.C)
    return Verdict(Check("comparable customers exist", passed=True, text=say("check.comparable", share=text, who=comparison.who)))
