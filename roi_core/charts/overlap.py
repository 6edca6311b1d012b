"""How likely each customer was to be in touch, by group: where the two shapes overlap, like is compared with like."""

from collections.abc import Mapping
from itertools import pairwise

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette, Tone
from roi_core.charts.plot import Plot
from roi_core.charts.table import as_table
from roi_core.charts.theme import TEXT_SIZE, Data, Drawn, dress, tooltips, unchecked
from roi_core.charts.ticks import ticks
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit

Histogram = Mapping[str, tuple[float, ...]]
"""`edges` (k + 1 probabilities), `treated` and `control` (k shares of the rows of each group, each adding up to 1)."""

_HEIGHT = 240.0
_KEYS = {Tone.SUPPORTED: "charts.supported", Tone.OTHER: "charts.not_supported"}


@unchecked
def draw(histogram: Histogram | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """Both groups as steps over the same axis, filled lightly, so that the common ground is what is filled twice."""
    if isinstance(histogram, Absent):
        return histogram
    histogram = _inhabited(histogram)
    edges = histogram["edges"]
    highest = max(*histogram["treated"], *histogram["control"]) * 100
    plot = Plot(say("charts.overlap_chance"), ticks(edges[0] * 100, edges[-1] * 100, most=6), say("charts.overlap_share"), ticks(0, highest, most=6))
    layers = plot.grid(palette)
    for tone in (Tone.OTHER, Tone.SUPPORTED):
        rows = _steps(histogram, tone, palette, style)
        layers += plot.layer(rows, alt.MarkDef(type="area", interpolate="step-after", opacity=0.25, aria=False))
        layers += plot.layer(rows, alt.MarkDef(type="line", interpolate="step-after", strokeWidth=2, aria=False))
        layers += plot.layer(rows[:-1], alt.MarkDef(type="point", filled=True, size=22, opacity=1), tooltip=tooltips("name", "shown"))
        layers += _name(plot, tone, palette)
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(histogram: Histogram | Absent, style: Style = DEFAULT) -> str:
    """The share of rows that both groups have in common: the sum of the lower of the two shares."""
    if isinstance(histogram, Absent):
        return histogram.reason
    common = sum(min(pair) for pair in zip(histogram["treated"], histogram["control"], strict=True))
    return say("charts.overlap", common=number(common, Unit.FRACTION, style))


def table(histogram: Histogram | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a range of probabilities: the share of each group in it."""
    if isinstance(histogram, Absent):
        return as_table([])
    rows = zip(pairwise(histogram["edges"]), histogram["treated"], histogram["control"], strict=True)
    return as_table(
        [
            {
                "Chance of a contact": _range(low, high, style),
                "Supported": number(supported, Unit.FRACTION, style),
                "Not supported": number(control, Unit.FRACTION, style),
            }
            for (low, high), supported, control in rows
        ]
    )


def _inhabited(histogram: Histogram) -> Histogram:
    """Without the ranges at either end in which no customer of either group is."""
    held = [i for i, pair in enumerate(zip(histogram["treated"], histogram["control"], strict=True)) if max(pair) > 0]
    first, last = (held[0], held[-1]) if held else (0, 0)
    return {name: values[first : last + 1 + (name == "edges")] for name, values in histogram.items()}


def _steps(histogram: Histogram, tone: Tone, palette: Palette, style: Style) -> Data:
    """The shares as steps; the last is repeated at the last edge, where its step ends."""
    shares = histogram["treated" if tone is Tone.SUPPORTED else "control"]
    edges = histogram["edges"]
    rows = [
        {
            "x": low * 100,
            "y": share * 100,
            "colour": palette.of(tone),
            "name": say(_KEYS[tone]) + ", " + _range(low, high, style),
            "shown": number(share, Unit.FRACTION, style),
        }
        for (low, high), share in zip(pairwise(edges), shares, strict=True)
    ]
    return [*rows, rows[-1] | {"x": edges[-1] * 100}]


def _name(plot: Plot, tone: Tone, palette: Palette) -> list[alt.Chart]:
    """The names in the upper right corner, where few customers are."""
    mark = alt.MarkDef(type="text", align="right", baseline="middle", fontSize=TEXT_SIZE, fontWeight="bold", dx=-6, aria=False)
    row = {"x": plot.ends[1], "label": say(_KEYS[tone]), "colour": palette.of_text(tone)}
    return plot.layer([row], mark, y=14 if tone is Tone.SUPPORTED else 34, text="label:N")


def _range(low: float, high: float, style: Style) -> str:
    return f"{number(low, Unit.FRACTION, style).removesuffix(' %')} to {number(high, Unit.FRACTION, style)}"
