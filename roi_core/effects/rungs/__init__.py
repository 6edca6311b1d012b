"""The ladder: every way of asking the same question, one a file, declared in one table in the order in which they are shown."""

from roi_core.effects.rungs import (
    agents,
    closest,
    everybody,
    first_days,
    month_by_month,
    months_gained,
    predicted,
    same_start,
    spreadsheet,
    those_helped,
    twins,
    well_handled,
)
from roi_core.effects.rungs.way import Way, climb, refused

WAYS = (
    Way("spreadsheet", spreadsheet.answer, struck_out=True),
    Way("first_days", first_days.answer),
    Way("same_start", same_start.answer),
    Way("twins", twins.answer, adjusts=True),
    Way("closest", closest.answer, default=True, adjusts=True),
    Way("those_helped", those_helped.answer, adjusts=True),
    Way("everybody", everybody.answer, adjusts=True),
    Way("predicted", predicted.answer, adjusts=True),
    Way("agents", agents.answer),
    Way("months_gained", months_gained.answer),
    Way("month_by_month", month_by_month.answer),
    Way("well_handled", well_handled.answer, other_question=True),
)
"""All ways; the two ladders below leave out what cannot be asked of them."""

_OF_SUPPORTED, _OF_CONTACTS = ("spreadsheet", "first_days", "month_by_month", "well_handled"), ("agents",)
LADDER = tuple(way for way in WAYS if way.key not in _OF_CONTACTS)
"""Helped against not helped."""
LADDER_INSIDE = tuple(way for way in WAYS if way.key not in _OF_SUPPORTED)
"""Among contacts: both groups asked for help."""

__all__ = ["LADDER", "LADDER_INSIDE", "WAYS", "Way", "climb", "refused"]
