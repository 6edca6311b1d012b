"""A second work out of a first: the same tables, decisions and keys under a new id; from then on each goes its own way. And work that is made elsewhere."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from roi_core.errors import WorkspaceBroken
from roi_core.workspace import database, journal, manifest, root
from roi_core.workspace.appearing import appearing
from roi_core.workspace.disk import insist_on_room, private_folder, remove, sync_folder
from roi_core.workspace.places import SUFFIX, new_id
from roi_core.workspace.sealing import Seal
from roi_core.workspace.store import Workspace

_TRIES = 5


def copy_of(workspace: Workspace) -> Workspace:
    """A copy, unlocked; it appears whole or not at all. Files are shared on disk where it can: they never change.

    Raises NotSaved, WorkspaceBroken where a part is gone.
    """
    keys = workspace.keys
    copied = Workspace(workspace.home, new_id())
    with appearing(copied, keys) as making:
        private_folder(making / "staging")
        private_folder(making / "tables")
        _copy_parts(workspace, making)
        insist_on_room(making, workspace.vault_path.stat().st_size)
        database.copy(workspace.vault_path, making / workspace.vault_path.name)
        with database.writing(making / workspace.meta_path.name) as con:
            seal = Seal(keys.vault)
            journal.note(con, seal, "copied")
            root.write(con, seal, replace(root.read(con, seal), locked=False))
    return copied


def moved(made: Workspace, home: Path) -> Workspace:
    """Finished work of a temporary home beside this one becomes work of this one, whole or not at all; nothing may have it open. Raises NotSaved."""
    workspace = Workspace(home, made.id)
    with appearing(workspace, made.keys) as making:
        for path in made.folder.iterdir():
            path.replace(making / path.name)
    return workspace


def _copy_parts(workspace: Workspace, making: Path) -> None:
    """All versions and the files they name. Where somebody forgets a version between the two, both are taken anew."""
    meta, seal = making / workspace.meta_path.name, workspace.seal
    for _ in range(_TRIES):
        insist_on_room(making, workspace.meta_path.stat().st_size)
        database.copy(workspace.meta_path, meta)
        with database.reading(meta) as con:
            named = sorted(manifest.digests_of(con, seal))
        lost = _first_lost(workspace, making, named)
        if lost is None:
            break
        remove(meta)
    else:
        raise WorkspaceBroken.table(lost or "")
    for folder in (making / "tables").iterdir():
        sync_folder(folder)


def _first_lost(workspace: Workspace, making: Path, named: list[tuple[str, str]]) -> str | None:
    for table, digest in named:
        target = private_folder(making / "tables" / table) / f"{digest}{SUFFIX}"
        try:
            _same(workspace.tables_folder / table / target.name, target)
        except FileNotFoundError:
            return table
    return None


def _same(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        insist_on_room(target.parent, source.stat().st_size)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
