"""Enough customers left in both groups."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say

ENOUGH = 20
TOO_FEW = 10
"""Under this many leavers in the smaller group the adjusted interval covers 87 % instead of 95 % (simulated); refuse."""


def check(comparison: Comparison) -> Verdict:
    """Pass at 20 leavers in the smaller group; thin from 10; refuse below."""
    helped, others = comparison.events
    smaller = min(helped, others)
    slots = {"helped": f"{helped:,}", "others": f"{others:,}"}
    if smaller >= ENOUGH:
        return Verdict(Check("enough leavers", passed=True, text=say("check.enough_leavers", **slots)))
    if smaller >= TOO_FEW:
        return Verdict(Check("enough leavers", passed=False, text=say("check.few_leavers", **slots)), cap=Grade.C)
    return Verdict(Check("enough leavers", passed=False, text=say("check.too_few_leavers", **slots)), cap=Grade.C, refuses=True)
