"""From a user's files to parts in a workspace: read apart, checked, published together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from roi_core.errors import FileUnlinked, SupportRoiError, printable
from roi_core.ingest.arriving import record_load
from roi_core.ingest.billed_prices import billed_prices
from roi_core.ingest.headers import fingerprint
from roi_core.ingest.held import held, hold, let_go, together
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.merging import Merged, overlap_notes
from roi_core.ingest.plan import Plan
from roi_core.ingest.remembered import decision, remember, with_remembered
from roi_core.ingest.run import File, Message, Order, Progress, read_files
from roi_core.ingest.slots import bytes_of
from roi_core.schema import LOADED, Privacy
from roi_core.schema.parts import SAID
from roi_core.workspace.disk import insist_on_room, saved_in_words
from roi_core.workspace.forgetting import let_go_of_rows
from roi_core.workspace.keys import KEYLESS
from roi_core.workspace.manifest import Part, merged

if TYPE_CHECKING:
    from roi_core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FileReport:
    """One table of an upload, or the refusal of one.

    `entity` is None where it is not known which table it is; then `proposal` says what it could be (`guess.Proposal`). `questions` are what
    its columns leave open (`questions.Question`). `source` is the SHA-256 of its bytes: two files may have one name.
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
    proposal: Mapping[str, Any] | None = None
    questions: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """From the reading process's message."""
        if "refused" in entry:
            return cls(entry["file"], entry["member"], refused=printable(entry["refused"]))
        counts = {key: entry["rows"][key] for key in ("records", "loaded", "quarantined", "not_data")}
        plain = {key: entry[key] for key in ("file", "member", "vendor", "export", "entity", "encoding", "delimiter")}
        notes = tuple(printable(note) for note in entry["notes"])
        left_open = {"proposal": entry["proposal"], "questions": tuple(entry["questions"])}
        return cls(
            **plain,
            **left_open,
            rows=RowLedger(**counts, money=tuple(entry["rows"].get("money", ()))),
            columns=tuple(entry["columns"]),
            notes=notes,
            source=entry["meta"]["source"],
        )

    @property
    def can_be_mapped(self) -> bool:
        """Whether it is likely what the user could make of it: a table is proposed, from more than a single row."""
        return self.proposal is not None and self.proposal["entity"] is not None and self.rows is not None and self.rows.loaded > 1

    def as_json(self) -> dict[str, Any]:
        """The entry of `support-roi inspect`; `proposal` and `questions` are there only where there are any."""
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
            **({"proposal": dict(self.proposal)} if self.proposal else {}),
            **({"questions": [dict(question) for question in self.questions]} if self.questions else {}),
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
    again: Collection[str] = (),
) -> Intake:
    """Reads files (paths, or (name, bytes)) into a workspace, and records the reports there.

    Raw bytes live in a staging folder that is gone when this returns, but for a file with an open question (`held`). A file that
    cannot be read is a report with `refused`; the others go on. What the user said of files with the same headers holds. A file that is there
    already is refused, but with a `mapping` (what `Choices.of` takes, remembered by headers), with another plan than it was read by, or where its
    `source` is in `again`, it takes the place of the one before. `progress` hears (file, share of all files done).
    Raises WorkspaceLocked, and NotSaved where the disk has not twice the bytes of the files free; nothing is read then.
    """
    workspace.insist_on_change()
    loaded = [part.meta for part in workspace.manifest() if "source" in part.meta]
    said, keyed = with_remembered(workspace, mapping), not workspace.recall(KEYLESS)
    sources = {} if mapping else {meta["source"]: meta["file"] for meta in loaded if meta["source"] not in again and not _is_replanned(meta, said)}
    order = Order(workspace.keys.match, (workspace.vault_path, workspace.keys.vault), said, sources=sources)
    with workspace.staging() as staging:
        with saved_in_words(workspace.folder):
            insist_on_room(staging, sum(map(bytes_of, files)))
            entries = read_files(files, staging, order, progress, limits)
        with _sealed_for_nothing(workspace, entries):
            entries = entries if keyed else [_unlinked(entry) for entry in entries]
            parts = [workspace.keep(entry["entity"], staging / entry["part"], entry["meta"]) for entry in entries if entry.get("part")]
            before = workspace.manifest()
            replaced = _replaced(before, entries, parts)
            entries = _with_overlaps(entries, parts, merged(before, parts, replaced), workspace)
            intake = intake_of(entries)
            hold(workspace, files, entries, limits.held_bytes)
            workspace.advance(parts, lambda current: _replaced(current, entries, parts), lambda told: _with_new(told, intake), _said(intake, mapping or {}))
    let_go(workspace)
    record_load(workspace, [part for part in before if part.digest not in replaced], parts)
    return intake


@contextmanager
def _sealed_for_nothing(workspace: "Workspace", entries: Sequence[Message]) -> Iterator[None]:
    """A load that fails takes along what was sealed of its files, unless a version names them; what it cannot, the next `sweep` does."""
    try:
        yield
    except BaseException:
        with suppress(SupportRoiError):
            let_go_of_rows(workspace, {entry["meta"]["source"] for entry in entries if "meta" in entry})
        raise


def _replaced(current: Sequence[Part], entries: Sequence[Message], parts: Sequence[Part]) -> frozenset[str]:
    """Digests of those that count and give way, because the bytes that they are of were read again."""
    read, kept = {entry["meta"]["source"] for entry in entries if "meta" in entry}, {part.digest for part in parts}
    return frozenset(part.digest for part in current if part.meta.get("source") in read and part.digest not in kept)


def _unlinked(entry: Message) -> Message:
    """A table whose customers are hashed with keys that the work does not have is refused; costs and the like are taken in."""
    if not entry.get("part") or not any(column.privacy is Privacy.HASHED for column in LOADED[entry["entity"]].columns):
        return entry
    why = FileUnlinked.keyless(entry["member"] or entry["file"], LOADED[entry["entity"]].title.lower())
    return {"file": entry["file"], "member": entry["member"], "refused": str(why), "upload": entry["upload"]}


def _is_replanned(meta: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether the user has said something of files with these headers since a part was read."""
    plan = said["headers"].get(meta.get("fingerprint"))
    now = Plan.of(plan).digest if plan else ""
    return bool(now != meta.get("plan", ""))


def _said(intake: Intake, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What was said by the name or the headers of a file holds for the next file with its headers: decisions of the change that reads it.

    Headers are those that it was said of: in the encoding that was answered they may read otherwise.
    """
    read = [report for report in intake.files if report.refused is None]
    said = {f"{SAID}{key}": plan for key, plan in mapping.get("headers", {}).items()} if read else {}
    for report in read:
        if plan := mapping.get("files", {}).get(report.member or report.file):
            said |= decision([str(column["header"]) for column in report.columns], Plan.of(plan))
    return said


def read_as(workspace: "Workspace", report: Mapping[str, Any], plan: Plan, progress: Progress | None = None) -> Intake | None:
    """Keeps a plan for files with the headers of a report, and reads its file again by it; None where the file has to be dropped again.

    Raises MappingRefused and WorkspaceLocked before anything is kept.
    """
    plan.check(report["member"] or report["file"])
    workspace.insist_on_change()
    headers, file = [column["header"] for column in report["columns"]], held(workspace, report)
    if file is None:
        remember(workspace, headers, plan)
        return None
    said = {"headers": {fingerprint(headers): {**plan.as_json(), "headers": headers}}}
    return take_in([file], workspace, said, progress, again=together(workspace, report))


def _with_overlaps(entries: Sequence[Message], parts: Sequence[Part], together: Sequence[Part], workspace: "Workspace") -> list[Message]:
    """The entries with what other files say of their parts; `parts` are those of the entries that loaded, in order, `together` all that will count."""
    shared, priced, loaded = overlap_notes(workspace, together, parts), billed_prices(workspace, together, parts), iter(parts)
    found = list(entries)
    for place, entry in enumerate(entries):
        if entry.get("part"):
            digest = next(loaded).digest
            found[place] = _with_merged(_with_merged(entry, shared.get(digest, Merged())), priced.get(digest, Merged()))
    return found


def _with_merged(entry: Message, merged: Merged) -> Message:
    open_already = {question["key"] for question in entry["questions"]}
    questions = [*entry["questions"], *(ask.as_json() for ask in merged.asks if ask.key not in open_already)]
    return {**entry, "notes": [*entry["notes"], *merged.notes], "questions": questions}


def _with_new(before: Sequence[Mapping[str, Any]], intake: Intake) -> list[Mapping[str, Any]]:
    """All reports; one whose bytes were read again stands once, as it is now."""
    again = {(report.source, report.member) for report in intake.files if report.source}
    kept = [entry for entry in before if (entry.get("source"), entry["member"]) not in again]
    return [*kept, *(report.as_record() for report in intake.files)]


def intake_of(entries: Sequence[Message]) -> Intake:
    """The reports of one run."""
    return Intake(tuple(FileReport.of(entry) for entry in entries))
