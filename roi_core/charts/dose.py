"""How many customers left, by the satisfaction score they gave: shares with Wilson intervals, and how many each rests on."""

from itertools import pairwise

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette
from roi_core.charts.plot import Plot
from roi_core.charts.table import as_table
from roi_core.charts.theme import SMALL_SIZE, Data, Drawn, dress, tooltips, unchecked
from roi_core.charts.ticks import ticks
from roi_core.measured import Dose
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, number, show
from roi_core.units import Unit

_HEIGHT = 280.0
_MANY = 1_000


@unchecked
def draw(dose: Dose | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One point a score with its interval, its count on top."""
    if isinstance(dose, Absent):
        return dose
    data = _data(dose, palette, style)
    if not data:
        return Absent(say("charts.dose_empty"))
    plot = _plot(dose, data)
    above = alt.MarkDef(type="text", baseline="middle", fontSize=SMALL_SIZE - narrow, aria=False)
    counts = [row | {"colour": palette.quiet} for row in data]
    layers = [
        *plot.grid(palette),
        *plot.layer(data, alt.MarkDef(type="rule", strokeWidth=2), y="low:Q", y2="high:Q", tooltip=tooltips("name", "shown", "interval", "n")),
        *plot.layer(data, alt.MarkDef(type="point", filled=True, size=85, opacity=1), tooltip=tooltips("name", "shown", "interval", "n")),
        *plot.layer(counts, above, y=-10, text="count:N"),
    ]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(dose: Dose | Absent, style: Style = DEFAULT) -> str:
    """The shares at the lowest and the highest score, then the sentence of the result."""
    if isinstance(dose, Absent):
        return dose.reason
    ends = [_end(dose, index, style) for index in (0, -1)] if dose.rows else []
    return " ".join([*ends, dose.sentence])


def table(dose: Dose | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a score: how many gave it, how many of them left, the share with its interval."""
    if isinstance(dose, Absent):
        return as_table([])
    return as_table(
        [
            {
                _as_head(dose): number(score, Unit.COUNT, style),
                dose.unit_of_rows.capitalize(): number(n, Unit.COUNT, style),
                say("charts.dose_head_left"): number(left, Unit.COUNT, style),
                say("charts.dose_head_share"): show(share, style),
            }
            for score, n, left, share in dose.rows
        ]
    )


def _data(dose: Dose, palette: Palette, style: Style) -> Data:
    return [
        {
            "x": score,
            "y": share.value * 100,
            "low": (share.value if share.low is None else share.low) * 100,
            "high": (share.value if share.high is None else share.high) * 100,
            "colour": palette.supported,
            "name": say("charts.dose_row", what=dose.what, score=number(score, Unit.COUNT, style)),
            "shown": number(share.value, share.unit, style),
            "interval": interval(share, style),
            "n": number(n, Unit.COUNT, style),
            "count": number(n, Unit.COUNT, style) if n < _MANY else f"{number(n / 1_000, Unit.SCORE, style)}k",
        }
        for score, n, _, share in dose.rows
        if isinstance(share, Estimate)
    ]


def _plot(dose: Dose, data: Data) -> Plot:
    scores = tuple(score for score, _, _, _ in dose.rows)
    room = max((b - a for a, b in pairwise(scores)), default=1.0) / 2
    return Plot(
        x_title=say("charts.dose_score", what=dose.what, rows=dose.unit_of_rows),
        x_at=scores,
        y_title=say("charts.dose_left"),
        y_at=ticks(0, max(row["high"] for row in data), most=6, whole=True),
        x_start=scores[0] - room,
        x_end=scores[-1] + room,
    )


def _as_head(dose: Dose) -> str:
    """What is counted, to begin a sentence or a column with; the header of a file stays as it is written there."""
    return dose.what.capitalize() if dose.what.isalpha() and dose.what.islower() else dose.what


def _end(dose: Dose, index: int, style: Style) -> str:
    score, n, left, share = dose.rows[index]
    return say(
        "charts.dose_end",
        what=_as_head(dose),
        score=number(score, Unit.COUNT, style),
        n=number(n, Unit.COUNT, style),
        left=number(left, Unit.COUNT, style),
        share=show(share, style),
        rows=dose.unit_of_rows,
    )
