"""Enough buyers of a shop ordered again in both groups, and enough did not."""

from roi_core.effects.checks.enough_leavers import ENOUGH, TOO_FEW
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say

NAME = "enough orders"


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass at 20 of either in the smaller group; thin from 10; refuse below. Who ordered after one month and not after another is of both."""
    without, again = comparison.events, comparison.spared
    slots = {"helped": f"{again[0]:,}", "others": f"{again[1]:,}", "who": comparison.who}
    fewest = min(*again, *without)
    if fewest >= ENOUGH:
        return Verdict(Check(NAME, passed=True, text=say("check.enough_orders", **slots)))
    slots |= {"helped_not": f"{without[0]:,}", "others_not": f"{without[1]:,}"}
    if fewest >= TOO_FEW:
        return Verdict(Check(NAME, passed=False, text=say("check.few_orders", **slots)), cap=Grade.C, thin=True)
    return Verdict(Check(NAME, passed=False, text=say("check.too_few_orders", **slots)), cap=Grade.C, refuses=True, next_step=say("next.orders"))
