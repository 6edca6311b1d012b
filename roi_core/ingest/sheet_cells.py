"""The cells of a sheet as text: dates in ISO, whole numbers without a point, percents with their sign, all as Excel shows them at full width."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cell_refs import Runs

_HEAD, _CHUNK = 500, 20_000
"""Rows that are made text together: the first ones apart, since names of columns stand among them."""
_EXACT = 1e15
_DAY_ZERO, _DAY_ZERO_AFTER_FEBRUARY = datetime(1899, 12, 31), datetime(1899, 12, 30)
_MARCH_1900 = datetime(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet from its row 1 on: a string column for each column from number `first` (from 1), and how many numbers are too long for Excel."""

    columns: tuple[pa.ChunkedArray, ...]
    first: int
    rows: int
    too_long: int


def sheet_text(rows: Iterator[list[Any]], first: int, width: int, percent: Runs) -> SheetText:
    """`rows` are those of the sheet from row 1 on, `width` cells each, typed as calamine types them; blank cells are ""."""
    chunks: list[list[pa.Array]] = [[] for _ in range(width)]
    count = too_long = 0
    while block := list(islice(rows, _CHUNK if count else _HEAD)):
        for place, cells in enumerate(zip(*block, strict=True)):
            kinds = set(map(type, cells))
            shares = tuple(_rows_in(percent, first + place, count, len(block)))
            whole = None if shares else _of_one_kind(cells, kinds)
            too_long += sum(type(cell) is float and abs(cell) >= _EXACT for cell in cells) if whole is None and float in kinds else 0
            chunks[place].append(pa.array(_texts(cells, kinds, shares), pa.string()) if whole is None else whole)
        count += len(block)
    return SheetText(tuple(pa.chunked_array(parts, pa.string()) for parts in chunks), first, count, too_long)


def _of_one_kind(cells: Sequence[Any], kinds: set[type]) -> pa.Array | None:
    """The cells of a column that holds texts alone, or blanks beside only moments or only numbers; None where one of them needs a look of its own."""
    if kinds == {str}:
        return pa.array(cells, pa.string())
    kind = next(iter(kinds - {str}))
    if kinds - {str, kind} or kind not in {datetime, float} or (str in kinds and any(cell for cell in cells if type(cell) is str)):
        return None
    values = pa.array([cell if type(cell) is kind else None for cell in cells], pa.timestamp("us") if kind is datetime else pa.float64())
    whole = _whole_seconds(values) if kind is datetime else _whole_numbers(values)
    return whole if whole is None else pc.fill_null(pc.cast(whole, pa.string()), "")


def _whole_seconds(moments: pa.Array) -> pa.Array | None:
    """Moments after 1900 without a part of a second, in seconds."""
    if pc.min(pc.year(moments)).as_py() <= _MARCH_1900.year:
        return None
    try:
        return pc.cast(moments, pa.timestamp("s"))
    except pa.ArrowInvalid:
        return None


def _whole_numbers(numbers: pa.Array) -> pa.Array | None:
    """Numbers without decimals that are exact in Excel; those with the sign of a zero below it are left to `_number`."""
    values = np.asarray(pc.drop_null(numbers).to_numpy(), np.float64)
    exact = (np.abs(values) < _EXACT) & (values == np.trunc(values)) & ~((values == 0) & np.signbit(values))
    return pc.cast(numbers, pa.int64()) if exact.all() else None


def _texts(cells: Sequence[Any], kinds: set[type], percent: Sequence[int]) -> list[str]:
    """A date among times of day is midnight: calamine types the one as a date."""
    as_text = _TEXT | {date: _midnight} if datetime in kinds else _TEXT
    texts = [as_text[type(cell)](cell) for cell in cells]
    for row in percent:
        if type(cells[row]) in {int, float}:
            texts[row] = _percent(cells[row])
    return texts


def _rows_in(runs: Runs, column: int, start: int, size: int) -> Iterator[int]:
    """Places (from 0) in a chunk of `size` rows after the first `start` ones."""
    for first, last in runs.get(column, ()):
        yield from range(max(first - 1 - start, 0), min(last - start, size))


def _number(value: float) -> str:
    """Fifteen digits, as Excel keeps them; whole numbers without a point, none with an exponent."""
    if value.is_integer():
        return f"{value:.0f}"
    text = f"{value:.15g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _percent(value: float) -> str:
    return f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"


def _midnight(value: date) -> str:
    return f"{value.isoformat()} 00:00:00"


def _moment(value: datetime) -> str:
    """To the millisecond; what falls on days before 1901 is a duration that the sheet shows as a time of day."""
    if value.year <= _MARCH_1900.year:
        return _duration(value - (_DAY_ZERO if value < _MARCH_1900 else _DAY_ZERO_AFTER_FEBRUARY))
    return str(value) if not value.microsecond else value.isoformat(" ", "milliseconds")


def _duration(value: timedelta) -> str:
    """`HH:MM:SS`, hours beyond 24 where it is longer than a day."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    float: _number,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("seconds"),
    timedelta: _duration,
}
