"""A file with a question still open, kept sealed so that the answer can read it again without a second drop.

Raw bytes stand in staging alone; what is kept here is compressed, encrypted with the key of the vault, and gone with the
last open question, the report of the file, or the work. Larger files are not kept: the answer is, and the file is dropped again.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from roi_core.ingest.slots import File

if TYPE_CHECKING:
    from roi_core.workspace import Workspace

_INDEX = "held"
_CODEC = "zstd"

Report = Mapping[str, Any]


def is_open(entry: Report) -> bool:
    """Whether a report waits for a word of the user: which table it is, or a question."""
    return bool(entry.get("proposal") or entry.get("questions"))


def hold(workspace: "Workspace", files: Sequence[File], entries: Sequence[Report], most_bytes: int) -> None:
    """Seals each of `files` with an open report among `entries` (their `upload` is its position), if it has at most `most_bytes`."""
    index: dict[str, str] = {}
    for number in {entry["upload"] for entry in entries if is_open(entry)}:
        content = _content(files[number], most_bytes)
        if content is not None:
            key = secrets.token_hex(16)
            workspace.vault.keep(_kind(key), _sealed(_name(files[number]), content))
            index |= {_place(entry["meta"]["source"], entry["member"]): key for entry in entries if entry["upload"] == number and "meta" in entry}
    if index:
        workspace.vault.amend(_INDEX, lambda before: {**before, **index})


def held(workspace: "Workspace", report: Report) -> File | None:
    """The file of a report, with its name, or None where it is not kept."""
    key = _key(workspace, report)
    sealed = workspace.vault.kept(_kind(key)) if key else None
    return _opened(sealed) if sealed is not None else None


def is_held(workspace: "Workspace", report: Report) -> bool:
    """Whether the file of a report can be read again as it is."""
    return _key(workspace, report) is not None


def is_raw(kind: str) -> bool:
    """Whether a kind of the vault holds files as they came, or says where they are."""
    return kind == _INDEX or kind.startswith(_kind(""))


def together(workspace: "Workspace", report: Report) -> frozenset[str]:
    """Sources of all tables of the file that a report belongs to."""
    index, key = workspace.vault.labels(_INDEX), _key(workspace, report)
    return frozenset(place.partition("/")[0] for place, other in index.items() if other == key)


def let_go(workspace: "Workspace") -> None:
    """Overwrites every kept file whose reports are answered or gone."""
    index = workspace.vault.labels(_INDEX)
    if not index:
        return
    waiting = {_place(report["source"], report["member"]) for report in workspace.reports() if "source" in report and is_open(report)}
    needed = {key for place, key in index.items() if place in waiting}
    gone = set(index.values()) - needed
    for key in gone:
        workspace.vault.drop(_kind(key))
    if gone:
        workspace.vault.amend(_INDEX, lambda now: {place: key for place, key in now.items() if key not in gone})


def _key(workspace: "Workspace", report: Report) -> str | None:
    return workspace.vault.get(_INDEX, _place(report["source"], report["member"])) if report.get("source") else None


def _place(source: str, member: str | None) -> str:
    return f"{source}/{member or ''}"


def _kind(key: str) -> str:
    return f"{_INDEX}:{key}"


def _name(file: File) -> str:
    return file[0] if isinstance(file, tuple) else Path(file).name


def _content(file: File, most_bytes: int) -> bytes | None:
    content = file[1] if isinstance(file, tuple) else Path(file)
    if isinstance(content, bytes):
        return content if len(content) <= most_bytes else None
    return content.read_bytes() if content.is_file() and content.stat().st_size <= most_bytes else None


def _sealed(name: str, content: bytes) -> bytes:
    head = json.dumps({"name": name, "bytes": len(content)}).encode()
    return head + b"\n" + bytes(pa.compress(content, _CODEC, asbytes=True))


def _opened(sealed: bytes) -> File:
    head, _, body = sealed.partition(b"\n")
    said = json.loads(head)
    return said["name"], bytes(pa.decompress(body, said["bytes"], _CODEC, asbytes=True))
