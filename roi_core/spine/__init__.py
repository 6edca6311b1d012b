"""From typed tables to facts: who the customers are, what they did, and when they contacted support."""

from roi_core.spine.build import build_facts
from roi_core.spine.facts import Facts

__all__ = ["Facts", "build_facts"]
