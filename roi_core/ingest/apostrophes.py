"""Cells in apostrophes that go on over the end of a line.

An apostrophe is a letter too: one that opens a cell by chance must not take the rows below it into that cell, and a cell that
does go on must not be read as two rows. What decides are the number of cells and what stands in columns of numbers, dates
and addresses; where both readings would do, the lines are set aside and the user is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from roi_core.errors import quoted
from roi_core.ingest.encoding import let_go
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.marks import Marks
from roi_core.ingest.questions import Question

SUBJECT, ASIDE, ROWS, CELLS = "apostrophes", "aside", "rows", "cells"
MARKS, LETTERS, AROUND = "marks", "letters", "around"
DOUBTFUL = "an apostrophe opens or closes a cell here, and it cannot be told whether that cell goes on over the end of the line"

_LINE_END = re.compile(rb"\r\n|\n|\r")
_DIGITS = re.compile(r"\d+")
_LONGEST = 1 << 20
_STEP = 1 << 12
_WINDOW = 1 << 24
_APOSTROPHE = 39
_IN_VAIN = 20_000
_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Body:
    """What the rows of a text have in common: how many cells, and how the cells of each column look, "" where they do not look alike.

    `usual` are the columns that look alike and are blank in less than half of the rows. `named` says that all headers stand in apostrophes.
    """

    width: int
    looks: tuple[str, ...]
    usual: tuple[int, ...] = ()
    named: bool = False

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], width: int, *, named: bool) -> "Body":
        """From the first rows, the header among them."""
        below = [row for row in rows if len(row) == width][1:]
        looks = tuple(_look_of([row[i] for row in below]) for i in range(width))
        usual = tuple(i for i, look in enumerate(looks) if look and 2 * sum(not row[i].strip() for row in below) < len(below))
        return cls(width, looks, usual, named)

    def holds(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether cells look as those of their columns do; a text without columns whose cells look alike shows nothing."""
        filled = [(look, row[i]) for row in rows for i, look in enumerate(self.looks) if look and row[i].strip()]
        return bool(filled) and all(_look_of([cell]) == look for look, cell in filled)


def _look_of(cells: Sequence[str]) -> str:
    """Numbers, dates, addresses, or one word with digits as T1 and T42; else nothing."""
    if (kind := kind_of(cells)) != "text":
        return kind
    shapes = Counter(_DIGITS.sub("0", cell.strip()) for cell in cells if cell.strip())
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    return shape if "0" in shape and " " not in shape and 5 * count >= 4 * shapes.total() else ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Records that go on over lines, byte offset of the start to that of the end; and those of which nobody knows, in order."""

    records: Mapping[int, int] = field(default_factory=dict)
    doubtful: tuple[tuple[int, int], ...] = ()
    surely: bool = False

    def lines(self, text: memoryview) -> Iterator[int]:
        """The byte offset of every line that is not blank of the doubtful records."""
        for first, end in self.doubtful:
            position = first
            for line in _LINE_END.split(bytes(text[first:end])):
                if line.strip():
                    yield position
                position += len(line)
                ending = _LINE_END.match(text, position)
                position = ending.end() if ending else position


def join(text: memoryview, marks: Marks, body: Body, *, proven: bool, said: str = "") -> Joined:
    """Which records of a text go on over lines. `proven` says that its cells stand in apostrophes; `said` is an answer of the user, or nothing.

    `surely` says that a record was found that is one by its cells, whatever the other rows are.
    """
    records: dict[int, int] = {}
    doubtful: list[tuple[int, int]] = []
    surely = False
    judge = _Judge(marks, body, proven=proven)
    for first, end in spans(text, marks):
        if not (proven or said or surely) and len(doubtful) + judge.rows > _IN_VAIN:
            break
        verdict, alone = judge.verdict(bytes(text[first:end]))
        surely = surely or alone
        verdict = said or verdict if verdict == ASIDE else verdict
        if verdict == CELLS:
            records[first] = end
        elif verdict == ASIDE:
            doubtful.append((first, end))
    return Joined(records, tuple(doubtful), surely)


def spans(text: memoryview, marks: Marks) -> Iterator[tuple[int, int]]:
    """First byte, and byte after the last line end, of what would be one record over several lines. No text is looked at twice.

    After 20,000 cells that are opened and begin no record, apostrophes are letters, as where each number stands behind one.
    """
    passed = in_vain = 0
    for opened in _opened(text, marks):
        if opened < passed:
            continue
        if in_vain > _IN_VAIN:
            return
        first = _line_start(text, opened)
        stop = min(first + _LONGEST, len(text))
        found = marks.record.match(text, first, stop)
        if found is None or (found.end() == stop < len(text)):
            prefix = marks.prefix.match(text, first, stop)
            passed = max(prefix.end() if prefix else 0, opened + 1)
            in_vain += 1
        else:
            passed = found.end()
            if _LINE_END.search(found[1]):
                yield first, found.end()


def _opened(text: memoryview, marks: Marks) -> Iterator[int]:
    """Where a cell is opened on one line and not closed on it; stretches without an apostrophe at the start of a cell are passed over quickly."""
    edges = np.zeros(256, np.bool_)
    edges[[ord(marks.delimiter), 10, 13]] = True
    for start in range(0, len(text), _WINDOW):
        piece = np.frombuffer(text[start : start + _WINDOW], np.uint8)
        found = np.flatnonzero(piece == _APOSTROPHE)
        if len(found) and (found[0] == 0 or edges[piece[found - 1]].any()):
            yield from _opened_from(text, marks, max(start - 1, 0), start + len(piece))
        let_go(text)


def _opened_from(text: memoryview, marks: Marks, start: int, stop: int) -> Iterator[int]:
    position = start
    while position < stop and (found := marks.left_open.search(text, position)):
        if found.start(1) >= stop:
            return
        yield found.start(1)
        position = found.end() - 1


def _line_start(text: memoryview, position: int) -> int:
    step = _STEP
    while True:
        low = max(position - step, 0)
        before = bytes(text[low:position])
        place = max(before.rfind(b"\n"), before.rfind(b"\r"))
        if place >= 0 or low == 0:
            return low + place + 1
        step *= 2


@dataclass(slots=True)
class _Judge:
    """How records over several lines are read. `rows` counts those whose lines are rows, `compared` those whose cells had to be looked at."""

    marks: Marks
    body: Body
    _: KW_ONLY
    proven: bool
    rows: int = 0
    compared: int = 0

    def verdict(self, record: bytes) -> tuple[str, bool]:
        """The reading of one record, and whether its cells say that it is one, whatever the other rows are."""
        lines = [line for line in _LINE_END.split(record) if line.strip()]
        rows = [_texts(self.marks.on_one_line(line)) for line in lines]
        one, width = _texts(self.marks.cells(record.rstrip(b"\r\n"))), self.body.width
        each = all(len(row) == width for row in rows)
        if len(one) != width:
            read, surely = CELLS if self.proven and not each else ROWS, False
        elif not each:
            read, surely = CELLS if self.proven or width > 1 else ASIDE, width > 1
        else:
            read, surely = self._by_looks(rows, one)
        self.rows += read == ROWS
        return read, surely

    def _by_looks(self, rows: Sequence[Sequence[str]], one: Sequence[str]) -> tuple[str, bool]:
        """Of two readings with the right number of cells that whose cells look as those of their columns do; after 2,000 comparisons nothing tells.

        Where both do, the lines are rows only if each of them has all cells that rows usually have.
        """
        self.compared += 1
        by_rows = self.compared <= _COMPARED and self.body.holds(rows)
        if self.compared <= _COMPARED and by_rows != self.body.holds([one]):
            return (ROWS, False) if by_rows else (CELLS, True)
        each = by_rows and all(row[i].strip() for row in rows for i in self.body.usual)
        return (ROWS if each else CELLS if self.proven and self.body.named else ASIDE), False


def _texts(cells: Sequence[bytes]) -> list[str]:
    return [cell.decode("utf-8", "replace") for cell in cells]


def asks_cells(doubtful: Sequence[str], header: str) -> tuple[Question, ...]:
    """Rows of their own or cells that go on; `doubtful` are the first two lines of the first such record, `header` is the first one of the table."""
    if not doubtful:
        return ()
    first, second = map(quoted, doubtful)
    ways = {
        ASIDE: f"the lines {first} and {second} are set aside",
        ROWS: f"{first} is a row and {second} is another one",
        CELLS: f"{first} goes on with {second}, and both are one row",
    }
    return (Question.of(SUBJECT, (header,), ways, ASIDE),)


def asks_marks(wrapped: str, header: str) -> tuple[Question, ...]:
    """Whether the apostrophes around a cell that holds a quotation mark belong to its text; `wrapped` is that cell, `header` the first one of the table."""
    if not wrapped:
        return ()
    ways = {LETTERS: f"the text is {quoted(wrapped)}, with its apostrophes", AROUND: f"the text is {quoted(wrapped[1:-1])}: apostrophes stand around cells"}
    return (Question.of(MARKS, (header,), ways, LETTERS),)


def told_marks(wrapped: str, line: int) -> str:
    """The same in words."""
    return (
        f"ask: the cell {quoted(wrapped)} on line {line:,} was read with its apostrophes. If apostrophes stand around cells of this file instead of "
        "quotation marks, say so, or export it with quotation marks."
    )


def told(text: memoryview, joined: Joined) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Notes on what is joined and what is in doubt, and the first two lines of the first doubtful record."""
    notes: list[str] = []
    shown: tuple[str, ...] = ()
    if joined.records:
        first = min(joined.records)
        notes.append(f"rows that go on over the end of a line inside of apostrophes: {len(joined.records):,}, the first on line {_line(text, first):,}.")
    if joined.doubtful:
        first, end = joined.doubtful[0]
        lines = [line.decode("utf-8", "replace") for line in _LINE_END.split(bytes(text[first:end])) if line.strip()]
        shown = (lines[0], lines[1])
        notes.append(
            f"ask: an apostrophe opens a cell on line {_line(text, first):,} and one closes a cell below it. Is that one row or several? "
            f"Rows in doubt: {len(joined.doubtful):,}; their lines were set aside. Say which, or export the file with quotation marks."
        )
    return tuple(notes), shown


def _line(text: memoryview, offset: int) -> int:
    return 1 + len(_LINE_END.findall(text[:offset]))
