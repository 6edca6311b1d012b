"""Digits of many cells as whole hundredths, all cells at once: eight bytes in one step, longer and grouped ones place by place."""

import numpy as np
import numpy.typing as npt

from roi_core.ingest.raw_spans import Bytes

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]
_Words = npt.NDArray[np.uint64]

_ZERO, _DIGITS, _GROUP, _CENTS = 48, 8, 3, 100
_LONGEST = 21
_MOST = 1 << 50
"""Hundredths up to which a double times 100 is the whole number that was written."""
_U = np.uint64
_BYTE, _BEFORE, _TWO = _U(0xFF), _U(0x000000FFFFFFFFFF), _U(0xFFFF000000000000)
_ZEROS, _HIGH, _SIX = _U(0x3030303030303030), _U(0xF0F0F0F0F0F0F0F0), _U(0x0606060606060606)
_HIDDEN = np.array([(1 << (8 * n)) - 1 if n < _DIGITS else (1 << 64) - 1 for n in range(_DIGITS, -1, -1)], _U)
"""By number of digits (0 to 8), the bytes of eight that stand before them."""


def short(text: Bytes, start: _Ints, end: _Ints, decimal: int) -> tuple[_Ints, _Mask]:
    """Hundredths of cells of up to five digits with two decimals, or up to eight without, and which cells are so: nearly all of most columns."""
    size, last = end - start, _words(text, end)
    pointed = (((last >> _U(40)) & _BYTE) == decimal) & (size > _GROUP)
    value, sure = _digits(np.where(pointed, ((last & _BEFORE) << _U(8)) | (last & _TWO), last), size - pointed)
    return value * np.where(pointed, 1, _CENTS), sure & (size <= _DIGITS)


def by_position(text: Bytes, start: _Ints, end: _Ints, decimal: int, thousands: int) -> tuple[_Ints, _Mask]:
    """Hundredths of cells of digits with up to two decimals, in groups of three or in none, and which cells are so."""
    size = end - start
    sure = (size > 0) & (size <= _LONGEST)
    value, digits, after = np.zeros(len(size), np.int64), np.zeros(len(size), np.int64), np.full(len(size), -1)
    grouped = np.zeros(len(size), np.bool_)
    for place in range(int(size[sure].max(initial=0))):
        here = sure & (place < size)
        byte = text[np.where(here, start + place, 0)].astype(np.int64)
        digit = here & (byte >= _ZERO) & (byte < _ZERO + 10)
        value = np.where(digit, value * 10 + byte - _ZERO, value)
        digits = digits + (digit & (after < 0))
        after = after + (digit & (after >= 0))
        point, group = here & (byte == decimal), here & (byte == thousands)
        sound = np.where(grouped, digits == _GROUP, digits > 0) & (after < 0)
        sure &= (~here | digit | (point & sound) | (group & sound & (digits <= _GROUP))) & (value < _MOST)
        after = np.where(point, 0, after)
        grouped |= group
        digits = np.where(group, 0, digits)
    sure &= np.where(grouped, digits == _GROUP, digits > 0) & ((after == -1) | (after == 1) | (after == 2))
    cents = value * np.array([_CENTS, _CENTS, 10, 1])[np.clip(after, -1, 2) + 1]
    return cents, sure & (cents < _MOST)


def _words(text: Bytes, end: _Ints) -> _Words:
    """The eight bytes before each of `end`, the last one in the highest byte; zero bytes before the first of the text."""
    if len(text) < _DIGITS or int(end.min(initial=_DIGITS)) < _DIGITS:
        text, end = np.concatenate((np.zeros(_DIGITS, np.uint8), text)), end + _DIGITS
    every = np.ndarray((len(text) - _DIGITS + 1,), "<u8", text.data, strides=(1,))
    words: _Words = every[end - _DIGITS].astype(_U, copy=False)
    return words


def _digits(words: _Words, count: _Ints) -> tuple[_Ints, _Mask]:
    """The last `count` of eight characters as a number, and which are digits alone."""
    hidden = _HIDDEN[np.clip(count, 0, _DIGITS)]
    words = (words & ~hidden) | (_ZEROS & hidden)
    digits = ((words & _HIGH) == _ZEROS) & (((words + _SIX) & _HIGH) == _ZEROS)
    return _eight(words), digits & (count > 0) & (count <= _DIGITS)


def _eight(words: _Words) -> _Ints:
    """Eight digits, the first in the lowest byte, as one number."""
    words = words - _ZEROS
    words = words * _U(10) + (words >> _U(8))
    low = (words & _U(0x000000FF000000FF)) * _U(0x000F424000000064)
    high = ((words >> _U(16)) & _U(0x000000FF000000FF)) * _U(0x0000271000000001)
    return ((low + high) >> _U(32)).astype(np.int64)
