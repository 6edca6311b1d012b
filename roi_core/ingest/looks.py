"""What the cells of one column look like, told from a sample: dates, money, durations, addresses, ids, scores, categories, names."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, mask, matches, missing
from roi_core.ingest.date_text import both_orders
from roi_core.ingest.dates import read_months
from roi_core.ingest.durations import clock_minutes, word_minutes
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
_MONTH = r"^(\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})$"
_NAMED_MONTH = r"^[^\s\d./-]+\.?[-/ ](?:del? )?\d{4}$"
_MONEY = r"[$\x{20ac}\x{a3}\x{a5}\x{20b9}]|\d[.,]\d{2}$"
_CODE = r"^\S*\d\S*$|^[A-Za-z0-9_-]{12,}$"
_NAME = r"^\S+( \S+){0,5}$"
_SHORT = r"^.{1,60}$"
_WHOLE = r"^-?\d{1,18}$"
_WHOLE_WITH_POINT = r"^-?\d{1,18}\.0$"
"""As programs write whole numbers of a column that has blank cells."""
_DAYS_OF_EXCEL = "Excel day numbers since 1900"

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
    filled, counts, sample = cells.filled, cells.counts(), _Sample(cells)
    if not filled:
        return Looks(Kind.EMPTY, 1.0, 0, 0)
    known = ~missing(cells.distinct)
    rows = max(int(counts[known].sum()), 1)

    def share(found: _Mask) -> float:
        return float(counts[found & known].sum()) / rows

    has_digits = share(sample.match(r"\d")) >= _LEAST
    for kind, test in _TESTS.items():
        if (has_digits or kind not in _OF_DIGITS) and (found := share(test(sample))) >= _LEAST:
            return Looks(kind, found, filled, len(cells.distinct))
    return Looks(Kind.TEXT, 1.0, filled, len(cells.distinct))


@dataclass(frozen=True)
class _Sample:
    """The cells of one column, read as numbers once."""

    cells: Cells

    @property
    def distinct(self) -> pa.StringArray:
        return self.cells.distinct

    @cached_property
    def numbers(self) -> pa.Array:
        return read_numbers(self.cells).values

    @cached_property
    def are_numbers(self) -> _Mask:
        return mask(pc.is_valid(self.numbers))

    def match(self, pattern: str) -> _Mask:
        return matches(self.distinct, pattern)

    def none(self) -> _Mask:
        return np.zeros(len(self.distinct), np.bool_)


def _months(sample: _Sample) -> _Mask:
    written = sample.match(_MONTH) | sample.match(_NAMED_MONTH)
    return written & mask(pc.is_valid(read_months(sample.cells).values)) if written.any() else written


def _dates(sample: _Sample) -> _Mask:
    both = both_orders(sample.distinct)
    if both.day == _DAYS_OF_EXCEL:
        return sample.none()
    return mask(pc.or_(pc.is_valid(both.day_first), pc.is_valid(both.month_first)))


def _yes_no(sample: _Sample) -> _Mask:
    if not 1 <= len(sample.distinct) <= 3:
        return sample.none()
    lowered = [text.casefold() for text in sample.distinct.to_pylist()]
    words = [text for text in lowered if not text.replace(".", "").isdigit()]
    numbers_alone = not words and set(lowered) != {"0", "1"}
    return np.array([not numbers_alone and text in {*YES, *NO} for text in lowered], dtype=np.bool_)


def _durations(sample: _Sample) -> _Mask:
    written = ~np.isnan(clock_minutes(sample.distinct)) | ~np.isnan(word_minutes(sample.distinct))
    return written & ~sample.are_numbers


def _phones(sample: _Sample) -> _Mask:
    return sample.match(_PHONE) & sample.match(_MARKED) & ~sample.match(_MONTH)


def _scores(sample: _Sample) -> _Mask:
    if len(sample.distinct) > _MOST_SCORES:
        return sample.none()
    return mask(pc.and_(pc.less_equal(sample.numbers, _HIGHEST_SCORE), pc.greater_equal(sample.numbers, 0.0)))


def _wholes(sample: _Sample) -> _Mask:
    """`17850.0` is one where no cell of the column has another fraction."""
    plain, pointed = sample.match(_WHOLE), sample.match(_WHOLE_WITH_POINT)
    return plain | pointed if (plain | pointed | ~sample.are_numbers).all() else plain


def _money(sample: _Sample) -> _Mask:
    return sample.are_numbers if sample.match(_MONEY).any() else sample.none()


def _codes(sample: _Sample) -> _Mask:
    mostly_different = len(sample.distinct) >= _REPEATS * sample.cells.filled
    return sample.match(_CODE) if mostly_different else sample.none()


def _categories(sample: _Sample) -> _Mask:
    few = len(sample.distinct) <= min(_MOST_GROUPS, max(_REPEATS * sample.cells.filled, 1))
    return sample.match(_SHORT) if few else sample.none()


_TESTS: MappingProxyType[Kind, Callable[[_Sample], _Mask]] = MappingProxyType(
    {
        Kind.EMAIL: lambda sample: sample.match(_EMAIL),
        Kind.YES_NO: _yes_no,
        Kind.MONTH: _months,
        Kind.DATE: _dates,
        Kind.CURRENCY: lambda sample: sample.match(_CURRENCY),
        Kind.SCORE: _scores,
        Kind.WHOLE: _wholes,
        Kind.MONEY: _money,
        Kind.NUMBER: lambda sample: sample.are_numbers,
        Kind.DURATION: _durations,
        Kind.PHONE: _phones,
        Kind.DOMAIN: lambda sample: sample.match(_DOMAIN),
        Kind.ID: _codes,
        Kind.CATEGORY: _categories,
        Kind.NAME: lambda sample: sample.match(_NAME) & sample.match(_SHORT),
    }
)
_OF_DIGITS = frozenset({Kind.MONTH, Kind.DATE, Kind.SCORE, Kind.WHOLE, Kind.MONEY, Kind.NUMBER, Kind.DURATION, Kind.PHONE})
"""Kinds of which no cell is without a digit."""
