"""Step lines with bands, of which each is a share by month."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from roi_core.charts.plot import Plot, apart
from roi_core.charts.theme import SMALL_SIZE, TEXT_SIZE, Data, tooltips
from roi_core.results import Estimate, Result
from roi_core.sentences import say
from roi_core.show import Style, interval, number
from roi_core.units import Unit

_BETWEEN_LABELS = 20.0


def rows(months: Sequence[int], results: Sequence[Result], colour: str, name: str, style: Style) -> Data:
    """A row a month with a number, in percent, with its limits and what a tooltip says."""
    return [
        {
            "x": month,
            "y": result.value * 100,
            "low": (result.value if result.low is None else result.low) * 100,
            "high": (result.value if result.high is None else result.high) * 100,
            "colour": colour,
            "name": say("charts.after_months", name=name, months=str(month)),
            "shown": number(result.value, result.unit, style),
            "interval": interval(result, style),
            "n": number(result.n, Unit.COUNT, style),
        }
        for month, result in zip(months, results, strict=True)
        if isinstance(result, Estimate)
    ]


def bands(plot: Plot, data: Data) -> list[alt.Chart]:
    """Between the limits."""
    mark = alt.MarkDef(type="area", interpolate="step-after", opacity=0.2, aria=False)
    return plot.layer(data, mark, y="low:Q", y2="high:Q")


def lines(plot: Plot, data: Data) -> list[alt.Chart]:
    """The steps."""
    return plot.layer(data, alt.MarkDef(type="line", interpolate="step-after", strokeWidth=2.4, aria=False))


def points(plot: Plot, data: Data) -> list[alt.Chart]:
    """A point a month, with its tooltip."""
    mark = alt.MarkDef(type="point", filled=True, size=34, opacity=1)
    return plot.layer(data, mark, tooltip=tooltips("name", "shown", "interval", "n"))


def text(size: int, weight: Literal["bold", "normal"]) -> alt.MarkDef:
    """Text behind the end of a line."""
    return alt.MarkDef(type="text", align="left", baseline="middle", dx=8, fontSize=size, fontWeight=weight, aria=False)


def ends(plot: Plot, lines: Sequence[tuple[str, Mapping[str, Any], str]], height: float) -> list[alt.Chart]:
    """Behind the end of each line its name and under it its last share, none closer to the next than they are high.

    A line is its name, the last of its `rows` and a colour; `height` is that of the plot in pixels.
    """
    unit = (plot.y_at[-1] - plot.y_at[0]) / height
    heights = apart(tuple(float(row["y"]) for _, row, _ in lines), _BETWEEN_LABELS * 2 * unit)
    margin = unit * _BETWEEN_LABELS * 0.9
    sink = max(0.0, max(heights) + margin - plot.y_at[-1])
    lift = max(0.0, plot.y_at[0] - min(heights) + margin + sink) - sink
    layers = []
    for (called, row, colour), middle in zip(lines, heights, strict=True):
        shared = {"x": row["x"], "colour": colour}
        name = shared | {"y": middle + lift + unit * _BETWEEN_LABELS * 0.45, "label": called}
        value = shared | {"y": middle + lift - unit * _BETWEEN_LABELS * 0.45, "label": row["shown"]}
        layers += plot.layer([name], text(TEXT_SIZE, "bold"), text="label:N")
        layers += plot.layer([value], text(SMALL_SIZE, "normal"), text="label:N")
    return layers
