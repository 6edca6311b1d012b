"""Orders are recorded all along: no month of the comparison, or after it, is missing from the orders export."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.spine import calendar
from roi_core.spine.facts import integers

CHANCE = 0.001
NAME = "orders recorded"


def check(comparison: Comparison[Rows], until: int | None = None) -> Verdict:
    """Refuse where months without any order are more than chance brings at the rate of all months together.

    `until` is the last month that is looked at, the last of the files without one.
    """
    first, last = int(comparison.rows.month.min()), comparison.facts.last_month if until is None else until
    edges = calendar.month_starts(first, last + 1)
    orders = np.histogram(integers(comparison.facts.bought, "ordered_s"), edges)[0]
    silent = int((orders == 0).sum())
    if silent and len(orders) * np.exp(-silent * orders.sum() / len(orders)) < CHANCE:
        months = f"{silent} of {len(orders)}"
        return Verdict(
            Check(NAME, passed=False, text=say("check.orders_missing", months=months)),
            cap=Grade.C,
            refuses=True,
            next_step=say("next.orders_missing"),
            about=("orders",),
        )
    return Verdict(Check(NAME, passed=True, text=say("check.orders_recorded")))
