"""Priority or category of a contact is known: how hard it was to solve."""

import numpy as np

from roi_core.cohorts.handled import DIFFICULTY, Handled
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say

LEAST_KNOWN = 0.80


def check(comparison: Comparison[Handled]) -> Verdict:
    """Cap at C where neither priority nor category is in the files: hard problems are resolved less often and cost customers."""
    known = comparison.rows.covariates.known_share(DIFFICULTY, np.ones(comparison.rows.rows, dtype=np.bool_))
    if known < LEAST_KNOWN:
        return Verdict(Check("difficulty recorded", passed=False, text=say("check.no_difficulty")), cap=Grade.C)
    return Verdict(Check("difficulty recorded", passed=True, text=say("check.difficulty")))
