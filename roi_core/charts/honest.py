"""From the spreadsheet's number to the honest one: what falls away once the clocks agree, and once the customers are alike."""

from itertools import pairwise

import pyarrow as pa

from roi_core.charts.figure import Figure, Kind
from roi_core.charts.ladder import effect_axis, result_text, rung_row, rung_title
from roi_core.charts.palette import Palette
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.results import Absent, Effect, Estimate, Grade, Rung
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit

SAME_START = "same_start"
"""Key of the rung that starts both groups on the same date and adjusts nothing."""


def draw(effect: Effect, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """Two or three bars from zero, each with its interval."""
    if len(_steps(effect)) < 2:
        return Absent(_alone(effect, style))
    return draw_rows(figure(effect, style), palette, style=style, narrow=narrow)


def figure(effect: Effect, style: Style = DEFAULT) -> Figure:
    """The steps before they are drawn."""
    axis, kinds = effect_axis(effect, style), (Kind.BAR, Kind.ASSUMED_BAR)
    return Figure(axis=axis, rows=tuple(rung_row(rung, result, axis, style, kinds, sign=effect.grade > Grade.B) for rung, result in _steps(effect)))


def describe(effect: Effect, style: Style = DEFAULT) -> str:
    """Each step with its number, and the doubt of the last."""
    steps = _steps(effect)
    if len(steps) < 2:
        return _alone(effect, style)
    (first, first_result), *between, (last, last_result) = steps
    return " ".join(
        [
            say("charts.honest_first", title=first.title, shown=_number(first_result, style)),
            *(say("charts.honest_step", title=rung.title, shown=_number(result, style)) for rung, result in between),
            say("charts.honest_last", title=rung_title(last, sign=effect.grade > Grade.B), shown=result_text(last_result, style)),
        ]
    )


def table(effect: Effect, style: Style = DEFAULT) -> pa.Table:
    """One row a step: its value with interval, and the change since the step before."""
    steps = _steps(effect)
    changes = ["", *(_fell_away(before, after, style) for (_, before), (_, after) in pairwise(steps))]
    return as_table(
        [
            {"Step": rung.title, "Value": result_text(result, style), "Change since the step before": change}
            for (rung, result), change in zip(steps, changes[: len(steps)], strict=True)
        ]
    )


def _steps(effect: Effect) -> list[tuple[Rung, Estimate]]:
    """The spreadsheet's way, the same starting date, our answer: those that have a number."""
    wanted = [
        next((rung for rung in effect.ladder if rung.struck_out), None),
        next((rung for rung in effect.ladder if rung.key == SAME_START), None),
        next((rung for rung in effect.ladder if rung.default), None),
    ]
    return [(rung, rung.result) for rung in wanted if rung is not None and isinstance(rung.result, Estimate)]


def _alone(effect: Effect, style: Style) -> str:
    """Why nothing is drawn: the spreadsheet's number is missing, or it is all there is."""
    sheet = next((rung for rung, _ in _steps(effect) if rung.struck_out), None)
    if sheet is None or not isinstance(sheet.result, Estimate):
        return say("charts.honest_empty")
    return say("charts.honest_alone", title=sheet.title, shown=_number(sheet.result, style))


def _number(result: Estimate, style: Style) -> str:
    return number(result.value, result.unit, style, points=result.unit is Unit.FRACTION, compact=True)


def _fell_away(before: Estimate, after: Estimate, style: Style) -> str:
    return number(after.value - before.value, after.unit, style, points=after.unit is Unit.FRACTION)
