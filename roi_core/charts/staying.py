"""How long customers stay: a step line for each group, with its band where at most three are drawn."""

import pyarrow as pa

from roi_core.charts import steps
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.plot import Plot
from roi_core.charts.table import as_table
from roi_core.charts.theme import Data, Drawn, dress, unchecked
from roi_core.charts.ticks import ticks
from roi_core.effects.staying import Group, Staying
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit

_HEIGHT, _ROOM, _CHARACTER, _LONGEST = 300.0, 64, 7, 18
_TONES = (Tone.SUPPORTED, Tone.HARM, Tone.CAUTION, Tone.OTHER, Tone.SHEET)
_MOST_BANDS = 3


@unchecked
def draw(staying: Staying | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """A line for each group, named at its end with its last share."""
    if isinstance(staying, Absent):
        return staying
    groups = list(zip(staying.groups, _TONES, strict=False))
    lines = [steps.rows(range(len(group.curve)), group.curve, palette.of(tone), _name(group), style) for group, tone in groups]
    plot = _plot(staying, lines, narrow=narrow)
    kinds = (steps.bands, steps.lines, steps.points) if len(lines) <= _MOST_BANDS else (steps.lines, steps.points)
    layers = [layer for make in kinds for data in lines for layer in make(plot, data)]
    last = max(len(group.curve) for group in staying.groups) - 1
    ends = [(_short(_name(group)), data[-1] | {"x": last}, palette.of_text(tone)) for (group, tone), data in zip(groups, lines, strict=True)]
    return dress([*plot.grid(palette), *layers, *steps.ends(plot, ends, _HEIGHT)], palette, style, height=_HEIGHT, narrow=narrow)


def describe(staying: Staying | Absent, style: Style = DEFAULT) -> str:  # noqa: ARG001 - every chart has the same shape
    """The sentence of the result."""
    return staying.reason if isinstance(staying, Absent) else staying.sentence


def table(staying: Staying | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a month: the share of each group with its interval, and how many of it were still followed."""
    if isinstance(staying, Absent):
        return as_table([])
    months = range(max(len(group.curve) for group in staying.groups))
    return as_table([{say("staying.month"): str(month)} | _cells(staying.groups, month, style) for month in months])


def _cells(groups: tuple[Group, ...], month: int, style: Style) -> dict[str, str]:
    cells = {}
    for group in groups:
        seen = month < len(group.curve)
        cells[_name(group)] = show(group.curve[month], style) if seen else ""
        cells[say("staying.followed", name=_name(group))] = number(group.at_risk[month], Unit.COUNT, style) if seen else ""
    return cells


def _name(group: Group) -> str:
    return group.name or say("staying.everybody")


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _plot(staying: Staying, lines: list[Data], *, narrow: bool) -> Plot:
    last = max(data[-1]["x"] for data in lines)
    low, high = min(row["low"] for data in lines for row in data), max(row["high"] for data in lines for row in data)
    return Plot(
        x_title=say("staying.months_since"),
        x_at=tuple(month for month in ticks(0, last, most=7 if narrow else 13, whole=True) if month <= last),
        y_title=say("staying.axis"),
        y_at=ticks(low, high, most=6),
        x_end=last,
        room=_ROOM + _CHARACTER * max(len(_short(_name(group))) for group in staying.groups),
    )
