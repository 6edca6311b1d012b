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
    Way("closest", closest.answer, default=True, adjusts=True, or_plain=True),
    Way("those_helped", those_helped.answer, adjusts=True),
    Way("everybody", everybody.answer, adjusts=True),
    Way("predicted", predicted.answer, adjusts=True),
    Way("agents", agents.answer),
    Way("months_gained", months_gained.answer),
    Way("month_by_month", month_by_month.answer),
    Way("well_handled", well_handled.answer, other_question=True),
)
"""All ways; the ladders below leave out what cannot be asked of them."""

_OF_SUPPORTED, _OF_CONTACTS = ("spreadsheet", "first_days", "month_by_month", "well_handled"), ("agents",)
_LESS = {"churn": (), "no_order": ("first_days", "month_by_month", "months_gained"), "not_renewed": ("first_days", "month_by_month")}
"""By what is followed, the ways that follow leaving from day to day: nobody leaves a shop, and a contract ends when it is due."""


def _ladders(without: tuple[str, ...]) -> dict[str, tuple[Way, ...]]:
    return {outcome: tuple(way for way in WAYS if way.key not in (*without, *less)) for outcome, less in _LESS.items()}


LADDERS = _ladders(_OF_CONTACTS)
"""Helped against not helped, by what is followed."""
LADDERS_INSIDE = _ladders(_OF_SUPPORTED)
"""Among contacts: both groups asked for help."""

__all__ = ["LADDERS", "LADDERS_INSIDE", "WAYS", "Way", "climb", "refused"]
