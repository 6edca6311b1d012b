"""A text with other marks than those of RFC 4180, rewritten cell by cell; a line keeps its number."""

import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from roi_core.ingest.apostrophes import Joined
from roi_core.ingest.encoding import BadLine, Decoded, mapped
from roi_core.ingest.marks import Marks, written
from roi_core.ingest.sniff import HEAD_BYTES, HEAD_ROWS, evenness, rows_of

LINE_END = re.compile(rb"\r\n|\n|\r")
_NOTHING = re.compile(rb"[\s,;|\"]*+")
_PIECES = 1 << 14


@dataclass(frozen=True, slots=True)
class Odd:
    """Marks of a text, what to say of them, and which of its records go on over lines inside of apostrophes."""

    marks: Marks
    note: str
    joined: Joined = field(default_factory=Joined)

    def rewritten(self, decoded: Decoded, staging: Path) -> Decoded:
        """The text with commas and quotation marks, in a file of its own in `staging`."""
        out, strays, moved = staging / f"{secrets.token_hex(8)}.plain", _Strays(), _Moved.of(decoded.bad)
        with out.open("wb") as target:
            pieces: list[bytes] = []
            size = 0
            for start, piece in self.pieces(decoded.text, strays):
                moved.passes(start, size)
                size += len(piece)
                pieces.append(piece)
                if len(pieces) == _PIECES:
                    target.write(b"".join(pieces))
                    pieces.clear()
            target.write(b"".join(pieces))
        text = memoryview(mapped(out) if out.stat().st_size else b"")
        return replace(decoded, text=text, bad=moved.lines(), notes=(*decoded.notes, self.note, *strays.told(decoded.text)))

    def pieces(self, text: memoryview | bytes, strays: "_Strays | None" = None) -> Iterator[tuple[int, bytes]]:
        """The rewritten text, cell by cell, and where each stood. A quotation that is never closed is taken as letters up to the next delimiter.

        Marks that open or close no cell of one line are kept in `strays`.
        """
        mark, doubts, doubt = self.marks.delimiter.encode("ascii"), dict(self.joined.doubtful), 0
        for found in self._cells(text):
            quoted, plain, end = found.groups()
            doubt = doubts.get(found.start(), doubt)
            if quoted is None and strays is not None and found.start() >= doubt:
                strays.look_at(plain, found.start(), self.marks.quote)
            yield found.start(), written(plain if quoted is None else self.marks.text_of(quoted)) + (b"," if end == mark else end)

    def _cells(self, text: memoryview | bytes) -> Iterator[re.Match[bytes]]:
        """Cell by cell as `Marks.cell` finds them. Any text goes on with a cell, a blank one at least."""
        position = joined = 0
        while position < len(text):
            joined = self.joined.records.get(position, joined)
            found = (self.marks.over_lines if position < joined else self.marks.cell).match(text, position)
            if found is None:
                raise AssertionError("a plain cell takes what no quotation does")
            yield found
            position = found.end()

    def closing(self, head: bytes) -> float:
        """Share of the marks that open a cell which close it; 0 without any."""
        quote = self.marks.quote.encode("ascii")
        closed = Counter(found[1] is not None for found in self._cells(head) if found[1] is not None or found[2].startswith(quote))
        return closed[True] / max(closed.total(), 1)

    def ended_only(self, head: bytes) -> int:
        """How many cells a mark ends that none begins."""
        quote = self.marks.quote.encode("ascii")
        return sum(found[1] is None and found[2].endswith(quote) and not found[2].startswith(quote) for found in self._cells(head))

    def rows(self, head: bytes) -> Sequence[Sequence[str]]:
        """The cells of the first rows of a text."""
        plain, whole = self._plain(head)
        return [row.cells for row in rows_of(plain, ",", whole=whole)]

    def evenness(self, head: bytes) -> float:
        """How even the first rows of a text are with these marks."""
        plain, whole = self._plain(head)
        return evenness(rows_of(plain, ",", whole=whole), len(plain), whole=whole)

    def _plain(self, head: bytes) -> tuple[bytes, bool]:
        """As many rows of the head as are looked at, rewritten, and whether that is all of a text."""
        pieces: list[bytes] = []
        rows, filled = 0, False
        for _, piece in self.pieces(head):
            if rows > HEAD_ROWS:
                return b"".join(pieces), False
            pieces.append(piece)
            filled = filled or not _NOTHING.fullmatch(piece)
            if filled and piece[-1:] in (b"\n", b"\r"):
                rows, filled = rows + 1, False
        return b"".join(pieces), len(head) < HEAD_BYTES


@dataclass(slots=True)
class _Moved:
    """Bad lines, and where each stands in the text that is written."""

    bad: list[BadLine]
    places: list[int]
    last: int = 0

    @classmethod
    def of(cls, bad: Sequence[BadLine]) -> "_Moved":
        """In the order of the text."""
        return cls(sorted(bad, key=lambda line: line.offset), [])

    def passes(self, start: int, place: int) -> None:
        """A cell that stood at `start` is written at `place`; a line belongs to the last cell that begins at or before it."""
        while len(self.places) < len(self.bad) and self.bad[len(self.places)].offset < start:
            self.places.append(self.last)
        self.last = place

    def lines(self) -> tuple[BadLine, ...]:
        """The same lines where they stand now."""
        rest = [self.last] * (len(self.bad) - len(self.places))
        return tuple(replace(line, offset=place) for line, place in zip(self.bad, (*self.places, *rest), strict=True))


@dataclass(slots=True)
class _Strays:
    """Byte offsets of the first cell that an apostrophe opens and none closes, of the first that one closes only, and of the first that a quotation mark opens.

    -1 for none.
    """

    opened: int = -1
    closed: int = -1
    quoted: int = -1

    def look_at(self, cell: bytes, offset: int, quote: str) -> None:
        """Takes note of one cell that does not stand in the marks of the text."""
        if quote == '"':
            self.quoted = offset if self.quoted < 0 and cell[:1] == b'"' else self.quoted
        elif self.opened < 0 and cell[:1] == b"'":
            self.opened = offset
        elif self.opened >= 0 > self.closed and cell[-1:] == b"'":
            self.closed = offset

    def told(self, text: memoryview) -> Iterator[str]:
        """A question where a cell may have been meant to go on over the end of its line."""
        if self.closed >= 0:
            line = 1 + len(LINE_END.findall(text[: self.opened]))
            yield (
                f"ask: an apostrophe opens a cell on line {line:,} and none closes it there; it was read as a letter, and every line as a row of its own. "
                "If cells go on over several lines, export the file with quotation marks."
            )
        if self.quoted >= 0:
            line = 1 + len(LINE_END.findall(text[: self.quoted]))
            yield (
                f"ask: a quotation mark opens a cell on line {line:,} and none that stands before a delimiter or the end of the line closes it; it was read "
                "as a letter. Look at that line, or export the file with quotation marks that are doubled where they are text."
            )
