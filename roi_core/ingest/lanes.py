"""Large files are read two at a time: what takes one core is not waited for where there is another."""

import queue
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import psutil

from roi_core.errors import FileRefused
from roi_core.ingest.limits import ReadLimits, cores
from roi_core.ingest.slots import Slot
from roi_core.ingest.supervise import Message

LANES = 2
_LARGE = 16 << 20
"""Bytes from which a file is worth a process of its own, half a second of work."""
_LOOK_EVERY = 0.1

Progress = Callable[[str, float], None]
Reader = TypeVar("Reader", bound=Hashable)


class Told:
    """How far all files are: every reader tells of its own, and the share of all is passed on by the thread that asked."""

    def __init__(self, files: int, progress: Progress | None) -> None:
        self._files = files
        self._progress = progress
        self._at: dict[Hashable, tuple[str, float]] = {}
        self._heard: queue.SimpleQueue[tuple[Hashable, str, float]] | None = None

    def expect(self, reader: Hashable, name: str) -> None:
        """A reader will begin with the file `name`."""
        self._at[reader] = (name, 0.0)

    def of(self, reader: Hashable, name: str, done: float) -> None:
        """A reader is at the file `name` and through so many of its files."""
        if self._heard is None:
            self._pass_on(reader, name, done)
        else:
            self._heard.put((reader, name, done))

    def collect(self, *, until_asked: bool = True) -> None:
        """From now on what is told waits for `pass_on`, or is told at once again."""
        self._heard = queue.SimpleQueue() if until_asked else None

    def pass_on(self, seconds: float) -> None:
        """Tells what was heard, waiting at most so long for it."""
        try:
            while self._heard:
                self._pass_on(*self._heard.get(timeout=seconds))
                seconds = 0
        except queue.Empty:
            return

    def _pass_on(self, reader: Hashable, name: str, done: float) -> None:
        """One that has come to its end leaves the name to those that have not."""
        self._at[reader] = (name, done)
        if self._progress:
            at = name or next((other for other, _ in self._at.values() if other), "")
            self._progress(at, sum(done for _, done in self._at.values()) / self._files)


def apart(slots: Sequence[Slot], limits: ReadLimits) -> list[list[Slot]]:
    """The files with something to read, by the process that reads them: the large ones each alone, the largest first, the others together.

    All are together where fewer than two are large, there is one core, or less memory is free than two readers may use.
    """
    waiting = [slot for slot in slots if slot.path]
    large = sorted((slot for slot in waiting if slot.size >= _LARGE), key=lambda slot: -slot.size)
    if len(large) < LANES or cores() < LANES or psutil.virtual_memory().available < LANES * limits.resident_bytes:
        return [waiting] if waiting else []
    small = [slot for slot in waiting if slot.size < _LARGE]
    return [*([slot] for slot in large), *([small] if small else [])]


def beside(read: Callable[[Reader, Callable[[], bool]], None], readers: Sequence[Reader], told: Told) -> None:
    """Runs all readers, two at a time in threads, and tells how far they are in this one; an error here or of one calls all of them off."""
    called_off = Event()
    told.collect()
    with ThreadPoolExecutor(LANES) as lanes:
        try:
            running = [lanes.submit(read, reader, called_off.is_set) for reader in readers]
            while not all(one.done() for one in running):
                told.pass_on(_LOOK_EVERY)
                for ended in filter(Future.done, running):
                    ended.result()
        except BaseException:
            called_off.set()
            raise
    for one in running:
        one.result()
    told.pass_on(0)
    told.collect(until_asked=False)


def refuse_copies(slots: Sequence[Slot]) -> None:
    """Of tables with the same bytes the first counts; readers that do not hear of each other may have taken both."""
    seen: dict[str, str] = {}
    for slot in slots:
        for place, entry in enumerate(slot.entries):
            meta = entry.get("meta")
            if meta and meta["source"] in seen:
                slot.entries[place] = _copy(slot.name, entry["member"], seen[meta["source"]])
            elif meta:
                seen[meta["source"]] = meta["file"]


def _copy(name: str, member: str | None, other: str) -> Message:
    return {"file": name, "member": member, "refused": str(FileRefused.loaded_already(member or name, other))}
