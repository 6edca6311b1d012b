"""What the cells of one column look like, told from a sample: dates, money, durations, addresses, ids, scores, categories, names."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, mask, matches, missing
from roi_core.ingest.date_text import both_orders
from roi_core.ingest.dates import read_months
from roi_core.ingest.durations import read_durations
from roi_core.ingest.export import Duration, DurationUnit
from roi_core.ingest.words import NO, YES


class Kind(StrEnum):
    """What a column holds, in the words of the evidence: "98 % of 500 cells are ..."."""

    EMPTY = "blank"
    EMAIL = "e-mail addresses"
    DOMAIN = "internet domains"
    DATE = "dates"
    MONTH = "months"
    YES_NO = "yes or no"
    CURRENCY = "currency codes"
    DURATION = "durations"
    PHONE = "telephone numbers"
    SCORE = "small numbers such as scores"
    WHOLE = "whole numbers"
    MONEY = "amounts of money"
    NUMBER = "numbers"
    ID = "codes, nearly all different"
    CATEGORY = "words that repeat"
    NAME = "short names"
    TEXT = "text"


NUMERIC = frozenset({Kind.SCORE, Kind.WHOLE, Kind.MONEY, Kind.NUMBER})

_LEAST = 0.8
_MOST_SCORES, _HIGHEST_SCORE = 11, 10.0
_MOST_GROUPS, _REPEATS = 60, 0.5
_EMAIL = r"^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$"
_DOMAIN = r"^(https?://)?(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,10}/?$"
_CURRENCY = r"(?i)^(usd|eur|gbp|chf|cad|aud|nzd|jpy|sek|nok|dkk|pln|czk|huf|inr|brl|mxn|zar|sgd|hkd|cny|aed|sar|ils|try)$"
_PHONE = r"^'?\+?\(?\d[\d\s()./-]{6,18}\d$"
_MARKED = r"[+()/]|\d[ -]\d"
_MONTH = r"^(\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}|[\pL\pM]{3,14}\.?[-/ ](?:del? )?\d{4})$"
_MONEY = r"[$\x{20ac}\x{a3}\x{a5}\x{20b9}]|\d[.,]\d{2}$"
_CODE = r"^\S*\d\S*$|^[A-Za-z0-9_-]{12,}$"
_NAME = r"^\S+( \S+){0,5}$"
_DAYS_OF_EXCEL = "Excel day numbers since 1900"
_NO_UNIT = Duration(DurationUnit.MINUTES)

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Looks:
    """The kind of a column, the share of the filled cells of the sample that are of it, how many were filled, and how many differ."""

    kind: Kind
    share: float
    filled: int
    distinct: int

    @property
    def evidence(self) -> str:
        """In words: `98 % of 500 cells are e-mail addresses`."""
        if not self.filled:
            return "every cell of the sample is blank"
        return f"{self.share:.0%} of {self.filled:,} {'cell is' if self.filled == 1 else 'cells are'} {self.kind.value}".replace("%", " %")


def look(cells: Cells) -> Looks:
    """The first kind, from the narrowest to the widest, that at least 80 % of the filled cells are."""
    filled, counts = cells.filled, cells.counts()
    if not filled:
        return Looks(Kind.EMPTY, 1.0, 0, 0)
    known = ~missing(cells.distinct)
    rows = max(int(counts[known].sum()), 1)
    for kind, test in _TESTS.items():
        share = float(counts[test(cells) & known].sum()) / rows
        if share >= _LEAST:
            return Looks(kind, share, filled, len(cells.distinct))
    return Looks(Kind.TEXT, 1.0, filled, len(cells.distinct))


def _months(cells: Cells) -> _Mask:
    written = matches(cells.distinct, _MONTH)
    return written & mask(pc.is_valid(read_months(cells).values)) if written.any() else written


def _dates(cells: Cells) -> _Mask:
    both = both_orders(cells.distinct)
    if both.day == _DAYS_OF_EXCEL:
        return np.zeros(len(cells.distinct), np.bool_)
    return mask(pc.or_(pc.is_valid(both.day_first), pc.is_valid(both.month_first)))


def _yes_no(cells: Cells) -> _Mask:
    if not 1 <= len(cells.distinct) <= 3:
        return np.zeros(len(cells.distinct), np.bool_)
    lowered = [text.casefold() for text in cells.distinct.to_pylist()]
    words = [text for text in lowered if not text.replace(".", "").isdigit()]
    numbers_alone = not words and set(lowered) != {"0", "1"}
    return np.array([not numbers_alone and text in {*YES, *NO} for text in lowered], dtype=np.bool_)


def _durations(cells: Cells) -> _Mask:
    numbers = mask(pc.is_valid(read_numbers(cells).values))
    return mask(pc.is_valid(read_durations(cells, _NO_UNIT).values)) & ~numbers


def _phones(cells: Cells) -> _Mask:
    return matches(cells.distinct, _PHONE) & matches(cells.distinct, _MARKED) & ~matches(cells.distinct, _MONTH)


def _numbers(cells: Cells) -> _Mask:
    return mask(pc.is_valid(read_numbers(cells).values))


def _scores(cells: Cells) -> _Mask:
    values = read_numbers(cells).values
    small = mask(pc.and_(pc.less_equal(values, _HIGHEST_SCORE), pc.greater_equal(values, 0.0)))
    return small & (len(cells.distinct) <= _MOST_SCORES)


def _whole(cells: Cells) -> _Mask:
    return matches(cells.distinct, r"^-?\d{1,18}$")


def _money(cells: Cells) -> _Mask:
    return _numbers(cells) & bool(matches(cells.distinct, _MONEY).any())


def _codes(cells: Cells) -> _Mask:
    mostly_different = len(cells.distinct) >= _REPEATS * cells.filled
    return matches(cells.distinct, _CODE) & mostly_different


def _categories(cells: Cells) -> _Mask:
    few = len(cells.distinct) <= min(_MOST_GROUPS, max(_REPEATS * cells.filled, 1))
    return matches(cells.distinct, r"^.{1,60}$") & few


_TESTS: MappingProxyType[Kind, Callable[[Cells], _Mask]] = MappingProxyType(
    {
        Kind.EMAIL: lambda cells: matches(cells.distinct, _EMAIL),
        Kind.YES_NO: _yes_no,
        Kind.MONTH: _months,
        Kind.DATE: _dates,
        Kind.CURRENCY: lambda cells: matches(cells.distinct, _CURRENCY),
        Kind.SCORE: _scores,
        Kind.WHOLE: _whole,
        Kind.MONEY: _money,
        Kind.NUMBER: _numbers,
        Kind.DURATION: _durations,
        Kind.PHONE: _phones,
        Kind.DOMAIN: lambda cells: matches(cells.distinct, _DOMAIN),
        Kind.ID: _codes,
        Kind.CATEGORY: _categories,
        Kind.NAME: lambda cells: matches(cells.distinct, _NAME) & matches(cells.distinct, r"^.{1,60}$"),
    }
)
