"""Enough customers left in both groups."""

from collections.abc import Mapping

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say

ENOUGH = 20
TOO_FEW = 10
"""Under this many leavers in the smaller group the adjusted interval covers 87 % instead of 95 % (simulated); refuse."""
NAME = "enough leavers"


def check(comparison: Comparison[Rows]) -> Verdict:
    """Pass at 20 leavers in the smaller group; thin from 10; refuse below, and where hardly anybody stayed."""
    return judge(comparison.events, comparison.sizes, comparison.who)


def judge(events: tuple[int, int], sizes: tuple[int, int], who: str = "") -> Verdict:
    """The same from leavers and sizes of both groups, helped first; `who` is what these are called."""
    if min(sizes) == 0:
        return Verdict(Check(NAME, passed=False, text=say("effect.nobody_helped")), cap=Grade.C, refuses=True, next_step=say("next.one_group"))
    slots = {"helped": f"{events[0]:,}", "others": f"{events[1]:,}", "who": who or say("check.who_helped")}
    if min(sizes[0] - events[0], sizes[1] - events[1]) < TOO_FEW <= min(events):
        return _everybody(slots)
    smaller = min(events)
    if smaller >= ENOUGH:
        return Verdict(Check(NAME, passed=True, text=say("check.enough_leavers", **slots)))
    if smaller >= TOO_FEW:
        return Verdict(Check(NAME, passed=False, text=say("check.few_leavers", **slots)), cap=Grade.C, thin=True)
    return Verdict(Check(NAME, passed=False, text=say("check.too_few_leavers", **slots)), cap=Grade.C, refuses=True, next_step=say("next.leavers"))


def _everybody(slots: Mapping[str, str]) -> Verdict:
    """Gaps in the record of leaving, and contacts after the end, follow from it."""
    text, next_step = say("check.everybody_left", **slots), say("next.everybody_left")
    return Verdict(Check(NAME, passed=False, text=text), cap=Grade.C, refuses=True, next_step=next_step, alone=True, about=("ends",))
