"""Money added up over the months to come: the estimate, the half and the 95 % of outcomes around it, and today as a dashed line.

Where nothing was found the range stands alone: no line in its middle, no point, and no amount but its two ends.
"""

import math
from functools import lru_cache
from typing import Any

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette
from roi_core.charts.plot import Plot, apart
from roi_core.charts.table import as_table
from roi_core.charts.theme import SMALL_SIZE, Data, Drawn, Picture, dress, tooltips, unchecked
from roi_core.charts.ticks import ticks
from roi_core.results import Absent, Grade
from roi_core.scenarios import Fan, FanRow
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, money

_HEIGHT = 280.0
_BETWEEN_LABELS = 18.0
_ROOM = 92


@unchecked
def draw(fan: Fan | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """Two bands, the line of the scenario in the accent, the line of today dashed, each labelled at its end; lines only of what was found."""
    if isinstance(fan, Absent):
        return fan
    rows, moved = _data(fan, palette, style), differs(fan) and fan.found_today
    plot, last = _plot(fan, style, narrow=narrow), fan.rows[-1].month
    zero = [{"x": fan.rows[0].month, "x2": last, "y": 0.0, "colour": palette.text}]
    today = [[row | {"colour": palette.quiet} for row in rows]] if moved else []
    ends = _ends(plot, rows[-1], palette, found=fan.found, moved=moved)
    return _template(plot, palette, style, found=fan.found, moved=moved, narrow=narrow).holding(rows, zero, *today, ends)


@lru_cache(maxsize=64)
def _template(plot: Plot, palette: Palette, style: Style, *, found: bool, moved: bool, narrow: bool) -> Picture:
    """The chart without its rows: a slider moves these alone as long as the numbers on the axes stay, and building takes far longer than filling."""
    places: list[Data] = [[{}] for _ in range(4)]
    months, zero, today, ends = places
    text = alt.MarkDef(type="text", align="left", baseline="middle", dx=8, fontSize=SMALL_SIZE, aria=False)
    layers = [
        *plot.grid(palette),
        *plot.layer(months, alt.MarkDef(type="area", opacity=0.14, aria=False), y="low:Q", y2="high:Q"),
        *plot.layer(months, alt.MarkDef(type="area", opacity=0.24, aria=False), y="low_half:Q", y2="high_half:Q"),
        *plot.layer(zero, alt.MarkDef(type="rule", strokeWidth=1.2, aria=False), x2="x2:Q"),
        *plot.layer(today if moved else [], alt.MarkDef(type="line", strokeWidth=1.8, strokeDash=[5, 4], aria=False), y="today:Q"),
        *(_middle(plot, months) if found else _edges(plot, months)),
        *plot.layer(ends, text, text="label:N"),
    ]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def _middle(plot: Plot, months: Data) -> list[alt.Chart]:
    line = plot.layer(months, alt.MarkDef(type="line", strokeWidth=2.4, aria=False))
    return [*line, *plot.layer(months, alt.MarkDef(type="point", filled=True, size=26, opacity=1), tooltip=tooltips("name", "shown", "interval"))]


def _edges(plot: Plot, months: Data) -> list[alt.Chart]:
    """Both ends of the range, where its amounts can be read."""
    mark = alt.MarkDef(type="point", filled=True, size=10, opacity=1)
    return [layer for end in ("low:Q", "high:Q") for layer in plot.layer(months, mark, y=end, tooltip=tooltips("name", "interval"))]


def describe(fan: Fan | Absent, style: Style = DEFAULT) -> str:
    """The last month: the scenario with its interval, or that nothing was found; today; and whether it is only a sign."""
    if isinstance(fan, Absent):
        return fan.reason
    last = fan.rows[-1]
    against = [say("charts.fan_against", today=_amount(last.today, style))] if differs(fan) and fan.found_today else []
    sign = {Grade.C: [say("scenario.sign")], Grade.D: [say("scenario.assumed")]}.get(fan.grade, [])
    return " ".join([_last(fan, last, style), *against, *sign])


def _last(fan: Fan, row: FanRow, style: Style) -> str:
    what, months = "net" if fan.net else "margin", str(row.month)
    if fan.found:
        return say(f"charts.fan_{what}", months=months, amount=_amount(row.value, style), interval=_interval(row, style))
    return say(f"charts.fan_{what}_open", months=months, low=_amount(row.low, style), high=_amount(row.high, style))


def table(fan: Fan | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a month: the scenario with the half and the 95 % of outcomes, and today; the amounts in the middle only where something was found."""
    return as_table([]) if isinstance(fan, Absent) else as_table([_cells(fan, row, style) for row in fan.rows])


def _cells(fan: Fan, row: FanRow, style: Style) -> dict[str, str]:
    middle = {"Added up": money(row.value, style)} if fan.found else {}
    ranges = {
        "Half of outcomes": f"{money(row.low_half, style)} to {money(row.high_half, style)}",
        "95 % of outcomes": f"{money(row.low, style)} to {money(row.high, style)}",
    }
    return {"Months from now": str(row.month), **middle, **ranges, **({"Today": money(row.today, style)} if fan.found_today else {})}


def differs(fan: Fan) -> bool:
    """Whether the scenario moves anything; today is computed apart, so equal means equal but for rounding."""
    return not all(math.isclose(row.value, row.today, rel_tol=1e-9, abs_tol=1e-6) for row in fan.rows)


def _data(fan: Fan, palette: Palette, style: Style) -> Data:
    return [
        {
            "x": row.month,
            "y": row.value,
            "low": row.low,
            "high": row.high,
            "low_half": row.low_half,
            "high_half": row.high_half,
            "today": row.today,
            "colour": palette.supported,
            "name": say("charts.fan_month", months=str(row.month)),
            "shown": _amount(row.value, style),
            "low_shown": _amount(row.low, style),
            "high_shown": _amount(row.high, style),
            "interval": _interval(row, style),
            "now": _amount(row.today, style),
        }
        for row in fan.rows
    ]


def _plot(fan: Fan, style: Style, *, narrow: bool) -> Plot:
    values = [value for row in fan.rows for value in (row.low, row.high, row.today, 0.0)]
    last = fan.rows[-1].month
    return Plot(
        x_title=say("charts.fan_months"),
        x_at=tuple(month for month in ticks(0, last, most=7 if narrow else 13, whole=True) if month <= last),
        y_title=say("charts.fan_axis_net" if fan.net else "charts.fan_axis_margin", currency=style.currency),
        y_at=ticks(min(values), max(values), most=6),
        money=True,
        x_end=last,
        room=_ROOM,
    )


def _ends(plot: Plot, row: dict[str, Any], palette: Palette, *, found: bool, moved: bool) -> Data:
    """The amount at the end of each line, or at both ends of a range, never closer than a line of text is high."""
    middle = [("y", say("charts.fan_scenario", amount=row["shown"]) if moved else row["shown"], palette.supported)]
    limits = [(end, row[f"{end}_shown"], palette.supported) for end in ("low", "high")]
    ends = (middle if found else limits) + ([("today", say("charts.fan_today", amount=row["now"]), palette.quiet)] if moved else [])
    unit = (plot.y_at[-1] - plot.y_at[0]) / _HEIGHT
    heights = apart(tuple(row[field] for field, _, _ in ends), _BETWEEN_LABELS * unit)
    return [{"x": row["x"], "y": y, "label": text, "colour": colour} for y, (_, text, colour) in zip(heights, ends, strict=True)]


def _amount(value: float, style: Style) -> str:
    return money(value, style, compact=True)


def _interval(row: FanRow, style: Style) -> str:
    return f"{_amount(row.low, style)} to {_amount(row.high, style)}"
