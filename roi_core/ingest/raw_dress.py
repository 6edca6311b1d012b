"""What stands around the digits of an amount, taken off by its bytes: quotation marks, blanks, brackets, a minus, a currency sign or code."""

import numpy as np
import numpy.typing as npt

from roi_core.ingest.raw_spans import Bytes

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]

_QUOTE, _BLANK, _MINUS, _OPEN, _CLOSE = 34, 32, 45, 40, 41
_A, _LETTERS, _CODE = 65, 26, 3
_SIGNS = tuple(sign.encode() for sign in "$€£¥")


def bare(text: Bytes, start: _Ints, end: _Ints) -> tuple[_Ints, _Ints]:
    """The cells (from `start` to before `end`, none empty) without the quotation marks around them."""
    quoted = (text[start] == _QUOTE) & (end - start > 1)
    return start + quoted, end - quoted


def undressed(text: Bytes, start: _Ints, end: _Ints) -> tuple[_Ints, _Ints, _Mask]:
    """Where the digits of cells stand, and which are negative; what is no currency that is known stays."""
    start, end = _without_blanks(text, start, end)
    bracketed = _is(text, start, end, 0, _OPEN) & _is(text, start, end, -1, _CLOSE)
    start, end = start + bracketed, end - bracketed
    minus = _is(text, start, end, 0, _MINUS)
    start = start + minus
    currency = _currency(text, start, end)
    start = start + currency
    inner = _is(text, start, end, 0, _MINUS) & (currency > 0) & ~minus
    start = start + inner
    end = end - np.where(currency > 0, 0, _currency(text, start, end, last=True))
    start, end = _without_blanks(text, start, end)
    return start, end, bracketed | minus | inner


def _is(text: Bytes, start: _Ints, end: _Ints, at: int, byte: int) -> _Mask:
    """Whether a cell has a byte at a place, counted from its end where that is negative."""
    places = (end if at < 0 else start) + at
    inside = (places >= start) & (places < end)
    found: _Mask = inside & (text[np.where(inside, places, 0)] == byte)
    return found


def _without_blanks(text: Bytes, start: _Ints, end: _Ints) -> tuple[_Ints, _Ints]:
    """One blank on either side is taken off."""
    start = start + _is(text, start, end, 0, _BLANK)
    return start, end - _is(text, start, end, -1, _BLANK)


def _currency(text: Bytes, start: _Ints, end: _Ints, *, last: bool = False) -> _Ints:
    """How many bytes a currency takes at the start or, with `last`, at the end of a cell."""
    size = np.zeros(len(start), np.int64)
    for sign in _SIGNS:
        first = -len(sign) if last else 0
        size += len(sign) * np.logical_and.reduce([_is(text, start, end, first + n, byte) for n, byte in enumerate(sign)])
    first = -_CODE if last else 0
    coded = np.logical_and.reduce([_is_letter(text, start, end, first + n) for n in range(_CODE)])
    return np.where(coded, _CODE, size)


def _is_letter(text: Bytes, start: _Ints, end: _Ints, at: int) -> _Mask:
    places = (end if at < 0 else start) + at
    inside = (places >= start) & (places < end)
    found: _Mask = inside & ((text[np.where(inside, places, 0)] - np.uint8(_A)) < _LETTERS)
    return found
