"""The order of day, month and a year of two digits in the date columns of one file, decided over all rows, with the evidence."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells, mask
from roi_core.ingest.date_text import BothOrders, both_orders
from roi_core.ingest.spill import Spill

_SORTED, _UNSORTED, _FEWEST_STEPS = 0.99, 0.95, 5
_YEARS_ALLOWED, _YEARS_APART = 0.95, 5
_INNER = (5, 95)
"""Percentiles of the rows between which years are compared, so that one odd date does not count."""


class DayOrder(StrEnum):
    """Which of the two small numbers of a date is the day; of three numbers of two digits the first may be the year."""

    DAY_FIRST = "D/M/YYYY"
    MONTH_FIRST = "M/D/YYYY"
    YEAR_FIRST = "YY-MM-DD"

    @property
    def words(self) -> str:
        """As said to a reader."""
        return {DayOrder.YEAR_FIRST: "year before month", DayOrder.MONTH_FIRST: "month before day"}.get(self, "day before month")


_TWO = (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The order of one column and why; `asked` where nothing in the file settles it."""

    order: DayOrder
    why: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class DateColumn:
    """One column of dates under both orders."""

    header: str
    cells: Cells
    both: BothOrders

    @classmethod
    def of(cls, header: str, cells: Cells) -> "DateColumn":
        """Reads the distinct values of a column."""
        return cls(header, cells, both_orders(cells.distinct))

    def held(self, spill: Spill) -> "DateColumn":
        """The same column, in files where it is large."""
        day_first = spill.array(self.both.day_first)
        month_first = day_first if self.both.month_first is self.both.day_first else spill.array(self.both.month_first)
        year_first = None if self.both.year_first is None else spill.array(self.both.year_first)
        return replace(self, both=replace(self.both, day_first=day_first, month_first=month_first, year_first=year_first))

    def under(self, order: DayOrder) -> pa.Array:
        """Timestamps of the distinct values (naive, zone of the column not applied)."""
        if order is DayOrder.YEAR_FIRST and self.both.year_first is not None:
            return self.both.year_first
        return self.both.month_first if order is DayOrder.MONTH_FIRST else self.both.day_first

    def allows_year_first(self) -> bool:
        """Whether nearly all rows that are a date can be read with a year of two digits first."""
        if self.both.year_first is None:
            return False
        counts, year_first = self.cells.counts(), mask(pc.is_valid(self.both.year_first))
        readable = year_first | mask(pc.is_valid(self.both.day_first)) | mask(pc.is_valid(self.both.month_first))
        return bool(counts[year_first].sum() >= _YEARS_ALLOWED * counts[readable].sum() > 0)

    def row_times(self, order: DayOrder) -> npt.NDArray[np.int64]:
        """Microseconds of every filled and readable row, in file order."""
        times = pc.drop_null(self.cells.spread(self.under(order)))
        return np.asarray(times.cast(pa.int64()).to_numpy(), dtype=np.int64)


def settle(columns: Mapping[str, DateColumn], before: tuple[tuple[str, str], ...] = (), said: DayOrder | None = None) -> dict[str, Verdict]:
    """One verdict for every column in which the order matters, by canonical name.

    A column's own values come first, then those of another column of the file, then `before` (pairs of canonical names
    of which the first happens before the second), then rows that are sorted by date under one order only, with a question; else it is
    asked, and what the user has `said` stands.
    """
    mattering = {name: column for name, column in columns.items() if column.both.order_matters}
    years = {name: verdict for name, column in mattering.items() if (verdict := by_years(column))}
    own = {name: verdict for name, column in mattering.items() if name not in years and (verdict := by_values(column))}
    other = _by_other_column(years | own, columns)
    shared = other if other and other.order in _TWO else _by_sequence(columns, before)
    sorted_rows = [verdict for name, column in mattering.items() if name not in years and (verdict := by_rows(column))] if shared is None else []
    rows = next(iter(sorted_rows), None)
    settled = {
        name: (other if other and years[name].asked else years[name]) if name in years else own.get(name) or shared or rows or _assumed(column)
        for name, column in mattering.items()
    }
    return {name: Verdict(said, "as you said") if said and verdict.asked and _fits(said, columns[name]) else verdict for name, verdict in settled.items()}


def _fits(said: DayOrder, column: DateColumn) -> bool:
    return said is not DayOrder.YEAR_FIRST or column.allows_year_first()


def by_years(column: DateColumn) -> Verdict | None:
    """Three numbers of two digits: the first is the year where the years then lie clearly closer together, and it is asked where neither do.

    None where the first cannot be the year, or the last is it.
    """
    if not column.allows_year_first():
        return None
    last = by_values(column)
    spoken = last.order if last else DayOrder.DAY_FIRST
    first_span, last_span = (_span(column, order) for order in (DayOrder.YEAR_FIRST, spoken))
    if last_span + _YEARS_APART <= first_span:
        return None
    text = quoted(column.cells.distinct[0].as_py())
    if first_span + _YEARS_APART <= last_span:
        return Verdict(DayOrder.YEAR_FIRST, f"years such as that of {text} then differ by {first_span:.0f} at most, the other way by {last_span:.0f}")
    best = max((spoken, DayOrder.YEAR_FIRST), key=lambda order: _latest(column, order))
    return Verdict(best, f"no value settles it: the year of {text} may stand first or last", asked=True)


def _years(column: DateColumn, order: DayOrder) -> npt.NDArray[np.int64]:
    return column.row_times(order).astype("datetime64[us]").astype("datetime64[Y]").astype(np.int64) + 1970


def _span(column: DateColumn, order: DayOrder) -> float:
    years = _years(column, order)
    return float(np.subtract(*np.percentile(years, _INNER[::-1]))) if len(years) else np.inf


def _latest(column: DateColumn, order: DayOrder) -> int:
    """The latest year, 0 where it is to come: what was exported has mostly just happened."""
    latest = int(_years(column, order).max(initial=0))
    return latest if latest <= dt.datetime.now(dt.UTC).year else 0


def by_values(column: DateColumn) -> Verdict | None:
    """A number above 12 settles the order; where values speak for both, the more frequent one stands."""
    day_only = _only(column.both.day_first, column.both.month_first)
    month_only = _only(column.both.month_first, column.both.day_first)
    if not day_only.any() and not month_only.any():
        return None
    counts = column.cells.counts()
    day_rows, month_rows = int(counts[day_only].sum()), int(counts[month_only].sum())
    order = DayOrder.DAY_FIRST if day_rows >= month_rows else DayOrder.MONTH_FIRST
    code = int(np.argmax(day_only if order is DayOrder.DAY_FIRST else month_only))
    why = f"line {column.cells.first_line(code)} holds {quoted(column.cells.distinct[code].as_py())} (rows like it: {max(day_rows, month_rows)})"
    against = min(day_rows, month_rows)
    return Verdict(order, f"{why}, rows against it: {against}" if against else why, asked=against > 0)


def _only(one: pa.Array, other: pa.Array) -> npt.NDArray[np.bool_]:
    return mask(pc.and_(pc.is_valid(one), pc.is_null(other)))


def _by_other_column(own: Mapping[str, Verdict], columns: Mapping[str, DateColumn]) -> Verdict | None:
    for name, verdict in own.items():
        if not verdict.asked:
            return Verdict(verdict.order, f"as in {columns[name].header}, where {verdict.why}")
    return None


def _by_sequence(columns: Mapping[str, DateColumn], before: tuple[tuple[str, str], ...]) -> Verdict | None:
    for first, second in before:
        if first in columns and second in columns:
            wrong = {order: _backwards(columns[first], columns[second], order) for order in _TWO}
            order = min(wrong, key=lambda key: wrong[key])
            if wrong[order] == 0 and max(wrong.values()) > 0:
                many = max(wrong.values())
                return Verdict(order, f"the other order puts {columns[second].header} before {columns[first].header}, rows: {many}")
    return None


def _backwards(first: DateColumn, second: DateColumn, order: DayOrder) -> int:
    earlier, later = first.cells.spread(first.under(order)), second.cells.spread(second.under(order))
    return int(mask(pc.less(later, earlier)).sum())


def by_rows(column: DateColumn) -> Verdict | None:
    """Rows that rise (or fall) with the date under one order only: the best answer to a question, and none where they are sorted as text."""
    if _sortedness(_letters(column)) >= _SORTED:
        return None
    shares = {order: _sortedness(column.row_times(order)) for order in _TWO}
    best, worst = max(shares, key=lambda key: shares[key]), min(shares, key=lambda key: shares[key])
    if shares[best] >= _SORTED and shares[worst] < _UNSORTED:
        why = f"rows are sorted by {column.header} this way ({shares[best]:.0%} of steps), not the other way ({shares[worst]:.0%})"
        return Verdict(best, why, asked=True)
    return None


def _letters(column: DateColumn) -> npt.NDArray[np.int64]:
    """The place of every filled row among the texts in order of their letters."""
    places = np.asarray(pc.rank(column.cells.distinct, sort_keys="ascending", tiebreaker="dense"), dtype=np.int64)
    return places[column.cells.codes[column.cells.codes >= 0]]


def _sortedness(times: npt.NDArray[np.int64]) -> float:
    steps = np.diff(times)
    up, down = int((steps > 0).sum()), int((steps < 0).sum())
    return max(up, down) / (up + down) if up + down >= _FEWEST_STEPS else 0.0


def _assumed(column: DateColumn) -> Verdict:
    order = DayOrder.MONTH_FIRST if column.both.has_half else DayOrder.DAY_FIRST
    other = DayOrder.MONTH_FIRST if order is DayOrder.DAY_FIRST else DayOrder.DAY_FIRST
    text = quoted(column.cells.distinct[0].as_py())
    return Verdict(order, f"no value settles it: {text} can be read both ways; the other reading is {other.value}", asked=True)
