"""Where the cells of a text stand in its bytes, found by numpy apart from the engines that part it into columns.

The index of the records notes the cells of columns that its headers already say are money; all others, and those of records that it had to
walk, are found here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_core.ingest.encoding import let_go
from roi_core.ingest.grammar import grammar
from roi_core.ingest.records import Mask, Positions, Records

_QUOTE = 34
_RECORDS = 1 << 14
_LET_GO_EVERY = 1 << 17

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Spans:
    """Cells of one column in a run of records: bytes from `start` to before `end` of the text, marks around them included.

    `records` (n) are the numbers of the records they stand in; `odd` has the text of cells that only the grammar finds, by record.
    """

    records: Positions
    start: Positions
    end: Positions
    odd: dict[int, str]


@dataclass(frozen=True, slots=True)
class RawText:
    """The records of one text, before any engine has read them; `noted` are the places whose cells their index has noted."""

    text: memoryview
    records: Records
    delimiter: str
    width: int
    noted: tuple[int, ...] = ()

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """Physical line (from 1) of every record."""
        return self.records.line.astype(np.int64)

    def spans(self, places: Sequence[int]) -> Iterator[dict[int, Spans]]:
        """The cells under the headers at `places`, run by run; records of another width and malformed ones have none."""
        noted = set(places) <= set(self.noted)
        for first in range(0, len(self.records), _RECORDS):
            last = min(first + _RECORDS, len(self.records))
            known = noted and not self.records.walked[first:last].any()
            yield _noted(self, first, last, places) if known else _found(self, first, last, places)
            if first % _LET_GO_EVERY == 0:
                let_go(self.text)


def _noted(raw: RawText, first: int, last: int, places: Sequence[int]) -> dict[int, Spans]:
    """The cells as the index of the records has them."""
    sound = raw.records.fields[first:last] == raw.width
    rows = slice(first, last) if sound.all() else np.flatnonzero(sound) + first
    start, records = raw.records.start[rows], np.arange(first, last) if isinstance(rows, slice) else rows
    spans = {}
    for place in places:
        cells = raw.records.cells[rows, raw.noted.index(place)]
        spans[place] = Spans(records, start + cells[:, 0], start + cells[:, 1], {})
    return spans


def _found(raw: RawText, first: int, last: int, places: Sequence[int]) -> dict[int, Spans]:
    """The cells by their delimiters, which are looked for again."""
    records, origin = raw.records, int(raw.records.offsets[first])
    block = np.frombuffer(raw.text[origin : int(records.offsets[last])], np.uint8)
    start = records.offsets[first:last] - origin
    end = records.end[first:last] - origin
    sound = records.fields[first:last] == raw.width
    marks, before, even, quoted = _delimiters(block, ord(raw.delimiter), start, end, raw.width)
    even &= ~(records.walked[first:last] & quoted)
    found = np.flatnonzero(sound & even)
    odd = {int(n): grammar(raw.delimiter).cells(bytes(records.raw(raw.text, first + int(n)))) for n in np.flatnonzero(sound & ~even)}
    spans = {}
    for place in places:
        begins = start[found] if place == 0 else marks[before[found] + place - 1] + 1
        ends = end[found] if place == raw.width - 1 else marks[before[found] + place]
        spans[place] = Spans(found + first, begins + origin, ends + origin, {n + first: cells[place] for n, cells in odd.items()})
    return spans


def _delimiters(block: Bytes, delimiter: int, start: Positions, end: Positions, width: int) -> tuple[Positions, Positions, Mask, Mask]:
    """Delimiters outside of quotation marks, how many stand before each record, which records have as many as their width wants, and which a mark."""
    marks, quotes = np.flatnonzero(block == delimiter), np.flatnonzero(block == _QUOTE)
    quoted = np.zeros(len(start), np.bool_)
    if len(quotes):
        quoted = np.searchsorted(quotes, end) > np.searchsorted(quotes, start)
        opened = np.searchsorted(quotes, start)
        at = np.searchsorted(quotes, marks)
        of_record = 0 if not (opened % 2).any() else opened[np.searchsorted(start, marks, side="right") - 1]
        marks = marks[(at - of_record) % 2 == 0]
    before = np.searchsorted(marks, start)
    return marks, before, np.equal(np.searchsorted(marks, end) - before, width - 1), quoted
