"""What is written once and read again: the journal of changes, what was told when. Numbered, dated, sealed.

Number, date and kind stand beside the seal for SQL to look for, and inside of it to be believed.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any

from roi_core.errors import WorkspaceBroken
from roi_core.workspace.sealing import Seal

SCHEMA = "CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, sealed BLOB NOT NULL)"
_NOW = "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"


@dataclass(frozen=True, slots=True)
class Record:
    """One of them: its number, when it was written (ISO 8601, UTC), its kind, and what it holds."""

    id: int
    at: str
    kind: str
    content: Any


def add(con: sqlite3.Connection, seal: Seal, kind: str, content: Any, at: str | None = None) -> int:
    """Writes one, of now or of an earlier moment (ISO 8601, UTC), and gives its number."""
    at = at or con.execute(_NOW).fetchone()[0]
    number = int(con.execute("INSERT INTO records (at, kind, sealed) VALUES (?, ?, x'')", (at, kind)).lastrowid or 0)
    put(con, seal, Record(number, at, kind, content))
    return number


def put(con: sqlite3.Connection, seal: Seal, record: Record) -> None:
    """Puts a record in place of the one of its number; kind and date are those from before."""
    sealed = seal.close([record.id, record.at, record.kind, record.content])
    con.execute("UPDATE records SET sealed = ? WHERE id = ?", (sealed, record.id))


def one(con: sqlite3.Connection, seal: Seal, number: int) -> Record:
    """The record of that number. Raises WorkspaceBroken where it is gone or changed."""
    row = con.execute("SELECT id, at, kind, sealed FROM records WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise WorkspaceBroken.unreadable()
    return _opened(seal, row)


def of_kind(con: sqlite3.Connection, seal: Seal, kind: str, most: int = -1) -> tuple[Record, ...]:
    """The last ones of a kind, newest first. Raises WorkspaceBroken."""
    rows = con.execute("SELECT id, at, kind, sealed FROM records WHERE kind = ? ORDER BY id DESC LIMIT ?", (kind, most))
    return tuple(_opened(seal, row) for row in rows)


def kinds(con: sqlite3.Connection) -> tuple[str, ...]:
    """Of which kinds there is any."""
    return tuple(kind for (kind,) in con.execute("SELECT DISTINCT kind FROM records ORDER BY kind"))


def drop(con: sqlite3.Connection, number: int) -> None:
    """Overwrites one."""
    con.execute("DELETE FROM records WHERE id = ?", (number,))


def check(con: sqlite3.Connection, seal: Seal) -> None:
    """Opens all of them. Raises WorkspaceBroken for the first that is not as it was written."""
    for row in con.execute("SELECT id, at, kind, sealed FROM records"):
        _opened(seal, row)


def _opened(seal: Seal, row: tuple[int, str, str, bytes]) -> Record:
    record = Record(*seal.open(row[3]))
    if (record.id, record.at, record.kind) != row[:3]:
        raise WorkspaceBroken.unreadable()
    return record
