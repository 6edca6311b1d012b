"""What of a work goes into a bundle: in the clear nothing that names a person, a company or a file; under a passphrase all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roi_core.engine.parts import metadata
from roi_core.ingest.held import is_raw
from roi_core.kpis.settings import AGREED, STORIES
from roi_core.schema.parts import METADATA, SAID
from roi_core.workspace import Workspace, journal, manifest, records, root
from roi_core.workspace.clients import NAME
from roi_core.workspace.manifest import Part
from roi_core.workspace.records import Record
from roi_core.workspace.root import FILES, Root

_NAMED = (NAME, AGREED, STORIES)
"""Values that are names or free text of the reader; they go into the sealed member alone."""
_COUNTS = ("records", "loaded", "quarantined", "not_data", "unaccounted")
_FACTS = ("vendor", "export", "entity", "encoding", "delimiter", "rows", "source")


@dataclass(frozen=True, slots=True)
class Content:
    """One consistent view of a work."""

    root: Root
    parts: tuple[Part, ...]
    reports: tuple[Mapping[str, Any], ...]
    records: Mapping[str, tuple[Record, ...]]
    digest: str

    @classmethod
    def of(cls, workspace: Workspace) -> "Content":
        """Raises WorkspaceBroken."""
        with workspace.reading() as (con, seal):
            now = root.read(con, seal)
            parts = tuple(manifest.parts_of(con, seal, now.version))
            reports = tuple(manifest.reports_of(con, seal, now.version))
            kept = {kind: records.of_kind(con, seal, kind) for kind in records.kinds(con) if kind != journal.KIND}
        return cls(now, parts, reports, kept, manifest.digest_of(parts))

    def decided(self) -> dict[str, Any]:
        """Decisions, comparisons and records: what a reader of the bundle may see."""
        values = {name: value for name, value in self.root.values.items() if name != FILES and not _is_named(name)}
        told = [{"kind": kind, "at": record.at, "content": record.content} for kind, listed in self.records.items() for record in reversed(listed)]
        return {"values": values, "designs": self.root.designs, "records": told, "digest": self.digest, "reports": _without_names(self.reports)}

    def names(self, workspace: Workspace) -> dict[str, Any]:
        """Keys, labels and names: what is sealed. Files that wait for an answer are raw, so they stay here."""
        vault = workspace.vault
        return {
            "keys": workspace.keys.as_bytes().decode("ascii"),
            "values": {name: value for name, value in self.root.values.items() if _is_named(name)},
            "reports": list(self.reports),
            "metas": [dict(part.meta) for part in self.parts],
            "noted": [noted_in(workspace, part) for part in self.parts],
            "labels": {kind: vault.labels(kind) for kind in vault.kinds() if not is_raw(kind)},
        }


def _is_named(value: str) -> bool:
    """Whether a value holds names, so that it goes into the sealed member alone: what the company is called, what the reader wrote, and headers of files."""
    return value in _NAMED or value.startswith(SAID)


def meta_without_names(meta: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What is known of a part, with a number in place of the name of its file, and no value out of it."""
    plain = without_samples(meta)
    return {**plain, "file": file_name(number)} if "file" in plain else plain


def without_samples(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Roles of a flat file without the values that show them: those of an id may be names."""
    if "roles" not in meta:
        return dict(meta)
    return {**meta, "roles": {role: {**proposal, "samples": []} for role, proposal in meta["roles"].items()}}


def noted_in(workspace: Workspace, part: Part) -> dict[str, Any] | None:
    """What the reader noted in the part itself."""
    import pyarrow.parquet as pq

    path = workspace.path(part)
    return metadata(path) if METADATA in (pq.read_schema(path).metadata or {}) else None


def file_name(number: int) -> str:
    """What a file is called whose name stays behind."""
    return f"file {number + 1}"


def _without_names(reports: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Counts of every file that was read: no header, no note and no name, all of which repeat what stood in the file."""
    return [_report(report, number) for number, report in enumerate(reports) if not report.get("refused") and report.get("entity")]


def _report(report: Mapping[str, Any], number: int) -> dict[str, Any]:
    columns = [{**column, "header": column["canonical"]} for column in report["columns"] if column.get("canonical")]
    facts = {name: report.get(name) for name in _FACTS}
    return {**facts, "file": file_name(number), "member": None, "columns": columns, "notes": []}
