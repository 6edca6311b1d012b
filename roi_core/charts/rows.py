"""Draws a figure of rows with Altair: one layer a kind of mark, positions in pixels, so that nothing is squeezed or cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import altair as alt

from roi_core.charts.figure import Figure, Kind, Mark
from roi_core.charts.layout import Layout, Line, lay_out
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.theme import SMALL_SIZE, TEXT_SIZE, Data, Picture, dress, layer, tick_labels, tooltips, unchecked
from roi_core.charts.ticks import within
from roi_core.show import DEFAULT, Style

_BAR_HALF = 8.0
HALF_SPAN = 11.0
"""Half the height of a vertical line in a row, in pixels."""
_BARS = (Kind.BAR, Kind.ASSUMED_BAR)
_SLASH = "M-1,1L1,-1"


@unchecked
def draw_rows(figure: Figure, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Picture:
    """The figure as a chart."""
    layout = lay_out(figure)
    scene = _Scene(figure, layout, palette, narrow)
    layers = [*_rules(scene), *_bars(scene), *_references(scene), *_intervals(scene), *_points(scene), *_texts(scene)]
    return dress(layers, palette, style, height=layout.height, narrow=narrow)


@dataclass(frozen=True, slots=True)
class _Scene:
    """One figure with its scales, and how a layer on them is made."""

    figure: Figure
    layout: Layout
    palette: Palette
    narrow: bool

    @property
    def reach(self) -> tuple[tuple[float, float], tuple[float, ...]]:
        """Both ends of the value axis, and its numbers."""
        return within(*self.figure.extent(), most=5 if self.narrow else 8, whole=self.figure.axis.whole)

    @property
    def ends(self) -> tuple[float, float]:
        """First and last value of the axis."""
        return self.reach[0]

    def spans(self) -> Data:
        """Where a vertical line runs, in pixels: beside each row's marks, so that it crosses no text."""
        return [{"y": y - HALF_SPAN, "y2": y + HALF_SPAN} for y in self.layout.centres]

    def layer(self, data: Data, mark: alt.MarkDef, **channels: Any) -> list[alt.Chart]:
        """A layer on both scales."""
        return layer(data, mark, **({"x": self.x("x:Q"), "y": self.y("y:Q")} | channels))

    def x(self, field: str) -> alt.X:
        """The value axis."""
        axis = alt.Axis(values=list(self.reach[1]), grid=False, **tick_labels(self.reach[1], money=self.figure.axis.money))
        return alt.X(field, title=self.figure.axis.title, axis=axis, scale=alt.Scale(domain=list(self.ends), nice=False, zero=False))

    def y(self, field: str) -> alt.Y:
        """Pixels from the top."""
        return alt.Y(field, scale=alt.Scale(domain=[self.layout.height, 0], nice=False, zero=False), axis=None)

    def data(self, kinds: Sequence[Kind], *, half: float = 0.0) -> Data:
        """The marks of these kinds; `half` is half their height in pixels."""
        return [self._datum(mark, self.layout.centres[row], half) for row, mark in self.figure.marks() if mark.kind in kinds]

    def _datum(self, mark: Mark, centre: float, half: float) -> dict[str, Any]:
        return {
            "x": mark.at,
            "x2": mark.start,
            "low": mark.low,
            "high": mark.high,
            "y": centre - half,
            "y2": centre + half,
            "colour": self.palette.of(mark.tone),
            "name": mark.name,
            "shown": mark.shown,
            "interval": mark.interval,
            "n": mark.n,
        }


def _rules(scene: _Scene) -> list[alt.Chart]:
    """A faint base line in each row, and the zero line."""
    palette = scene.palette
    zero: Data = [{"x": 0.0, "colour": palette.text} | span for span in scene.spans()] if scene.figure.zero else []
    start, end = scene.ends
    bases: Data = [{"x": start, "x2": end, "y": y, "colour": palette.grid} for y in scene.layout.centres]
    return [
        *scene.layer(bases, alt.MarkDef(type="rule", strokeWidth=1, aria=False), x2="x2:Q"),
        *scene.layer(zero, alt.MarkDef(type="rule", strokeWidth=1.2, aria=False), y2="y2:Q"),
    ]


def _references(scene: _Scene) -> list[alt.Chart]:
    """Dashed lines over the bars, each with its label above the rows, on the side that has more room."""
    lines: Data = [{"x": r.at, "colour": scene.palette.of(r.tone)} | span for r in scene.figure.references for span in scene.spans()]
    layers = scene.layer(lines, alt.MarkDef(type="rule", strokeWidth=1.8, strokeDash=[5, 3], aria=False), y2="y2:Q")
    for reference in scene.figure.references:
        left = reference.at <= sum(scene.ends) / 2
        mark = alt.MarkDef(type="text", align="left" if left else "right", dx=5 if left else -5, baseline="middle", fontSize=SMALL_SIZE, aria=False)
        row = {"x": reference.at, "y": scene.layout.top - 14, "colour": scene.palette.text, "label": reference.label}
        layers += scene.layer([row], mark, text="label:N")
    return layers


def _bars(scene: _Scene) -> list[alt.Chart]:
    """Filled bars, and hollow dashed ones for what is only assumed."""
    hollow = alt.MarkDef(type="bar", fill=scene.palette.background, strokeDash=[4, 3], strokeWidth=1.4, filled=False)
    span = {"x2": "x2:Q", "y2": "y2:Q", "tooltip": tooltips("name", "shown", "interval", "n")}
    return [
        *scene.layer(scene.data((Kind.BAR,), half=_BAR_HALF), alt.MarkDef(type="bar"), **span),
        *scene.layer(scene.data((Kind.ASSUMED_BAR,), half=_BAR_HALF), hollow, **span),
    ]


def _intervals(scene: _Scene) -> list[alt.Chart]:
    """The 95 % interval of every mark that has one: a line, over bars in the colour of text."""
    sheet = scene.palette.of(Tone.SHEET)
    over_bars = [row if row["colour"] == sheet else row | {"colour": scene.palette.text} for row in scene.data(_BARS)]
    struck, plain = scene.data((Kind.STRUCK,)), scene.data((Kind.POINT, Kind.HOLLOW))
    ends = {"x": scene.x("low:Q"), "x2": "high:Q", "tooltip": tooltips("name", "shown", "interval", "n")}
    return [
        *scene.layer(_with_limits(plain), alt.MarkDef(type="rule", strokeWidth=2), **ends),
        *scene.layer(_with_limits(over_bars), alt.MarkDef(type="rule", strokeWidth=1.6), **ends),
        *scene.layer(_with_limits(struck), alt.MarkDef(type="rule", strokeWidth=1.6, strokeDash=[3, 3]), **ends),
    ]


def _with_limits(data: Data) -> Data:
    return [row for row in data if row["low"] is not None]


def _points(scene: _Scene) -> list[alt.Chart]:
    """Filled points, hollow points, and the slash through what is struck out."""
    hollow = alt.MarkDef(type="point", shape="circle", filled=False, fill=scene.palette.background, size=75, strokeWidth=1.8, opacity=1)
    slash = alt.MarkDef(type="point", shape=_SLASH, filled=False, size=240, strokeWidth=1.8, opacity=1, aria=False)
    tip = tooltips("name", "shown", "interval", "n")
    return [
        *scene.layer(scene.data((Kind.POINT,)), alt.MarkDef(type="point", shape="circle", filled=True, size=85, opacity=1), tooltip=tip),
        *scene.layer(scene.data((Kind.HOLLOW, Kind.STRUCK)), hollow, tooltip=tip),
        *scene.layer(scene.data((Kind.STRUCK,)), slash),
    ]


def _texts(scene: _Scene) -> list[alt.Chart]:
    """Titles on the left and numbers on the right, above the marks."""
    layers: list[alt.Chart] = []
    for (bold, small, right), lines in groupby(sorted(scene.layout.lines, key=_look), key=_look):
        mark = alt.MarkDef(
            type="text",
            align="right" if right else "left",
            baseline="middle",
            fontWeight="bold" if bold else "normal",
            fontSize=SMALL_SIZE if small else TEXT_SIZE,
            aria=False,
        )
        data = [{"y": line.y, "label": line.text, "colour": scene.palette.of_text(line.tone)} for line in lines]
        layers += scene.layer(data, mark, x="width" if right else 0, text="label:N")
    return layers


def _look(line: Line) -> tuple[bool, bool, bool]:
    return line.bold, line.small, line.right
