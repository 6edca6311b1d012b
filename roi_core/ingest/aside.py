"""What readers side by side have to seal waits in staging, so that it comes into the vault in the order of the files and of tables that count alone."""

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roi_core.workspace.sealing import Seal
    from roi_core.workspace.vault import Vault


class Aside:
    """Takes labels as a vault does, sealed, a line for each kind, into a file of staging for each table."""

    def __init__(self, staging: Path, seal: "Seal") -> None:
        self._staging = staging
        self._seal = seal
        self._name: str | None = None

    def put_many(self, kind: str, labels: Mapping[str, str]) -> None:
        """Keep many labels of one kind."""
        self._name = self._name or f"{secrets.token_hex(8)}.sealed"
        with os.fdopen(os.open(self._staging / self._name, os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as out:
            out.write(self._seal.close([kind, dict(labels)]) + b"\n")

    def taken(self) -> str | None:
        """The name of the file of the table that was just read, None where it had nothing to seal."""
        name, self._name = self._name, None
        return name


def vault_at(path: Path, key: bytes) -> "Vault":
    """The vault of a work, from what an order tells of it."""
    from roi_core.workspace.sealing import Seal
    from roi_core.workspace.vault import Vault

    return Vault(path, Seal(key))


def aside_in(staging: Path, key: bytes) -> Aside:
    """What takes the place of that vault in `staging`."""
    from roi_core.workspace.sealing import Seal

    return Aside(staging, Seal(key))


def pour(paths: Iterable[Path], vault: "Vault") -> None:
    """Into the vault with all that lies aside in files, which are gone afterwards; of two labels under one key the later counts. Raises NotSaved."""
    together: dict[str, dict[str, str]] = {}
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                kind, labels = vault.seal.open(line.rstrip(b"\n"))
                together.setdefault(kind, {}).update(labels)
        path.unlink()
    for kind, labels in together.items():
        vault.put_many(kind, labels)
