"""What changed, in sentences: one line, one for each figure, one for each cause. Ranges stand beside both numbers."""

from collections.abc import Callable

from roi_core.readings.changes import Changes, Moved, Part
from roi_core.readings.figures import LEAVING
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.show import Style, day, month, show, value_of
from roi_core.units import Unit

_MOST_RESTATED = 12


def heading(changes: Changes, style: Style) -> str:
    """Since when."""
    return say("changes.title", day=day(changes.since.day, style))


def line(changes: Changes, style: Style) -> str:
    """How many headline figures are others, and the first of them."""
    moved, all_figures = changes.moved, f"{len(changes.figures)}"
    if not moved:
        return say("changes.none", day=day(changes.since.day, style), all=all_figures)
    first = next((one for one in moved if len(set(_said(one, style, _short))) > 1), moved[0])
    old, new = _said(first, style, _short)
    if old == new:
        old, new = _said(first, style, _long)
    return say("changes.line", n=f"{len(moved)}", all=all_figures, day=day(changes.since.day, style), title=first.title, before=old, now=new)


def sentence(moved: Moved, style: Style) -> str:
    """Old and new of one figure, ranges beside both, and whether that is within what chance gives."""
    old, new = _said(moved, style, _long)
    said = say("changes.figure", title=moved.title, before=old, now=new)
    return f"{said} {say('changes.chance')}" if moved.within_chance else said


def cause(part: Part, moved: Moved, style: Style) -> str:
    """What one cause did to it."""
    old, new = (_short(result, moved, style) for result in (part.before, part.now))
    return say("changes.part", why=part.step.words, before=old, now=new)


def restated_lines(changes: Changes, style: Style) -> tuple[str, ...]:
    """Every restated number; beyond a dozen how many more there are, which the table holds."""
    lines = [one.sentence(style) for one in changes.restated]
    more = [say("changes.more_restated", n=f"{len(lines) - _MOST_RESTATED}")] if len(lines) > _MOST_RESTATED else []
    return (*lines[:_MOST_RESTATED], *more)


def months_line(changes: Changes, style: Style) -> str:
    """Which months are new; empty where none is."""
    if not changes.months:
        return ""
    first, last = changes.months[0], changes.months[-1]
    return say("changes.new_months", n=f"{len(changes.months)}", first=month(first, style), last=month(last, style))


def _said(moved: Moved, style: Style, way: Callable[[Result, Moved, Style], str]) -> tuple[str, str]:
    """A figure then and now, in short or with its range."""
    return way(moved.before, moved, style), way(moved.now, moved, style)


def _long(result: Result, moved: Moved, style: Style) -> str:
    return _none(result) if isinstance(result, Absent) else show(result, style, points=_in_points(moved, result.unit))


def _short(result: Result, moved: Moved, style: Style) -> str:
    return say("changes.no_number") if isinstance(result, Absent) else value_of(result, style, points=_in_points(moved, result.unit))


def _none(result: Absent) -> str:
    return say("changes.no_number_why", why=result.reason.rstrip("."))


def _in_points(moved: Moved, unit: Unit) -> bool:
    return moved.key == LEAVING and unit is Unit.FRACTION
