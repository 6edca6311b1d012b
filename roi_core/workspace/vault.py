"""Texts that must be shown again (names of agents and companies, lines set aside): encrypted, in their own file.

Labels are sealed in bundles, so that twenty thousand names cost twenty encryptions.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from roi_core.workspace.database import prepare, reading, writing

_BUNDLE = 1000
_FORMAT = 1
_SCHEMA = "CREATE TABLE bundles (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sealed BLOB NOT NULL)"


@dataclass(frozen=True, slots=True)
class Vault:
    """The vault of one workspace. `kind` groups labels (company, agent, line); a label stands under the hash that tables hold."""

    path: Path
    key: bytes = field(repr=False)

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
        sealed = [(kind, self._seal(bundle)) for bundle in _bundles(fresh)]
        if sealed:
            with writing(self.path) as con:
                con.executemany("INSERT INTO bundles (kind, sealed) VALUES (?, ?)", sealed)

    def get(self, kind: str, key: str) -> str | None:
        """One label, or None."""
        return self.labels(kind).get(key)

    def labels(self, kind: str) -> dict[str, str]:
        """All labels of a kind by their key. Raises cryptography.fernet.InvalidToken where the key is another's."""
        with reading(self.path) as con:
            sealed = con.execute("SELECT sealed FROM bundles WHERE kind = ? ORDER BY id", (kind,)).fetchall()
        found: dict[str, str] = {}
        for (token,) in sealed:
            found |= self._open(token)
        return found

    def _seal(self, labels: Mapping[str, str]) -> bytes:
        from cryptography.fernet import Fernet

        return Fernet(self.key).encrypt(json.dumps(labels).encode())

    def _open(self, token: bytes) -> dict[str, str]:
        from cryptography.fernet import Fernet

        labels: dict[str, str] = json.loads(Fernet(self.key).decrypt(token))
        return labels


def _bundles(labels: Mapping[str, str]) -> Iterator[dict[str, str]]:
    rest = iter(labels.items())
    while bundle := dict(islice(rest, _BUNDLE)):
        yield bundle
