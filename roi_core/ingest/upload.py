"""One upload in the reading process: its tables one after the other, each loaded or refused in words."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roi_core.errors import FileRefused, SupportRoiError
from roi_core.ingest.archive import unpack
from roi_core.ingest.mapping import Choices
from roi_core.ingest.members import Member
from roi_core.ingest.one_table import Entry, Job, load_table
from roi_core.workspace.sealing import Seal
from roi_core.workspace.vault import Vault

__all__ = ["Choices", "Job", "Seal", "Vault", "messages_of"]

Message = dict[str, Any]


def messages_of(path: Path, file: str, job: Job, start: int = 0) -> Iterator[Message]:
    """What an upload holds (`members`, `notes`), then a `report` for each table from number `start` on. Raises nothing.

    A refused table has `refused` instead of what it holds.
    """
    try:
        contents = unpack(path, file, job.staging, job.limits)
    except Exception as fault:  # noqa: BLE001
        yield {"report": _refused(file, None, reason(file, fault))}
        return
    yield {"members": [member.name for member in contents.members], "notes": list(contents.notes)}
    for member in contents.members[start:]:
        yield {"report": _entry(member, file, job)}


def _entry(member: Member, file: str, job: Job) -> Entry:
    if member.path is None:
        return _refused(file, member.name, member.refused or "")
    try:
        return load_table(member.path, file, member.name, job)
    except Exception as fault:  # noqa: BLE001
        return _refused(file, member.name, reason(member.name or file, fault))


def _refused(file: str, member: str | None, text: str) -> Entry:
    return {"file": file, "member": member, "refused": text}


def reason(name: str, fault: Exception) -> str:
    """What a fault may say: the text of our own errors; of any other its type and the line of our code, no content."""
    if isinstance(fault, SupportRoiError):
        return str(fault)
    if isinstance(fault, MemoryError):
        return str(FileRefused.stopped(name, "it needs more memory than the reader may use"))
    place = next((f for f in reversed(traceback.extract_tb(fault.__traceback__)) if "roi_core" in f.filename), None)
    where = f" in {Path(place.filename).stem}, line {place.lineno}" if place else ""
    return str(FileRefused.stopped(name, f"a fault of the program ({type(fault).__name__}{where})"))
