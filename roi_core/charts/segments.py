"""For whom it works: a row for each level with its answer pulled toward the average, and behind it in grey its answer by itself."""

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Reference, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.effects.segments import Level, Segments
from roi_core.effects.segments.words import chance
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit


def draw(found: Segments | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One row a level with both intervals, the zero line, and a dashed one at the average."""
    if isinstance(found, Absent):
        return found
    return draw_rows(figure(found, style), palette, style=style, narrow=narrow)


def figure(found: Segments, style: Style = DEFAULT) -> Figure:
    """The same before it is drawn; a level without an answer keeps its row, one of which something was found is bold."""
    axis = Axis(title=say("charts.axis_churn_within", months=f"{found.months}"), scale=100.0, points=True)
    average = Reference(found.average.value * axis.scale, say("charts.segments_average"), Tone.QUIET)
    tone = Tone.of_grade(found.grade)
    return Figure(axis=axis, rows=tuple(_row(level, axis, tone, style) for level in found.levels), references=(average,))


def describe(found: Segments | Absent, style: Style = DEFAULT) -> str:  # noqa: ARG001 - every chart has the same shape
    """What was found; the average that all are pulled toward is part of it."""
    return found.reason if isinstance(found, Absent) else found.sentence


def table(found: Segments | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a level: customers, its own answer or why there is none, the same pulled toward the average, and q."""
    return as_table([] if isinstance(found, Absent) else [_cells(level, style) for level in found.levels])


def _row(level: Level, axis: Axis, tone: Tone, style: Style) -> Row:
    if level.pulled is None or isinstance(level.own, Absent):
        return Row(title=level.name, note=say("charts.no_answer"), tone=Tone.OTHER)
    behind = Mark.of(level.own, axis, style, kind=Kind.POINT, tone=Tone.OTHER, name=say("segments.own"))
    before = Mark.of(level.pulled, axis, style, kind=Kind.POINT, tone=tone, name=say("segments.pulled"))
    return Row(title=level.name, note=show(level.pulled, style, points=True), bold=level.found != "none", marks=(behind, before))


def _cells(level: Level, style: Style) -> dict[str, str]:
    return {
        say("segments.group"): level.name,
        say("segments.customers"): number(level.own.n, Unit.COUNT, style) if isinstance(level.own, Estimate) else "",
        say("segments.own"): show(level.own, style, points=True),
        say("segments.pulled"): "" if level.pulled is None else show(level.pulled, style, points=True),
        say("segments.among"): "" if level.q is None else chance(level.q),
    }
