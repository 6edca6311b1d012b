"""A plot with two value axes: the scales once, then a layer for each kind of mark."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt

from roi_core.charts.palette import Palette
from roi_core.charts.theme import Data, layer, tick_labels

HALF_A_NUMBER = 12
"""Pixels that half of a number below an axis takes: a plot that ends where its place ends would cut it."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Two axes: title, numbers where a grid line and label stand (the first and last bound the axis); `money` writes the vertical one with k and M.

    `room` keeps pixels free on the right for labels beside the ends of lines, and at least for the right half of the last number.
    """

    x_title: str
    x_at: tuple[float, ...]
    y_title: str
    y_at: tuple[float, ...]
    money: bool = False
    x_start: float | None = None
    x_end: float | None = None
    room: int = HALF_A_NUMBER

    def grid(self, palette: Palette) -> list[alt.Chart]:
        """Horizontal lines under the marks; they end where the axis ends, so that no label beside stands on one."""
        start, end = self.ends
        lines: Data = [{"x": start, "x2": end, "y": y, "colour": palette.grid} for y in self.y_at]
        return self.layer(lines, alt.MarkDef(type="rule", strokeWidth=1, aria=False), x2="x2:Q")

    @property
    def ends(self) -> tuple[float, float]:
        """First and last value of the horizontal axis."""
        return self.x_at[0] if self.x_start is None else self.x_start, self.x_at[-1] if self.x_end is None else self.x_end

    def layer(self, data: Data, mark: alt.MarkDef, *, x: str = "x:Q", y: Any = "y:Q", **channels: Any) -> list[alt.Chart]:
        """A layer on both scales; `y` may be a height in pixels instead of a field."""
        return layer(data, mark, x=self._x(x), y=self._y(y) if isinstance(y, str) else y, **channels)

    def _x(self, field: str) -> alt.X:
        axis = alt.Axis(values=list(self.x_at), grid=False, **tick_labels(self.x_at))
        return alt.X(field, title=self.x_title, axis=axis, scale=self._across())

    def _across(self) -> alt.Scale:
        return alt.Scale(domain=list(self.ends), range=[0, alt.ExprRef(f"width - {self.room}")], nice=False, zero=False)

    def _y(self, field: str) -> alt.Y:
        axis = alt.Axis(values=list(self.y_at), grid=False, **tick_labels(self.y_at, money=self.money))
        return alt.Y(field, title=self.y_title, axis=axis, scale=alt.Scale(domain=[self.y_at[0], self.y_at[-1]], nice=False, zero=False))


def apart(wanted: tuple[float, ...], least: float) -> tuple[float, ...]:
    """Positions as near as possible to those wanted, in the same order, at least `least` apart."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + least)
    if placed:
        shift = sum(placed[i] - wanted[i] for i in order) / len(order)
        placed = [y - shift for y in placed]
    return tuple(placed)
