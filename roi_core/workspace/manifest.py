"""Versions of a workspace: each is the whole list of its parts, written in one transaction.

What the reader noted about a part repeats headers and the name of the file, so it is sealed with the key of the vault.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roi_core.workspace.vault import Vault

SCHEMA = """
CREATE TABLE versions (version INTEGER PRIMARY KEY, saved_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE parts (
  version INTEGER NOT NULL REFERENCES versions, position INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, meta BLOB NOT NULL,
  PRIMARY KEY (version, position)
);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO versions (version) VALUES (0)
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable file of a table: its place in the version, SHA-256, and what the reader noted about it."""

    table: str
    digest: str
    meta: Mapping[str, Any]


def latest(con: sqlite3.Connection) -> int:
    """Number of the current version."""
    return int(con.execute("SELECT max(version) FROM versions").fetchone()[0])


def parts_of(con: sqlite3.Connection, version: int, vault: Vault) -> list[Part]:
    """Parts of a version, in the order in which they were published."""
    rows = con.execute("SELECT name, digest, meta FROM parts WHERE version = ? ORDER BY position", (version,))
    return [Part(name, digest, vault.unseal(meta)) for name, digest, meta in rows]


def merged(current: Sequence[Part], kept: Sequence[Part]) -> list[Part]:
    """Both, one part for the same bytes of a table: its place is the first, what the reader noted is the last."""
    return list({(part.table, part.digest): part for part in (*current, *kept)}.values())


def add_version(con: sqlite3.Connection, current: Sequence[Part], parts: Sequence[Part], vault: Vault) -> None:
    """Make `parts` the current version; nothing happens where they are so already."""
    if parts == current:
        return
    version = latest(con) + 1
    con.execute("INSERT INTO versions (version) VALUES (?)", (version,))
    rows = [(version, i, part.table, part.digest, vault.seal(part.meta)) for i, part in enumerate(parts)]
    con.executemany("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", rows)
