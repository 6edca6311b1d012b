"""Months gained: the area between the two curves."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import Rows
from roi_core.results import Estimate
from roi_core.units import Unit


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Estimate:  # noqa: ARG001 - every way has the same shape
    """Difference of restricted mean survival over the horizon, overlap weights."""
    gained = comparison.fitted.months_gained
    return Estimate(gained.value, gained.low, gained.high, comparison.customers, "restricted mean survival, overlap weights", Unit.MONTHS)
