"""Randomised tests and holdouts from a treatment list: compared as they were drawn, whatever was done later (intention to treat)."""

from roi_core.effects.tested.answer import analyse_tests

__all__ = ["analyse_tests"]
