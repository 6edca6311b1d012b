"""One file on its way through the reading process: which of its tables were heard of, and what a sudden end costs."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from roi_core.errors import FileRefused, printable
from roi_core.ingest.limits import LONGEST_NAME
from roi_core.ingest.supervise import Message

File = Path | str | tuple[str, bytes | Path]
"""A path; or a name to show, with the bytes or with the path at which they lie."""

_MOST_RESTARTS = 3


@dataclass(slots=True)
class Slot:
    """One file; `path` is None where there is nothing to read.

    `members` are the names inside of an archive, known once it was opened; `entries` has one report for each, in their order.
    """

    name: str
    path: Path | None = None
    entries: list[Message] = field(default_factory=list)
    members: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    restarts: int = 0

    @property
    def size(self) -> int:
        """Bytes of it on disk."""
        return self.path.stat().st_size if self.path else 0

    @property
    def done(self) -> bool:
        """Whether every table of it was reported."""
        return bool(self.entries) and len(self.entries) >= len(self.members)

    def as_json(self) -> Message:
        """For the reading process, which goes on after the members that were reported."""
        return {"path": str(self.path), "name": self.name, "from": len(self.entries)}

    def stop(self, why: str) -> None:
        """The reading process ended at this file: the member it was at is refused, and after too many ends all that follow."""
        if not self.done:
            self._refuse_next(why)
        self.restarts += 1
        if self.restarts > _MOST_RESTARTS:
            self.give_up(f"other files of this archive ended the process that reads it {self.restarts} times")

    def give_up(self, why: str) -> None:
        """Nothing more of this file is read: each table that was not reported is refused."""
        while not self.done:
            self._refuse_next(why)

    def _refuse_next(self, why: str) -> None:
        member = self.members[len(self.entries)] if self.members else None
        refusal = FileRefused.stopped(self.name, why) if member is None else FileRefused.member_stopped(member, self.name, why)
        self.entries.append({"file": self.name, "member": member, "refused": str(refusal)})

    def told(self) -> list[Message]:
        """The entries, the first with what there is to say of the whole file, loaded or refused."""
        if self.notes and self.entries:
            first = self.entries[0]
            changed = {"refused": " ".join((first["refused"], *self.notes))} if "refused" in first else {"notes": [*self.notes, *first["notes"]]}
            return [{**first, **changed}, *self.entries[1:]]
        return self.entries


def staged(file: File, staging: Path) -> Slot:
    """The file with a name that can be shown; bytes are written into `staging`, for their owner alone."""
    if not isinstance(file, tuple):
        return _on_disk(Path(file), Path(file).name)
    name, content = file
    if isinstance(content, Path):
        return _on_disk(content, name)
    path = staging / f"{secrets.token_hex(8)}.upload"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as out:
        out.write(content)
    return Slot(printable(name, LONGEST_NAME), path)


def bytes_of(file: File) -> int:
    """How many bytes there are to read."""
    content = file[1] if isinstance(file, tuple) else Path(file)
    if isinstance(content, bytes):
        return len(content)
    return content.stat().st_size if content.is_file() else 0


def _on_disk(path: Path, name: str) -> Slot:
    slot = Slot(printable(name, LONGEST_NAME), path.resolve() if path.is_file() else None)
    if slot.path is None:
        slot.give_up("it is a folder" if path.is_dir() else "there is no such file")
    return slot
