"""Priority or category of a contact is known: how hard it was to solve."""

import numpy as np

from roi_core.cohorts.course import COURSES
from roi_core.cohorts.handled import DIFFICULTY, Handled
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say

LEAST_KNOWN = 0.80


def check(comparison: Comparison[Handled]) -> Verdict:
    """Cap at C where neither priority nor category is in the files: hard problems are resolved less often and cost customers."""
    known = comparison.rows.covariates.known_share(DIFFICULTY, np.ones(comparison.rows.rows, dtype=np.bool_))
    if known < LEAST_KNOWN:
        text = say("check.no_difficulty_told" if comparison.contrast in COURSES else "check.no_difficulty")
        return Verdict(Check("difficulty recorded", passed=False, text=text), cap=Grade.C)
    return Verdict(Check("difficulty recorded", passed=True, text=say("check.difficulty")))
