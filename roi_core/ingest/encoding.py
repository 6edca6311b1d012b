"""Any file as UTF-8 bytes: by its byte order mark, else UTF-8, else cp1252, decided for the file and checked line by line."""

import codecs
import errno
import mmap
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import BinaryIO

from roi_core.errors import FileRefused
from roi_core.ingest.doubt import WESTERN, doubt

LARGE_TEXT = 1 << 28
"""Bytes of text up to which it stays in memory as it is mapped, and its columns beside it."""
_CHUNK = 1 << 20
_LET_GO_EVERY = 1 << 6
_FALLBACK = "its text is not UTF-8 and was read as cp1252 (Western European)."
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line with a byte that its encoding does not have: where it stands in the decoded text, and why it is bad."""

    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file as UTF-8 without a byte order mark. `readings` are those of a word that leaves the encoding open, by encoding."""

    text: memoryview
    encoding: str
    bad: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)


def decode(path: Path, name: str, staging: Path, said: str = "") -> Decoded:
    """The file as UTF-8; what has to be converted is written into `staging`. `said` is the encoding of what is not UTF-8, where the user has named it.

    Raises FileRefused.empty and .wrong_type.
    """
    if path.stat().st_size == 0:
        raise FileRefused.empty(name, 0)
    raw = mapped(path)
    wide = wide_encoding(raw[:4096])
    if wide:
        return _from_wide(path, name, wide, staging / f"{secrets.token_hex(8)}.utf8")
    start = len(codecs.BOM_UTF8) if raw[:3] == codecs.BOM_UTF8 else 0
    if start == len(raw):
        raise FileRefused.empty(name, len(raw))
    known, unknown = _lines_beyond_ascii(raw, start)
    if not unknown:
        return Decoded(memoryview(raw)[start:], "utf-8-sig" if start else "utf-8")
    if start or known >= unknown:
        return _from_lines(raw, start, "utf-8", staging / f"{secrets.token_hex(8)}.utf8", 0)
    read = _from_lines(raw, start, said or WESTERN, staging / f"{secrets.token_hex(8)}.utf8", known)
    if said:
        return replace(read, notes=(f"its text is not UTF-8 and was read as {said}, as you said.", *read.notes))
    asked = doubt(line for chunk in _chunks(raw, start) for line in chunk.splitlines() if not _is(line, "utf-8"))
    return replace(read, notes=(_FALLBACK, *read.notes, *([asked.note] if asked else [])), readings=asked.readings if asked else {})


def mapped(path: Path) -> mmap.mmap:
    """The bytes of a file that is not empty, read as they are needed. Raises MemoryError where the process has no addresses left."""
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as fault:
            raise MemoryError if fault.errno == errno.ENOMEM else fault from fault


def let_go(text: memoryview | mmap.mmap, least: int = LARGE_TEXT) -> None:
    """Gives the pages of a mapped file of at least so many bytes back to the system; they are read again where they are needed, which takes time."""
    whole = text.obj if isinstance(text, memoryview) else text
    if isinstance(whole, mmap.mmap) and len(whole) >= least and hasattr(mmap, "MADV_DONTNEED"):
        whole.madvise(mmap.MADV_DONTNEED)


def wide_encoding(head: bytes) -> str:
    """The name of a two or four byte encoding, from its mark or from where its zero bytes stand; else nothing."""
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            return encoding
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 > len(head) and min(even, odd) * 20 <= max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _from_wide(path: Path, name: str, encoding: str, out: Path) -> Decoded:
    try:
        with path.open("r", encoding=encoding, newline="") as source, out.open("wb") as target:
            while text := source.read(_CHUNK):
                target.write(text.encode("utf-8"))
    except UnicodeError:
        raise FileRefused.wrong_type(name, f"damaged {encoding.upper()} text") from None
    if out.stat().st_size == 0:
        raise FileRefused.empty(name, path.stat().st_size)
    return Decoded(memoryview(mapped(out)), encoding)


def _chunks(raw: mmap.mmap, start: int) -> Iterator[bytes]:
    """The file in pieces of about a megabyte that end with a line."""
    for number in count(1):
        if start >= len(raw):
            return
        found = raw.find(b"\n", min(start + _CHUNK, len(raw)))
        end = found + 1 if found >= 0 else len(raw)
        yield raw[start:end]
        start = end
        if number % _LET_GO_EVERY == 0:
            let_go(raw)


def _lines_beyond_ascii(raw: mmap.mmap, start: int) -> tuple[int, int]:
    """How many lines are UTF-8 with letters beyond ASCII, and how many are not UTF-8; of a text that is UTF-8 throughout neither is counted."""
    if all(_is(chunk, "utf-8") for chunk in _chunks(raw, start)):
        return 0, 0
    known = unknown = 0
    for chunk in _chunks(raw, start):
        if chunk.isascii():
            continue
        beyond = [line for line in chunk.splitlines() if not line.isascii()]
        good = len(beyond) if _is(chunk, "utf-8") else sum(_is(line, "utf-8") for line in beyond)
        known, unknown = known + good, unknown + len(beyond) - good
    return known, unknown


def _is(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _from_lines(raw: mmap.mmap, start: int, encoding: str, out: Path, other: int) -> Decoded:
    """Converts line by line: UTF-8 where the line is, else `encoding` where that can be; the other lines are bad."""
    bad: list[BadLine] = []
    read = start
    with out.open("wb") as target:
        for chunk in _chunks(raw, start):
            if _is(chunk, "utf-8"):
                target.write(chunk)
            else:
                _convert(chunk, read, encoding, target, bad)
            read += len(chunk)
    note = f"{other:,} of its lines are written in UTF-8, the others in {encoding}; each was read as what it is."
    return Decoded(memoryview(mapped(out)), encoding + ("-sig" if start else ""), tuple(bad), (note,) if other else ())


def _convert(chunk: bytes, read: int, encoding: str, target: BinaryIO, bad: list[BadLine]) -> None:
    for line in chunk.splitlines(keepends=True):
        if _is(line, "utf-8"):
            target.write(line)
        elif _is(line, encoding):
            target.write(line.decode(encoding).encode("utf-8"))
        else:
            bad.append(BadLine(target.tell(), _why(line, read, encoding)))
            target.write(line.decode("cp1252", "replace").encode("utf-8"))
        read += len(line)


def _why(line: bytes, offset: int, encoding: str) -> str:
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        return f"byte 0x{line[error.start]:02X} at position {offset + error.start + 1:,} of the file is not {encoding.upper()} text"
    raise AssertionError("only a line that cannot be decoded is asked about")
