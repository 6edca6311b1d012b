"""A work as one file, whole or not at all; read again by `importing`, and by anybody with an unzip and a spreadsheet."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from roi_core import __version__
from roi_core.bundle import sealed
from roi_core.bundle.content import Content, meta_without_names, noted_in, without_samples
from roi_core.bundle.layout import MANIFEST, SEALED, WORK, Described, Manifest, Member
from roi_core.bundle.table_csv import columns_of, write_csv
from roi_core.engine.owner import owned_name
from roi_core.workspace import Workspace
from roi_core.workspace.disk import UNFINISHED, saved_in_words, sync_folder

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def export_work(workspace: Workspace, path: Path, passphrase: str | None = None) -> None:
    """Writes the tables that count, decisions and readings of a work to a file, 0600, which appears whole or not at all.

    Without a passphrase nothing in it names a person, a company or a file; with one a sealed member holds keys, vault and names.
    Raises NotSaved, WorkspaceBroken, and BundleRefused where the passphrase is too short.
    """
    temporary = path.with_name(f".{owned_name()}{UNFINISHED}")
    try:
        with saved_in_words():
            with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600), "w+b") as out:
                write_bundle(workspace, out, passphrase)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def write_bundle(workspace: Workspace, out: BinaryIO, passphrase: str | None = None) -> None:
    """The same into an open file. Raises OSError and as `export_work`."""
    content = Content.of(workspace)
    workspace.verify(content.root.version)
    secret = sealed.close(content.names(workspace), passphrase) if passphrase else None
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        members: dict[str, Member] = {}
        parts = []
        for number, part in enumerate(content.parts):
            name, place = f"tables/{number}.csv", workspace.path(part)
            with _member(archive, name, members) as file:
                rows = write_csv(place, file)
            noted = noted_in(workspace, part)
            meta = meta_without_names(part.meta, number)
            parts.append(asdict(Described(part.table, name, columns_of(place), rows, meta, None if noted is None else without_samples(noted))))
        _put(archive, WORK, json.dumps({**content.decided(), "parts": parts}, indent=1).encode(), members)
        if secret:
            _put(archive, SEALED, secret, members)
        _put(archive, MANIFEST, Manifest(__version__, members).as_bytes(), {})


class _Hashed:
    """A file that is written to, with size and SHA-256 of what was."""

    closed = False

    def __init__(self, out: Any) -> None:
        self._out, self._digest, self._bytes = out, hashlib.sha256(), 0

    def write(self, block: Any) -> int:
        """The next bytes."""
        content = bytes(block)
        self._digest.update(content)
        self._bytes += len(content)
        self._out.write(content)
        return len(content)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Whoever opened the member closes it."""

    @property
    def member(self) -> Member:
        """What was written."""
        return Member(self._bytes, self._digest.hexdigest())


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, members: dict[str, Member]) -> Iterator[Any]:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as out:
        hashed = _Hashed(out)
        yield hashed
    members[name] = hashed.member


def _put(archive: zipfile.ZipFile, name: str, content: bytes, members: dict[str, Member]) -> None:
    with _member(archive, name, members) as file:
        file.write(content)
