"""What the directory of a ZIP says of its files, judged before anything is unpacked."""

import stat
import zipfile
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from roi_core.errors import FileRefused, quoted
from roi_core.ingest.budget import Budget

_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_EMPTY_DEFLATED = 2
_NESTED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")
_OFFICE = (("word/", "a Word document"), ("ppt/", "a PowerPoint file"))
_CONTENT_TYPES = "[Content_Types].xml"


def is_workbook(path: Path) -> bool:
    """Whether a ZIP is an Excel workbook; False where it cannot be opened."""
    state = path.stat()
    return _is_workbook(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _is_workbook(path: Path, _changed_ns: int, _size: int) -> bool:
    """Once a file: a directory of many thousands takes a while to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return _CONTENT_TYPES in names and any(name.startswith("xl/") for name in names)


def check_directory(entries: Collection[zipfile.ZipInfo], name: str, budget: Budget, most: int) -> None:
    """Raises FileRefused.wrong_type for another kind of file and for overlapping files, .too_large over `most` files or the budget."""
    names = {entry.orig_filename for entry in entries}
    for prefix, kind in _OFFICE:
        if _CONTENT_TYPES in names and any(entry.startswith(prefix) for entry in names):
            raise FileRefused.wrong_type(name, kind)
    if {"mimetype", "content.xml"} <= names:
        raise FileRefused.wrong_type(name, "an OpenDocument file")
    if len(entries) > most:
        raise FileRefused.too_large(name, "the number of files inside", f"{len(entries):,}", f"{most:,}")
    Budget(budget.limits, budget.packed).spend(sum(entry.file_size for entry in entries), name)
    ends = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < ends:
            raise FileRefused.wrong_type(name, f"a ZIP file in which {quoted(entry.orig_filename)} overlaps another file")
        ends = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def why_unopened(entry: zipfile.ZipInfo) -> str | None:
    """What a file of a ZIP is that is not even opened, in words."""
    name = entry.orig_filename.replace("\\", "/")
    if is_folder(entry):
        return "a folder that holds bytes of its own"
    if entry.flag_bits & _ENCRYPTED:
        return "a password-protected file"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link to another file"
    if "\x00" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return "a file with a path that leads out of the ZIP"
    return "an archive inside of an archive" if name.lower().endswith(_NESTED) else None


def is_folder(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry of a ZIP is a folder; one without a name is none."""
    return entry.filename.endswith("/")


def is_empty(entry: zipfile.ZipInfo) -> bool:
    """Whether a file or folder of a ZIP holds nothing."""
    return entry.file_size == 0 and entry.compress_size <= _EMPTY_DEFLATED
