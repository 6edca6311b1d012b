"""Where saved work lives, and what a start cleans up that an earlier one left behind.

<home>/workspaces/<id>/     meta.sqlite, vault.sqlite, tables/<table>/<sha-256>.parquet, staging/<owner>/
<home>/keys/<id>            the keys of that workspace, apart from it
<home>/temporary/<owner>/   homes of work that deletes itself
<home>/making, <home>/gone  workspaces on their way in and out
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from roi_core.engine import SPILL_SUFFIX
from roi_core.engine.owner import abandoned
from roi_core.workspace.disk import UNFINISHED

_NAME = "support-roi"


def default_home() -> Path:
    """The folder of this user's saved work: $SUPPORT_ROI_HOME, else the platform's folder for application data."""
    if chosen := os.environ.get("SUPPORT_ROI_HOME"):
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / _NAME


def sweep(home: Path) -> int:
    """Remove what ended processes left: staging folders, temporary homes, half-written files, half-deleted workspaces.

    What running processes own stays. Returns how many folders and files were removed.
    """
    deleted = list(_inside(home / "gone"))
    for workspace in deleted:
        (home / "keys" / workspace.name).unlink(missing_ok=True)
    left = [path for path in _owned(home) if abandoned(path)]
    for path in deleted + left:
        remove(path)
    return len(deleted) + len(left)


def remove(path: Path) -> None:
    """Unlink a file, or a folder and all that is in it; links are not followed, and what is gone already is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


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
