"""Step lines with bands, of which each is a share by month."""

from collections.abc import Sequence
from typing import Literal

import altair as alt

from roi_core.charts.plot import Plot
from roi_core.charts.theme import Data, tooltips
from roi_core.results import Estimate, Result
from roi_core.sentences import say
from roi_core.show import Style, interval, number
from roi_core.units import Unit


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
