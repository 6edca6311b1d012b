"""The date part of a written time, as days under every order of day, month and year."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import filled, integers, mask, matches
from roi_core.ingest.month_names import month_number

_NUMBERS = r"^(?P<a>\d{1,4})[-/. ]+(?P<b>\d{1,2})[-/. ,]+(?P<c>\d{1,4})$"
_NUMBER_FIRST = r"^(?P<a>\d{1,4})[-/. ]+(?:de )?(?P<b>\d{1,2}|[\pL\pM]+\.?)[-/. ,]+(?:del? )?(?P<c>\d{1,4})$"
_NAME_FIRST = r"^(?:(?P<weekday>\pL+),? +)?(?P<b>[\pL\pM]+)\.?[-/. ](?P<a>\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(?P<c>\d{4})$"
_LETTER = r"[A-Za-z]|[^\x00-\x7f]"
_MONTH_LENGTHS, _WEEKDAY_LENGTHS = (3, 14), (3, 9)
"""Checked beside the patterns: a counted class of all letters takes 40 ms to compile, at each call."""
_TWO_DIGITS = r"^\d{2}$"
FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Years outside are no date: a wrong century or a missing value written as one."""

_Ints = npt.NDArray[np.int64]
_Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Days:
    """Days (n texts, NaT where that is no date) with the day first and with the month first.

    `order_matters` where a text is written with two small numbers; `form` is the written form where it does not.
    `year_first` are those with the year first where three numbers of two digits allow it, else as `day_first`; None where none does.
    """

    day_first: _Days
    month_first: _Days
    order_matters: bool
    form: str
    year_first: _Days | None = None


def read_days(texts: pa.StringArray) -> Days:
    """Reads date texts: year first, month by name, or two or three small numbers in any order. Two-digit years from 70 on are 19xx."""
    pieces = _pieces(texts)
    a, c = integers(pieces["a"]), integers(pieces["c"])
    b, by_name = _month(pieces["b"])
    readable = mask(pc.is_valid(pieces["a"])) & (b > 0)
    year_first = mask(pc.greater(pc.utf8_length(pieces["a"]), 2))
    small = readable & ~year_first & ~by_name
    year, day = _century(np.where(year_first, a, c)), np.where(year_first, c, a)
    day_first = _assemble(year, b, day, readable)
    short = small & np.logical_and.reduce([matches(pieces[name], _TWO_DIGITS) for name in "abc"])
    return Days(
        day_first,
        _assemble(year, np.where(small, a, b), np.where(small, b, day), readable),
        bool(small.any()),
        "YYYY-MM-DD" if year_first.any() else "D-Mon-YYYY",
        np.where(small, _assemble(_century(a), b, c, short), day_first) if short.any() else None,
    )


def _pieces(texts: pa.StringArray) -> dict[str, pa.Array]:
    if not matches(texts, _LETTER).any():
        numbers = pc.extract_regex(texts, _NUMBERS)
        return {name: pc.struct_field(numbers, name) for name in "abc"}
    number_first, name_first = pc.extract_regex(texts, _NUMBER_FIRST), pc.extract_regex(texts, _NAME_FIRST)
    chosen = pc.is_valid(number_first)
    pieces = {name: pc.if_else(chosen, pc.struct_field(number_first, name), pc.struct_field(name_first, name)) for name in "abc"}
    wrong = matches(pieces["b"], r"^\D") & ~_long(pc.utf8_rtrim(pieces["b"], "."), _MONTH_LENGTHS)
    weekday = pc.struct_field(name_first, "weekday")
    wrong |= filled(weekday) & ~_long(weekday, _WEEKDAY_LENGTHS)
    return {name: pc.if_else(pa.array(wrong), None, piece) for name, piece in pieces.items()}


def _long(texts: pa.Array, lengths: tuple[int, int]) -> npt.NDArray[np.bool_]:
    length = pc.utf8_length(texts)
    return mask(pc.and_(pc.greater_equal(length, lengths[0]), pc.less_equal(length, lengths[1])))


def _month(text: pa.Array) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    by_name = matches(text, r"^\D")
    names = pc.if_else(pa.array(by_name), text, None).dictionary_encode()
    numbers = pa.array([month_number(name) for name in names.dictionary.to_pylist()], pa.int64())
    named = np.asarray(pc.fill_null(numbers.take(names.indices), 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.where(by_name, named, integers(pc.if_else(pa.array(by_name), "", text))), by_name


def _century(year: _Ints) -> _Ints:
    return np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))


def _assemble(year: _Ints, month: _Ints, day: _Ints, readable: npt.NDArray[np.bool_]) -> _Days:
    sane = readable & (month >= 1) & (month <= 12) & (day >= 1) & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    months = np.where(sane, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(sane, day - 1, 0)
    return np.where(sane & (days.astype("datetime64[M]") == months), days, np.datetime64("NaT", "D"))
