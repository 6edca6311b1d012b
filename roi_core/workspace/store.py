"""A workspace: typed tables by content hash, what the user decided about them, and the journal of both.

What counts now stands in one root (`root`), written in one SQLite transaction after every byte it names is on disk, so a
crash leaves what counted before. Older versions stay readable until they are forgotten (`forgetting`).
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from roi_core.engine.owner import owned_name
from roi_core.errors import NotSaved, WorkspaceBroken, WorkspaceLocked, WorkspaceMissing
from roi_core.workspace import journal, manifest, records, root, settled
from roi_core.workspace.appearing import appearing, delete
from roi_core.workspace.database import check, prepare, version_of, writing
from roi_core.workspace.disk import digest_of, folder_inside, keep_by_content, private_folder, remove, saved_in_words
from roi_core.workspace.home import default_home, temporary_staging
from roi_core.workspace.journal import Change
from roi_core.workspace.keys import Keys
from roi_core.workspace.manifest import Part
from roi_core.workspace.migration import FIRST, migrate
from roi_core.workspace.places import SUFFIX, Places, new_id
from roi_core.workspace.records import Record
from roi_core.workspace.root import FILES, Root
from roi_core.workspace.sealing import Seal
from roi_core.workspace.vault import Vault

FORMAT = 2
SCHEMA = f"{manifest.SCHEMA}; {root.SCHEMA}; {records.SCHEMA}"
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_NO_NAMES = ("", ".", "..")
_TABLE = re.compile(r"[a-z][a-z_]{0,40}")

Reports = Sequence[Mapping[str, Any]]
Digests = Collection[str]


@dataclass(frozen=True, slots=True)
class Workspace(Places):
    """A handle on saved work; it holds no open file. `id` is 128 random bits, safe in a URL."""

    @classmethod
    def create(cls, home: Path | None = None, keys: Keys | None = None) -> "Workspace":
        """A new, empty workspace in `home` (default: this user's), with keys of its own or those given. It appears whole or not at all. Raises NotSaved."""
        workspace, keys = cls(home or default_home(), new_id()), keys or Keys.new()
        with appearing(workspace, keys) as making:
            private_folder(making / "tables")
            private_folder(making / "staging")
            prepare(making / workspace.meta_path.name, SCHEMA, FORMAT)
            with writing(making / workspace.meta_path.name) as con:
                root.start(con, Seal(keys.vault))
            Vault.make(making / workspace.vault_path.name)
        return workspace

    @classmethod
    def open(cls, home: Path | None, workspace_id: str) -> "Workspace":
        """The workspace of that id. Raises WorkspaceMissing for an unknown or malformed one, WorkspaceBroken for a newer format or changed bytes."""
        workspace = cls(home or default_home(), workspace_id)
        if not (_ID.fullmatch(workspace_id) and workspace.meta_path.is_file()):
            raise WorkspaceMissing.unknown()
        keys = workspace.keys
        found = [version_of(path) for path in (workspace.meta_path, workspace.vault_path)]
        if max(found) > FORMAT:
            raise WorkspaceBroken.newer(max(found), FORMAT)
        if min(found) < FIRST:
            raise WorkspaceBroken.unreadable()
        if min(found) < FORMAT:
            with saved_in_words(workspace.folder):
                migrate(workspace.folder, keys, workspace.keys_path)
        return workspace

    @classmethod
    @contextmanager
    def temporary(cls, home: Path | None = None) -> Iterator["Workspace"]:
        """A workspace that is gone when the block ends, with its keys; after a crash the next `sweep` takes it away."""
        with temporary_staging(home) as own:
            yield cls.create(own)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A private folder for one load, unlinked when the block ends or fails. Raises NotSaved."""
        with saved_in_words(self.folder):
            folder = folder_inside(folder_inside(self.folder, "staging"), owned_name())
        try:
            yield folder
        finally:
            remove(folder)

    def keep(self, table: str, path: Path, meta: Mapping[str, Any] | None = None) -> Part:
        """Copy one Parquet file into the store, as part of no version yet. Raises NotSaved."""
        if not _TABLE.fullmatch(table):
            raise ValueError(f"table == {table!r}, must be lower-case letters and underscores")
        with saved_in_words(self.folder):
            return Part(table, keep_by_content(path, folder_inside(self.tables_folder, table), SUFFIX), meta or {})

    def advance(
        self,
        add: Sequence[Part] = (),
        without: Digests | Callable[[Sequence[Part]], Digests] = (),
        reports: Callable[[Reports], Reports] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> int:
        """A new version with these parts, without those of these digests, and with the reports that `reports` makes of those before.

        `values` are decisions of the same change, undone with it. A function is given what counts at that moment, whatever was saved
        since the caller looked. All of it is in the version that counts, or after a crash none. Gives its number, or that of the version
        before where nothing differs. Raises WorkspaceLocked, NotSaved.
        """
        with self.writing() as (con, seal):
            version = journal.writable(con, seal).version
            self._insist_on_files(add)
            parts, told = manifest.parts_of(con, seal, version), manifest.reports_of(con, seal, version)
            gone = without(parts) if callable(without) else without
            now, said = manifest.merged(parts, add, gone), list(reports(told) if reports else told)
            number = version if (now, said) == (parts, told) else manifest.add(con, seal, now, said)
            journal.change(con, seal, {FILES: number, **(values or {})} if number else values or {})
        return number

    def _insist_on_files(self, parts: Sequence[Part]) -> None:
        """Raises NotSaved where a part was taken for one of a load that was given up, and unlinked: see `forgetting.drop_unnamed`."""
        if not all(self.path(part).is_file() for part in parts):
            raise NotSaved.busy()

    def insist_on_change(self) -> None:
        """Raises WorkspaceLocked where nothing may be changed, before work is done that could not be kept."""
        if self.root.locked:
            raise WorkspaceLocked.now()

    def publish(self, table: str, part: Path, meta: Mapping[str, Any] | None = None) -> Part:
        """Add one file to the current version. The same bytes twice are one part."""
        return self.publish_all([(table, part, meta or {})])[0]

    def publish_all(self, parts: Sequence[tuple[str, Path, Mapping[str, Any]]]) -> tuple[Part, ...]:
        """Add (table, file, meta) parts as one new version: all of them, or after a crash none."""
        kept = tuple(self.keep(*part) for part in parts)
        self.advance(kept)
        return kept

    @property
    def version(self) -> int:
        """Number of the version that counts; 0 holds nothing."""
        return self.root.version

    def manifest(self, version: int | None = None) -> tuple[Part, ...]:
        """The parts of a version (default: the one that counts), in the order in which they were published."""
        with self.reading() as (con, seal):
            return tuple(manifest.parts_of(con, seal, root.read(con, seal).version if version is None else version))

    def reports(self, version: int | None = None) -> list[dict[str, Any]]:
        """The intake reports of a version (default: the one that counts)."""
        with self.reading() as (con, seal):
            return manifest.reports_of(con, seal, root.read(con, seal).version if version is None else version)

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
        return self.tables_folder / part.table / f"{part.digest}{SUFFIX}"

    @property
    def digest(self) -> str:
        """SHA-256 over tables and content hashes of the current version, in order: what caches are keyed by."""
        return self.digest_of()

    def digest_of(self, version: int | None = None) -> str:
        """The digest of a version (default: the one that counts)."""
        return manifest.digest_of(self.manifest(version))

    def verify(self, version: int | None = None) -> None:
        """Read every part and compare it with its name, and open all that is sealed. Raises WorkspaceBroken for the first that differs or is gone."""
        for part in self.manifest(version):
            try:
                found = digest_of(self.path(part))
            except OSError:
                found = ""
            if found != part.digest:
                raise WorkspaceBroken.table(part.table)
        check(self.meta_path, SCHEMA)
        with self.reading() as (con, seal):
            root.read(con, seal)
            manifest.digests_of(con, seal)
            records.check(con, seal)
        self.vault.verify()

    @property
    def root(self) -> Root:
        """What counts now. Raises WorkspaceBroken."""
        return settled.root_of(self)

    def recall(self, name: str) -> Any:
        """What was decided under a name, or None."""
        return self.root.values.get(name)

    def remember(self, name: str, value: Any, seen: Mapping[str, int] | None = None, *, steps: bool = False) -> int:
        """Keep a decision (answers, design, links) as JSON under a name; the last one counts, and it can be undone. See `journal.change`."""
        return self.remember_all({name: value}, seen, steps=steps)

    def remember_all(self, values: Mapping[str, Any], seen: Mapping[str, int] | None = None, *, steps: bool = False) -> int:
        """Several decisions as one change. Raises StaleSave, WorkspaceLocked, NotSaved."""
        with self.writing() as (con, seal):
            return journal.change(con, seal, json.loads(json.dumps(values)), seen, steps=steps)

    def undo(self, change: int) -> Change:
        """Take back the last change, which must be that one. Raises StaleSave, WorkspaceLocked."""
        with self.writing() as (con, seal):
            return journal.undo(con, seal, change)

    def redo(self, change: int) -> Change:
        """Make again the change taken back last, which must be that one. Raises StaleSave, WorkspaceLocked."""
        with self.writing() as (con, seal):
            return journal.redo(con, seal, change)

    def ways(self) -> tuple[Change | None, Change | None]:
        """The change that can be taken back, and the one that can be made again."""
        with self.reading() as (con, seal):
            now = root.read(con, seal)
            back, again = (Change.of(records.one(con, seal, ids[-1])) if ids else None for ids in (now.done, now.undone))
        return back, again

    def journal(self, most: int = 200) -> tuple[Change, ...]:
        """The last lines of the journal, newest first."""
        with self.reading() as (con, seal):
            return tuple(Change.of(record) for record in records.of_kind(con, seal, journal.KIND, most))

    def open_design(self, digest: str, design: Mapping[str, Any], *, fixed: bool) -> None:
        """Keep when a comparison was first opened, and whether it is the one fixed before any outcome was read. A locked work keeps nothing."""
        if digest in (now := self.root).designs or now.locked:
            return
        with self.writing() as (con, seal):
            now = journal.writable(con, seal)
            number = journal.note(con, seal, "opened", {"design": digest, "fixed": fixed})
            opened = {"at": records.one(con, seal, number).at, "design": json.loads(json.dumps(design)), "fixed": fixed}
            root.write(con, seal, replace(now, designs={digest: opened, **now.designs}))

    def lock(self, *, locked: bool) -> None:
        """Let nothing be changed or deleted, or let it again."""
        with self.writing() as (con, seal):
            now = root.read(con, seal)
            if now.locked != locked:
                journal.note(con, seal, "locked" if locked else "unlocked")
                root.write(con, seal, replace(now, locked=locked))

    def record(self, kind: str, content: Any) -> int:
        """Keep something that is written once, such as what was told when. Raises NotSaved."""
        with self.writing() as (con, seal):
            return records.add(con, seal, kind, content)

    def records(self, kind: str, most: int = -1) -> tuple[Record, ...]:
        """The last ones of a kind, newest first."""
        with self.reading() as (con, seal):
            return records.of_kind(con, seal, kind, most)

    def note(self, what: str, about: Mapping[str, Any] | None = None) -> None:
        """A line in the journal without a way back."""
        with self.writing() as (con, seal):
            journal.note(con, seal, what, about)

    def delete(self, *, locked_too: bool = False) -> None:
        """Unlink everything: keys, tables, decisions, vault, staging. From the first step on the id is unknown.

        Broken work goes as well. Raises WorkspaceMissing where the id leads out of the home, WorkspaceLocked, NotSaved where the disk refuses.
        """
        if self.id in _NO_NAMES or Path(self.id).name != self.id:
            raise WorkspaceMissing.unknown()
        with suppress(WorkspaceBroken, WorkspaceMissing):
            if not locked_too:
                self.insist_on_change()
        delete(self)
        settled.forget()


def known_versions(workspace: Workspace) -> Collection[int]:
    """Numbers of all versions that are kept."""
    with workspace.reading() as (con, _):
        return manifest.known(con)
