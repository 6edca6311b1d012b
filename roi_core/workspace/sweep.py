"""What a start cleans up that an earlier one left behind, and the end of all saved work."""

import time
from collections.abc import Iterator
from pathlib import Path

from roi_core.engine import SPILL_SUFFIX
from roi_core.engine.owner import abandoned
from roi_core.errors import SupportRoiError
from roi_core.workspace.database import reading
from roi_core.workspace.disk import UNFINISHED, remove

_UNUSED_SECONDS = 3600.0
_UNUSED = """
SELECT NOT EXISTS (SELECT 1 FROM versions) AND NOT EXISTS (SELECT 1 FROM records)
"""


def sweep(home: Path) -> int:
    """Remove what ended processes left, and what nobody can find again. Returns how many folders and files were removed.

    That is: staging folders, temporary homes, half-written files, half-deleted workspaces; workspaces that are an hour old
    without a table or an answer in them, and keys of that age without a workspace. What running processes own stays.
    """
    left = [path for path in _owned(home) if abandoned(path)]
    for path in left:
        remove(path)
    workspaces = [*_inside(home / "gone"), *(path for path in _inside(home / "workspaces") if _is_unused(path))]
    keys = [home / "keys" / workspace.name for workspace in workspaces]
    orphans = [key for key in _inside(home / "keys") if _is_orphan(key, home)]
    for path in (*keys, *orphans, *workspaces):
        remove(path)
    return len(left) + len(workspaces) + len(orphans)


def saved(home: Path) -> tuple[str, ...]:
    """Ids of all saved work, also of what cannot be opened any more."""
    return tuple(path.name for path in _inside(home / "workspaces"))


def _is_unused(workspace: Path) -> bool:
    if _inside(workspace / "staging"):
        return False
    meta = workspace / "meta.sqlite"
    try:
        if time.time() - meta.stat().st_mtime < _UNUSED_SECONDS:
            return False
        with reading(meta) as con:
            return bool(con.execute(_UNUSED).fetchone()[0])
    except (OSError, SupportRoiError):
        return False


def _is_orphan(key: Path, home: Path) -> bool:
    """A key is written before its workspace appears, so a young one may still be on its way."""
    known = any((home / folder / key.name).exists() for folder in ("workspaces", "gone"))
    return not known and key.suffix != UNFINISHED and time.time() - key.stat().st_mtime > _UNUSED_SECONDS


def _owned(home: Path) -> Iterator[Path]:
    yield from _inside(home / "temporary")
    yield from _inside(home / "making")
    yield from home.glob(f"keys/*{UNFINISHED}")
    for workspace in _inside(home / "workspaces"):
        yield from _inside(workspace / "staging")
        yield from workspace.glob(f"tables/*{SPILL_SUFFIX}")
        yield from workspace.glob(f"tables/*/*{UNFINISHED}")


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
