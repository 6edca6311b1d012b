"""Older versions forgotten for good: their rows, their files, what was set aside from them, and the room they took."""

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from roi_core.workspace import database, journal, manifest, records, root
from roi_core.workspace.disk import remove, saved_in_words
from roi_core.workspace.migration import backup
from roi_core.workspace.store import SUFFIX, Workspace

_YOUNG_SECONDS = 3600.0
"""A file of no version may be one of a load that is still running."""


def forget_older(workspace: Workspace, keep: Collection[int] = ()) -> int:
    """Keeps the version that counts and those of `keep`; all others, and what can only be undone with them, are gone. Gives the bytes freed.

    The journal goes on saying what happened when; the values from before are overwritten. Raises WorkspaceLocked, NotSaved.
    """
    with workspace.writing() as (con, seal):
        now = journal.writable(con, seal)
        kept = {now.version, *keep}
        manifest.drop(con, [version for version in manifest.known(con) if version not in kept])
        for record in records.of_kind(con, seal, journal.KIND):
            records.put(con, seal, record.id, _without_values(record.content), dated=record.at)
        root.write(con, seal, replace(now, done=(), undone=()))
        digests = {part.digest for version in kept for part in manifest.parts_of(con, seal, version)}
    freed = _forget_files(workspace, digests)
    with saved_in_words():
        remove(backup(workspace.folder))
    for path in (workspace.meta_path, workspace.vault_path):
        database.shrink(path)
    return freed


def _without_values(change: Mapping[str, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(change["after"]) if change["what"] in ("changed", "undone", "redone") else change["after"]
    return {**change, "before": dict.fromkeys(change["before"]), "after": nothing}


def _forget_files(workspace: Workspace, digests: Collection[str]) -> int:
    freed = 0
    for path in workspace.tables_folder.glob(f"*/*{SUFFIX}"):
        if path.stem not in digests and time.time() - path.stat().st_mtime > _YOUNG_SECONDS:
            freed += path.stat().st_size
            remove(path)
    return freed
