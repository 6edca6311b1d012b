"""A doubt about an answer, looked into: the answers it compares, one under the other."""

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.effects.doubts import Doubt
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, show

_MOST_ROWS = 12


def draw(doubt: Doubt | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """The first column of its table with intervals and the zero line, 12 rows at most."""
    if isinstance(doubt, Absent):
        return doubt
    return draw_rows(figure(doubt, style), palette, style=style, narrow=narrow)


def figure(doubt: Doubt, style: Style = DEFAULT) -> Figure:
    """The same before it is drawn; the first row is what the others are held against."""
    axis = Axis(title=say("charts.axis_difference"), scale=100.0, points=True)
    return Figure(axis=axis, rows=tuple(_row(name, results[0], axis, style, first=i == 0) for i, (name, results) in enumerate(doubt.rows[:_MOST_ROWS])))


def describe(doubt: Doubt | Absent, style: Style = DEFAULT) -> str:  # noqa: ARG001 - every chart is told in a style
    """What was found."""
    return doubt.reason if isinstance(doubt, Absent) else doubt.sentence


def table(doubt: Doubt | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row for each thing looked at, with all that was worked out."""
    if isinstance(doubt, Absent):
        return as_table([])
    return as_table(
        [
            {
                say("doubt.name"): name,
                **{column.title: show(result, style, points=column.points) for column, result in zip(doubt.columns, results, strict=True)},
            }
            for name, results in doubt.rows
        ]
    )


def _row(name: str, result: Result, axis: Axis, style: Style, *, first: bool) -> Row:
    if not isinstance(result, Estimate):
        return Row(title=name, note=result.reason, tone=Tone.OTHER)
    tone = Tone.SUPPORTED if first else Tone.OTHER
    mark = Mark.of(result, axis, style, kind=Kind.POINT, tone=tone, name=name)
    return Row(title=name, note=show(result, style, points=True), tone=tone if first else Tone.TEXT, bold=first, marks=(mark,))
