"""Files that survive a crash and that nobody else may read: folders 0700, files 0600, written whole or not at all."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from roi_core.engine.owner import owned_name
from roi_core.errors import NotSaved, WorkspaceMissing

_BLOCK = 1 << 20
_LEAST_FREE = 1 << 20
UNFINISHED = ".unfinished"


@contextmanager
def saved_in_words(folder: Path | None = None) -> Iterator[None]:
    """Turns what the disk refuses into NotSaved. Raises WorkspaceMissing where it is because `folder`, that of the work, is gone.

    Any other file that is not there stays an error of the program.
    """
    try:
        yield
    except FileNotFoundError:
        if folder is None or folder.is_dir():
            raise
        raise WorkspaceMissing.unknown() from None
    except OSError:
        raise NotSaved.disk() from None


def insist_on_room(folder: Path, size: int) -> None:
    """Raises NotSaved where the disk has not twice so many bytes free, and the least that a database needs to write at all."""
    needed = max(2 * size, _LEAST_FREE)
    if (free := shutil.disk_usage(folder).free) < needed:
        raise NotSaved.no_room(needed, free)


def private_folder(folder: Path) -> Path:
    """The folder, made with its missing parents, each readable by its owner alone and lasting."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
    return folder


def folder_inside(folder: Path, name: str) -> Path:
    """A folder in one that is there; it brings none back that was deleted meanwhile. Raises FileNotFoundError."""
    inside = folder / name
    if not inside.is_dir():
        inside.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
    return inside


def private_file(path: Path) -> Path:
    """The file, made empty where it is missing, readable by its owner alone."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return path


def sync_folder(folder: Path) -> None:
    """Make renames inside the folder last. Windows cannot open a folder and needs none of it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_once(path: Path, data: bytes) -> None:
    """Write the file through a temporary name, to disk, before its own name appears."""
    temporary, _ = _write(path.parent, [data])
    _settle(temporary, path)


def keep_by_content(source: Path, folder: Path, suffix: str) -> str:
    """Copy `source` into `folder` under the SHA-256 of its bytes, and return that. Raises NotSaved where there is no room for it twice.

    It takes the place of a copy that is there already: that one could have changed on disk, and its age is what protects it.
    """
    insist_on_room(folder, source.stat().st_size)
    temporary, digest = _write(folder, blocks(source))
    _settle(temporary, folder / f"{digest}{suffix}")
    return digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    for block in blocks(path):
        digest.update(block)
    return digest.hexdigest()


def is_within(path: Path, folder: Path) -> bool:
    """Whether an entry stands in a folder or below it, and no link on the way there leads out of it."""
    return path.parent.resolve().is_relative_to(folder.resolve())


def shut(folder: Path) -> None:
    """A folder of ours that others may open is theirs no longer; one of somebody else, or for everybody's files (the sticky bit), stays as it is."""
    with suppress(OSError):
        mode = folder.lstat().st_mode
        if stat.S_ISDIR(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO) and not mode & stat.S_ISVTX:
            folder.chmod(0o700)


def remove(path: Path) -> None:
    """Unlink a file, or a folder and all that is in it; links are not followed, and what is gone already is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def blocks(path: Path) -> Iterable[bytes]:
    """The bytes of a file, one megabyte at a time."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _write(folder: Path, content: Iterable[bytes]) -> tuple[Path, str]:
    temporary = folder / f"{owned_name()}{UNFINISHED}"
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            for block in content:
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary, digest.hexdigest()


def _settle(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
