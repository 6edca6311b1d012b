"""Who is still there, by the month of the start and the months since: a triangle of squares, the darker the more are there."""

from collections.abc import Sequence

import altair as alt
import pyarrow as pa

from roi_core.charts.palette import Palette, Tone
from roi_core.charts.table import as_table
from roi_core.charts.theme import Data, Drawn, dress, layer, tooltips, unchecked
from roi_core.effects.staying import Cohort
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, number, show
from roi_core.show import month as month_shown
from roi_core.units import Unit

_SQUARE, _LEAST = 18.0, 0.06
_EVERY = {True: 6, False: 3}


@unchecked
def draw(cohorts: Sequence[Cohort], palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """A row for each month of the start, the latest below; the share stands in the tooltip with its interval."""
    rows = _rows(cohorts, palette, style)
    if not rows:
        return Absent(say("staying.chart_none"))
    longest = max(len(cohort.shares) for cohort in cohorts)
    x = alt.X("x:Q", title=say("staying.cohort_axis"), scale=alt.Scale(domain=[0, longest], nice=False), axis=_months(longest, narrow=narrow))
    y = alt.Y("label:N", title=say("staying.started_in"), sort=None, axis=alt.Axis(grid=False, labelOverlap=False))
    square = alt.MarkDef(type="rect", height=alt.RelativeBandSize(band=0.92), aria=False)
    opacity = alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[_LEAST, 1]), legend=None)
    layers = layer(rows, square, x=x, x2="x2:Q", y=y, opacity=opacity, tooltip=tooltips("name", "shown", "interval", "n"))
    return dress(layers, palette, style, height=_SQUARE * len(cohorts), narrow=narrow)


def describe(cohorts: Sequence[Cohort], style: Style = DEFAULT) -> str:
    """How many cohorts there are, and how far they lie apart after as many months as three of four have been seen for."""
    seen = sorted(len(cohort.shares) for cohort in cohorts)
    if not seen or not seen[-1]:
        return say("staying.chart_none")
    month = seen[len(seen) // 4] - 1
    shares = [one.value for cohort in cohorts if len(cohort.shares) > month for one in cohort.shares[month : month + 1] if isinstance(one, Estimate)]
    slots = {"least": number(min(shares), Unit.FRACTION, style), "most": number(max(shares), Unit.FRACTION, style)}
    return say("staying.chart", first=f"{len(shares)}", months=f"{month}", **slots)


def table(cohorts: Sequence[Cohort], style: Style = DEFAULT) -> pa.Table:
    """One row a cohort: its customers, and the share after each month with its interval."""
    longest = max((len(cohort.shares) for cohort in cohorts), default=0)
    heads = [f"{since}" for since in range(longest)]
    return as_table(
        [
            {
                say("staying.started_in"): month_shown(cohort.month, style),
                say("staying.customers"): number(cohort.customers, Unit.COUNT, style),
                **{head: show(cohort.shares[since], style) if since < len(cohort.shares) else "" for since, head in enumerate(heads)},
            }
            for cohort in cohorts
        ]
    )


def _months(longest: int, *, narrow: bool) -> alt.Axis:
    return alt.Axis(values=list(range(0, longest + 1, _EVERY[narrow])), grid=False, format="d")


def _rows(cohorts: Sequence[Cohort], palette: Palette, style: Style) -> Data:
    """A square for each month that a cohort was seen for, from that month's beginning to its end."""
    return [
        {
            "x": since,
            "x2": since + 1,
            "label": month_shown(cohort.month, style),
            "share": share.value,
            "colour": palette.of(Tone.SUPPORTED),
            "name": say("staying.cohort_name", month=month_shown(cohort.month, style), since=f"{since}"),
            "shown": number(share.value, share.unit, style),
            "interval": interval(share, style),
            "n": number(share.n, Unit.COUNT, style),
        }
        for cohort in cohorts
        for since, share in enumerate(cohort.shares)
        if isinstance(share, Estimate)
    ]
