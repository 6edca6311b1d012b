"""Enough customers are compared: of fewer, one more or one less who stays moves the answer (method: small samples)."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say

LEAST = 100
NAME = "enough customers"


def check(comparison: Comparison[Rows]) -> Verdict:
    """Refuse under 100 customers, however many months each of them is seen."""
    customers = len(np.unique(comparison.rows.cluster))
    slots = {"customers": f"{customers:,}", "least": f"{LEAST}"}
    if customers < LEAST:
        return Verdict(Check(NAME, passed=False, text=say("check.too_few_customers", **slots)), cap=Grade.C, refuses=True, next_step=say("next.customers"))
    return Verdict(Check(NAME, passed=True, text=say("check.enough_customers", **slots)))
