"""What the answer hangs on: how far the result of a year moves when one figure at a time goes from its low to its high end."""

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Reference, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.results import Absent
from roi_core.scenarios import Tornado, TornadoRow
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, money, number
from roi_core.units import Unit


def draw(tornado: Tornado | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One bar a figure, the widest on top; a dashed line where the result is now, without an amount where nothing was found."""
    if isinstance(tornado, Absent):
        return tornado
    if not tornado.rows:
        return Absent(say("charts.tornado_empty"))
    return draw_rows(figure(tornado, style), palette, style=style, narrow=narrow)


def figure(tornado: Tornado, style: Style = DEFAULT) -> Figure:
    """The bars before they are drawn."""
    label = say("charts.tornado_centre", amount=_money(tornado.centre, style)) if tornado.found else say("charts.tornado_middle")
    line = Reference(tornado.centre, label, Tone.TEXT)
    title = say("charts.tornado_axis_net" if tornado.net else "charts.tornado_axis_margin", currency=style.currency)
    return Figure(axis=Axis(title=title, money=True), rows=tuple(_row(row, style) for row in tornado.rows), references=(line,))


def describe(tornado: Tornado | Absent, style: Style = DEFAULT) -> str:
    """The figure that moves the result most, and both ends of it; where the result stands only if something was found."""
    if isinstance(tornado, Absent) or not tornado.rows:
        return tornado.reason if isinstance(tornado, Absent) else say("charts.tornado_empty")
    if not tornado.found:
        return say("charts.tornado_open", title=tornado.rows[0].title, ends=_ends(tornado.rows[0], style))
    return say("charts.tornado", title=tornado.rows[0].title, ends=_ends(tornado.rows[0], style), centre=_money(tornado.centre, style))


def table(tornado: Tornado | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a figure: both ends of it and the result of a year at each."""
    if isinstance(tornado, Absent):
        return as_table([])
    return as_table(
        [
            {
                "Figure": row.title,
                "From": _input(row.low_input, row.unit, style),
                "To": _input(row.high_input, row.unit, style),
                "A year at the low end": money(row.at_low, style),
                "A year at the high end": money(row.at_high, style),
                "Moves by": money(row.swing, style),
            }
            for row in tornado.rows
        ]
    )


def _row(row: TornadoRow, style: Style) -> Row:
    ends = _ends(row, style)
    return Row(title=row.title, note=ends, marks=(Mark(Kind.BAR, Tone.OTHER, row.at_high, start=row.at_low, name=row.title, shown=ends),))


def _ends(row: TornadoRow, style: Style) -> str:
    return say(
        "charts.tornado_ends",
        low=_money(row.at_low, style),
        low_input=_input(row.low_input, row.unit, style),
        high=_money(row.at_high, style),
        high_input=_input(row.high_input, row.unit, style),
    )


def _input(value: float, unit: Unit, style: Style) -> str:
    return number(value, unit, style, compact=True)


def _money(value: float, style: Style) -> str:
    return money(value, style, compact=True)
