"""Texts that must be shown again (names of agents and companies, lines set aside): encrypted, in their own file.

Labels are sealed in bundles, so that twenty thousand names cost twenty encryptions. Number and kind of a bundle stand beside the seal
for SQL to look for, and inside of it to be believed.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from roi_core.errors import NotSaved, WorkspaceBroken
from roi_core.workspace.database import check, prepare, reading, writing
from roi_core.workspace.sealing import Seal

FORMAT = 2
_BUNDLE = 1000
_BUNDLE_CHARACTERS = 16 << 20
_HEAD = 1 << 10
_SCHEMA = "CREATE TABLE bundles (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sealed BLOB NOT NULL)"

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vault:
    """The vault of one workspace. `kind` groups labels (company, agent, line); a label stands under the hash that tables hold."""

    path: Path
    seal: Seal

    @classmethod
    def make(cls, path: Path) -> None:
        """An empty vault, 0600."""
        prepare(path, _SCHEMA, FORMAT)

    def put(self, kind: str, key: str, text: str) -> None:
        """Keep one label; a later one under the same key replaces it."""
        self.put_many(kind, {key: text})

    def put_many(self, kind: str, labels: Labels) -> None:
        """Keep many labels in one transaction; those already there cost nothing. Raises NotSaved."""
        known: dict[str, str] = {}
        for _, bundle in self._open_each(kind):
            known |= {key: text for key, text in bundle.items() if key in labels}
        if fresh := {key: text for key, text in labels.items() if known.get(key) != text}:
            with writing(self.path) as con:
                self._add(con, kind, fresh)

    def replace(self, kind: str, labels: Labels) -> None:
        """Keep these labels in place of all of their kind, in one transaction; the bytes of those before are overwritten."""
        self.amend(kind, lambda _: labels)

    def amend(self, kind: str, change: Callable[[Labels], Labels]) -> None:
        """Keep what `change` makes of the labels of a kind; nobody else writes in between."""
        with writing(self.path) as con:
            before = self._labels(con, kind)
            if (after := dict(change(before))) != before:
                con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))
                self._add(con, kind, after)

    def get(self, kind: str, key: str) -> str | None:
        """One label, or None."""
        found: str | None = None
        for _, bundle in self._open_each(kind):
            found = bundle.get(key, found)
        return found

    def retain(self, kinds: Collection[str], wanted: Callable[[str], bool]) -> None:
        """Overwrite the labels of these kinds whose key is not wanted, one bundle in memory at a time."""
        held = [(kind, number) for kind in kinds for number, bundle in self._open_each(kind) if not all(map(wanted, bundle))]
        if not held:
            return
        with writing(self.path) as con:
            for kind, number in held:
                row = con.execute("SELECT id, kind, sealed FROM bundles WHERE id = ?", (number,)).fetchone()
                stay = {key: text for key, text in json.loads(self._opened(row)).items() if wanted(key)} if row else {}
                con.execute("DELETE FROM bundles WHERE id = ?", (number,))
                self._add(con, kind, stay)

    def labels(self, kind: str) -> dict[str, str]:
        """All labels of a kind by their key. Raises WorkspaceBroken where a byte has changed or the key is another's."""
        with reading(self.path) as con:
            return self._labels(con, kind)

    def kinds(self) -> tuple[str, ...]:
        """Of which kinds anything is kept."""
        with reading(self.path) as con:
            return tuple(kind for (kind,) in con.execute("SELECT DISTINCT kind FROM bundles ORDER BY kind"))

    def keep(self, kind: str, content: bytes) -> None:
        """Keep bytes under a kind of their own, in place of those before."""
        with writing(self.path) as con:
            con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))
            seal_in(con, self.seal, kind, content)

    def kept(self, kind: str) -> bytes | None:
        """The bytes of a kind, or None. Raises WorkspaceBroken where a byte has changed or the key is another's."""
        with reading(self.path) as con:
            row = con.execute("SELECT id, kind, sealed FROM bundles WHERE kind = ?", (kind,)).fetchone()
        return None if row is None else self._opened(row)

    def drop(self, kind: str) -> None:
        """Overwrite everything of a kind."""
        with writing(self.path) as con:
            con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))

    def verify(self) -> None:
        """Open everything. Raises WorkspaceBroken for the first that is not as it was written."""
        check(self.path, _SCHEMA)
        with reading(self.path) as con:
            for row in con.execute("SELECT id, kind, sealed FROM bundles"):
                self._opened(row)

    def _add(self, con: sqlite3.Connection, kind: str, labels: Labels) -> None:
        for bundle in _bundles(labels):
            seal_in(con, self.seal, kind, json.dumps(bundle).encode())

    def _labels(self, con: sqlite3.Connection, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in con.execute("SELECT id, kind, sealed FROM bundles WHERE kind = ? ORDER BY id", (kind,)):
            found |= json.loads(self._opened(row))
        return found

    def _open_each(self, kind: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and labels of every bundle of a kind, in the order in which they were kept."""
        with reading(self.path) as con:
            for row in con.execute("SELECT id, kind, sealed FROM bundles WHERE kind = ? ORDER BY id", (kind,)):
                yield row[0], json.loads(self._opened(row))

    def _opened(self, row: tuple[int, str, bytes]) -> bytes:
        head, _, content = self.seal.open_bytes(row[2]).partition(b"\n")
        if json.loads(head) != list(row[:2]):
            raise WorkspaceBroken.unreadable()
        return content


def seal_in(con: sqlite3.Connection, seal: Seal, kind: str, content: bytes) -> None:
    """One more bundle. Raises NotSaved where it is larger than SQLite takes."""
    if len(content) + _HEAD > con.getlimit(sqlite3.SQLITE_LIMIT_LENGTH):
        raise NotSaved.too_large(len(content))
    number = con.execute("INSERT INTO bundles (kind, sealed) VALUES (?, x'')", (kind,)).lastrowid
    sealed = seal.close_bytes(json.dumps([number, kind]).encode() + b"\n" + content)
    con.execute("UPDATE bundles SET sealed = ? WHERE id = ?", (sealed, number))


def _bundles(labels: Labels) -> Iterator[dict[str, str]]:
    """At most a thousand labels each, and no more characters than one label may bring; never none."""
    bundle: dict[str, str] = {}
    size = 0
    for key, text in labels.items():
        if bundle and (len(bundle) == _BUNDLE or size + len(text) > _BUNDLE_CHARACTERS):
            yield bundle
            bundle, size = {}, 0
        bundle[key], size = text, size + len(text)
    if bundle:
        yield bundle
