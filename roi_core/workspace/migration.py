"""Work of an earlier release, brought to today's format: a copy first, then one transaction."""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from roi_core.workspace import database, journal, manifest, records, root
from roi_core.workspace.disk import private_folder, remove, sync_folder
from roi_core.workspace.keys import Keys
from roi_core.workspace.manifest import Part
from roi_core.workspace.root import FILES, Root
from roi_core.workspace.sealing import Seal
from roi_core.workspace.vault import Vault

FIRST = 1
_OLD = ("parts", "versions", "settings")


def migrate(folder: Path, found: int, keys: Keys) -> None:
    """From format 1, whose decisions stood in the clear and whose reports stood in the vault, to format 2.

    Two processes at once: the second finds the work done. Raises WorkspaceBroken, NotSaved, OSError.
    """
    seal = Seal(keys.vault)
    _back_up(folder, found)
    with database.writing(folder / "meta.sqlite") as con:
        if con.execute("PRAGMA user_version").fetchone()[0] == FIRST:
            _to_second(con, seal, _reports(Vault(folder / "vault.sqlite", seal)))
            con.execute("PRAGMA user_version=2")
    Vault(folder / "vault.sqlite", seal).drop("reports")


def backup(folder: Path) -> Path:
    """Where the copy from before a migration lies."""
    return folder / "backup"


def _back_up(folder: Path, found: int) -> None:
    """A copy that is there already is of an earlier try that was cut; nothing was written since."""
    place = backup(folder) / f"format-{found}"
    if place.is_dir():
        return
    making = private_folder(backup(folder) / "making")
    for name in ("meta.sqlite", "vault.sqlite"):
        remove(making / name)
        database.copy(folder / name, making / name)
    sync_folder(making)
    with suppress(FileExistsError):
        making.replace(place)
    sync_folder(place.parent)


def _reports(vault: Vault) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(vault.get("reports", "all") or "[]")
    return found


def _to_second(con: sqlite3.Connection, seal: Seal, reports: list[dict[str, Any]]) -> None:
    values = {name: json.loads(value) for name, value in con.execute("SELECT name, value FROM settings WHERE name <> 'reports'")}
    last = con.execute("SELECT max(version) FROM versions").fetchone()[0]
    rows = con.execute("SELECT name, digest, meta FROM parts WHERE version = ? ORDER BY position", (last,)).fetchall()
    parts = [Part(table, digest, seal.open(meta)) for table, digest, meta in rows]
    for table in _OLD:
        con.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for schema in (manifest.SCHEMA, root.SCHEMA, records.SCHEMA):
        con.execute(schema)
    for table in _OLD:
        con.execute(f"DROP TABLE old_{table}")
    if parts or reports:
        values[FILES] = manifest.add(con, seal, parts, reports)
    number = journal.note(con, seal, "updated")
    root.start(con, seal, Root().put(values, number))
