"""Periods of a review: which are whole in these files, what they are called, and what stands before each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from roi_core.engine import Label
from roi_core.metrics import CADENCES, Calendar, Metric
from roi_core.sentences import say
from roi_core.show import Style, day, month

_DAY_S = 86_400
_EPOCH = date(1970, 1, 1)
_DAYS: Mapping[str, tuple[int, int]] = MappingProxyType({"day": (1, 364), "week": (7, 364)})
"""Length in days, and how far back the same one of last year lies: whole weeks, so that a Monday stands beside a Monday."""
_MONTHS: Mapping[str, tuple[int, int]] = MappingProxyType({"month": (1, 12), "quarter": (3, 12), "year": (12, 0), "fiscal_year": (12, 0)})
_KEPT: Mapping[str, int] = MappingProxyType({"day": 60, "week": 53, "month": 36, "quarter": 16, "year": 10, "fiscal_year": 10})
"""How many of the last periods a line shows."""
WHOLE = ""
"""All of the files as one period."""
PERIODS = (*(cadence.period for cadence in CADENCES.values()), "year", "fiscal_year", WHOLE)
"""What can be looked at, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the files cover: whole months, both included, and until when (epoch seconds)."""

    first_month: int
    last_month: int
    until_s: int

    @property
    def end_s(self) -> int:
        """When the last whole month ends."""
        return _start_s(self.last_month + 1)

    def within(self, first_month: int | None, last_month: int | None, until_s: int | None = None) -> "Window":
        """What of it lies between two months, both included, and before a second; None bounds nothing."""
        return Window(
            self.first_month if first_month is None else max(self.first_month, first_month),
            self.last_month if last_month is None else min(self.last_month, last_month),
            self.until_s if until_s is None else min(self.until_s, until_s),
        )

    def holds(self, period: str, at: int) -> bool:
        """Whether all of a period lies inside."""
        if period in _DAYS:
            return at * _DAY_S >= _start_s(self.first_month) and (at + _DAYS[period][0]) * _DAY_S <= self.until_s
        return self.first_month <= at and at + _MONTHS[period][0] - 1 <= self.last_month

    def periods(self, period: str, calendar: Calendar) -> tuple[int, ...]:
        """All that lie inside, in order."""
        if period in _MONTHS:
            begun = sorted({calendar.first_month(period, month) for month in range(self.first_month, self.last_month + 1)})
            return tuple(at for at in begun if self.holds(period, at))
        length, first = _DAYS[period][0], _start_s(self.first_month) // _DAY_S
        if period == "week":
            first += (calendar.week_start - 3 - first) % length
        return tuple(range(first, self.until_s // _DAY_S - length + 1, length))


def kept(period: str) -> int:
    """How many of the last periods a line shows."""
    return _KEPT[period]


def period_of(metric: Metric, asked: str) -> str:
    """The period by which a metric is shown: the one asked for, else months, else the whole."""
    return next((period for period in (asked, "month") if period in metric.dimensions), WHOLE) if asked != WHOLE else WHOLE


def within(period: str, at: int | None) -> dict[str, tuple[Label, ...]]:
    """The filter that leaves the rows of a period; none for all of the files."""
    return {} if period == WHOLE or at is None else {period: (at,)}


def before(period: str, at: int) -> int:
    """The period before."""
    return at - (_DAYS[period][0] if period in _DAYS else _MONTHS[period][0])


def year_ago(period: str, at: int) -> int | None:
    """The same period of last year; None where that is the period before."""
    back = _DAYS[period][1] if period in _DAYS else _MONTHS[period][1]
    return at - back if back else None


def called(period: str, at: int, style: Style) -> str:
    """`Mar 2025`, `Q1 2025`, `week from 2025-03-03`."""
    match period:
        case "day":
            return day(_EPOCH + timedelta(days=at), style)
        case "week":
            return say("kpi.week", day=day(_EPOCH + timedelta(days=at), style))
        case "quarter":
            return say("kpi.quarter", n=f"{at % 12 // 3 + 1}", year=f"{at // 12}")
        case "year":
            return f"{at // 12}"
        case "fiscal_year":
            return f"{at // 12}" if at % 12 == 0 else say("kpi.fiscal_year", month=month(at, style))
        case _:
            return month(at, style)


def day_of(period: str, at: int) -> date:
    """The first day of a period."""
    return _EPOCH + timedelta(days=at) if period in _DAYS else date(at // 12, at % 12 + 1, 1)


def _start_s(month_number: int) -> int:
    return (date(month_number // 12, month_number % 12 + 1, 1) - _EPOCH).days * _DAY_S
