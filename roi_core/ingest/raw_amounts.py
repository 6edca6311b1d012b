"""Amounts of one column taken from its raw cells as whole numbers: eight digits and two decimals by arithmetic on bytes, all others by their text.

The arithmetic on eight digits at once is that of D. Lemire, "Quickly parsing eight digits" (2018).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.raw_spans import Bytes, Spans

_QUOTE, _MINUS, _ZERO, _DOLLAR = 34, 45, 48, 36
_DIGITS = 8
_CENTS = 100
_U = np.uint64

Read = Callable[[pa.Array], tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]
"""Texts to their amounts (nan where there is none), which are filled, and which cannot be read."""

_HIDDEN = np.array([(1 << (8 * n)) - 1 if n < _DIGITS else (1 << 64) - 1 for n in range(_DIGITS, -1, -1)], _U)
"""By number of digits (0 to 8), the bytes of eight that stand before them."""
_BYTE, _THREE, _FOUR = _U(0xFF), _U(0xFFFFFF0000000000), _U(0x00000000FFFFFFFF)
_BEFORE, _TWO = _U(0x000000FFFFFFFFFF), _U(0xFFFF000000000000)
_ZEROS, _HIGH, _SIX = _U(0x3030303030303030), _U(0xF0F0F0F0F0F0F0F0), _U(0x0606060606060606)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of the cells under one header, each in whole `cents` or, where `by_text`, as a double.

    All arrays have one entry a record: `filled` has a cell that is not blank, `read` one that is an amount, `unread` one that should be and is none.
    """

    cents: npt.NDArray[np.int64]
    doubles: npt.NDArray[np.float64]
    by_text: npt.NDArray[np.bool_]
    filled: npt.NDArray[np.bool_]
    unread: npt.NDArray[np.bool_]

    @property
    def read(self) -> npt.NDArray[np.bool_]:
        """Which records have an amount."""
        return self.filled & ~np.isnan(self.doubles)

    @classmethod
    def none(cls, records: int) -> "Amounts":
        """No cell at all."""
        false = np.zeros(records, np.bool_)
        return cls(np.zeros(records, np.int64), np.zeros(records), false.copy(), false.copy(), false.copy())

    def otherwise(self, other: "Amounts") -> "Amounts":
        """These, with those of another column where they are blank."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Amounts(*(np.where(self.filled, mine, theirs) for mine, theirs in pairs))

    def put_texts(self, records: npt.NDArray[np.int64], texts: pa.Array, read: Read) -> None:
        """Fills in what the texts of some records say."""
        if len(records):
            self.doubles[records], self.filled[records], self.unread[records] = read(texts)
            self.by_text[records] = True

    def put(self, text: Bytes, spans: Spans, decimal: str, read: Read) -> None:
        """Fills in the cells of one run of records."""
        if len(spans.start):
            cents, sure = _short(text, spans.start, spans.end, ord(decimal))
            if (others := np.flatnonzero(~sure & (spans.end > spans.start))).size:
                start, end = _bare(text, spans.start[others], spans.end[others])
                cents[others], sure[others] = _cents(text, start, end, ord(decimal))
                if (rest := ~sure[others] & (end > start)).any():
                    self.put_texts(spans.records[others[rest]], _texts(text, start[rest], end[rest]), read)
            at = slice(int(spans.records[0]), int(spans.records[-1]) + 1) if _follow(spans.records) else spans.records
            self.cents[at] = np.where(sure, cents, 0)
            self.filled[at] |= sure
        if spans.odd:
            self.put_texts(np.array(list(spans.odd), np.int64), pa.array(list(spans.odd.values()), pa.string()), read)


def _follow(records: npt.NDArray[np.int64]) -> bool:
    """Whether each is the one after the one before."""
    return int(records[-1]) - int(records[0]) == len(records) - 1


def _bare(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The cells without the quotation marks around them."""
    quoted = (text[start] == _QUOTE) & (end - start > 1)
    return start + quoted, end - quoted


def _short(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], decimal: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Hundredths of cells of up to seven digits with two decimals, or up to eight without, and which cells are so: nearly all of most columns."""
    size, last = end - start, _words(text, end)
    pointed = ((last >> _U(40)) & _BYTE) == decimal
    pointed &= size > 3
    digits = np.where(pointed, ((last & _BEFORE) << _U(8)) | (last & _TWO), last)
    count = size - pointed
    value, sure = _digits(digits, count)
    return value * np.where(pointed, 1, _CENTS), sure & (size <= _DIGITS)


def _cents(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64], decimal: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Hundredths of cells such as `-1234.56`, `1234.5`, `1234` and `$1,234.56`, and which cells are so."""
    first = text[np.minimum(start, len(text) - 1)]
    minus = first == _MINUS
    size = end - start - (minus | (first == _DOLLAR))
    last = _words(text, end)
    point3, point2 = ((last >> _U(shift)) & _BYTE == decimal for shift in (40, 48))
    after = np.where(point3 & (size > 3), 3, np.where(point2 & (size > 2), 2, 0))
    words = last << (after << 3).astype(_U)
    if (long := np.flatnonzero(size > _DIGITS)).size:
        words[long] = _words(text, end[long] - after[long])
    whole, sure = _whole(words, size - after, ord(",") if decimal == ord(".") else ord("."))
    tens = np.where(after == 3, (last >> _U(48)) & _BYTE, np.where(after == 2, last >> _U(56), _U(_ZERO))).astype(np.int64) - _ZERO
    units = np.where(after == 3, last >> _U(56), _U(_ZERO)).astype(np.int64) - _ZERO
    cents = whole * _CENTS + tens * 10 + units
    return np.where(minus, -cents, cents), sure & (tens >= 0) & (tens < 10) & (units >= 0) & (units < 10)


def _words(text: Bytes, end: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """The eight bytes before each of `end`, the last one in the highest byte; zero bytes before the first of the text."""
    if len(text) < _DIGITS or int(end.min(initial=_DIGITS)) < _DIGITS:
        text, end = np.concatenate((np.zeros(_DIGITS, np.uint8), text)), end + _DIGITS
    every = np.ndarray((len(text) - _DIGITS + 1,), "<u8", text.data, strides=(1,))
    words: npt.NDArray[np.uint64] = every[end - _DIGITS].astype(_U, copy=False)
    return words


def _whole(words: npt.NDArray[np.uint64], count: npt.NDArray[np.int64], thousands: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The last `count` of eight characters as a number, with one sign of thousands or none; and which are one."""
    grouped = (((words >> _U(32)) & _BYTE) == thousands) & (count > 4)
    if grouped.any():
        words = np.where(grouped, (words & _THREE) | ((words & _FOUR) << _U(8)), words)
        count = np.where(grouped & (count < _DIGITS), count - 1, np.where(grouped, 0, count))
    return _digits(words, count)


def _digits(words: npt.NDArray[np.uint64], count: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The last `count` of eight characters as a number, and which are digits alone."""
    hidden = _HIDDEN[np.clip(count, 0, _DIGITS)]
    words = (words & ~hidden) | (_ZEROS & hidden)
    digits = ((words & _HIGH) == _ZEROS) & (((words + _SIX) & _HIGH) == _ZEROS)
    return _eight(words), digits & (count > 0) & (count <= _DIGITS)


def _eight(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Eight digits, the first in the lowest byte, as one number."""
    words = words - _ZEROS
    words = words * _U(10) + (words >> _U(8))
    low = (words & _U(0x000000FF000000FF)) * _U(0x000F424000000064)
    high = ((words >> _U(16)) & _U(0x000000FF000000FF)) * _U(0x0000271000000001)
    return ((low + high) >> _U(32)).astype(np.int64)


def _texts(text: Bytes, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> pa.Array:
    """Cells as texts, doubled quotation marks as one; bytes that are no text as U+FFFD."""
    sizes = end - start
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    places = np.repeat(start - offsets[:-1], sizes) + np.arange(int(offsets[-1]))
    taken = np.ascontiguousarray(text[places])
    found = pa.BinaryArray.from_buffers(pa.binary(), len(start), [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(taken.tobytes())])
    try:
        texts = found.cast(pa.string())
    except pa.ArrowInvalid:
        texts = pa.array([one.as_py().decode("utf-8", "replace") for one in found], pa.string())
    return pc.replace_substring(texts, '""', '"')
