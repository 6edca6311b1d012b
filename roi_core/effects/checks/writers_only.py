"""The customers are not only those who wrote: of a list made from a helpdesk, nobody can have left before a first contact."""

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine.facts import integers
from roi_core.stats.unseen import unseen
from roi_core.units import Unit

NAME = "customers who never wrote"
LEAST_MISSING = 0.05
"""Of all customers, at the lower limit: fewer would hardly move an answer."""
LEAST_THERE = 0.2
"""Of those that should be there: Chao's number is a lower bound, so a whole list holds more than it."""


def check(comparison: Comparison[Rows]) -> Verdict:
    """Refuse where customers who never wrote are missing, told from how many wrote once and twice."""
    facts = comparison.facts
    return judge(np.bincount(integers(facts.contacts, "customer_no"), minlength=facts.spine.num_rows))


def judge(times: NDArray[np.int64]) -> Verdict:
    """By how often each customer wrote (n, at least 1)."""
    silent, expected = int((times == 0).sum()), unseen(times[times > 0]).lower
    if expected >= LEAST_MISSING * len(times) and silent < LEAST_THERE * expected:
        text = say("check.writers_only", silent=f"{silent:,}", customers=f"{len(times):,}", expected=f"{int(expected):,}")
        return Verdict(Check(NAME, passed=False, text=text), cap=Grade.C, refuses=True, next_step=say("next.writers_only"))
    there = say("check.silent_there", silent=f"{silent:,}", share=number(silent / len(times), Unit.FRACTION)) if silent else say("check.silent_none")
    return Verdict(Check(NAME, passed=True, text=there))
