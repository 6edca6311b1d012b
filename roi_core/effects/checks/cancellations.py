"""Contacts that ask to cancel are told apart by what is known when they are opened."""

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Check
from roi_core.sentences import say
from roi_core.spine.facts import booleans


def check(comparison: Comparison[Rows]) -> Verdict:
    """Says how many contacts ask to cancel by subject or form; where none does, that this cannot be told."""
    asks = int(booleans(comparison.facts.contacts, "asks_to_cancel").sum())
    if asks == 0:
        return Verdict(Check("cancellations told apart", passed=None, text=say("check.no_cancellations")))
    return Verdict(Check("cancellations told apart", passed=True, text=say("check.cancellations", n=f"{asks:,}")))
