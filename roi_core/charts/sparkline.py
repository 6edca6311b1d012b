"""One figure over time, small enough for a card: a line with its doubt, the target if there is one, and the last period as a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette
from roi_core.charts.table import as_table
from roi_core.charts.theme import Data, Drawn, dress, layer, tooltips, unchecked
from roi_core.kpis.periods import called
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, compared, interval, number, show
from roi_core.units import Unit

_HEIGHT = 44.0


@dataclass(frozen=True, slots=True)
class Line:
    """(period, figure) in order of time; a period without a figure is left out of the line. Periods are those of `kpis.periods`.

    `target` and `extent`, the ends of the value axis that several lines share, are in the unit of the figure.
    """

    series: Sequence[tuple[int, Result]]
    period: str = "month"
    target: float | None = None
    extent: tuple[float, float] | None = None

    def called(self, when: int, style: Style) -> str:
        """A period as a reader calls it."""
        return called(self.period, when, style)


def shared_extent(lines: Sequence[Sequence[tuple[int, Result]]]) -> tuple[float, float] | None:
    """From the least to the greatest value of all lines, so that small multiples can be compared; None without any."""
    values = [result.value for series in lines for _, result in series if isinstance(result, Estimate)]
    return (min(values), max(values)) if values else None


@unchecked
def draw(line: Line, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """The periods that have a figure. Absent for fewer than two of them."""
    rows = _data(line, palette, style)
    if len(rows) < 2:
        return Absent(say("charts.sparkline_empty"))
    bands = [] if line.extent else [row for row in rows if row["low"] is not None]
    tips = tooltips("name", "shown", "interval", "n")
    layers = [
        *_layer(line, bands, alt.MarkDef(type="area", opacity=0.18, aria=False), y="low:Q", y2="high:Q"),
        *_layer(line, _target(line, rows, palette, style), alt.MarkDef(type="rule", strokeDash=[4, 3], aria=False), x2="x2:Q", tooltip=tooltips("name")),
        *_layer(line, rows, alt.MarkDef(type="line", strokeWidth=1.8, aria=False)),
        *_layer(line, rows, alt.MarkDef(type="point", filled=True, size=60, opacity=0, aria=False), tooltip=tips),
        *_layer(line, rows[-1:], alt.MarkDef(type="point", filled=True, size=36, opacity=1), tooltip=tips),
    ]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(line: Line, style: Style = DEFAULT) -> str:
    """The first and the last figure, the highest and lowest between, and the target."""
    found = _found(line)
    if len(found) < 2:
        return say("charts.sparkline_empty")
    (first, start), (last, end) = found[0], found[-1]
    values = [result for _, result in found]
    ends = compared((start, end, min(values, key=lambda r: r.value), max(values, key=lambda r: r.value)), style, compact=True)
    said = say(
        "charts.sparkline", first=line.called(first, style), last=line.called(last, style), **dict(zip(("start", "end", "low", "high"), ends, strict=True))
    )
    return said if line.target is None else f"{said} {say('charts.target_said', target=number(line.target, end.unit, style))}"


def table(line: Line, style: Style = DEFAULT) -> pa.Table:
    """One row a period: the figure with its interval and what it rests on, or why there is none."""
    return as_table(
        [
            {
                "Period": line.called(when, style),
                "Value": show(result, style),
                "n": number(result.n, Unit.COUNT, style) if isinstance(result, Estimate) else "",
            }
            for when, result in line.series
        ]
    )


def _found(line: Line) -> list[tuple[int, Estimate]]:
    return [(when, result) for when, result in line.series if isinstance(result, Estimate)]


def _data(line: Line, palette: Palette, style: Style) -> Data:
    return [
        {
            "x": when,
            "y": result.value,
            "low": result.low,
            "high": result.high,
            "colour": palette.supported,
            "name": line.called(when, style),
            "shown": _number(result, style),
            "interval": interval(result, style),
            "n": number(result.n, Unit.COUNT, style),
        }
        for when, result in _found(line)
    ]


def _target(line: Line, rows: Data, palette: Palette, style: Style) -> Data:
    """The line to reach, from the first to the last period."""
    if line.target is None:
        return []
    unit = next(result.unit for _, result in _found(line))
    shown = say("charts.target", target=number(line.target, unit, style))
    return [{"x": rows[0]["x"], "x2": rows[-1]["x"], "y": line.target, "colour": palette.caution, "name": shown, "shown": number(line.target, unit, style)}]


def _layer(line: Line, rows: Data, mark: alt.MarkDef, *, y: str = "y:Q", **channels: Any) -> list[alt.Chart]:
    across = alt.Scale(nice=False, zero=False, padding=4)
    up = across if line.extent is None else alt.Scale(nice=False, zero=False, padding=4, domain=list(line.extent))
    return layer(rows, mark, x=alt.X("x:Q", axis=None, scale=across), y=alt.Y(y, axis=None, scale=up), **channels)


def _number(result: Estimate, style: Style) -> str:
    return number(result.value, result.unit, style, compact=True)
