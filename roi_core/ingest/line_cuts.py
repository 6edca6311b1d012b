"""Where lines, cells and quotation marks stand in one block of a text, by numpy."""

import numpy as np
import numpy.typing as npt

_Positions = npt.NDArray[np.int64]
_Bytes = npt.NDArray[np.uint8]
_Mask = npt.NDArray[np.bool_]

_QUOTE, _LF, _CR = 34, 10, 13
_BLANK_LINE = 2


def line_ends_in(text: _Bytes, start: int, stop: int) -> _Positions:
    """Offsets of the last byte of each line end that is complete before `stop`: LF, CRLF or a lone CR."""
    block = text[start:stop]
    feeds, returns = np.flatnonzero(block == _LF), np.flatnonzero(block == _CR)
    if len(returns):
        after = returns + start + 1
        lone = (after >= len(text)) | (text[np.minimum(after, len(text) - 1)] != _LF)
        if lone.any():
            feeds = np.sort(np.concatenate((feeds, returns[lone])))
    return feeds + start


def outside(quotes: _Positions, positions: _Positions) -> _Mask:
    """Which positions have an even number of quotation marks before them."""
    return np.equal(np.searchsorted(quotes, positions) % 2, 0) if len(quotes) else np.ones(len(positions), np.bool_)


def are_usual(block: _Bytes, quotes: _Positions, delimiter: int) -> bool:
    """Whether each quotation mark opens after, closes before, or doubles: then parity and grammar say the same."""
    edges = np.zeros(256, np.bool_)
    edges[[delimiter, _LF, _CR, _QUOTE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    after_edge = edges[block[opening - 1]] | (opening == 0)
    before_edge = edges[block[np.minimum(closing + 1, len(block) - 1)]] | (closing == len(block) - 1)
    return bool(after_edge.all() and before_edge.all())


def whole_lines_of(marks: _Positions, line_ends: _Positions, first: _Positions, of: tuple[int, int]) -> _Mask:
    """`Records.whole_lines` of one block; `marks` are all delimiters, `first` numbers the first line of each record, `of` is the end and the width.

    Lines of one character count as blank.
    """
    end, width = of
    if not len(line_ends) or line_ends[-1] < end - 1:
        line_ends = np.append(line_ends, end)
    if width == 1 or len(line_ends) == len(first):
        return np.zeros(len(first), np.bool_)
    found = np.diff(np.searchsorted(marks, line_ends), prepend=0)
    found[(np.diff(line_ends, prepend=-1) <= _BLANK_LINE) & (found == 0)] = width
    inside = first < len(line_ends)
    whole = np.zeros(len(first), np.bool_)
    whole[inside] = np.minimum.reduceat(found, first[inside]) >= width - 1
    return whole & (np.diff(first, append=len(line_ends)) > 1)


def cells_at(
    delimiters: _Positions, before: _Positions, of: tuple[_Positions, _Positions], sound: _Mask, places: tuple[int, ...], width: int
) -> npt.NDArray[np.uint32]:
    """`Records.cells` of one block; `before` counts the delimiters up to the end of each record, `of` are its start and its end."""
    found = np.zeros((len(sound), len(places), 2), np.uint32)
    rows = slice(None) if not places or sound.all() else np.flatnonzero(sound)
    starts, ends = (bounds[rows] for bounds in of)
    first = before[rows] - (width - 1)
    for number, place in enumerate(places):
        begins = delimiters[first + place - 1] + 1 if place else starts
        stops = delimiters[first + place] if place < width - 1 else ends
        found[rows, number, 0] = begins - starts
        found[rows, number, 1] = stops - starts
    return found
