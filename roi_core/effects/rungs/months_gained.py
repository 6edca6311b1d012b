"""Months gained: the area between the two curves."""

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import Rows
from roi_core.results import Estimate, Rung
from roi_core.units import Unit


def rung(comparison: Comparison[Rows], hidden: frozenset[str]) -> Rung:  # noqa: ARG001 - every rung has the same shape
    """Difference of restricted mean survival over the horizon, overlap weights."""
    gained = comparison.fitted.months_gained
    result = Estimate(gained.value, gained.low, gained.high, comparison.customers, "restricted mean survival, overlap weights", Unit.MONTHS)
    return Rung("months_gained", "Months gained", "difference of restricted mean survival time", result)
