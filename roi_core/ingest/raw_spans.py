"""Where the cells of a text stand in its bytes, found by numpy apart from the engines that part it into columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_core.ingest.encoding import let_go
from roi_core.ingest.grammar import grammar
from roi_core.ingest.records import Mask, Positions, Records

_QUOTE = 34
_RECORDS = 1 << 15
_LET_GO_EVERY = 1 << 19

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Spans:
    """Cells of one column in a run of records: bytes from `start` to before `end` of `block`, marks around them included.

    `records` (n) are the numbers of the records they stand in; `odd` has the text of cells that only the grammar finds, by record.
    """

    block: Bytes
    records: Positions
    start: Positions
    end: Positions
    odd: dict[int, str]


@dataclass(frozen=True, slots=True)
class RawText:
    """The records of one text, before any engine has read them."""

    text: memoryview
    records: Records
    delimiter: str
    width: int

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """Physical line (from 1) of every record."""
        return self.records.line.astype(np.int64)

    def spans(self, places: Sequence[int]) -> Iterator[dict[int, Spans]]:
        """The cells under the headers at `places`, run by run; records of another width and malformed ones have none."""
        for first in range(0, len(self.records), _RECORDS):
            yield _run(self, first, min(first + _RECORDS, len(self.records)), places)
            if first % _LET_GO_EVERY == 0:
                let_go(self.text)


def _run(raw: RawText, first: int, last: int, places: Sequence[int]) -> dict[int, Spans]:
    records, origin = raw.records, int(raw.records.offsets[first])
    block = np.frombuffer(raw.text[origin : int(records.offsets[last])], np.uint8)
    start = records.offsets[first:last] - origin
    end = records.offsets[first + 1 : last + 1] - records.ending[first:last] - origin
    sound = records.fields[first:last] == raw.width
    marks, before, even = _delimiters(block, ord(raw.delimiter), start, end, raw.width)
    found = np.flatnonzero(sound & even)
    odd = {int(n): grammar(raw.delimiter).cells(bytes(records.raw(raw.text, first + int(n)))) for n in np.flatnonzero(sound & ~even)}
    spans = {}
    for place in places:
        begins = start[found] if place == 0 else marks[before[found] + place - 1] + 1
        ends = end[found] if place == raw.width - 1 else marks[before[found] + place]
        spans[place] = Spans(block, found + first, begins, ends, {n + first: cells[place] for n, cells in odd.items()})
    return spans


def _delimiters(block: Bytes, delimiter: int, start: Positions, end: Positions, width: int) -> tuple[Positions, Positions, Mask]:
    """Delimiters outside of quotation marks, how many stand before each record, and which records have as many as their width wants."""
    marks = np.flatnonzero(block == delimiter)
    if b'"' in block.tobytes():
        quotes = np.flatnonzero(block == _QUOTE)
        opened = np.searchsorted(quotes, start)
        at = np.searchsorted(quotes, marks)
        of_record = 0 if not (opened % 2).any() else opened[np.searchsorted(start, marks, side="right") - 1]
        marks = marks[(at - of_record) % 2 == 0]
    elif len(marks) == len(start) * (width - 1) and _in_order(marks, start, end, width):
        return marks, np.arange(len(start)) * (width - 1), np.ones(len(start), np.bool_)
    before = np.searchsorted(marks, start)
    return marks, before, np.equal(np.searchsorted(marks, end) - before, width - 1)


def _in_order(marks: Positions, start: Positions, end: Positions, width: int) -> bool:
    """Whether each record has its delimiters between its first byte and its last one."""
    if width == 1:
        return True
    by_record = marks.reshape(-1, width - 1)
    return bool((by_record[:, 0] >= start).all() and (by_record[:, -1] < end).all())
