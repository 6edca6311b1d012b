"""Where the files of one workspace lie, and the ways into them."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roi_core.workspace import database
from roi_core.workspace.disk import insist_on_room, saved_in_words
from roi_core.workspace.keys import Keys
from roi_core.workspace.sealing import Seal
from roi_core.workspace.vault import Vault

SUFFIX = ".parquet"


def new_id() -> str:
    """128 random bits, safe in a URL; never a hyphen first, which a command line takes for an option."""
    while (drawn := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return drawn


@dataclass(frozen=True, slots=True)
class Places:
    """Those of the work of one id in a home; nothing need be there yet, or any more."""

    home: Path
    id: str

    @property
    def folder(self) -> Path:
        """Where all but the keys lies."""
        return self.home / "workspaces" / self.id

    @property
    def tables_folder(self) -> Path:
        """The one folder that an analyst connection may read."""
        return self.folder / "tables"

    @property
    def meta_path(self) -> Path:
        """Versions, root and records."""
        return self.folder / "meta.sqlite"

    @property
    def vault_path(self) -> Path:
        """The encrypted labels."""
        return self.folder / "vault.sqlite"

    @property
    def keys_path(self) -> Path:
        """The secrets, apart from all else."""
        return self.home / "keys" / self.id

    @property
    def keys(self) -> Keys:
        """The secrets. Raises WorkspaceMissing after deletion, WorkspaceBroken where they were changed."""
        return Keys.read(self.keys_path)

    @property
    def seal(self) -> Seal:
        """Closes and opens what the databases hold."""
        return Seal(self.keys.vault)

    @property
    def vault(self) -> Vault:
        """The encrypted labels."""
        return Vault(self.vault_path, self.seal)

    @contextmanager
    def reading(self) -> Iterator[tuple[sqlite3.Connection, Seal]]:
        """One view of versions, root and records. Raises WorkspaceMissing after deletion, WorkspaceBroken."""
        seal = self.seal
        with database.reading(self.meta_path) as con:
            yield con, seal

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, Seal]]:
        """One transaction over them. Raises as `reading`, and NotSaved, also before it begins where the disk has no room."""
        seal = self.seal
        with saved_in_words(self.folder):
            insist_on_room(self.folder, 0)
            with database.writing(self.meta_path) as con:
                yield con, seal
