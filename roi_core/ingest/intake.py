"""From a user's files to parts in a workspace: read apart, checked, published together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from roi_core.errors import printable
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.run import File, Message, Order, Progress, read_files

if TYPE_CHECKING:
    from roi_core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FileReport:
    """One table of an upload, or the refusal of one.

    `entity` is None where it is not known which table it is. `source` is the SHA-256 of its bytes: two files may have one name.
    """

    file: str
    member: str | None = None
    vendor: str | None = None
    export: str | None = None
    entity: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    rows: RowLedger | None = None
    columns: tuple[Mapping[str, str | None], ...] = ()
    notes: tuple[str, ...] = ()
    refused: str | None = None
    source: str | None = None

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """From the reading process's message."""
        if "refused" in entry:
            return cls(entry["file"], entry["member"], refused=printable(entry["refused"]))
        counts = {key: entry["rows"][key] for key in ("records", "loaded", "quarantined", "not_data")}
        plain = {key: entry[key] for key in ("file", "member", "vendor", "export", "entity", "encoding", "delimiter")}
        notes = tuple(printable(note) for note in entry["notes"])
        return cls(**plain, rows=RowLedger(**counts), columns=tuple(entry["columns"]), notes=notes, source=entry["meta"]["source"])

    def as_json(self) -> dict[str, Any]:
        """The entry of `support-roi inspect`."""
        if self.rows is None:
            return {"file": self.file, "member": self.member, "refused": self.refused}
        return {
            "file": self.file,
            "member": self.member,
            "vendor": self.vendor,
            "export": self.export,
            "entity": self.entity,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "rows": self.rows.as_json(),
            "columns": [dict(column) for column in self.columns],
            "notes": list(self.notes),
        }

    def as_record(self) -> dict[str, Any]:
        """The entry as a workspace keeps it: with `source`, under which its rows set aside are found (`quarantine_key`)."""
        return self.as_json() if self.source is None else {**self.as_json(), "source": self.source}


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files of one load: one report a table."""

    files: tuple[FileReport, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """The `files` of `support-roi inspect`."""
        return [report.as_json() for report in self.files]

    @property
    def all_refused(self) -> bool:
        """Whether nothing could be read."""
        return all(report.refused is not None for report in self.files)


def take_in(
    files: Sequence[File],
    workspace: "Workspace",
    mapping: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    limits: ReadLimits = LIMITS,
) -> Intake:
    """Reads files (paths, or (name, bytes)) into a workspace, and records the reports there.

    Raw bytes live in a staging folder that is gone when this returns. A file that cannot be read is a report with
    `refused`; the others go on. A file that is there already is refused, but with a `mapping` (what `Choices.of` takes) it
    takes the place of the one before. `progress` hears (file, share of all files done).
    """
    loaded = {part.digest: part.meta for part in workspace.manifest() if "source" in part.meta}
    sources = {} if mapping else {meta["source"]: meta["file"] for meta in loaded.values()}
    order = Order(workspace.keys.match, (workspace.vault.path, workspace.keys.vault), mapping, sources=sources)
    with workspace.staging() as staging:
        entries = read_files(files, staging, order, progress, limits)
        parts = workspace.publish_all([(entry["entity"], staging / entry["part"], entry["meta"]) for entry in entries if entry.get("part")])
    read, kept = {part.meta["source"] for part in parts}, {part.digest for part in parts}
    workspace.withdraw(digest for digest, meta in loaded.items() if meta["source"] in read and digest not in kept)
    intake = intake_of(entries)
    workspace.record_reports(_with_new(workspace.reports(), intake))
    return intake


def _with_new(before: Sequence[Mapping[str, Any]], intake: Intake) -> list[Mapping[str, Any]]:
    """All reports; one whose bytes were read again stands once, as it is now."""
    again = {(report.source, report.member) for report in intake.files if report.source}
    kept = [entry for entry in before if (entry.get("source"), entry["member"]) not in again]
    return [*kept, *(report.as_record() for report in intake.files)]


def intake_of(entries: Sequence[Message]) -> Intake:
    """The reports of one run."""
    return Intake(tuple(FileReport.of(entry) for entry in entries))
