"""Where every record of a text begins and ends, counted apart from the engine that loads them.

Blocks whose quotation marks all stand where the grammar wants them are cut by numpy: a line end or delimiter is outside of a
quoted cell where the number of quotation marks before it is even. Any other block is walked record by record (`walk`).

The second half of a large text is cut by numpy beside the first one, from a line in its middle. That stands only where a record of
the first half ends right before that line; from the first block that has to be walked the text is read on in order.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from roi_core.ingest.encoding import let_go
from roi_core.ingest.line_cuts import are_usual, cells_at, line_ends_in, outside, whole_lines_of
from roi_core.ingest.walk import Fault, Walker

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

BLOCK = 1 << 18
_QUOTE, _LF, _CR = 34, 10, 13
_LET_GO_EVERY = 1 << 8
_LARGE = 8
"""Blocks of a text that is cut in two halves beside each other."""


@dataclass(frozen=True, slots=True)
class Records:
    """Records in order of the text, each beginning where the one before ends; arrays have one entry a record.

    `offsets` (n + 1) are the bytes at which records begin, and where the last one ends; `ending` is how many bytes of line end
    belong to it; `line` is the physical line, from 1; `fields` how many cells it has; `opening` (n, 2) its first two bytes, what
    stands after a shorter one included. `walked` are those of blocks whose quotation marks stand in unusual places. `faults`
    has the malformed records by their number; `fields` is 0 there. `cells` (n, k, 2) are the first byte of the cell under each of the k headers
    that were asked for and the byte after its last, marks around it included, from the start of the record; both 0 where that is not known: in
    records that were walked or are of another width. `whole_lines` are those over several lines of which each has as many delimiters as a row,
    quoted or not.
    """

    offsets: Positions
    ending: Bytes
    line: npt.NDArray[np.uint32]
    fields: npt.NDArray[np.int32]
    opening: Bytes
    walked: Mask
    faults: Mapping[int, Fault]
    cells: npt.NDArray[np.uint32]
    whole_lines: Mask

    def __len__(self) -> int:
        return len(self.ending)

    @property
    def start(self) -> Positions:
        """Byte at which each record begins."""
        return self.offsets[:-1]

    @property
    def next(self) -> Positions:
        """Byte at which the following record begins."""
        return self.offsets[1:]

    @property
    def end(self) -> Positions:
        """Byte at which each record ends, its line end excluded."""
        return self.next - self.ending

    def raw(self, text: memoryview, number: int) -> memoryview:
        """The bytes of one record without its line end."""
        return text[int(self.offsets[number]) : int(self.offsets[number + 1]) - int(self.ending[number])]

    def slice(self, first: int, last: int) -> "Records":
        """Records from `first` to before `last`, counted anew."""
        faults = {number - first: fault for number, fault in self.faults.items() if first <= number < last}
        rows = slice(first, last)
        offsets = self.offsets[first : last + 1]
        cells, whole_lines = self.cells[rows], self.whole_lines[rows]
        return Records(offsets, self.ending[rows], self.line[rows], self.fields[rows], self.opening[rows], self.walked[rows], faults, cells, whole_lines)


def index_records(text: memoryview, start: int, line: int, delimiter: str, width: int, name: str, block: int = BLOCK, *, places: Sequence[int] = ()) -> Records:
    """Cuts `text` from byte `start`, physical line `line`, into records of `width` cells or not, and notes where the cells under the headers at `places` are.

    `block` is how many bytes are looked at together; it changes the speed alone.
    Raises FileRefused.unclosed_quote where a quotation mark stays open over so many lines that no record after it is sure.
    """
    cut = _Cutting(text, delimiter, width, block, tuple(places))
    walker, half = Walker(text, delimiter, width, name), _middle(text, start, _LARGE * block)
    with ThreadPoolExecutor(1) as beside:
        second = beside.submit(cut.records, half, len(text), 0, None)
        first, line = cut.records(start, half, line, walker)
    found = [first]
    if int(first.offsets[-1]) == half:
        later, lines = second.result()
        found.append(replace(later, line=later.line + np.uint32(line)))
        line += lines
    rest, _ = cut.records(int(found[-1].offsets[-1]), len(text), line, walker)
    return _joined([*found, rest], len(text), len(places))


def _middle(text: memoryview, start: int, large: int) -> int:
    """Where a physical line starts near the middle of a large text, else its end."""
    middle = (start + len(text)) // 2
    feed = bytes(text[middle : middle + BLOCK]).find(b"\n") if len(text) - start > large else -1
    return middle + feed + 1 if feed >= 0 else len(text)


@dataclass(frozen=True, slots=True)
class _Cutting:
    """One text, cut by blocks of about `block` bytes into records of `width` cells or not."""

    text: memoryview
    delimiter: str
    width: int
    block: int
    places: tuple[int, ...]

    def records(self, start: int, stop: int, line: int, walker: Walker | None) -> tuple[Records, int]:
        """The records that begin from `start` to before `stop`, and the physical line after them; without a walker up to the first block that needs it."""
        bytes_ = np.frombuffer(self.text, np.uint8)
        parts: list[Records] = []
        joined: list[Records] = []
        while start < stop:
            end = min(start + self.block, stop)
            cuts = _cut_block(bytes_, start, end, ord(self.delimiter), self.width, self.places)
            if cuts is None:
                if walker is None:
                    break
                cuts = _walk_block(bytes_, walker, start, end, line, len(self.places))
            parts.append(cuts.records(bytes_, line))
            line += cuts.line_ends
            start = int(cuts.next[-1])
            if len(parts) == _LET_GO_EVERY:
                joined.append(_joined(parts, start, len(self.places)))
                parts.clear()
                let_go(self.text)
        return _joined([*joined, *parts], start, len(self.places)), line


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The records of one block by their byte offsets; `line` counts the line ends of the block before each, `line_ends` all of them."""

    start: Positions
    end: Positions
    next: Positions
    line: Positions
    fields: Positions
    line_ends: int
    cells: npt.NDArray[np.uint32]
    whole_lines: Mask
    walked: bool = False
    faults: Mapping[int, Fault] = field(default_factory=dict)

    def records(self, text: Bytes, line: int) -> Records:
        """The same in few bytes, by lines of the file."""
        opening = text[np.minimum(np.stack((self.start, self.start + 1), 1), len(text) - 1)]
        lines, ending = (self.line + line).astype(np.uint32), (self.next - self.end).astype(np.uint8)
        walked = np.full(len(ending), self.walked)
        offsets, fields = np.append(self.start, self.next[-1]), self.fields.astype(np.int32)
        return Records(offsets, ending, lines, fields, opening, walked, self.faults, self.cells, self.whole_lines)


def _cut_block(text: Bytes, start: int, stop: int, delimiter: int, width: int, places: tuple[int, ...]) -> _Cuts | None:
    """The records that end within one block, or None where a quotation mark stands in an unusual place or joins lines to a wrong width."""
    block = text[start:stop]
    quotes = np.flatnonzero(block == _QUOTE)
    if not len(quotes) and (cuts := _cut_unquoted(text, start, stop, delimiter, width, places)):
        return cuts
    line_ends = line_ends_in(text, start, start + len(block)) - start
    ends = line_ends[outside(quotes, line_ends)]
    if start + len(block) == len(text) and len(quotes) % 2 == 0 and (not len(ends) or ends[-1] != len(block) - 1):
        ends = np.append(ends, len(block))
    if not len(ends) or not are_usual(block, quotes[quotes < ends[-1]], delimiter):
        return None
    marks = np.flatnonzero(block == delimiter)
    delimiters = marks[outside(quotes, marks)] if len(quotes) else marks
    before = np.searchsorted(delimiters, ends)
    starts = np.concatenate(([0], ends[:-1] + 1))
    following = np.minimum(ends + 1, len(block))
    content = ends - ((ends > starts) & (ends < len(block)) & (block[np.minimum(ends, len(block) - 1)] == _LF) & (block[ends - 1] == _CR))
    lines, fields = np.searchsorted(line_ends, starts), np.diff(before, prepend=0) + 1
    if ((fields != width) & (np.searchsorted(line_ends, content) > lines)).any():
        return None
    passed = int(np.searchsorted(line_ends, following[-1]))
    cells = cells_at(delimiters, before, (starts, content), fields == width, places, width)
    whole_lines = whole_lines_of(marks, line_ends[:passed], lines, (int(following[-1]), width))
    return _Cuts(starts + start, content + start, following + start, lines, fields, passed, cells, whole_lines)


def _cut_unquoted(text: Bytes, start: int, stop: int, delimiter: int, width: int, places: tuple[int, ...]) -> _Cuts | None:
    """The same where a block has no quotation mark and every line of it ends with LF or CRLF, else None: each line is a record, and one look finds all."""
    block = text[start:stop]
    found = np.flatnonzero((block == delimiter) | (block == _LF))
    ending = block[found] == _LF
    line_ends = int(np.count_nonzero(ending))
    if stop == len(text) and block[-1] != _LF:
        found, ending = np.append(found, len(block)), np.append(ending, True)
    at = np.flatnonzero(ending)
    if not len(at):
        return None
    ends = found[at]
    starts, following = np.concatenate(([0], ends[:-1] + 1)), np.minimum(ends + 1, len(block))
    returned = (ends > starts) & (ends < len(block)) & (block[ends - 1] == _CR)
    if np.count_nonzero(block == _CR) != np.count_nonzero(returned):
        return None
    content, fields = ends - returned, np.diff(at, prepend=-1)
    cells = cells_at(found, at, (starts, content), fields == width, places, width)
    lines, whole_lines = np.arange(len(at)), np.zeros(len(at), np.bool_)
    return _Cuts(starts + start, content + start, following + start, lines, fields, line_ends, cells, whole_lines)


def _walk_block(text: Bytes, walker: Walker, start: int, stop: int, line: int, places: int) -> _Cuts:
    """At least one record, and those after it up to the end of a block, one by one."""
    cuts, faults = walker.walk(start, stop, line)
    starts, ends, following, fields = (np.array([getattr(cut, name) for cut in cuts], np.int64) for name in ("start", "end", "next", "fields"))
    line_ends = line_ends_in(text, start, int(following[-1]))
    unknown, first = np.zeros((len(starts), places, 2), np.uint32), np.searchsorted(line_ends, starts)
    marks = np.flatnonzero(text[start : int(following[-1])] == ord(walker.delimiter))
    whole_lines = whole_lines_of(marks, line_ends - start, first, (int(following[-1]) - start, walker.width))
    return _Cuts(starts, ends, following, first, fields, len(line_ends), unknown, whole_lines, walked=True, faults=faults)


def _joined(parts: list[Records], end: int, places: int) -> Records:
    faults: dict[int, Fault] = {}
    before = 0
    for part in parts:
        faults |= {before + number: fault for number, fault in part.faults.items()}
        before += len(part)
    offsets = np.concatenate([*(part.start for part in parts), np.array([end], np.int64)])
    columns = {
        "whole_lines": (np.bool_, ()),
        "ending": (np.uint8, ()),
        "line": (np.uint32, ()),
        "fields": (np.int32, ()),
        "opening": (np.uint8, (2,)),
        "walked": (np.bool_, ()),
    }
    whole_lines, ending, line, fields, opening, walked = (_column(parts, name, of, each) for name, (of, each) in columns.items())
    return Records(offsets, ending, line, fields, opening, walked, faults, _column(parts, "cells", np.uint32, (places, 2)), whole_lines)


def _column(parts: list[Records], name: str, of: type[np.generic], each: tuple[int, ...]) -> npt.NDArray[Any]:
    """The entries of all parts, each of the shape `each`."""
    return np.concatenate([getattr(part, name) for part in parts]) if parts else np.empty((0, *each), of)
