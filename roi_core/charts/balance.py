"""How different the two groups were in each covariate before weighting, and how different they are after it (love plot)."""

from collections.abc import Sequence

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Reference, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.cohorts.covariate_names import spoken
from roi_core.measured import BalanceRow
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit

_MOST_ROWS = 8


def draw(rows: Sequence[BalanceRow] | Absent, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """The covariates that differed most, at most 8: hollow before weighting, filled after, the limit as a dashed line."""
    if isinstance(rows, Absent):
        return rows
    if not rows:
        return Absent(say("charts.balance_empty"))
    return draw_rows(figure(rows, style), palette, style=style, narrow=narrow)


def figure(rows: Sequence[BalanceRow], style: Style = DEFAULT) -> Figure:
    """The love plot before it is drawn."""
    most = rows[0].limit
    limit = Reference(most, say("charts.balance_limit", limit=_size(most, style)), Tone.CAUTION)
    shown = tuple(_row(row, style) for row in _sorted(rows)[:_MOST_ROWS])
    return Figure(axis=Axis(title=say("charts.balance_axis")), rows=shown, references=(limit,))


def describe(rows: Sequence[BalanceRow] | Absent, style: Style = DEFAULT) -> str:
    """The largest difference before and after weighting, and how many stay above the limit."""
    if isinstance(rows, Absent) or not rows:
        return rows.reason if isinstance(rows, Absent) else say("charts.balance_empty")
    before, after = max(abs(row.before) for row in rows), max(abs(row.after) for row in rows)
    above = sum(abs(row.after) >= row.limit for row in rows)
    return say(
        "charts.balance",
        covariates=str(len(rows)),
        before=_size(before, style),
        after=_size(after, style),
        above=str(above),
        limit=_size(rows[0].limit, style),
    )


def table(rows: Sequence[BalanceRow] | Absent, style: Style = DEFAULT) -> pa.Table:
    """One row a covariate, the largest difference before weighting first."""
    if isinstance(rows, Absent):
        return as_table([])
    return as_table(
        [
            {
                "What is compared": spoken(row.covariate, style),
                "Before weighting (SD)": number(row.before, Unit.CORRELATION, style),
                "After weighting (SD)": number(row.after, Unit.CORRELATION, style),
            }
            for row in _sorted(rows)
        ]
    )


def _sorted(rows: Sequence[BalanceRow]) -> list[BalanceRow]:
    return sorted(rows, key=lambda row: -abs(row.before))


def _row(row: BalanceRow, style: Style) -> Row:
    before, after = _size(abs(row.before), style), _size(abs(row.after), style)
    named = spoken(row.covariate, style)
    marks = (
        Mark(Kind.HOLLOW, Tone.OTHER, abs(row.before), name=say("charts.balance_before", covariate=named), shown=before),
        Mark(Kind.POINT, Tone.SUPPORTED, abs(row.after), name=say("charts.balance_after", covariate=named), shown=after),
    )
    return Row(title=named, note=say("charts.balance_note", before=before, after=after), marks=marks)


def _size(value: float, style: Style) -> str:
    return number(value, Unit.CORRELATION, style)
