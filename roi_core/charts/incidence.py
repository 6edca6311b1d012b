"""Who has left, and how, by months as a customer: a step line with its band for each way of leaving."""

import pyarrow as pa

from roi_core.charts import steps
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.plot import Plot
from roi_core.charts.table import as_table
from roi_core.charts.theme import Data, Drawn, dress, unchecked
from roi_core.charts.ticks import ticks
from roi_core.measured import Leaving
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit

_HEIGHT, _ROOM = 280.0, 112
_TONES = (Tone.HARM, Tone.CAUTION, Tone.OTHER, Tone.SHEET)


@unchecked
def draw(leaving: Leaving | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """A line for each way, from 0 on, named at its end with its last share."""
    if isinstance(leaving, Absent):
        return leaving
    toned = dict(zip(leaving.shares, _TONES, strict=False))
    lines = {kind: steps.rows(leaving.months, shares, palette.of(toned[kind]), _name(kind), style) for kind, shares in leaving.shares.items()}
    plot = _plot(leaving, lines, narrow=narrow)
    layers = [layer for make in (steps.bands, steps.lines, steps.points) for data in lines.values() for layer in make(plot, data)]
    labels = steps.ends(plot, [(_name(kind), data[-1], palette.of_text(toned[kind])) for kind, data in lines.items()], _HEIGHT)
    return dress([*plot.grid(palette), *layers, *labels], palette, style, height=_HEIGHT, narrow=narrow)


def describe(leaving: Leaving | Absent, style: Style = DEFAULT) -> str:  # noqa: ARG001 - every chart has the same shape
    """The sentence of the result."""
    return leaving.reason if isinstance(leaving, Absent) else leaving.sentence


def table(leaving: Leaving | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a month: each share with its interval, and how many customers were still followed."""
    if isinstance(leaving, Absent):
        return as_table([])
    return as_table(
        [
            {
                "Month": str(month),
                **{_name(kind).capitalize(): show(shares[place], style) for kind, shares in leaving.shares.items()},
                "Still followed": number(leaving.at_risk[place], Unit.COUNT, style),
            }
            for place, month in enumerate(leaving.months)
        ]
    )


def _name(kind: str) -> str:
    return say(f"leaving.{kind}_short")


def _plot(leaving: Leaving, lines: dict[str, Data], *, narrow: bool) -> Plot:
    last = leaving.months[-1]
    most = max(row["high"] for data in lines.values() for row in data)
    return Plot(
        x_title=say("charts.months_as_customer"),
        x_at=tuple(month for month in ticks(0, last, most=7 if narrow else 13, whole=True) if month <= last),
        y_title=say("charts.have_left"),
        y_at=ticks(0, most, most=6),
        x_end=last,
        room=_ROOM,
    )
