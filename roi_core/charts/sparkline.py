"""One figure over the months, small enough for a card: a line with its doubt, and the last month as a point."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette
from roi_core.charts.table import as_table
from roi_core.charts.theme import Data, Drawn, dress, layer, tooltips, unchecked
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, month, number, show
from roi_core.units import Unit

Series = Sequence[tuple[int, Result]]
"""(month number, figure) in order of time; a month without a figure is left out of the line."""

_HEIGHT = 44.0


@unchecked
def draw(series: Series, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """The months that have a figure. Absent for fewer than two of them."""
    rows = _data(series, palette, style)
    if len(rows) < 2:
        return Absent(say("charts.sparkline_empty"))
    bands = [row for row in rows if row["low"] is not None]
    layers = [
        *_layer(bands, alt.MarkDef(type="area", opacity=0.18, aria=False), y="low:Q", y2="high:Q"),
        *_layer(rows, alt.MarkDef(type="line", strokeWidth=1.8, aria=False)),
        *_layer(rows, alt.MarkDef(type="point", filled=True, size=60, opacity=0, aria=False), tooltip=tooltips("name", "shown", "interval", "n")),
        *_layer(rows[-1:], alt.MarkDef(type="point", filled=True, size=36, opacity=1), tooltip=tooltips("name", "shown", "interval", "n")),
    ]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(series: Series, style: Style = DEFAULT) -> str:
    """The first and the last figure, and the highest and lowest between."""
    found = _found(series)
    if len(found) < 2:
        return say("charts.sparkline_empty")
    (first, start), (last, end) = found[0], found[-1]
    values = [result for _, result in found]
    return say(
        "charts.sparkline",
        first=month(first),
        start=_number(start, style),
        last=month(last),
        end=_number(end, style),
        low=_number(min(values, key=lambda r: r.value), style),
        high=_number(max(values, key=lambda r: r.value), style),
    )


def table(series: Series, style: Style = DEFAULT) -> pa.Table:
    """One row a month: the figure with its interval and what it rests on, or why there is none."""
    return as_table(
        [
            {
                "Month": month(number_of_month),
                "Value": show(result, style),
                "n": number(result.n, Unit.COUNT, style) if isinstance(result, Estimate) else "",
            }
            for number_of_month, result in series
        ]
    )


def _found(series: Series) -> list[tuple[int, Estimate]]:
    return [(when, result) for when, result in series if isinstance(result, Estimate)]


def _data(series: Series, palette: Palette, style: Style) -> Data:
    return [
        {
            "x": when,
            "y": result.value,
            "low": result.low,
            "high": result.high,
            "colour": palette.supported,
            "name": month(when),
            "shown": _number(result, style),
            "interval": interval(result, style),
            "n": number(result.n, Unit.COUNT, style),
        }
        for when, result in _found(series)
    ]


def _layer(rows: Data, mark: alt.MarkDef, *, y: str = "y:Q", **channels: Any) -> list[alt.Chart]:
    scale = alt.Scale(nice=False, zero=False, padding=4)
    return layer(rows, mark, x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y(y, axis=None, scale=scale), **channels)


def _number(result: Estimate, style: Style) -> str:
    return number(result.value, result.unit, style, compact=True)
