"""A comparison declared beside the one fixed in advance is one of several that were looked at."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check, Grade
from roi_core.sentences import say

TOGETHER = "looked at together"
"""Name of the check on how many were looked at (`effects.beside.family`)."""


def check(comparison: Comparison[Rows]) -> Verdict:  # noqa: ARG001 - every gate has the same shape
    """Cap at C: the question fixed in advance is another one."""
    return Verdict(Check("chosen before looking", passed=False, text=say("check.declared_beside")), cap=Grade.C)
