"""What is written once and read again: the journal of changes, what was told when. Numbered, dated, sealed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from roi_core.errors import WorkspaceBroken
from roi_core.workspace.sealing import Seal

SCHEMA = """
CREATE TABLE records (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now')), kind TEXT NOT NULL, sealed BLOB NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One of them: its number, when it was written (ISO 8601, UTC), and what it holds."""

    id: int
    at: str
    content: Any


def add(con: sqlite3.Connection, seal: Seal, kind: str, content: Any) -> int:
    """Writes one and gives its number."""
    return int(con.execute("INSERT INTO records (kind, sealed) VALUES (?, ?)", (kind, seal.close(content))).lastrowid or 0)


def put(con: sqlite3.Connection, seal: Seal, number: int, content: Any, dated: str | None = None) -> None:
    """Puts a content in place of the one before, under the same number; its date is now, or `dated`."""
    con.execute(
        "UPDATE records SET sealed = ?, at = coalesce(?, strftime('%Y-%m-%dT%H:%M:%f', 'now')) WHERE id = ?",
        (seal.close(content), dated, number),
    )


def one(con: sqlite3.Connection, seal: Seal, number: int) -> Record:
    """The record of that number. Raises WorkspaceBroken where it is gone or changed."""
    row = con.execute("SELECT id, at, sealed FROM records WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise WorkspaceBroken.unreadable()
    return Record(row[0], row[1], seal.open(row[2]))


def of_kind(con: sqlite3.Connection, seal: Seal, kind: str, most: int = -1) -> tuple[Record, ...]:
    """The last ones of a kind, newest first. Raises WorkspaceBroken."""
    rows = con.execute("SELECT id, at, sealed FROM records WHERE kind = ? ORDER BY id DESC LIMIT ?", (kind, most))
    return tuple(Record(number, at, seal.open(sealed)) for number, at, sealed in rows)


def drop(con: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Overwrites these."""
    con.executemany("DELETE FROM records WHERE id = ?", [(number,) for number in numbers])
