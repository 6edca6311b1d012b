"""Older versions forgotten for good: their rows, their files, what was set aside from them, and the room they took."""

import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from roi_core.errors import NotSaved
from roi_core.schema.parts import DRAFTS, NO_DATA, QUARANTINE, TEXTS
from roi_core.workspace import database, derived, journal, manifest, records, root
from roi_core.workspace.disk import is_within, remove, saved_in_words
from roi_core.workspace.migration import backup
from roi_core.workspace.places import SUFFIX, Places
from roi_core.workspace.sealing import Seal

_OF_SOURCES = (QUARANTINE, NO_DATA, TEXTS, DRAFTS)
"""Kinds of the vault whose keys begin with the SHA-256 of the file."""
YOUNG_SECONDS = 3600.0
"""A file of no version may be one of a load that is still running."""


def forget_older(workspace: Places, keep: Collection[int] = ()) -> int:
    """Keeps the version that counts and those of `keep`; all others, and what can only be undone with them, are gone. Gives the bytes freed.

    The journal goes on saying what happened when; the values from before are overwritten. Raises WorkspaceLocked, NotSaved.
    """
    with workspace.writing() as (con, seal):
        now = journal.writable(con, seal)
        kept = [version for version in manifest.known(con) if version in {now.version, *keep}]
        manifest.drop(con, set(manifest.known(con)) - set(kept))
        for record in records.of_kind(con, seal, journal.KIND):
            records.put(con, seal, replace(record, content=_without_values(record.content)))
        root.write(con, seal, replace(now, done=(), undone=()))
        sources = {report.get("source") for version in kept for report in manifest.reports_of(con, seal, version)}
    workspace.vault.retain(_OF_SOURCES, lambda key: key.partition("/")[0] in sources)
    with saved_in_words(workspace.folder):
        freed = drop_unnamed(workspace) + derived.forget(workspace)
        remove(backup(workspace.folder))
    for path in (workspace.meta_path, workspace.vault_path):
        with suppress(NotSaved):
            database.shrink(path)
    return freed


def drop_unnamed(workspace: Places) -> int:
    """Unlinks files that no version names, but those of the last hour. Gives the bytes freed. Raises WorkspaceBroken, NotSaved, OSError.

    Under the lock of a save, which looks for its files under the same lock: a file that it is about to name is not lost unseen. Nothing is
    written under it, so that a full disk, which is when room is wanted, does not stop it.
    """
    old = [path for path in workspace.tables_folder.glob(f"*/*{SUFFIX}") if is_within(path, workspace.folder) and _is_old(path)]
    if not old or not _unnamed(workspace.reading(), old):
        return 0
    freed = 0
    seal = workspace.seal
    with database.writing(workspace.meta_path) as con:
        for path in _unnamed(nullcontext((con, seal)), old):
            if _is_old(path):
                freed += path.stat().st_size
                remove(path)
    return freed


def drop_unnamed_rows(workspace: Places) -> None:
    """Overwrites rows and texts in the vault of sources that no version names: of a load that was cut before it was published.

    None while a load may be running: the vault was written in the last hour, or something is in staging. Raises WorkspaceBroken, NotSaved.
    """
    written = (workspace.vault_path, workspace.vault_path.with_name(f"{workspace.vault_path.name}-wal"))
    staging = workspace.folder / "staging"
    if any(path.exists() and not _is_old(path) for path in written) or (staging.is_dir() and any(staging.iterdir())):
        return
    let_go_of_rows(workspace)


def let_go_of_rows(workspace: Places, of: Collection[str] | None = None) -> None:
    """The same at once, for these sources alone where they are given."""
    if not set(_OF_SOURCES) & set(workspace.vault.kinds()):
        return
    with workspace.reading() as (con, seal):
        named = {report.get("source") for version in manifest.known(con) for report in manifest.reports_of(con, seal, version)}
    workspace.vault.retain(_OF_SOURCES, lambda key: (source := key.partition("/")[0]) in named or (of is not None and source not in of))


def _unnamed(opened: AbstractContextManager[tuple[sqlite3.Connection, Seal]], paths: Iterable[Path]) -> list[Path]:
    with opened as (con, seal):
        named = manifest.digests_of(con, seal)
    return [path for path in paths if (path.parent.name, path.stem) not in named]


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > YOUNG_SECONDS
    return False


def _without_values(change: Mapping[str, Any]) -> dict[str, Any]:
    nothing = dict.fromkeys(change["after"]) if change["what"] in ("changed", "undone", "redone") else change["after"]
    return {**change, "before": dict.fromkeys(change["before"]), "after": nothing}
