"""What all charts share: data handed to Altair, axes and grid in our colours, the limit on marks.

The settings travel inside each chart. Altair's theme registry is one per process, and one server draws for readers in
light and in dark at the same time. Fonts and the background are left to the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pyarrow as pa
from altair.utils.schemapi import debug_mode

from roi_core.charts.palette import Palette
from roi_core.results import Absent
from roi_core.show import Style

MOST_MARKS = 1_000
TEXT_SIZE = 13
SMALL_SIZE = 12
NARROW_WIDTH = 320
WIDE_WIDTH = 680

unchecked = debug_mode(arg=False)
"""Round a drawing: Altair checks each part against its whole schema, which took half of the time. The tests check every chart."""

Data = list[dict[str, Any]]
"""Rows of one layer: its fields are fixed names, never a text of the user."""

_FIELDS: dict[str, Any] = {"x": alt.X, "x2": alt.X2, "y": alt.Y, "y2": alt.Y2, "text": alt.Text}
_PLACES: dict[str, Any] = {"x": alt.XValue, "y": alt.YValue}
_LETTERS = ((1_000_000, "M"), (1_000, "k"))
_TIPS = {"name": "What", "shown": "Value", "interval": "95 % interval", "n": "n"}


class Rows(alt.InlineData):
    """Rows that nobody changes after they are handed over: copies of a chart share them, and only the whole chart is validated.

    Altair copies and validates the data of each layer several times, which took most of the time of drawing.
    """

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, _: object) -> "Rows":
        return self


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as Vega-Lite whose layers name their rows, and the rows: those of `rows0` first.

    Rows stand apart under names that say their place and not what they hold: a browser that has drawn the same
    specification before takes in the new rows alone.
    """

    written: dict[str, Any]
    rows: tuple[Data, ...]

    def holding(self, *rows: Data) -> "Picture":
        """The same chart of other rows; the first ones stay where fewer are given. Raises ValueError for more than there are places."""
        if len(rows) > len(self.rows):
            raise ValueError(f"chart: rows for {len(rows)} places, there are {len(self.rows)}")
        return replace(self, rows=(*self.rows[: len(self.rows) - len(rows)], *rows))

    def to_dict(self) -> dict[str, Any]:
        """Vega-Lite with its rows."""
        return {**self.written, "datasets": {f"rows{place}": rows for place, rows in enumerate(self.rows)}}


Drawn = Picture | Absent
"""A chart, or the reason why there is nothing to draw."""


def inline(rows: Data) -> Rows:
    """Rows as the data of a layer. Raises ValueError above 1,000 rows: each is a node in the browser."""
    if len(rows) > MOST_MARKS:
        raise ValueError(f"chart: marks == {len(rows)}, must be at most {MOST_MARKS}")
    return Rows(values=rows)


def layer(data: Data, mark: alt.MarkDef, **channels: Any) -> list[alt.Chart]:
    """A layer of rows, each in the colour of its field `colour`; no layer where there are no rows.

    A channel is a field with its type ("x2:Q"), a place (pixels, or "width"), or Altair's own.
    """
    if not data:
        return []
    typed = {name: _channel(name, given) for name, given in channels.items()}
    encoding = {"color": alt.Color("colour:N", scale=None, legend=None)} | typed
    return [alt.Chart(inline(data), mark=mark).encode(**encoding)]


def _channel(name: str, given: Any) -> Any:
    """Altair finds out the class of a plain channel by hashing its whole schema, which took a quarter of the time of a page."""
    if isinstance(given, str | int):
        return _FIELDS[name](given) if ":" in str(given) else _PLACES[name](given)
    return given


def tooltips(*fields: str) -> list[alt.Tooltip]:
    """Tooltips of the fields `name`, `shown`, `interval`, `n`, which hold text that is already formatted."""
    return [alt.Tooltip(f"{field}:N", title=_TIPS[field]) for field in fields]


def tick_labels(ticks: Sequence[float], *, money: bool = False) -> dict[str, Any]:
    """How an axis writes its numbers: plain, or money with k and M, and 0 as 0."""
    scale, letter = next((found for found in _LETTERS if max(map(abs, ticks)) >= found[0]), (1, "")) if money else (1, "")
    if not letter:
        return {"format": ",~f"}
    return {"labelExpr": f"datum.value == 0 ? '0' : format(datum.value / {scale}, ',~f') + '{letter}'"}


def dress(layers: Sequence[alt.Chart], palette: Palette, style: Style, *, height: float, narrow: bool) -> Picture:
    """The layers as one chart of a fixed plot height (pixels) that takes the width of its place.

    They are put together as they are written: Altair would copy each of them twice to look for selections, of which they have none.
    """
    held = {id(layer.data.values): layer.data.values for layer in layers}
    places = {rows: f"rows{place}" for place, rows in enumerate(held)}
    for layer in layers:
        layer.data = alt.NamedData(places[id(layer.data.values)])
    frame = alt.layer(
        height=height,
        width=NARROW_WIDTH if narrow else WIDE_WIDTH,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure(axis=_axes(palette), view=alt.ViewConfig(stroke="transparent"), locale=_locale(style))
    written = frame.to_dict(validate=False) | {"layer": [layer.to_dict(validate=False, context={"top_level": False}) for layer in layers]}
    return Picture(written, tuple(held.values()))


def specification(picture: Picture) -> dict[str, Any]:
    """The picture for the browser, its rows in columns."""
    return {**picture.written, "datasets": {name: pa.Table.from_pylist(rows) for name, rows in picture.to_dict()["datasets"].items()}}


def _axes(palette: Palette) -> alt.AxisConfig:
    return alt.AxisConfig(
        domain=False,
        ticks=False,
        gridColor=palette.grid,
        labelColor=palette.quiet,
        labelFontSize=SMALL_SIZE,
        labelLimit=400,
        labelPadding=6,
        titleColor=palette.quiet,
        titleFontSize=TEXT_SIZE,
        titleFontWeight="normal",
        titlePadding=10,
    )


def _locale(style: Style) -> alt.Locale:
    number = alt.NumberLocale(decimal=style.decimal, thousands=style.thousands, grouping=[3], currency=["", ""])
    return alt.Locale(number=number)
