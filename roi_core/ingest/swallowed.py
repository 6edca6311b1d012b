"""Quoted cells that go on over lines of which each, taken by itself, is a whole row: by RFC 4180 one record, and maybe several that lost rows.

Two quotation marks that were never meant to quote, in different rows, read as one cell that takes the rows between them into it. That is
what is read until the user says that each line is a row: then its marks are letters, and no cell is lost either way.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from roi_core.errors import quoted
from roi_core.ingest.apostrophes import Body
from roi_core.ingest.encoding import Decoded, mapped
from roi_core.ingest.grammar import grammar
from roi_core.ingest.marks import line_cells, rewritten
from roi_core.ingest.questions import Question
from roi_core.ingest.records import Mask, Positions, Records

SUBJECT, CELL, ROWS = "swallowed", "cell", "rows"
_LINE_END = re.compile(rb"(\r\n|\n|\r)")
_SAMPLE = 50
_LOOKED = 1_000
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Swallowed:
    """Numbers of the records whose lines may be rows of their own, and how many were looked at of how many that might be."""

    numbers: Positions
    looked: int = 0
    likely: int = 0

    def told(self, text: memoryview, records: Records, width: int, name: str) -> tuple[str, ...]:
        """The question in words, with the lines of the first; nothing where there is none."""
        if not len(self.numbers):
            return ()
        first, last, lines = _lines(text, records, int(self.numbers[0]))
        others = f" {len(self.numbers) - 1:,} more rows are like it." if len(self.numbers) > 1 else ""
        unseen = f" The first {self.looked:,} of {self.likely:,} such rows were looked at." if self.looked < self.likely else ""
        note = (
            f"ask: {quoted(name)}, lines {first:,} to {last:,}: one row or several? A quotation mark opens a cell on the first of these "
            f"{len(lines):,} lines and one closes it on the last, so they were read as one row, yet each has the {width} cells of a row.{others}{unseen} "
            "If they are rows of their own, say so, or double or take out the quotation marks in them, and load the file again."
        )
        return (note,)

    def asks(self, text: memoryview, records: Records, header: str) -> tuple[Question, ...]:
        """One row or several; `header` is the first one of the table."""
        if not len(self.numbers):
            return ()
        first, last, lines = _lines(text, records, int(self.numbers[0]))
        opening, closing = (quoted(line.decode("utf-8", "replace")[:_SHOWN]) for line in (lines[0], lines[-1]))
        ways = {
            CELL: f"lines {first:,} to {last:,} are one row, from {opening} to {closing}",
            ROWS: f"line {first:,} is the row {opening}, each line below it is another one, and their quotation marks are letters",
        }
        return (Question.of(SUBJECT, (header,), ways, CELL),)


NONE = Swallowed(np.empty(0, np.int64))
"""No such record."""


def find_swallowed(text: memoryview, records: Records, not_data: Mask, delimiter: str, width: int, said: str = "") -> Swallowed:
    """The records whose lines may be rows of their own; until the user has `said` that they are, at most 1,000 are looked at.

    Of each line the number of cells and the look of its ids, numbers, dates and addresses must be those of a row.
    """
    likely = np.flatnonzero(records.whole_lines & (records.fields == width) & ~not_data)
    if not len(likely):
        return NONE
    single = np.flatnonzero(~records.whole_lines & (records.fields == width) & ~not_data)[:_SAMPLE]
    rows = [grammar(delimiter).cells(bytes(records.raw(text, int(number)))) for number in single]
    body = Body.of([[""] * width, *rows], width, named=False)
    looked = likely if said == ROWS else likely[:_LOOKED]
    alike = [_are_rows(bytes(records.raw(text, int(number))), delimiter, body) for number in looked]
    return Swallowed(looked[np.array(alike, np.bool_)], len(looked), len(likely))


def parted(decoded: Decoded, records: Records, swallowed: Swallowed, mark: str, staging: Path) -> Decoded:
    """The text in which each line of those records is a row, in a file of its own in `staging`; lines keep their number."""
    out = staging / f"{secrets.token_hex(8)}.parted"
    position, ends, added, clean = 0, [0], [0], grammar(mark).record
    with out.open("wb") as target:
        for number in swallowed.numbers.tolist():
            start, end = int(records.start[number]), int(records.end[number])
            target.write(decoded.text[position:start])
            pieces = _LINE_END.split(bytes(decoded.text[start:end]))
            pieces[::2] = [line if clean.fullmatch(line) else rewritten(line, mark) for line in pieces[::2]]
            target.writelines(pieces)
            added.append(added[-1] + sum(map(len, pieces)) - (end - start))
            ends.append(end)
            position = end
        target.write(decoded.text[position:])
    bad = tuple(replace(line, offset=line.offset + added[int(np.searchsorted(ends, line.offset, side="right")) - 1]) for line in decoded.bad)
    first = int(records.line[swallowed.numbers[0]])
    told = f"quotation marks read as letters, so that each of their lines is a row, as you said: {len(swallowed.numbers):,} times, first on line {first:,}."
    return replace(decoded, text=memoryview(mapped(out)), bad=bad, notes=(*decoded.notes, told))


def _lines(text: memoryview, records: Records, number: int) -> tuple[int, int, Sequence[bytes]]:
    """First and last physical line of a record, and what stands on each."""
    lines = _LINE_END.split(bytes(records.raw(text, number)))[::2]
    first = int(records.line[number])
    return first, first + len(lines) - 1, lines


def _are_rows(record: bytes, delimiter: str, body: Body) -> bool:
    """Whether each line of a record could be a row."""
    rows = [line_cells(line, delimiter) for line in _LINE_END.split(record)[::2] if line.strip()]
    return all(len(row) == body.width for row in rows) and (body.holds(rows) or not any(body.looks))
