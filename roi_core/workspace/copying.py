"""A second work out of a first: the same tables, decisions and keys under a new id; from then on each goes its own way."""

import os
import secrets
import shutil
from pathlib import Path

from roi_core.engine.owner import owned_name
from roi_core.workspace import database
from roi_core.workspace.disk import private_folder, saved_in_words, sync_folder
from roi_core.workspace.store import SUFFIX, Workspace


def copy_of(workspace: Workspace) -> Workspace:
    """A copy, unlocked; it appears whole or not at all. Files are shared on disk where it can: they never change. Raises NotSaved."""
    keys = workspace.keys
    with saved_in_words():
        copied = Workspace(workspace.home, secrets.token_urlsafe(16))
        making = private_folder(workspace.home / "making" / owned_name())
        private_folder(making / "staging")
        for path in (workspace.meta_path, workspace.vault_path):
            database.copy(path, making / path.name)
        for file in sorted(workspace.tables_folder.glob(f"*/*{SUFFIX}")):
            _same(file, private_folder(making / "tables" / file.parent.name) / file.name)
        private_folder(making / "tables")
        for folder in (making / "tables").iterdir():
            sync_folder(folder)
        copied.appear(making, keys)
    copied.lock(locked=False)
    copied.note("copied")
    return copied


def _same(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        target.chmod(0o600)
