"""How a number is written for a person: the only formatter, and its style. JSON never goes through here.

A unit that follows its number is written once: `15.2 % (13.7 to 16.8)`. A minus is the ASCII sign, so that a copied
number is still a number in a spreadsheet. What rounds to nothing says `under 0.1 %`, never 0.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Literal

from roi_core.results import Absent, Estimate, Result
from roi_core.units import Unit

DateOrder = Literal["ymd", "dmy", "mdy"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COMPACT = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
_PERIODS = {Unit.MONEY_PER_EPISODE: " per contact", Unit.MONEY_PER_MONTH: " a month", Unit.MONEY_PER_YEAR: " a year"}
_DECIMALS = {Unit.FRACTION: 1, Unit.PERCENT: 1, Unit.SCORE: 1, Unit.DAYS: 1, Unit.MONTHS: 1, Unit.COUNT: 1, Unit.RATIO: 2, Unit.CORRELATION: 2, Unit.TEXT: 2}
_WHOLE_WITHOUT_DECIMALS = (Unit.COUNT, Unit.DAYS, Unit.MONTHS)
_COUNTED = {Unit.DAYS: (" day", " days"), Unit.MONTHS: (" month", " months")}
_TOO_WIDE = {Unit.PERCENT: (10.0, 0), Unit.RATIO: (1.0, 1)}
"""An interval as wide as this carries that many decimals and no more."""
_FINER = (2, 3)
"""Decimals of shares in percent that one would not tell apart."""
_WIDEST_OF_DIGIT = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How one reader writes numbers and dates. `currency` is an ISO code, or empty where it is unknown; `week_start` 0 is Monday."""

    decimal: str = "."
    thousands: str = ","
    currency: str = "USD"
    date_order: DateOrder = "ymd"
    week_start: int = 0

    @classmethod
    def for_locale(cls, locale: str | None, currency: str = "USD") -> "Style":
        """The style of a browser's locale such as `de-DE`; an unknown one gives the default marks."""
        from babel import Locale, UnknownLocaleError
        from babel.numbers import get_decimal_symbol, get_group_symbol

        try:
            known = Locale.parse((locale or "").replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return cls(currency=currency)
        return cls(
            decimal=get_decimal_symbol(known),
            thousands=get_group_symbol(known),
            currency=currency,
            date_order=_order(known.date_formats["short"].pattern),
            week_start=known.first_week_day,
        )


DEFAULT = Style()


def show(result: Result, style: Style = DEFAULT, *, points: bool = False, compact: bool = False) -> str:
    """A result as text: `-3.1 points (-4.6 to -1.5)`, or the reason why there is none.

    `points` writes a difference of fractions in percentage points, `compact` writes money as `$212k`.
    """
    if isinstance(result, Absent):
        return result.reason
    written = value_of(result, style, points=points, compact=compact)
    if result.low is None or result.high is None:
        return written
    low, high = (_parts(limit, result.unit, style, points=points, compact=compact, decimals=_carried(result))[0] for limit in (result.low, result.high))
    return f"{written} ({low} to {high})"


def value_of(result: Estimate, style: Style = DEFAULT, *, points: bool = False, compact: bool = False) -> str:
    """The number of a result alone, with no more digits than its interval carries."""
    return "".join(_parts(result.value, result.unit, style, points=points, compact=compact, decimals=_carried(result)))


def compared(results: Sequence[Result | None], style: Style = DEFAULT, *, compact: bool = False) -> tuple[str, ...]:
    """Values of one figure that stand beside each other, in one form with the same digits: the shortest that tells most of them apart.

    `compact` begins with money as `$212k`. Shares get up to three decimals for that, as far as their intervals carry them. What has no number is empty.
    """
    known = [result for result in results if isinstance(result, Estimate)]
    ways: list[Callable[[Estimate], str]] = [partial(value_of, style=style, compact=True)] if compact else []
    ways.append(partial(value_of, style=style))
    ways += [partial(_finer, style=style, decimals=decimals) for decimals in _FINER if all(_carries(result, decimals) for result in known)]
    written = max(ways, key=lambda way: len({way(result) for result in known}))
    return tuple(written(result) if isinstance(result, Estimate) else "" for result in results)


def number(value: float, unit: Unit, style: Style = DEFAULT, *, points: bool = False, compact: bool = False) -> str:
    """One number with its unit. Raises ValueError where `value` is not finite: no number is an `Absent`."""
    return "".join(_parts(value, unit, style, points=points, compact=compact))


def interval(result: Result, style: Style = DEFAULT, *, points: bool = False, compact: bool = False) -> str:
    """The two limits alone, unit at the end: `13.7 to 16.8 %`. Empty for a plain count, the reason for an `Absent`."""
    if isinstance(result, Absent):
        return result.reason
    if result.low is None or result.high is None:
        return ""
    low, _ = _parts(result.low, result.unit, style, points=points, compact=compact, decimals=_carried(result))
    high, suffix = _parts(result.high, result.unit, style, points=points, compact=compact, decimals=_carried(result))
    return f"{low} to {high}{suffix}"


def money(value: float, style: Style = DEFAULT, *, compact: bool = False) -> str:
    """An amount: `$1,183`, `$11.80`, compact `$212k`."""
    return number(value, Unit.MONEY, style, compact=compact)


def exact(amount: str, style: Style = DEFAULT) -> str:
    """An exact amount without a currency, from its text with a decimal point: `1,234.50`, with all the decimals it has."""
    value = Decimal(amount)
    _, _, decimals = amount.partition(".")
    return _plain(value, len(decimals), style)


def share(x: int, n: int, style: Style = DEFAULT) -> str:
    """A share with what it counts: `15.2 % (310 of 2,044)`."""
    counted = f"{number(x, Unit.COUNT, style)} of {number(n, Unit.COUNT, style)}"
    return f"{number(x / n, Unit.FRACTION, style)} ({counted})" if n else f"no share ({counted})"


def month(month_number: int, style: Style = DEFAULT) -> str:  # noqa: ARG001 - names are English as the sentences are
    """A month number (year * 12 + month - 1) as `Jan 2025`."""
    year, index = divmod(month_number, 12)
    return f"{_MONTHS[index]} {year}"


def day(when: date, style: Style = DEFAULT) -> str:
    """A date in the reader's order; the order that puts the year first is written as ISO 8601."""
    marks = {"ymd": "%Y-%m-%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}
    return when.strftime(marks[style.date_order])


def _in_percent(result: Estimate) -> float:
    return 100.0 if result.unit is Unit.FRACTION else 1.0


def _carries(result: Estimate, decimals: int) -> bool:
    """Whether a share in percent may be written with that many decimals: its interval is no wider than 20 of the last digit."""
    if result.unit not in (Unit.FRACTION, Unit.PERCENT):
        return False
    return result.low is None or result.high is None or (result.high - result.low) * _in_percent(result) <= _WIDEST_OF_DIGIT / 10**decimals


def _finer(result: Estimate, style: Style, decimals: int) -> str:
    return f"{_plain(result.value * _in_percent(result), decimals, style)} %"


def _carried(result: Estimate) -> int | None:
    """Decimals that a wide interval leaves; None for the usual ones of the unit."""
    wide, decimals = _TOO_WIDE.get(result.unit, (math.inf, 0))
    return decimals if result.low is not None and result.high is not None and result.high - result.low >= wide else None


def _parts(value: float, unit: Unit, style: Style, *, points: bool, compact: bool, decimals: int | None = None) -> tuple[str, str]:
    """The number itself, and the unit that follows it."""
    if not math.isfinite(value):
        raise ValueError(f"value == {value}, must be finite; where there is no number, hand on Absent")
    if unit is Unit.MONEY or unit in _PERIODS:
        return _amount(value, style, compact=compact), _PERIODS.get(unit, "")
    if unit in (Unit.MINUTES, Unit.HOURS):
        return _duration(value * 60 if unit is Unit.HOURS else value, style), ""
    if unit is Unit.FRACTION and points:
        return _plain(value * 100, 1, style), " points"
    if decimals is not None:
        return _plain(value, decimals, style), " %" if unit is Unit.PERCENT else ""
    if unit in (Unit.FRACTION, Unit.PERCENT):
        return _percent(value * 100 if unit is Unit.FRACTION else value, style), " %"
    whole = unit in _WHOLE_WITHOUT_DECIMALS and (value == round(value) or abs(value) >= 100)
    body = _plain(value, 0 if whole else _DECIMALS[unit], style)
    one, several = _COUNTED.get(unit, ("", ""))
    return body, one if body == "1" else several


def _percent(value: float, style: Style) -> str:
    if value != 0 and abs(value) < 0.05:
        return f"under {_plain(0.1, 1, style)}" if value > 0 else _plain(0, 1, style)
    return _plain(value, 0 if abs(value) >= 1000 else 1, style)


def _amount(value: float, style: Style, *, compact: bool) -> str:
    sign = "-" if value < 0 else ""
    size = abs(value)
    body = _compacted(size, style) if compact and round(size) >= 1000 else _plain(size, 0 if size >= 100 else _cents(style.currency), style)
    symbol = _symbol(style.currency)
    nothing = not any(c in "123456789" for c in body)
    return f"{'' if nothing else sign}{symbol}{' ' if len(symbol) > 2 else ''}{body}"


def _compacted(size: float, style: Style) -> str:
    """Two or three digits and the letter of the thousands; 999,600 rounds up to `1.0M`."""
    scale, letter = next(((scale, letter) for scale, letter in _COMPACT if size >= 0.9995 * scale), _COMPACT[-1])
    scaled = size / scale
    return _plain(scaled, 1 if round(scaled, 1) < 10 else 0, style) + letter


def _duration(minutes: float, style: Style) -> str:
    size, sign = abs(minutes), "-" if minutes < 0 else ""
    if size == 0 or size >= 24 * 60:
        return sign + _plain(size / 60, 1 if size else 0, style) + " h"
    if round(size) >= 60:
        hours, rest = divmod(round(size), 60)
        return f"{sign}{hours} h {rest} min"
    if size >= 1:
        return f"{sign}{_plain(size, 1 if size < 10 else 0, style)} min"
    return f"{sign}{_plain(size * 60, 0, style)} s" if size * 60 >= 1 else "under 1 s"


def _plain(value: float | Decimal, decimals: int, style: Style) -> str:
    """Grouped digits with the reader's marks; what rounds to zero has no sign."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-") and not any(c in "123456789" for c in text):
        text = text[1:]
    return text.translate({ord(","): style.thousands, ord("."): style.decimal})


@cache
def _symbol(currency: str) -> str:
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(currency, "en_US") if currency else ""


@cache
def _cents(currency: str) -> int:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) if currency else 2


def _order(pattern: str) -> DateOrder:
    first = next((c for c in pattern if c in "dMy"), "y")
    orders: dict[str, DateOrder] = {"d": "dmy", "M": "mdy", "y": "ymd"}
    return orders[first]
