"""Work of an earlier release, brought to today's format: a sealed copy first, then one transaction a database.

Format 1 kept decisions in the clear, reports in the vault, and keys without a check.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from roi_core.schema.parts import SAID
from roi_core.workspace import database, journal, manifest, records, root, vault
from roi_core.workspace.disk import insist_on_room, private_folder, remove, sync_folder, write_once
from roi_core.workspace.keys import Keys
from roi_core.workspace.manifest import Part
from roi_core.workspace.root import FILES, Root
from roi_core.workspace.sealing import Seal

FIRST = 1
_WITHOUT_OLD = ("DROP TABLE parts", "DROP TABLE versions", "DROP TABLE settings")
_LOOKED = "designs_looked_at"
_REPORTS, _PLANS = "reports", "plans"
_ELSEWHERE = (_REPORTS, _PLANS)
"""What the vault held then and the root holds now."""


def migrate(folder: Path, keys: Keys, keys_path: Path) -> None:
    """From format 1 to format 2; what is there already is left as it is, so that a try that was cut is finished by the next.

    Two processes at once: the second waits, and finds the work done. Raises WorkspaceBroken, NotSaved, OSError.
    """
    seal = Seal(keys.vault)
    with _from_first(folder / "meta.sqlite") as con:
        if con:
            _back_up(folder, seal)
            _to_second(con, seal, _in_vault(folder / "vault.sqlite", seal))
    with _from_first(folder / "vault.sqlite") as con:
        if con:
            _seal_anew(con, seal)
    keys.write(keys_path)


def backup(folder: Path) -> Path:
    """Where the copy from before a migration lies, sealed with the key of the vault."""
    return folder / "backup"


@contextmanager
def _from_first(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A transaction that brings one database to the second format, or None where it is there."""
    with database.writing(path) as con:
        old = con.execute("PRAGMA user_version").fetchone()[0] == FIRST
        yield con if old else None
        if old:
            con.execute("PRAGMA user_version=2")


def _back_up(folder: Path, seal: Seal) -> None:
    """Under the lock of the migration, so nobody writes meanwhile; one of an earlier try that was cut gives way."""
    place, making = (backup(folder) / name for name in (f"format-{FIRST}", "making"))
    remove(making)
    private_folder(making)
    for path in (folder / "meta.sqlite", folder / "vault.sqlite"):
        insist_on_room(folder, path.stat().st_size)
        with database.reading(path) as con:
            write_once(making / path.name, seal.close_bytes(con.serialize()))
    remove(place)
    making.replace(place)
    sync_folder(place.parent)


def _in_vault(path: Path, seal: Seal) -> dict[str, dict[str, str]]:
    """The labels of the vault, by kind, that stand elsewhere now."""
    with database.reading(path) as con:
        rows = con.execute("SELECT kind, sealed FROM bundles WHERE kind IN (?, ?) ORDER BY id", _ELSEWHERE).fetchall()
    found: dict[str, dict[str, str]] = {kind: {} for kind in _ELSEWHERE}
    for kind, sealed in rows:
        found[kind] |= seal.open(sealed)
    return found


def _to_second(con: sqlite3.Connection, seal: Seal, moved: Mapping[str, Mapping[str, str]]) -> None:
    values = {name: json.loads(value) for name, value in con.execute("SELECT name, value FROM settings WHERE name <> ?", (_REPORTS,))}
    values |= {f"{SAID}{key}": json.loads(plan) for key, plan in moved[_PLANS].items()}
    reports = list(json.loads(moved[_REPORTS].get("all", "[]")))
    last = con.execute("SELECT max(version) FROM versions").fetchone()[0]
    rows = con.execute("SELECT name, digest, meta FROM parts WHERE version = ? ORDER BY position", (last,)).fetchall()
    parts = [Part(table, digest, seal.open(meta)) for table, digest, meta in rows]
    for statement in (*_WITHOUT_OLD, manifest.SCHEMA, root.SCHEMA, records.SCHEMA):
        con.execute(statement)
    looked = values.pop(_LOOKED, None) or ()
    if parts or reports:
        values[FILES] = manifest.add(con, seal, parts, reports)
    number = journal.note(con, seal, "updated")
    opened = {"at": records.one(con, seal, number).at, "design": {}, "fixed": False}
    root.start(con, seal, Root(designs=dict.fromkeys(looked, opened)).put(values, number))


def _seal_anew(con: sqlite3.Connection, seal: Seal) -> None:
    rows = con.execute("SELECT kind, sealed FROM bundles WHERE kind NOT IN (?, ?) ORDER BY id", _ELSEWHERE).fetchall()
    con.execute("DELETE FROM bundles")
    for kind, sealed in rows:
        vault.seal_in(con, seal, kind, seal.open_bytes(sealed))
