"""Texts whose marks are not those of RFC 4180, rewritten so that they are.

Apostrophes for quotation marks, a backslash before a mark that is text, blanks between cells. Line ends stay where they
are, so that a line keeps its number. A cell in apostrophes ends on its line: apostrophes are letters too, so that one which
opens a cell by chance would take the rows below it into that cell.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from roi_core.ingest.encoding import BadLine, Decoded, mapped
from roi_core.ingest.sniff import HEAD_BYTES, Readings, evenness, evenness_of

_LINE_END = re.compile(rb"\r\n|\n|\r")
_SPECIAL = re.compile(rb'[",\r\n]|\A ')
_QUOTED_WORD = re.compile(rb'(?:\A|[\r\n ])"[^"\r\n]*+"(?=[\r\n ]|\Z)')
_WORDS_AND_NUMBER = re.compile(rb"\A *+(?=\S++ ++\S++ ++\S)(?:[^ ]++ ++)*?[\d.:/-]++(?: |\Z)")
_PIECES = 1 << 14
_EVEN = 0.5
_EQUAL = 1e-9
_BETTER = 0.1


@dataclass(frozen=True, slots=True)
class Odd:
    """`delimiter` between cells, `quote` around them, and `escape` before a `quote` that is text (the same: it is doubled)."""

    delimiter: str
    quote: str
    escape: str
    note: str

    def rewritten(self, decoded: Decoded, staging: Path) -> Decoded:
        """The text with commas and quotation marks, in a file of its own in `staging`."""
        out, strays = staging / f"{secrets.token_hex(8)}.plain", _Strays()
        with out.open("wb") as target:
            pieces: list[bytes] = []
            for piece in self.pieces(decoded.text, strays):
                pieces.append(piece)
                if len(pieces) == _PIECES:
                    target.write(b"".join(pieces))
                    pieces.clear()
            target.write(b"".join(pieces))
        text = memoryview(mapped(out) if out.stat().st_size else b"")
        return replace(decoded, text=text, bad=tuple(_moved(decoded.bad, decoded.text, text)), notes=(*decoded.notes, self.note, *strays.told(decoded.text)))

    def pieces(self, text: memoryview | bytes, strays: "_Strays | None" = None) -> Iterator[bytes]:
        """The rewritten text, cell by cell. A quotation that is never closed is taken as letters up to the next delimiter.

        Apostrophes that open or close no cell of one line are kept in `strays`.
        """
        cell, unescaped = _cell(self.delimiter, self.quote, self.escape), _unescaping(self.quote, self.escape)
        mark, position = self.delimiter.encode("ascii"), 0
        while position < len(text):
            found = cell.match(text, position)
            if found is None:
                yield bytes(text[position:])
                return
            quoted, plain, end = found.groups()
            if quoted is None and strays is not None and self.quote == "'":
                strays.look_at(plain, position)
            yield _written(plain if quoted is None else unescaped(quoted))
            yield b"," if end == mark else end
            position = found.end()


@dataclass(slots=True)
class _Strays:
    """Byte offsets of the first cell that an apostrophe opens and none closes, and of the first that one closes only; -1 for none."""

    opened: int = -1
    closed: int = -1

    def look_at(self, cell: bytes, offset: int) -> None:
        """Takes note of one cell that does not stand in apostrophes."""
        if self.opened < 0 and cell[:1] == b"'":
            self.opened = offset
        elif self.opened >= 0 > self.closed and cell[-1:] == b"'":
            self.closed = offset

    def told(self, text: memoryview) -> Iterator[str]:
        """A question where a cell may have been meant to go on over the end of its line."""
        if self.closed >= 0:
            line = 1 + len(_LINE_END.findall(text[: self.opened]))
            yield (
                f"ask: an apostrophe opens a cell on line {line:,} and none closes it there; it was read as a letter, and every line as a row of its own. "
                "If cells go on over several lines, export the file with quotation marks."
            )


@cache
def _cell(delimiter: str, quote: str, escape: str) -> re.Pattern[bytes]:
    """A cell and what ends it; repeats are possessive, so that matching stays linear. Apostrophes hold no line end."""
    mark, q, e = (re.escape(c.encode("ascii")) for c in (delimiter, quote, escape))
    letter = rb"[^" + q + (rb"\r\n]*+" if quote == "'" else rb"]*+")
    doubled = letter + rb"(?:" + q + q + letter + rb")*+"
    escaped = rb"(?:[^" + q + e + rb"]|" + e + rb".)*+"
    quoted = q + rb"(" + (doubled if quote == escape else escaped) + rb")" + q + rb"(?=" + mark + rb"|[\r\n]|\Z)"
    return re.compile(rb"(?:" + quoted + rb"|([^" + mark + rb"\r\n]*+))(" + mark + rb"|\r\n|\n|\r|\Z)", re.DOTALL)


@cache
def _unescaping(quote: str, escape: str) -> Callable[[bytes], bytes]:
    pattern, mark = re.compile(re.escape((escape + quote).encode("ascii"))), quote.encode("ascii")
    return lambda text: pattern.sub(mark, text)


def _written(cell: bytes) -> bytes:
    return b'"' + cell.replace(b'"', b'""') + b'"' if _SPECIAL.search(cell) else cell


def _moved(bad: tuple[BadLine, ...], before: memoryview, after: memoryview) -> Iterator[BadLine]:
    """Bad lines where they stand now: the same number of line feeds before them."""
    seen, position, place = 0, 0, 0
    for line in bad:
        feeds = before[seen : line.offset].tobytes().count(b"\n")
        seen = line.offset
        for _ in range(feeds):
            position = after.obj.find(b"\n", place) + 1  # type: ignore[attr-defined]
            place = position
        yield replace(line, offset=position)


def find_odd(text: memoryview, readings: Readings) -> Odd | None:
    """The marks of a text where they are not those of RFC 4180, from its head and what `readings_of` makes of it."""
    head = bytes(text[:HEAD_BYTES])
    usual = {mark: evenness(rows, len(head)) for mark, rows in readings.items()}
    best = max(usual, key=lambda mark: usual[mark])
    tried = ((odd, gain, evenness_of(b"".join(odd.pieces(head)), ",")) for odd, gain in _suspects(head, best, usual[best]))
    return next((odd for odd, gain, even in tried if even > usual[best] + gain), None)


def _suspects(head: bytes, best: str, even: float) -> Iterator[tuple[Odd, float]]:
    """Marks that the head gives a reason to try, and how much more even it must read with them."""
    mark = re.escape(best.encode("ascii"))
    if b'\\"' in head and re.search(rb'"[^"\r\n]*\\"[^"\r\n]*[^\\"]"(?=' + mark + rb"|[\r\n]|\Z)", head):
        yield Odd(best, '"', "\\", 'a backslash stands before quotation marks that are text (\\").'), -_EQUAL
    begins, ends = rb"(?:\A|[\r\n]|" + mark + rb")", rb"(?=" + mark + rb"|[\r\n]|\Z)"
    quoted = re.compile(begins + rb"'(?:[^'\r\n]|'')*+'" + ends)
    both, opened = len(quoted.findall(head)), len(re.findall(begins + rb"'", head))
    if both and 10 * both >= 9 * opened and not re.search(begins + rb'"[^"]*+"' + ends, head):
        gain = -_EQUAL if _in_most_lines(quoted, head) else _EQUAL
        yield Odd(best, "'", "'", "apostrophes stand around its cells instead of quotation marks."), gain
    if even < _EVEN and (_QUOTED_WORD.search(head) or _in_most_lines(_WORDS_AND_NUMBER, head)):
        yield Odd(" ", '"', '"', "blanks stand between its cells."), _BETTER


def _in_most_lines(cell: re.Pattern[bytes], head: bytes) -> bool:
    lines = _LINE_END.split(head)
    return 2 * sum(cell.search(line) is not None for line in lines) >= len(lines)
