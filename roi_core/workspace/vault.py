"""Texts that must be shown again (names of agents and companies, lines set aside): encrypted, in their own file.

Labels are sealed in bundles, so that twenty thousand names cost twenty encryptions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from roi_core.workspace.database import prepare, reading, writing
from roi_core.workspace.sealing import Seal

_BUNDLE = 1000
_FORMAT = 1
_SCHEMA = "CREATE TABLE bundles (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sealed BLOB NOT NULL)"


@dataclass(frozen=True, slots=True)
class Vault:
    """The vault of one workspace. `kind` groups labels (company, agent, line); a label stands under the hash that tables hold."""

    path: Path
    seal: Seal

    @classmethod
    def make(cls, path: Path) -> None:
        """An empty vault, 0600."""
        prepare(path, _SCHEMA, _FORMAT)

    def put(self, kind: str, key: str, text: str) -> None:
        """Keep one label; a later one under the same key replaces it."""
        self.put_many(kind, {key: text})

    def put_many(self, kind: str, labels: Mapping[str, str]) -> None:
        """Keep many labels in one transaction; those already there cost nothing."""
        known = self.labels(kind)
        fresh = {key: text for key, text in labels.items() if known.get(key) != text}
        sealed = [(kind, self.seal.close(bundle)) for bundle in _bundles(fresh)]
        if sealed:
            with writing(self.path) as con:
                con.executemany("INSERT INTO bundles (kind, sealed) VALUES (?, ?)", sealed)

    def replace(self, kind: str, labels: Mapping[str, str]) -> None:
        """Keep these labels in place of all of their kind, in one transaction; the bytes of those before are overwritten."""
        sealed = [(kind, self.seal.close(bundle)) for bundle in _bundles(labels)]
        with writing(self.path) as con:
            con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))
            con.executemany("INSERT INTO bundles (kind, sealed) VALUES (?, ?)", sealed)

    def get(self, kind: str, key: str) -> str | None:
        """One label, or None."""
        return self.labels(kind).get(key)

    def labels(self, kind: str) -> dict[str, str]:
        """All labels of a kind by their key. Raises WorkspaceBroken where a byte has changed or the key is another's."""
        with reading(self.path) as con:
            sealed = con.execute("SELECT sealed FROM bundles WHERE kind = ? ORDER BY id", (kind,)).fetchall()
        found: dict[str, str] = {}
        for (token,) in sealed:
            found |= self.seal.open(token)
        return found

    def keep(self, kind: str, content: bytes) -> None:
        """Keep bytes under a kind of their own, in place of those before."""
        sealed = self.seal.close_bytes(content)
        with writing(self.path) as con:
            con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))
            con.execute("INSERT INTO bundles (kind, sealed) VALUES (?, ?)", (kind, sealed))

    def kept(self, kind: str) -> bytes | None:
        """The bytes of a kind, or None. Raises WorkspaceBroken where a byte has changed or the key is another's."""
        with reading(self.path) as con:
            row = con.execute("SELECT sealed FROM bundles WHERE kind = ?", (kind,)).fetchone()
        return None if row is None else self.seal.open_bytes(row[0])

    def drop(self, kind: str) -> None:
        """Overwrite everything of a kind."""
        with writing(self.path) as con:
            con.execute("DELETE FROM bundles WHERE kind = ?", (kind,))


def _bundles(labels: Mapping[str, str]) -> Iterator[dict[str, str]]:
    rest = iter(labels.items())
    while bundle := dict(islice(rest, _BUNDLE)):
        yield bundle
