"""Archives: a ZIP or GZIP of text tables, unpacked into staging under names of our own, while counting every byte."""

import gzip
import lzma
import re
import secrets
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from roi_core.errors import FileRefused, printable, quoted
from roi_core.ingest.filetype import GZIP, ZIP, head_of
from roi_core.ingest.limits import LONGEST_NAME, ReadLimits

_CHUNK = 1 << 20
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_OFFICE = (("xl/", "an Excel workbook (XLSX)"), ("word/", "a Word document"), ("ppt/", "a PowerPoint file"))
_NESTED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")
_EMPTY_DEFLATED = 2
_NO_TABLE = re.compile(r"(__MACOSX/.*|(.*/)?(\.DS_Store|truth\.json|(?i:readme|license)(?i:\.txt|\.md)?))")
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One thing inside of an upload: its name in the archive (None for the file itself), and where its bytes are, or why not."""

    name: str | None
    path: Path | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What an upload holds."""

    members: tuple[Member, ...]
    notes: tuple[str, ...] = ()


def unpack(path: Path, name: str, staging: Path, limits: ReadLimits) -> Contents:
    """The tables of an upload: its members where it is an archive, else the file itself.

    Raises FileRefused.wrong_type and .too_large for an archive that is not to be opened at all.
    """
    head = head_of(path)
    if head.startswith((ZIP, b"PK\x05\x06")):
        return _unzip(path, name, staging, limits)
    if head.startswith(GZIP):
        return Contents((Member(None, _gunzip(path, name, staging, limits)),))
    return Contents((Member(None, path),))


def _gunzip(path: Path, name: str, staging: Path, limits: ReadLimits) -> Path:
    try:
        with gzip.open(path, "rb") as source:
            return _copied(source, name, staging, _Budget(limits, path.stat().st_size))
    except (OSError, EOFError, zlib.error):
        raise FileRefused.wrong_type(name, "a damaged GZIP file") from None


def _unzip(path: Path, name: str, staging: Path, limits: ReadLimits) -> Contents:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not (entry.is_dir() and _is_empty(entry))]
            _check_directory(entries, name, path.stat().st_size, limits)
            wanted = [entry for entry in entries if not _is_no_table(entry.orig_filename)]
            members = tuple(_members(archive, wanted, staging, _Budget(limits, path.stat().st_size)))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused.wrong_type(name, "a damaged ZIP file") from None
    left_out = ", ".join(quoted(entry.orig_filename) for entry in entries if _is_no_table(entry.orig_filename))
    if not members:
        raise FileRefused.wrong_type(name, "a ZIP file without a table in it" + (f" (it holds {left_out})" if left_out else ""))
    return Contents(members, (f"left out of the ZIP, as no tables: {left_out}.",) if left_out else ())


def _check_directory(entries: list[zipfile.ZipInfo], name: str, size: int, limits: ReadLimits) -> None:
    """Refuses by what the central directory says, before anything is unpacked."""
    names = {entry.orig_filename for entry in entries}
    for prefix, kind in _OFFICE:
        if "[Content_Types].xml" in names and any(entry.startswith(prefix) for entry in names):
            raise FileRefused.wrong_type(name, kind)
    if {"mimetype", "content.xml"} <= names:
        raise FileRefused.wrong_type(name, "an OpenDocument file")
    if len(entries) > limits.members:
        raise FileRefused.too_large(name, "the number of files inside", f"{len(entries):,}", f"{limits.members:,}")
    _Budget(limits, size).spend(sum(entry.file_size for entry in entries), name)
    ends = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < ends:
            raise FileRefused.wrong_type(name, f"a ZIP file in which {quoted(entry.orig_filename)} overlaps another file")
        ends = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _members(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], staging: Path, budget: "_Budget") -> Iterator[Member]:
    seen: set[str] = set()
    for entry in entries:
        name = printable(entry.orig_filename, LONGEST_NAME)
        found = _what_it_is(entry) or ("a second file of that name" if entry.orig_filename.casefold() in seen else None)
        seen.add(entry.orig_filename.casefold())
        try:
            if found:
                raise FileRefused.wrong_type(name, found)
            yield Member(name, _extracted(archive, entry, staging, budget))
        except FileRefused as refusal:
            yield Member(name, refused=str(refusal))


def _extracted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, staging: Path, budget: "_Budget") -> Path:
    try:
        with archive.open(entry) as source:
            return _copied(source, entry.orig_filename, staging, budget)
    except _DAMAGED:
        raise FileRefused.wrong_type(entry.orig_filename, "a damaged file of the ZIP") from None


def _what_it_is(entry: zipfile.ZipInfo) -> str | None:
    """Why a member is not even opened."""
    name = entry.orig_filename.replace("\\", "/")
    if entry.is_dir():
        return "a folder that holds bytes of its own"
    if entry.flag_bits & _ENCRYPTED:
        return "a password-protected file"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link to another file"
    if "\x00" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return "a file with a path that leads out of the ZIP"
    return "an archive inside of an archive" if name.lower().endswith(_NESTED) else None


def _is_empty(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size == 0 and entry.compress_size <= _EMPTY_DEFLATED


def _is_no_table(name: str) -> bool:
    return _NO_TABLE.fullmatch(name.replace("\\", "/")) is not None


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copied(source: _Readable, name: str, staging: Path, budget: "_Budget") -> Path:
    path = staging / f"{secrets.token_hex(8)}.member"
    with path.open("wb") as out:
        while block := source.read(_CHUNK):
            budget.spend(len(block), name)
            out.write(block)
    return path


@dataclass(slots=True)
class _Budget:
    """Counts unpacked bytes of one archive of `packed` bytes."""

    limits: ReadLimits
    packed: int
    spent: int = 0

    def spend(self, size: int, name: str) -> None:
        """Raises FileRefused.too_large where the unpacked bytes, or their ratio to the packed ones, pass the limit."""
        self.spent += size
        if self.spent > self.limits.unpacked_bytes:
            raise FileRefused.too_large(name, "its unpacked size", f"over {self.limits.unpacked_bytes:,} bytes", f"{self.limits.unpacked_bytes:,} bytes")
        ratio = self.spent // max(self.packed, 1)
        if self.spent > self.limits.ratio_from and ratio > self.limits.unpacked_ratio:
            raise FileRefused.too_large(name, "its unpacked size", f"{ratio:,} times its packed size", f"{self.limits.unpacked_ratio:,} times")
