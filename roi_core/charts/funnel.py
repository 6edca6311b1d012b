"""From all customers to those compared: how many are left after each step, and why the others are not."""

from collections.abc import Sequence

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.measured import FunnelStep
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit


def draw(steps: Sequence[FunnelStep], palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One bar a step; the last one, those compared, in the accent."""
    if not steps:
        return Absent(say("charts.funnel_empty"))
    return draw_rows(figure(steps, style), palette, style=style, narrow=narrow)


def figure(steps: Sequence[FunnelStep], style: Style = DEFAULT) -> Figure:
    """The funnel before it is drawn."""
    rows = tuple(_row(step, style, last=step is steps[-1]) for step in steps)
    return Figure(axis=Axis(title=say("charts.funnel_axis"), whole=True), rows=rows)


def describe(steps: Sequence[FunnelStep], style: Style = DEFAULT) -> str:
    """The first and the last step."""
    if not steps:
        return say("charts.funnel_empty")
    first, last = steps[0], steps[-1]
    return say(
        "charts.funnel", all=_count(first.customers, style), compared=_count(last.customers, style), rows=_count(last.rows, style), steps=str(len(steps))
    )


def table(steps: Sequence[FunnelStep], style: Style = DEFAULT) -> pa.Table:
    """One row a step: customers, rows, and why."""
    return as_table([{"Step": s.title, "Customers": _count(s.customers, style), "Rows": _count(s.rows, style), "Why": s.why} for s in steps])


def _row(step: FunnelStep, style: Style, *, last: bool) -> Row:
    tone = Tone.SUPPORTED if last else Tone.OTHER
    shown = say("charts.funnel_note", customers=_count(step.customers, style))
    mark = Mark(Kind.BAR, tone, float(step.customers), name=step.title, shown=shown, n=_count(step.rows, style))
    return Row(title=step.title, note=shown, bold=last, marks=(mark,))


def _count(value: int, style: Style) -> str:
    return number(value, Unit.COUNT, style)
