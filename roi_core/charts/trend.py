"""One figure over time: its line with its doubt, the target, and the days of stories as numbered marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pyarrow as pa

from roi_core.charts import sparkline
from roi_core.charts.palette import Palette
from roi_core.charts.sparkline import Line
from roi_core.charts.theme import SMALL_SIZE, Data, Drawn, dress, layer, tick_labels, tooltips, unchecked
from roi_core.charts.ticks import ticks
from roi_core.kpis.periods import day_of
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, number
from roi_core.units import Unit

_HEIGHT = 220.0
_LABELS = 5
_SCALES = {Unit.FRACTION: (100.0, "%")}
_MONEY = (Unit.MONEY, Unit.MONEY_PER_EPISODE, Unit.MONEY_PER_MONTH, Unit.MONEY_PER_YEAR)


@dataclass(frozen=True, slots=True)
class Trend:
    """What the figure is called, its unit, its line, and stories as (day in ISO 8601, text)."""

    title: str
    unit: Unit
    line: Line
    stories: Sequence[tuple[str, str]] = ()


@unchecked
def draw(shown: Trend, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """The periods that have a figure. Absent for fewer than two of them."""
    rows = _data(shown, palette, style)
    if len(rows) < 2:
        return Absent(say("charts.sparkline_empty"))
    target = None if shown.line.target is None else shown.line.target * _scale(shown.unit)[0]
    reach = [x for row in rows for x in (row["y"], row["low"], row["high"], target) if x is not None]
    up, ends = ticks(min(reach), max(reach), most=6), (rows[0]["x"], rows[-1]["x"])
    grid: Data = [{"x": ends[0], "x2": ends[1], "y": y, "colour": palette.grid} for y in up]
    reached = [] if target is None else [{"x": ends[0], "x2": ends[1], "y": target, "colour": palette.caution, "name": _target(shown, style)}]

    def on(data: Data, mark: alt.MarkDef, *, y: Any = "y:Q", **channels: Any) -> list[alt.Chart]:
        return layer(data, mark, x=_across(ends), y=_up(shown, up, y, style) if isinstance(y, str) else y, **channels)

    number_of_story = alt.MarkDef(type="text", fontSize=SMALL_SIZE, fontWeight="bold", aria=False)
    layers = [
        *on(grid, alt.MarkDef(type="rule", strokeWidth=1, aria=False), x2="x2:Q"),
        *on([row for row in rows if row["low"] is not None], alt.MarkDef(type="area", opacity=0.18, aria=False), y="low:Q", y2="high:Q"),
        *on(reached, alt.MarkDef(type="rule", strokeDash=[4, 3], strokeWidth=1.5, aria=False), x2="x2:Q", tooltip=tooltips("name")),
        *on(_stories(shown, palette, ends, up[-1]), number_of_story, text="label:N", tooltip=tooltips("name")),
        *on(rows, alt.MarkDef(type="line", strokeWidth=2.2, aria=False)),
        *on(rows, alt.MarkDef(type="point", filled=True, size=34, opacity=1), tooltip=tooltips("name", "shown", "interval", "n")),
        *on(_labels(rows, palette, narrow=narrow), alt.MarkDef(type="text", fontSize=SMALL_SIZE, dy=16, aria=False), y=int(_HEIGHT), text="label:N"),
    ]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(shown: Trend, style: Style = DEFAULT) -> str:
    """The course of the line, its target, and the days of stories."""
    said = f"{shown.title}: {sparkline.describe(shown.line, style)}"
    told = " ".join(say("charts.trend_story", n=f"{n}", day=on) for n, (on, _) in enumerate(shown.stories, 1))
    return f"{said} {told}".strip()


def table(shown: Trend, style: Style = DEFAULT) -> pa.Table:
    """One row a period."""
    return sparkline.table(shown.line, style)


def _scale(unit: Unit) -> tuple[float, str]:
    return _SCALES.get(unit, (1.0, str(unit)))


def _target(shown: Trend, style: Style) -> str:
    return say("charts.target", target=number(shown.line.target or 0.0, shown.unit, style))


def _data(shown: Trend, palette: Palette, style: Style) -> Data:
    scale, _ = _scale(shown.unit)
    return [
        {
            "x": when,
            "y": result.value * scale,
            "low": None if result.low is None else result.low * scale,
            "high": None if result.high is None else result.high * scale,
            "colour": palette.supported,
            "name": shown.line.called(when, style),
            "label": shown.line.called(when, style),
            "shown": number(result.value, result.unit, style),
            "interval": interval(result, style),
            "n": number(result.n, Unit.COUNT, style),
        }
        for when, result in shown.line.series
        if isinstance(result, Estimate)
    ]


def _stories(shown: Trend, palette: Palette, ends: tuple[int, int], top: float) -> Data:
    """A number over the period in which the day of a story lies."""
    days = [(at, day_of(shown.line.period, at)) for at, _ in shown.line.series]
    marks: Data = []
    for n, (on, text) in enumerate(shown.stories, 1):
        at = max((at for at, first in days if first <= date.fromisoformat(on)), default=None)
        if at is not None and ends[0] <= at <= ends[1]:
            marks.append({"x": at, "y": top, "label": f"{n}", "colour": palette.caution, "name": text})
    return marks


def _labels(rows: Data, palette: Palette, *, narrow: bool) -> Data:
    """A few periods by name, first and last among them."""
    most = 3 if narrow else _LABELS
    step = max(1, -(-(len(rows) - 1) // (most - 1)))
    return [{"x": row["x"], "label": row["label"], "colour": palette.quiet} for row in (*rows[:-step:step], rows[-1])]


def _across(ends: tuple[int, int]) -> alt.X:
    return alt.X("x:Q", axis=None, scale=alt.Scale(domain=list(ends), nice=False, zero=False, padding=28))


def _up(shown: Trend, at: tuple[float, ...], field: str, style: Style) -> alt.Y:
    unit = style.currency if shown.unit in _MONEY and style.currency else _scale(shown.unit)[1]
    axis = alt.Axis(values=list(at), grid=False, **tick_labels(at, money=shown.unit in _MONEY))
    title = say("charts.trend_unit", title=shown.title, unit=unit)
    return alt.Y(field, title=title, axis=axis, scale=alt.Scale(domain=[at[0], at[-1]], nice=False, zero=False))
