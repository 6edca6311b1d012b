"""Texts whose marks are not those of RFC 4180, rewritten so that they are.

Apostrophes for quotation marks, a backslash before a mark that is text, blanks between cells. Line ends stay where they
are, so that a line keeps its number.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from roi_core.ingest.encoding import BadLine, Decoded, mapped

_SPECIAL = re.compile(rb'[",\r\n]|\A ')
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
        out = staging / f"{secrets.token_hex(8)}.plain"
        with out.open("wb") as target:
            pieces: list[bytes] = []
            for piece in self.pieces(decoded.text):
                pieces.append(piece)
                if len(pieces) == _PIECES:
                    target.write(b"".join(pieces))
                    pieces.clear()
            target.write(b"".join(pieces))
        text = memoryview(mapped(out) if out.stat().st_size else b"")
        return replace(decoded, text=text, bad=tuple(_moved(decoded.bad, decoded.text, text)), notes=(*decoded.notes, self.note))

    def pieces(self, text: memoryview | bytes) -> Iterator[bytes]:
        """The rewritten text, cell by cell. A quotation that is never closed is taken as letters up to the next delimiter."""
        cell, unescaped = _cell(self.delimiter, self.quote, self.escape), _unescaping(self.quote, self.escape)
        mark, position = self.delimiter.encode("ascii"), 0
        while position < len(text):
            found = cell.match(text, position)
            if found is None:
                yield bytes(text[position:])
                return
            quoted, plain, end = found.groups()
            yield _written(plain if quoted is None else unescaped(quoted))
            yield b"," if end == mark else end
            position = found.end()


@cache
def _cell(delimiter: str, quote: str, escape: str) -> re.Pattern[bytes]:
    """A cell and what ends it; repeats are possessive, so that matching stays linear."""
    mark, q, e = (re.escape(c.encode("ascii")) for c in (delimiter, quote, escape))
    doubled = rb"[^" + q + rb"]*+(?:" + q + q + rb"[^" + q + rb"]*+)*+"
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


def find_odd(text: memoryview, head_bytes: int, score: Callable[[bytes, str], float]) -> Odd | None:
    """The marks of a text where they are not those of RFC 4180, from its head; `score` says how even a head reads with a delimiter."""
    head = bytes(text[:head_bytes])
    usual = {mark: score(head, mark) for mark in (",", ";", "\t", "|")}
    best = max(usual, key=lambda mark: usual[mark])
    found = [odd for odd in _suspects(head, best, usual[best]) if score(b"".join(odd.pieces(head)), ",") > usual[best] - _tie(odd)]
    return found[0] if found else None


def _tie(odd: Odd) -> float:
    """Apostrophes and backslashes change what cells hold also where they change no width; blanks have to read better."""
    return _EQUAL if odd.delimiter != " " else -_BETTER


def _suspects(head: bytes, best: str, evenness: float) -> Iterator[Odd]:
    """Marks that the head gives a reason to try."""
    mark = re.escape(best.encode("ascii"))
    if b'\\"' in head and re.search(rb'"[^"\r\n]*\\"[^"\r\n]*[^\\"]"(?=' + mark + rb"|[\r\n]|\Z)", head):
        yield Odd(best, '"', "\\", 'a backslash stands before quotation marks that are text (\\").')
    begins, ends = rb"(?:\A|[\r\n]|" + mark + rb")", rb"(?=" + mark + rb"|[\r\n]|\Z)"
    both, opened = (len(re.findall(begins + cell, head)) for cell in (rb"'(?:[^'\r\n]|'')*+'" + ends, rb"'"))
    if both and 10 * both >= 9 * opened and not re.search(begins + rb'"[^"]*+"' + ends, head):
        yield Odd(best, "'", "'", "apostrophes stand around its cells instead of quotation marks.")
    if evenness < _EVEN:
        yield Odd(" ", '"', '"', "blanks stand between its cells.")
