"""One run over a user's files: what is asked of the reading process, and what was heard of each file."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from roi_core.ingest.aside import pour, vault_at
from roi_core.ingest.lanes import LANES, Progress, Told, apart, beside, refuse_copies
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.slots import File, Slot, staged
from roi_core.ingest.supervise import Message, read_apart

__all__ = ["File", "Message", "Order", "Progress", "read_files"]


@dataclass(frozen=True, slots=True)
class Order:
    """What the reading process is asked for, beside the files: keys, what the user decided, and what is loaded already.

    `vault` is (path, key) or None where nothing is kept; `sources` maps the SHA-256 of a file to its name.
    """

    match_key: bytes
    vault: tuple[Path, bytes] | None = None
    mapping: Mapping[str, Any] | None = None
    dump: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> Message:
        """For the reading process's stdin."""
        return {
            "match": base64.b64encode(self.match_key).decode("ascii"),
            "vault": {"path": str(self.vault[0]), "key": self.vault[1].decode("ascii"), "aside": False} if self.vault else None,
            "mapping": self.mapping,
            "dump": self.dump,
            "sources": dict(self.sources),
        }


def read_files(files: Sequence[File], staging: Path, order: Order, progress: Progress | None, limits: ReadLimits) -> list[Message]:
    """Reads all files in as few reading processes as survive them: one, and one more after each table that ended it; large files in two at once.

    Returns one entry a table, in the order of the files: the keys of `inspect`, `upload` (position of its file), and `part`, `meta`
    and `dump` where it loaded.
    """
    slots = [staged(file, staging) for file in files]
    asked = {**order.as_json(), "staging": str(staging), "limits": asdict(limits)}
    told = Told(sum(slot.path is not None for slot in slots), progress)
    groups = apart(slots, limits)
    if len(groups) < LANES:
        for group in groups:
            _Run(group, told, order.sources).read(asked, limits)
    else:
        _read_beside(slots, groups, order, told, (asked, limits))
    return [{**entry, "upload": number} for number, slot in enumerate(slots) for entry in slot.told()]


def _read_beside(slots: Sequence[Slot], groups: Sequence[Sequence[Slot]], order: Order, told: Told, how: tuple[Message, ReadLimits]) -> None:
    """Two groups at a time. One that was ended is read once more, alone: the other may have had the memory or the time that it lacked."""
    asked, limits = how
    if order.vault:
        asked = {**asked, "vault": {**asked["vault"], "aside": True}}
    runs = [_Run(group, told, order.sources, is_alone=False) for group in groups]
    for run in runs:
        told.expect(run, run.waiting[0].name)
    beside(lambda run, called_off: run.read(asked, limits, called_off), runs, told)
    for run in runs:
        _Run(run.ended, told, run.sources, of=run).read(asked, limits)
    refuse_copies(slots)
    read = [(entry, entry.pop("sealed", None)) for slot in slots for entry in slot.entries]
    if order.vault:
        pour([Path(asked["staging"]) / name for entry, name in read if name and "refused" not in entry], vault_at(*order.vault))


class _Run:
    """Which files wait for the reading process; `waiting[0]` is the one it is at, once it has begun.

    Where it is not alone, `ended` are the files at which it was ended; else they are refused. `of` is the run that it goes on with.
    """

    def __init__(self, slots: Sequence[Slot], told: Told, sources: Mapping[str, str], *, is_alone: bool = True, of: "_Run | None" = None) -> None:
        self.waiting = list(slots)
        self.ended: list[Slot] = []
        self.sources = dict(sources)
        self._all = len(slots)
        self._begun = False
        self._told = told
        self._is_alone = is_alone
        self._reader = of or self
        self._before = of.done if of else 0

    @property
    def done(self) -> int:
        """Files that are through."""
        return self._all - len(self.waiting) - len(self.ended)

    def read(self, asked: Message, limits: ReadLimits, called_off: Callable[[], bool] = bool) -> None:
        """File after file, with a new process after each that ended one."""
        while self.waiting and not called_off():
            spec = {**asked, "sources": self.sources, "files": [slot.as_json() for slot in self.waiting]}
            self.end(read_apart(spec, limits, self.hear, called_off=called_off))

    def hear(self, message: Message) -> None:
        """One line of the reading process."""
        if "members" in message:
            self.waiting[0].members, self.waiting[0].notes = message["members"], message["notes"]
            return
        if "report" in message:
            self._take(message["report"])
            return
        if "end" in message:
            self.waiting.pop(0)
        self._begun = True
        done = self._before + self.done + message.get("share", 0.0)
        self._told.of(self._reader, self.waiting[0].name if self.waiting else "", done)

    def _take(self, report: Message) -> None:
        self.waiting[0].entries.append(report)
        if meta := report.get("meta"):
            self.sources[meta["source"]] = meta["file"]

    def end(self, why: str | None) -> None:
        """The reading process has ended: by itself, or `why`. One that never began will not begin for the next file either."""
        if why is None and self.waiting:
            why = "the process that reads files stopped early"
        if why is not None and not self._is_alone:
            first = 1 if self._begun else len(self.waiting)
            self.ended, self.waiting = [*self.ended, *self.waiting[:first]], self.waiting[first:]
        elif why is not None and not self._begun:
            for slot in self.waiting:
                slot.give_up(why)
        elif why is not None and self.waiting:
            self.waiting[0].stop(why)
        self.waiting = [slot for slot in self.waiting if not slot.done]
        self._begun = False
