"""What a start cleans up that an earlier one left behind, and the end of all saved work."""

import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from roi_core.engine import SPILL_SUFFIX
from roi_core.engine.owner import abandoned
from roi_core.errors import SupportRoiError
from roi_core.workspace import appearing, database, root
from roi_core.workspace.derived import FOLDER
from roi_core.workspace.disk import UNFINISHED, is_within, remove, shut
from roi_core.workspace.forgetting import drop_unnamed, drop_unnamed_rows
from roi_core.workspace.places import Places

_UNUSED_SECONDS = 3600.0
_OURS = frozenset({"workspaces", "keys", "gone", "temporary", "making"})
"""Folders of a home."""
_UNUSED = """
SELECT NOT EXISTS (SELECT 1 FROM versions) AND NOT EXISTS (SELECT 1 FROM records)
"""


def sweep(home: Path) -> int:
    """Remove what ended processes left, and what nobody can find again. Returns how many folders and files were removed.

    That is: staging folders, temporary homes, half-written files, half-deleted workspaces; workspaces that are an hour old
    without a table or an answer in them, and keys of that age without a workspace; files of an hour that no version names, and rows
    and texts of such files in a vault of an hour.
    What running processes own stays, and what is damaged stays with its owner.
    """
    _shut(home)
    left = [path for path in _owned(home) if is_within(path, home) and abandoned(path)]
    unused = [place for place in _places(home) if _may_go(place)]
    gone = [Places(home, path.name) for path in _inside(home / "gone")]
    orphans = [path for path in _inside(home / "keys") if _is_orphan(path, home)]
    for path in (*left, *orphans):
        remove(path)
    for place in (*unused, *gone):
        with suppress(SupportRoiError):
            appearing.delete(place)
    for place in _places(home):
        with suppress(SupportRoiError, OSError):
            drop_unnamed(place)
            drop_unnamed_rows(place)
    return len(left) + len(unused) + len(gone) + len(orphans)


def saved(home: Path) -> tuple[str, ...]:
    """Ids of all saved work, also of what cannot be opened any more."""
    return tuple(path.name for path in _inside(home / "workspaces"))


def _places(home: Path) -> list[Places]:
    return [Places(home, work) for work in saved(home) if not (home / "workspaces" / work).is_symlink()]


def _shut(home: Path) -> None:
    """Folders of the home that others may open, and the home itself where others may write: it was there before us, or was opened."""
    for path in _inside(home):
        if path.name in _OURS:
            shut(path)
    if home.is_dir() and home.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        shut(home.resolve())


def _may_go(place: Places) -> bool:
    """Given up by a deletion that was cut, or unused; then it is given up here, before anybody writes to it."""
    try:
        with database.reading(place.meta_path) as con:
            if root.is_given_up(con):
                return True
        return _is_unused(place)
    except (OSError, SupportRoiError):
        return False


def _is_unused(place: Places) -> bool:
    if _inside(place.folder / "staging") or time.time() - place.meta_path.stat().st_mtime < _UNUSED_SECONDS:
        return False
    database.insist_on_whole(place.meta_path)
    with database.writing(place.meta_path) as con:
        unused = bool(con.execute(_UNUSED).fetchone()[0])
        if unused:
            root.give_up(con)
    return unused


def _is_orphan(key: Path, home: Path) -> bool:
    """A key is written before its workspace appears, so a young one may still be on its way."""
    known = any((home / folder / key.name).exists() for folder in ("workspaces", "gone"))
    with suppress(FileNotFoundError):
        return not known and key.suffix != UNFINISHED and time.time() - key.stat().st_mtime > _UNUSED_SECONDS
    return False


def _owned(home: Path) -> Iterator[Path]:
    yield from _inside(home / "temporary")
    yield from _inside(home / "making")
    yield from home.glob(f"*{UNFINISHED}")
    yield from home.glob(f"keys/*{UNFINISHED}")
    for workspace in _inside(home / "workspaces"):
        yield from _inside(workspace / "staging")
        yield from workspace.glob(f"backup/*/*{UNFINISHED}")
        yield from workspace.glob(f"tables/*{SPILL_SUFFIX}")
        yield from workspace.glob(f"tables/*/*{UNFINISHED}")
        yield from workspace.glob(f"{FOLDER}/*{UNFINISHED}")


def _inside(folder: Path) -> list[Path]:
    """What a folder holds; nothing where it is a link, which may lead anywhere."""
    if folder.is_symlink():
        return []
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(folder.iterdir())
    return []
