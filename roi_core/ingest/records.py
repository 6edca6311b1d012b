"""Where every record of a text begins and ends, counted apart from the engine that loads them.

Blocks whose quotation marks all stand where the grammar wants them are cut by numpy: a line end or delimiter is outside of a
quoted cell where the number of quotation marks before it is even. Any other block is walked record by record (`walk`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_core.ingest.walk import Fault, Walker

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

BLOCK = 1 << 18
_QUOTE, _LF, _CR = 34, 10, 13


@dataclass(frozen=True, slots=True)
class Records:
    """Records in order of the text; all arrays have one entry a record.

    `start` and `end` are byte offsets, the line end excluded; `next` is where the following record starts; `line` is
    the physical line, from 1; `fields` how many cells it has. `faults` has the malformed records by their
    number; `fields` is 0 there.
    """

    start: Positions
    end: Positions
    next: Positions
    line: Positions
    fields: Positions
    faults: Mapping[int, Fault]

    def __len__(self) -> int:
        return len(self.start)


def index_records(text: memoryview, start: int, line: int, delimiter: str, width: int, name: str, block: int = BLOCK) -> Records:
    """Cuts `text` from byte `start`, physical line `line`, into records of `width` cells or not.

    `block` is how many bytes are looked at together; it changes the speed alone.
    Raises FileRefused.unclosed_quote where a quotation mark stays open over so many lines that no record after it is sure.
    """
    bytes_ = np.frombuffer(text, np.uint8)
    walker = Walker(text, delimiter, width, name)
    parts: list[_Cuts] = []
    while start < len(bytes_):
        part = _cut_block(bytes_, start, start + block, ord(delimiter), width) or _walk_block(bytes_, walker, start, start + block, line)
        part.line[:] += line
        following = int(part.next[-1])
        line += len(_line_ends(bytes_, start, following))
        start = following
        parts.append(part)
    return _joined(parts)


@dataclass(frozen=True, slots=True)
class _Cuts:
    start: Positions
    end: Positions
    next: Positions
    line: Positions
    fields: Positions
    faults: Mapping[int, Fault]


def _cut_block(text: Bytes, start: int, stop: int, delimiter: int, width: int) -> _Cuts | None:
    """The records that end within one block, or None where a quotation mark stands in an unusual place or joins lines to a wrong width."""
    block = text[start:stop]
    line_ends = _line_ends(text, start, start + len(block)) - start
    quotes = np.flatnonzero(block == _QUOTE)
    ends = line_ends[_outside(quotes, line_ends)]
    if start + len(block) == len(text) and len(quotes) % 2 == 0 and (not len(ends) or ends[-1] != len(block) - 1):
        ends = np.append(ends, len(block))
    if not len(ends) or not _usual(block, quotes[quotes < ends[-1]], delimiter):
        return None
    delimiters = np.flatnonzero(block == delimiter)
    before = np.searchsorted(delimiters[_outside(quotes, delimiters)], ends)
    starts = np.concatenate(([0], ends[:-1] + 1))
    following = np.minimum(ends + 1, len(block))
    content = ends - ((ends > starts) & (ends < len(block)) & (block[np.minimum(ends, len(block) - 1)] == _LF) & (block[ends - 1] == _CR))
    lines, fields = np.searchsorted(line_ends, starts), np.diff(before, prepend=0) + 1
    if ((fields != width) & (np.searchsorted(line_ends, content) > lines)).any():
        return None
    return _Cuts(starts + start, content + start, following + start, lines, fields, {})


def _walk_block(text: Bytes, walker: Walker, start: int, stop: int, line: int) -> _Cuts:
    """At least one record, and those after it up to the end of a block, one by one."""
    cuts, faults = walker.walk(start, stop, line)
    starts, ends, following, fields = (np.array([getattr(cut, name) for cut in cuts], np.int64) for name in ("start", "end", "next", "fields"))
    lines = np.searchsorted(_line_ends(text, start, int(following[-1])), starts)
    return _Cuts(starts, ends, following, lines, fields, faults)


def _outside(quotes: Positions, positions: Positions) -> Mask:
    return np.equal(np.searchsorted(quotes, positions) % 2, 0)


def _usual(block: Bytes, quotes: Positions, delimiter: int) -> bool:
    """Whether each quotation mark opens after, closes before, or doubles: then parity and grammar say the same."""
    edges = np.zeros(256, np.bool_)
    edges[[delimiter, _LF, _CR, _QUOTE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    after_edge = edges[block[opening - 1]] | (opening == 0)
    before_edge = edges[block[np.minimum(closing + 1, len(block) - 1)]] | (closing == len(block) - 1)
    return bool(after_edge.all() and before_edge.all())


def _line_ends(text: Bytes, start: int, stop: int) -> Positions:
    """Offsets of the last byte of each line end that is complete before `stop`: LF, CRLF or a lone CR."""
    block = text[start:stop]
    feeds, returns = np.flatnonzero(block == _LF), np.flatnonzero(block == _CR)
    if len(returns):
        after = returns + start + 1
        lone = (after >= len(text)) | (text[np.minimum(after, len(text) - 1)] != _LF)
        if lone.any():
            feeds = np.sort(np.concatenate((feeds, returns[lone])))
    return feeds + start


def _joined(parts: list[_Cuts]) -> Records:
    faults: dict[int, Fault] = {}
    before = 0
    for part in parts:
        faults |= {before + number: fault for number, fault in part.faults.items()}
        before += len(part.start)
    start, end, following, line, fields = (_column(parts, name) for name in ("start", "end", "next", "line", "fields"))
    return Records(start, end, following, line, fields, faults)


def _column(parts: list[_Cuts], name: str) -> Positions:
    return np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])
