"""A bundle becomes work on this computer: read apart, checked, typed, kept as a whole or not at all."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from roi_core.bundle.values import check_values
from roi_core.errors import BundleRefused, SupportRoiError
from roi_core.ingest.limits import FROM_DISK, ReadLimits
from roi_core.ingest.slots import File, staged
from roi_core.ingest.supervise import Message, read_apart
from roi_core.workspace import Keys, Workspace, default_home, journal, manifest, moved, records, root, temporary_staging
from roi_core.workspace.keys import KEYLESS
from roi_core.workspace.manifest import Part
from roi_core.workspace.root import FILES, Root

_PROGRAM = "roi_core.bundle.child"


@dataclass(slots=True)
class _Heard:
    """What the reading process said."""

    parts: list[Message] = field(default_factory=list)
    work: Message = field(default_factory=dict)
    sealed: Message | None = None
    refused: str = ""

    def hear(self, message: Message) -> None:
        """One line of it."""
        if "part" in message:
            self.parts.append(message["part"])
        self.work = message.get("work", self.work)
        self.sealed = message.get("sealed", self.sealed)
        self.refused = message.get("refused", self.refused)


def import_work(file: File, home: Path | None = None, passphrase: str | None = None, limits: ReadLimits = FROM_DISK) -> Workspace:
    """The work of a bundle (a path, or a name with bytes) under a new id; it appears whole or not at all. Raises BundleRefused, NotSaved.

    Without the passphrase of a sealed bundle, and of one that has none, the work has no keys of its tables: `is_keyless`.
    """
    home = home or default_home()
    with temporary_staging(home) as staging:
        slot = staged(file, staging)
        if slot.path is None:
            raise BundleRefused.foreign(slot.name)
        heard = _Heard()
        order = {"files": [slot.as_json()], "passphrase": passphrase or None, "staging": str(staging), "limits": asdict(limits)}
        why = read_apart(order, limits, heard.hear, _PROGRAM)
        if heard.refused or why or not heard.work:
            raise BundleRefused(heard.refused) if heard.refused else BundleRefused.stopped(slot.name, why or "the process that reads it stopped early")
        return _kept(heard, slot.name, home, staging)


def is_keyless(workspace: Workspace) -> bool:
    """Whether the work was imported without the keys of its tables, so that no further file can be linked with them."""
    return bool(workspace.recall(KEYLESS))


def _kept(heard: _Heard, name: str, home: Path, staging: Path) -> Workspace:
    values, keys = _values(heard, name), _keys(heard, name)
    made = Workspace.create(staging, keys)
    parts = [made.keep(part["table"], staging / Path(part["file"]).name, part["meta"]) for part in heard.parts]
    for kind, labels in heard.sealed["labels"].items() if heard.sealed else ():
        made.vault.put_many(kind, labels)
    _write(made, heard.work, parts, values)
    return moved(made, home)


def _values(heard: _Heard, name: str) -> dict[str, Any]:
    """Every value is read as pages will read it. Raises BundleRefused."""
    values = {**heard.work["values"], **(heard.sealed["values"] if heard.sealed else {})}
    values = {key: value for key, value in values.items() if key != FILES}
    try:
        check_values(values)
    except (SupportRoiError, KeyError, TypeError, ValueError, AttributeError):
        raise BundleRefused.changed(name, "its decisions cannot be read") from None
    return values if heard.sealed or not heard.parts else {**values, KEYLESS: True}


def _keys(heard: _Heard, name: str) -> Keys | None:
    if heard.sealed is None:
        return None
    try:
        return Keys.of(heard.sealed["keys"].encode())
    except SupportRoiError:
        raise BundleRefused.changed(name, "its keys are not as they were written") from None


def _write(workspace: Workspace, work: Message, parts: list[Part], values: dict[str, Any]) -> None:
    """Tables, decisions and records in one transaction. What was told of the tables is told of the same tables under their new digest."""
    now = manifest.digest_of(parts)
    with workspace.writing() as (con, seal):
        for record in work["records"]:
            records.add(con, seal, record["kind"], _renamed(record["content"], work["digest"], now), record["at"])
        number = journal.note(con, seal, "imported")
        files = {FILES: manifest.add(con, seal, parts, work["reports"])} if parts or work["reports"] else {}
        root.write(con, seal, Root(designs=work["designs"]).put({**values, **files}, number))


def _renamed(content: Any, before: str, now: str) -> Any:
    if isinstance(content, dict):
        return {key: _renamed(value, before, now) for key, value in content.items()}
    if isinstance(content, list):
        return [_renamed(value, before, now) for value in content]
    return now if content == before else content
