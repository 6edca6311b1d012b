"""Large files are read two at a time: what takes one core is not waited for where there is another."""

import os
import queue
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from roi_core.errors import FileRefused
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
        self._done: dict[Hashable, float] = {}
        self._heard: queue.SimpleQueue[tuple[Hashable, str, float]] | None = None

    def of(self, reader: Hashable, name: str, done: float) -> None:
        """A reader is at the file `name` and through so many of its files."""
        if self._heard is None:
            self._pass_on(reader, name, done)
        else:
            self._heard.put((reader, name, done))

    def collect(self) -> None:
        """From now on what is told waits for `pass_on`."""
        self._heard = queue.SimpleQueue()

    def pass_on(self, seconds: float) -> None:
        """Tells what was heard, waiting at most so long for it."""
        try:
            if self._heard:
                self._pass_on(*self._heard.get(timeout=seconds))
        except queue.Empty:
            return

    def _pass_on(self, reader: Hashable, name: str, done: float) -> None:
        self._done[reader] = done
        if self._progress:
            self._progress(name, sum(self._done.values()) / self._files)


def apart(slots: Sequence[Slot]) -> list[list[Slot]]:
    """The files with something to read, by the process that reads them: the large ones each alone, the largest first, the others together.

    All are together where fewer than two are large, or there is one core.
    """
    waiting = [slot for slot in slots if slot.path]
    large = sorted((slot for slot in waiting if slot.size >= _LARGE), key=lambda slot: -slot.size)
    if len(large) < LANES or (os.cpu_count() or 1) < LANES:
        return [waiting] if waiting else []
    small = [slot for slot in waiting if slot.size < _LARGE]
    return [*([slot] for slot in large), *([small] if small else [])]


def beside(read: Callable[[Reader, Callable[[], bool]], None], readers: Sequence[Reader], told: Told) -> None:
    """Runs all readers, two at a time in threads, and tells how far they are in this one; an error here calls all of them off."""
    called_off = Event()
    told.collect()
    with ThreadPoolExecutor(LANES) as lanes:
        running = [lanes.submit(read, reader, called_off.is_set) for reader in readers]
        try:
            while not all(one.done() for one in running):
                told.pass_on(_LOOK_EVERY)
        except BaseException:
            called_off.set()
            raise
    for one in running:
        one.result()


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
