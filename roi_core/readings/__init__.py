"""Readings: the headline figures of saved work as they were told, and what changed since, with the reason."""

from roi_core.readings.changes import Changes, Moved, changes, compared
from roi_core.readings.figures import Figure, figures_of
from roi_core.readings.inputs import Inputs, measured_from, saved_of, versions
from roi_core.readings.reading import Reading, earlier, keep, readings

__all__ = [
    "Changes",
    "Figure",
    "Inputs",
    "Moved",
    "Reading",
    "changes",
    "compared",
    "earlier",
    "figures_of",
    "keep",
    "measured_from",
    "readings",
    "saved_of",
    "versions",
]
