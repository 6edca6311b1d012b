"""From typed tables to facts: who the customers are, what they did, and when they contacted support."""

from roi_core.spine.at_hand import forget
from roi_core.spine.build import build_facts, customer_names
from roi_core.spine.decisions import Decision, Decisions
from roi_core.spine.facts import Facts
from roi_core.spine.kept_facts import facts_of

__all__ = ["Decision", "Decisions", "Facts", "build_facts", "customer_names", "facts_of", "forget"]
