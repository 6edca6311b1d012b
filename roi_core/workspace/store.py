"""A workspace: typed tables by content hash, and the rows that say which of them are current.

A version is the whole list of parts. It appears in one SQLite transaction after every byte it names is on disk, so a
crash leaves the version before. Older versions stay readable.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roi_core.engine.owner import owned_name
from roi_core.errors import WorkspaceBroken, WorkspaceMissing
from roi_core.workspace.database import prepare, reading, version_of, writing
from roi_core.workspace.disk import digest_of, keep_by_content, private_folder, remove, sync_folder
from roi_core.workspace.home import default_home, temporary_staging
from roi_core.workspace.keys import Keys
from roi_core.workspace.manifest import SCHEMA, Part, add_version, latest, merged, parts_of
from roi_core.workspace.vault import Vault

FORMAT = 1
_SUFFIX = ".parquet"
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_TABLE = re.compile(r"[a-z][a-z_]{0,40}")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A handle on saved work; it holds no open file. `id` is 128 random bits, safe in a URL."""

    home: Path
    id: str

    @classmethod
    def create(cls, home: Path | None = None) -> "Workspace":
        """A new, empty workspace in `home` (default: this user's). It appears whole or not at all."""
        home = private_folder(home or default_home())
        workspace = cls(home, secrets.token_urlsafe(16))
        making = private_folder(home / "making" / owned_name())
        private_folder(making / "tables")
        private_folder(making / "staging")
        prepare(making / "meta.sqlite", SCHEMA, FORMAT)
        Vault.make(making / "vault.sqlite")
        sync_folder(making)
        Keys.new().write(workspace._keys_path)
        making.replace(private_folder(home / "workspaces") / workspace.id)
        sync_folder(home / "workspaces")
        return workspace

    @classmethod
    def open(cls, home: Path | None, workspace_id: str) -> "Workspace":
        """The workspace of that id. Raises WorkspaceMissing for an unknown or malformed one, WorkspaceBroken for a newer format."""
        workspace = cls(home or default_home(), workspace_id)
        if not (_ID.fullmatch(workspace_id) and (workspace.folder / "meta.sqlite").is_file()):
            raise WorkspaceMissing.unknown()
        Keys.read(workspace._keys_path)
        if (found := version_of(workspace._meta_path)) > FORMAT:
            raise WorkspaceBroken.newer(found, FORMAT)
        return workspace

    @classmethod
    @contextmanager
    def temporary(cls, home: Path | None = None) -> Iterator["Workspace"]:
        """A workspace that is gone when the block ends, with its keys; after a crash the next `sweep` takes it away."""
        with temporary_staging(home) as own:
            yield cls.create(own)

    @property
    def folder(self) -> Path:
        """Where all but the keys lies."""
        return self.home / "workspaces" / self.id

    @property
    def tables_folder(self) -> Path:
        """The one folder that an analyst connection may read."""
        return self.folder / "tables"

    @property
    def keys(self) -> Keys:
        """The secrets. Raises WorkspaceMissing after deletion."""
        return Keys.read(self._keys_path)

    @property
    def vault(self) -> Vault:
        """The encrypted labels."""
        return Vault(self.folder / "vault.sqlite", self.keys.vault)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A private folder for one load, unlinked when the block ends or fails."""
        folder = private_folder(self.folder / "staging" / owned_name())
        try:
            yield folder
        finally:
            remove(folder)

    def publish(self, table: str, part: Path, meta: Mapping[str, Any] | None = None) -> Part:
        """Copy one Parquet part into the store and add it to the current version. The same bytes twice are one part."""
        return self.publish_all([(table, part, meta or {})])[0]

    def publish_all(self, parts: Sequence[tuple[str, Path, Mapping[str, Any]]]) -> tuple[Part, ...]:
        """Add (table, file, meta) parts as one new version: all of them, or after a crash none."""
        kept = tuple(Part(table, self._keep(table, path), meta) for table, path, meta in parts)
        with writing(self._meta_path) as con:
            current = parts_of(con, latest(con), self.vault)
            add_version(con, current, merged(current, kept), self.vault)
        return kept

    def withdraw(self, digests: Iterable[str]) -> None:
        """A new version without the parts of these digests; their files stay for older versions."""
        gone = frozenset(digests)
        with writing(self._meta_path) as con:
            current = parts_of(con, latest(con), self.vault)
            add_version(con, current, [part for part in current if part.digest not in gone], self.vault)

    @property
    def version(self) -> int:
        """Number of the current version; 0 holds nothing."""
        with reading(self._meta_path) as con:
            return latest(con)

    def manifest(self, version: int | None = None) -> tuple[Part, ...]:
        """The parts of a version (default: the current one), in the order in which they were published."""
        with reading(self._meta_path) as con:
            return tuple(parts_of(con, latest(con) if version is None else version, self.vault))

    def tables(self, version: int | None = None) -> Mapping[str, tuple[Path, ...]]:
        """Files of each table that has any."""
        found: dict[str, tuple[Path, ...]] = {}
        for part in self.manifest(version):
            found[part.table] = (*found.get(part.table, ()), self.path(part))
        return found

    def parts(self, table: str) -> tuple[Path, ...]:
        """Files of one table in the current version, or none."""
        return self.tables().get(table, ())

    def path(self, part: Part) -> Path:
        """Where a part lies."""
        return self.tables_folder / part.table / f"{part.digest}{_SUFFIX}"

    @property
    def digest(self) -> str:
        """SHA-256 over tables and content hashes of the current version, in order: what caches are keyed by."""
        listed = [[part.table, part.digest] for part in self.manifest()]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()

    def verify(self) -> None:
        """Read every current part and compare it with its name. Raises WorkspaceBroken for the first that differs or is gone."""
        for part in self.manifest():
            try:
                found = digest_of(self.path(part))
            except OSError:
                found = ""
            if found != part.digest:
                raise WorkspaceBroken.table(part.table)

    def remember(self, name: str, value: Any) -> None:
        """Keep a setting (answers, mapping, design) as JSON under a name; the last one counts."""
        with writing(self._meta_path) as con:
            con.execute("INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, json.dumps(value)))

    def recall(self, name: str) -> Any:
        """The setting of that name, or None."""
        with reading(self._meta_path) as con:
            row = con.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def record_reports(self, reports: Sequence[Mapping[str, Any]]) -> None:
        """Keep the intake reports, in place of the ones before; they repeat headers and names of files, so settings hold only their number."""
        self.vault.replace("reports", {"all": json.dumps(list(reports))})
        self.remember("reports", len(reports))

    def reports(self) -> list[dict[str, Any]]:
        """The intake reports, or none."""
        found: list[dict[str, Any]] = json.loads(self.vault.get("reports", "all") or "[]")
        return found

    def delete(self) -> None:
        """Unlink everything: keys, tables, settings, vault, staging. From the first step on the id is unknown; `sweep` finishes after a crash."""
        gone = private_folder(self.home / "gone") / self.id
        if self.folder.is_dir():
            self.folder.replace(gone)
            sync_folder(gone.parent)
        self._keys_path.unlink(missing_ok=True)
        remove(gone)

    @property
    def _meta_path(self) -> Path:
        return self.folder / "meta.sqlite"

    @property
    def _keys_path(self) -> Path:
        return self.home / "keys" / self.id

    def _keep(self, table: str, path: Path) -> str:
        if not _TABLE.fullmatch(table):
            raise ValueError(f"table == {table!r}, must be lower-case letters and underscores")
        return keep_by_content(path, private_folder(self.tables_folder / table), _SUFFIX)
