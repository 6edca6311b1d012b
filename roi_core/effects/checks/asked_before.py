"""Questions before the first order are no fault of the clocks in a shop: they are set aside."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check
from roi_core.sentences import say


def check(comparison: Comparison[Rows]) -> Verdict:
    """Says how many; nothing is refused for it."""
    before = comparison.facts.linkage.before_start
    return Verdict(Check("clocks agree", passed=True, text=say("check.asked_before", n=f"{before:,}")))
