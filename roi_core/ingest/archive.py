"""Archives: a ZIP or GZIP of tables, unpacked into staging under names of our own, while counting every byte."""

import gzip
import lzma
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from roi_core.errors import FileRefused, printable, quoted
from roi_core.ingest.budget import Budget
from roi_core.ingest.filetype import EMPTY_ZIP, GZIP, ZIP, head_of
from roi_core.ingest.limits import LONGEST_NAME, ReadLimits
from roi_core.ingest.members import Contents, Member
from roi_core.ingest.tables_in import tables_in
from roi_core.ingest.zip_directory import check_directory, is_empty, is_folder, is_workbook, why_unopened

__all__ = ["Contents", "Member", "unpack"]

_CHUNK = 1 << 20
_NO_TABLE = re.compile(r"(__MACOSX/.*|(.*/)?(\.DS_Store|truth\.json|(?i:readme|license)(?i:\.txt|\.md)?))")
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


def unpack(path: Path, name: str, staging: Path, limits: ReadLimits) -> Contents:
    """The tables of an upload: the files of an archive, the sheets of a workbook, the lists of a JSON document, else the file itself.

    Raises FileRefused.wrong_type and .too_large for what is not to be opened at all.
    """
    budget = Budget(limits, path.stat().st_size)
    head = head_of(path)
    if head.startswith((ZIP, EMPTY_ZIP)) and not is_workbook(path):
        return _unzip(path, name, staging, budget)
    inner = _gunzip(path, name, staging, budget) if head.startswith(GZIP) else path
    return tables_in(inner, name, None, staging, budget)


def _gunzip(path: Path, name: str, staging: Path, budget: Budget) -> Path:
    try:
        with gzip.open(path, "rb") as source:
            return _copied(source, name, staging, budget)
    except (OSError, EOFError, zlib.error):
        raise FileRefused.wrong_type(name, "a damaged GZIP file") from None


def _unzip(path: Path, name: str, staging: Path, budget: Budget) -> Contents:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not (is_folder(entry) and is_empty(entry))]
            check_directory(entries, name, budget, budget.limits.members)
            wanted = [entry for entry in entries if not _is_no_table(entry.orig_filename)]
            found = tuple(_members(archive, wanted, staging, budget))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused.wrong_type(name, "a damaged ZIP file") from None
    left_out = ", ".join(quoted(entry.orig_filename) for entry in entries if _is_no_table(entry.orig_filename))
    if not found:
        raise FileRefused.wrong_type(name, "a ZIP file without a table in it" + (f" (it holds {left_out})" if left_out else ""))
    told = (f"left out of the ZIP, as no tables: {left_out}.",) if left_out else ()
    return Contents(tuple(member for one in found for member in one.members), (*told, *(note for one in found for note in one.notes)))


def _members(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], staging: Path, budget: Budget) -> Iterator[Contents]:
    """What each file of a ZIP holds; one that is refused stands there with the reason."""
    seen: set[str] = set()
    for entry in entries:
        name = printable(entry.orig_filename, LONGEST_NAME)
        found = why_unopened(entry) or ("a second file of that name" if entry.orig_filename.casefold() in seen else None)
        seen.add(entry.orig_filename.casefold())
        try:
            if found:
                raise FileRefused.wrong_type(name, found)
            yield tables_in(_extracted(archive, entry, staging, budget), name, name, staging, budget)
        except FileRefused as refusal:
            yield Contents((Member(name, refused=str(refusal)),))


def _extracted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, staging: Path, budget: Budget) -> Path:
    try:
        with archive.open(entry) as source:
            return _copied(source, entry.orig_filename, staging, budget)
    except _DAMAGED:
        raise FileRefused.wrong_type(entry.orig_filename, "a damaged file of the ZIP") from None


def _is_no_table(name: str) -> bool:
    return _NO_TABLE.fullmatch(name.replace("\\", "/")) is not None


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copied(source: _Readable, name: str, staging: Path, budget: Budget) -> Path:
    path = staging / f"{secrets.token_hex(8)}.member"
    with path.open("wb") as out:
        while block := source.read(_CHUNK):
            budget.spend(len(block), name)
            out.write(block)
    return path
