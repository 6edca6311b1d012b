"""A bundle is checked as a whole before anything of it is unpacked: directory, sizes, format, and the hash of every member."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from roi_core.bundle.layout import FORMAT, MANIFEST, MOST_JSON_BYTES, MOST_MEMBERS, SEALED, TABLE, VERSION, WORK, Manifest, Member
from roi_core.errors import BundleRefused, FileRefused
from roi_core.ingest.budget import Budget
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.zip_directory import check_directory, why_unopened

_BLOCK = 1 << 20
_UNREADABLE = (ValueError, RecursionError, RuntimeError, zipfile.BadZipFile, zlib.error, OSError, EOFError)
"""What a member raises that was changed, by what is changed in it."""


def checked(path: Path, name: str, limits: ReadLimits) -> tuple[zipfile.ZipFile, Manifest]:
    """The open ZIP and its manifest. Raises BundleRefused: foreign, newer, changed, too_large."""
    try:
        archive = zipfile.ZipFile(path)
        entries = {entry.orig_filename: entry for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BundleRefused.foreign(name) from None
    if MANIFEST not in entries:
        raise BundleRefused.foreign(name)
    _check_entries(archive, name, limits, path.stat().st_size)
    manifest = _manifest(archive, name)
    if set(manifest.members) | {MANIFEST} != set(entries) or WORK not in entries or not all(_is_known(member) for member in manifest.members):
        raise BundleRefused.changed(name, "it holds other files than it lists")
    for member, told in manifest.members.items():
        if entries[member].file_size != told.bytes or _hash(archive, member, told, name) != told.sha256:
            raise BundleRefused.changed(name, f"{member} is not as it was written")
    return archive, manifest


def json_of(archive: zipfile.ZipFile, member: str, name: str) -> Any:
    """A JSON member. Raises BundleRefused where it is too large or none."""
    if archive.getinfo(member).file_size > MOST_JSON_BYTES:
        raise BundleRefused.too_large(name, f"{member} unpacks to more than {MOST_JSON_BYTES >> 20:,} MB")
    try:
        return json.loads(archive.read(member))
    except _UNREADABLE:
        raise BundleRefused.changed(name, f"{member} cannot be read") from None


def _check_entries(archive: zipfile.ZipFile, name: str, limits: ReadLimits, packed: int) -> None:
    entries = archive.infolist()
    if len({entry.orig_filename for entry in entries}) != len(entries):
        raise BundleRefused.changed(name, "two of its files have one name")
    if any(why_unopened(entry) for entry in entries):
        raise BundleRefused.changed(name, "it holds a file that no export holds")
    try:
        check_directory(entries, name, Budget(limits, packed), MOST_MEMBERS)
    except FileRefused as refused:
        raise BundleRefused.too_large(name, f"it is not taken in as it stands ({refused})") from None


def _manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    kept = json_of(archive, MANIFEST, name)
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise BundleRefused.foreign(name)
    if isinstance(kept.get("version"), int) and kept["version"] > VERSION:
        raise BundleRefused.newer(name, kept["version"], VERSION)
    try:
        return Manifest.of(kept)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BundleRefused.changed(name, "its list of files is not as it was written") from None


def _is_known(member: str) -> bool:
    return member in (WORK, SEALED) or TABLE.fullmatch(member) is not None


def _hash(archive: zipfile.ZipFile, member: str, told: Member, name: str) -> str:
    """SHA-256 of what a member unpacks to, of which no more is read than its size."""
    digest, left = hashlib.sha256(), told.bytes
    try:
        with archive.open(member) as file:
            while block := file.read(min(_BLOCK, left + 1)):
                digest.update(block)
                left -= len(block)
                if left < 0:
                    raise BundleRefused.changed(name, f"{member} is larger than it was")
    except _UNREADABLE:
        raise BundleRefused.changed(name, f"{member} is not as it was written") from None
    return digest.hexdigest()
