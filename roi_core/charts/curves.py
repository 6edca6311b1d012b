"""Who has not left, month by month: supported customers against comparable ones, as steps with their intervals."""

from collections.abc import Mapping, Sequence

import altair as alt
import pyarrow as pa

from roi_core.charts import steps
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.plot import Plot, apart
from roi_core.charts.table import as_table
from roi_core.charts.theme import SMALL_SIZE, TEXT_SIZE, Data, Drawn, dress, unchecked
from roi_core.charts.ticks import ticks
from roi_core.measured import Curves
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit

_HEIGHT = 300.0
_BETWEEN_LABELS = 20.0
_ROOM = 92


@unchecked
def draw(curves: Curves | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """Two step lines with bands, each labelled at its end. The share axis need not start at zero: the gap is the point."""
    if isinstance(curves, Absent):
        return curves
    groups = {
        Tone.SUPPORTED: _data(curves, curves.supported, palette, Tone.SUPPORTED, style),
        Tone.OTHER: _data(curves, curves.control, palette, Tone.OTHER, style),
    }
    plot = _plot(curves, groups, narrow=narrow)
    layers = [layer for make in (steps.bands, steps.lines, steps.points) for tone in (Tone.OTHER, Tone.SUPPORTED) for layer in make(plot, groups[tone])]
    labels = _labels(plot, groups, palette, _gap(curves.supported[-1], curves.control[-1], style))
    return dress([*plot.grid(palette), *layers, *labels], palette, style, height=_HEIGHT, narrow=narrow)


def describe(curves: Curves | Absent, style: Style = DEFAULT) -> str:
    """Both shares at the last month, and how far apart they are before they are rounded."""
    if isinstance(curves, Absent):
        return curves.reason
    month, supported, control = curves.months[-1], curves.supported[-1], curves.control[-1]
    gap = _gap(supported, control, style)
    return say("charts.curves", months=str(month), supported=show(supported, style), control=show(control, style), gap=gap)


def table(curves: Curves | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a month: both shares with their intervals, how far apart they are, and the rows that were still there (unweighted)."""
    if isinstance(curves, Absent):
        return as_table([])
    rows = zip(curves.months, curves.supported, curves.control, strict=True)
    return as_table(
        [
            {
                "Month": str(month),
                "Supported": show(supported, style),
                "Comparable, not supported": show(control, style),
                "Apart": _gap(supported, control, style),
                **_still_there(curves, place, style),
            }
            for place, (month, supported, control) in enumerate(rows)
        ]
    )


def _still_there(curves: Curves, place: int, style: Style) -> dict[str, str]:
    if not curves.at_risk:
        return {}
    helped, others = (number(n, Unit.COUNT, style) for n in curves.at_risk[place])
    return {"Supported, still there": helped, "Others, still there": others}


def _gap(supported: Result, control: Result, style: Style) -> str:
    """How far apart two shares are, in points; empty where one is not known."""
    if isinstance(supported, Absent) or isinstance(control, Absent):
        return ""
    return number(abs(supported.value - control.value), Unit.FRACTION, style, points=True)


def _data(curves: Curves, results: Sequence[Result], palette: Palette, tone: Tone, style: Style) -> Data:
    name = say("charts.supported") if tone is Tone.SUPPORTED else say("charts.comparable")
    return steps.rows(curves.months, results, palette.of(tone), name, style)


def _plot(curves: Curves, groups: Mapping[Tone, Data], *, narrow: bool) -> Plot:
    lows = [row["low"] for rows in groups.values() for row in rows]
    last = curves.months[-1]
    months = ticks(0, last, most=7 if narrow else 13, whole=True)
    return Plot(
        x_title=say("charts.months_after"),
        x_at=tuple(month for month in months if month <= last),
        y_title=say("charts.still_customers"),
        y_at=ticks(min(lows, default=0.0), 100, most=6, whole=True),
        x_end=last,
        room=_ROOM,
    )


def _labels(plot: Plot, groups: Mapping[Tone, Data], palette: Palette, gap: str) -> list[alt.Chart]:
    """The name of each line behind its end, with its last value under it, the two never closer than they are high; below both the gap between them."""
    ends = [(tone, rows[-1]) for tone, rows in groups.items() if rows]
    unit = (plot.y_at[-1] - plot.y_at[0]) / _HEIGHT
    heights = apart(tuple(row["y"] for _, row in ends), _BETWEEN_LABELS * 2 * unit)
    names = {Tone.SUPPORTED: "charts.supported", Tone.OTHER: "charts.comparable_short"}
    layers = []
    for (tone, row), height in zip(ends, heights, strict=True):
        shared = {"x": row["x"], "colour": palette.of_text(tone)}
        name = shared | {"y": height + unit * _BETWEEN_LABELS * 0.45, "label": say(names[tone])}
        value = shared | {"y": height - unit * _BETWEEN_LABELS * 0.45, "label": row["shown"]}
        layers += plot.layer([name], steps.text(TEXT_SIZE, "bold"), text="label:N")
        layers += plot.layer([value], steps.text(SMALL_SIZE, "normal"), text="label:N")
    below = [{"x": plot.ends[1], "y": min(heights) - unit * _BETWEEN_LABELS * 1.45, "colour": palette.quiet, "label": say("charts.gap", gap=gap)}]
    return layers + plot.layer(below if gap else [], steps.text(SMALL_SIZE, "normal"), text="label:N")
