"""Versions of the tables of a workspace: each is the whole list of its parts and of the reports on them.

What the reader noted repeats headers and names of files, so all of it is sealed.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from roi_core.errors import WorkspaceBroken
from roi_core.workspace.sealing import Seal

SCHEMA = "CREATE TABLE versions (version INTEGER PRIMARY KEY AUTOINCREMENT, parts BLOB NOT NULL, reports BLOB NOT NULL)"


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable file of a table: its place in the version, SHA-256, and what the reader noted about it."""

    table: str
    digest: str
    meta: Mapping[str, Any]


def parts_of(con: sqlite3.Connection, seal: Seal, version: int) -> list[Part]:
    """Parts of a version, in the order in which they were published; version 0 has none. Raises WorkspaceBroken."""
    return [Part(*part) for part in _sealed(con, seal, "parts", version)]


def reports_of(con: sqlite3.Connection, seal: Seal, version: int) -> list[dict[str, Any]]:
    """The intake reports of a version. Raises WorkspaceBroken."""
    return list(_sealed(con, seal, "reports", version))


def add(con: sqlite3.Connection, seal: Seal, parts: Sequence[Part], reports: Sequence[Mapping[str, Any]]) -> int:
    """A new version, and its number."""
    number = int(con.execute("INSERT INTO versions (parts, reports) VALUES (x'', x'')").lastrowid or 0)
    sealed = [seal.close([number, content]) for content in ([astuple(part) for part in parts], list(reports))]
    con.execute("UPDATE versions SET parts = ?, reports = ? WHERE version = ?", (*sealed, number))
    return number


def merged(current: Sequence[Part], added: Sequence[Part], without: Collection[str]) -> list[Part]:
    """Both, one part for the same bytes of a table: its place is the first, what the reader noted is the last. `without` are digests of the current ones."""
    stay = [part for part in current if part.digest not in without]
    return list({(part.table, part.digest): part for part in (*stay, *added)}.values())


def digest_of(parts: Sequence[Part]) -> str:
    """SHA-256 over tables and content hashes, in order."""
    return hashlib.sha256(json.dumps([[part.table, part.digest] for part in parts]).encode()).hexdigest()


def known(con: sqlite3.Connection) -> tuple[int, ...]:
    """Numbers of all versions that are kept."""
    return tuple(row[0] for row in con.execute("SELECT version FROM versions ORDER BY version"))


def drop(con: sqlite3.Connection, versions: Collection[int]) -> None:
    """Overwrites these versions; their files are nobody's then."""
    con.executemany("DELETE FROM versions WHERE version = ?", [(version,) for version in versions])


def digests_of(con: sqlite3.Connection, seal: Seal, versions: Collection[int] | None = None) -> frozenset[tuple[str, str]]:
    """Table and digest of every part of these versions (default: all), which also opens all that is sealed of them. Raises WorkspaceBroken."""
    numbers = known(con) if versions is None else versions
    for version in numbers:
        reports_of(con, seal, version)
    return frozenset((part.table, part.digest) for version in numbers for part in parts_of(con, seal, version))


def _sealed(con: sqlite3.Connection, seal: Seal, column: str, version: int) -> list[Any]:
    """What is sealed in a row says which row that is: one row cannot stand for another."""
    if version == 0:
        return []
    row = con.execute("SELECT parts, reports FROM versions WHERE version = ?", (version,)).fetchone()
    if row is None:
        raise WorkspaceBroken.unreadable()
    number, content = seal.open(row[column == "reports"])
    if number != version:
        raise WorkspaceBroken.unreadable()
    return list(content)
