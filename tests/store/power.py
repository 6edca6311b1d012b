"""The power is cut: of what was not handed to the disk with fsync, any beginning may be there. What was acknowledged is, whole.

One run of saves is traced (`strace`), so that every write of ours and of SQLite is known in its order. Then the disk is made anew as a cut could
have left it: all that was synced until then, and a prefix of the rest. What a folder lists counts as written once that folder was synced, as POSIX has it.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roi_core.workspace import Workspace, saved
from tests.store.apart import ROOT
from tests.store.contents import unreadable
from tests.store.kills import part
from tests.store.scores import Score, Tally

STRACE = shutil.which("strace")
ROUNDS, SEED = 12, 5
_CALLS = (
    "openat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,sendfile,copy_file_range"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
_HEX = r"((?:\\x[0-9a-f]{2})*)"
_TEXT, _FILE, _AT = re.compile(f'"{_HEX}"'), re.compile(rf"(\d+)<{_HEX}>"), re.compile(rf'(?:AT_FDCWD|\d+)<{_HEX}>, "{_HEX}"')
_ACKNOWLEDGED = b"acknowledged "


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: bytes at a place of a file, its size, names in folders (none where one goes), a sync, or a save that was acknowledged."""

    kind: str
    file: int = -1
    at: int = 0
    content: bytes = b""
    names: tuple[tuple[int, str, int | None], ...] = ()

    @property
    def on(self) -> tuple[int, ...]:
        """What must be synced for it to last; any of them will do."""
        return tuple(folder for folder, _, _ in self.names) if self.names else (self.file,)


@dataclass(slots=True)
class Traced:
    """Reads lines of a trace; files are numbered, 0 is the folder that is looked at."""

    root: Path
    steps: list[Step] = field(default_factory=list)
    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {0: {}})
    sizes: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def read(self, line: str) -> None:
        """One call that succeeded; others change nothing."""
        if found := _LINE.match(line):
            call, words, gave = found.groups()
            if call in ("sendfile", "copy_file_range", "writev", "pwritev", "pwritev2", "fallocate") and self._number(self._of(words)) is not None:
                raise NotImplementedError(call)
            if (how := getattr(self, f"_{call}", None)) is not None:
                how(words, int(gave))

    def _openat(self, words: str, descriptor: int) -> None:
        (path,) = _paths(words)
        self.places[descriptor] = 0
        if self._number(path) is None and "O_CREAT" in words and (where := self._where(path)):
            self._name((*where, self._new(folder=False)))
        if (number := self._number(path)) is not None and "O_TRUNC" in words:
            self._size(number, 0)

    def _lseek(self, words: str, place: int) -> None:
        self.places[_descriptor(words)] = place

    def _write(self, words: str, count: int) -> None:
        content, descriptor = _bytes(words)[:count], _descriptor(words)
        if content.startswith(_ACKNOWLEDGED):
            self.steps.append(Step("acknowledged", at=int(content[len(_ACKNOWLEDGED) :])))
        self._put(words, self.places.get(descriptor, 0), content)
        self.places[descriptor] = self.places.get(descriptor, 0) + count

    def _pwrite64(self, words: str, count: int) -> None:
        self._put(words, int(words.rpartition(", ")[2]), _bytes(words)[:count])

    def _put(self, words: str, at: int, content: bytes) -> None:
        if (number := self._number(self._of(words))) is not None:
            self.steps.append(Step("bytes", number, at, content))

    def _ftruncate(self, words: str, _: int) -> None:
        if (number := self._number(self._of(words))) is not None:
            self._size(number, int(words.rpartition(", ")[2]))

    def _size(self, number: int, size: int) -> None:
        self.steps.append(Step("size", number, size))

    def _fsync(self, words: str, _: int) -> None:
        if (number := self._number(self._of(words))) is not None:
            self.steps.append(Step("synced", number))

    _fdatasync = _fsync

    def _rename(self, words: str, _: int) -> None:
        source, target = _paths(words)
        number, gone, new = self._number(source), self._where(source), self._where(target)
        if number is not None and gone and new:
            self._name((*new, number), (*gone, None))

    _renameat = _renameat2 = _rename

    def _unlink(self, words: str, _: int) -> None:
        (path,) = _paths(words)
        if self._number(path) is not None and (where := self._where(path)):
            self._name((*where, None))

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, words: str, _: int) -> None:
        (path,) = _paths(words)
        if where := self._where(path):
            self._name((*where, self._new(folder=True)))

    _mkdirat = _mkdir

    def _link(self, words: str, _: int) -> None:
        source, target = _paths(words)
        if (number := self._number(source)) is not None and (where := self._where(target)):
            self._name((*where, number))

    _linkat = _link

    def _new(self, *, folder: bool) -> int:
        self.made += 1
        if folder:
            self.folders[self.made] = {}
        return self.made

    def _name(self, *names: tuple[int, str, int | None]) -> None:
        _rename_in(self.folders, names)
        self.steps.append(Step("names", names=names))

    def _of(self, words: str) -> Path:
        """The file of a descriptor."""
        return Path(_plain(_FILE.findall(words)[0][1]))

    def _where(self, path: Path) -> tuple[int, str] | None:
        folder = self._number(path.parent)
        return None if folder is None or folder not in self.folders else (folder, path.name)

    def _number(self, path: Path) -> int | None:
        if not path.is_relative_to(self.root):
            return None
        number = 0
        for name in path.relative_to(self.root).parts:
            if (found := self.folders.get(number, {}).get(name)) is None:
                return None
            number = found
        return number


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode()


def _bytes(words: str) -> bytes:
    return bytes.fromhex("".join(_TEXT.findall(words)).replace("\\x", ""))


def _descriptor(words: str) -> int:
    return int(_FILE.findall(words)[0][0])


def _paths(words: str) -> list[Path]:
    """The paths of a call, each beside the folder that it is told from where there is one."""
    return [Path(_plain(folder)) / _plain(name) for folder, name in _AT.findall(words)] or [Path(_plain(text)) for text in _TEXT.findall(words)]


def _rename_in(folders: dict[int, dict[str, int]], names: Sequence[tuple[int, str, int | None]]) -> None:
    for folder, name, number in names:
        if number is None:
            folders.setdefault(folder, {}).pop(name, None)
        else:
            folders.setdefault(folder, {})[name] = number


def kept_after(steps: Sequence[Step], cut: int, unsynced: int) -> Iterator[Step]:
    """What is on the disk after a cut before step `cut`: what was synced, and so many of the other steps, in their order."""
    synced = {step.file: place for place, step in enumerate(steps[:cut]) if step.kind == "synced"}
    for place, step in enumerate(steps[:cut]):
        if step.kind in ("synced", "acknowledged"):
            continue
        if any(synced.get(number, -1) > place for number in step.on):
            yield step
        elif unsynced:
            unsynced -= 1
            yield step


def written(steps: Iterator[Step], folders: Sequence[int], target: Path) -> None:
    """Makes that disk."""
    names: dict[int, dict[str, int]] = {}
    contents: dict[int, bytearray] = {}
    for step in steps:
        content = contents.setdefault(step.file, bytearray())
        if step.kind == "names":
            _rename_in(names, step.names)
        elif step.kind == "size":
            content[:] = content[: step.at].ljust(step.at, b"\0")
        else:
            content[:] = content.ljust(step.at, b"\0")
            content[step.at : step.at + len(step.content)] = step.content
    waiting = [(0, target)]
    while waiting:
        folder, place = waiting.pop()
        place.mkdir()
        for name, number in names.get(folder, {}).items():
            if number in folders:
                waiting.append((number, place / name))
            else:
                (place / name).write_bytes(contents.get(number, b""))


def cuts(folder: Path, count: int) -> Score:
    """So many cuts, at random moments, after each of which a random number of unsynced steps is there."""
    traced, draw, tally = _trace(folder), random.Random(SEED), Tally("power cut: a prefix of what was not synced is there")
    for number in range(count):
        cut = draw.randrange(len(traced.steps) + 1)
        everything, least = (sum(1 for _ in kept_after(traced.steps, cut, unsynced)) for unsynced in (cut, 0))
        place = folder / f"cut {number}"
        written(kept_after(traced.steps, cut, draw.randint(0, everything - least)), list(traced.folders), place)
        last = max((step.at for step in traced.steps[:cut] if step.kind == "acknowledged"), default=0)
        tally.add([f"cut {cut}: {fault}" for fault in _faults(place / "home", last)])
        shutil.rmtree(place)
    return tally.score


def _trace(folder: Path) -> Traced:
    root, log = folder / "disk", folder / "trace"
    root.mkdir()
    command = [STRACE or "strace", "-qq", "-y", "-xx", "-s", "100000000", "-e", f"trace={_CALLS}", "-o", str(log)]
    subprocess.run([*command, sys.executable, "-m", "tests.store.power", str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    traced = Traced(root)
    with log.open() as lines:
        for line in lines:
            traced.read(line)
    return traced


def _faults(home: Path, last: int) -> list[str]:
    """After `last` saves were acknowledged."""
    works = saved(home) if home.is_dir() else ()
    if not works:
        return ["the work is gone"] if last else []
    workspace = Workspace(home, works[0])
    if faults := unreadable(workspace):
        return faults
    values, parts = workspace.root.values, [[one.meta["n"] for one in workspace.manifest() if one.table == table] for table in ("tickets", "usage")]
    wrong = [] if values.get("a") == values.get("b") and parts[0] == parts[1] == list(range(1, len(parts[0]) + 1)) else ["half saved"]
    return [*wrong, *([] if (values.get("a") or 0) >= last and len(parts[0]) >= last else ["lost"])]


def main(folder: Path) -> None:
    """Saves that are traced; each is acknowledged once it is told to be saved."""
    workspace = Workspace.create(folder / "disk" / "home")
    for number in range(1, ROUNDS + 1):
        paths = [part(folder, f"{table}{number}") for table in ("t", "u")]
        workspace.publish_all([("tickets", paths[0], {"n": number}), ("usage", paths[1], {"n": number})])
        workspace.remember_all({"a": number, "b": number})
        os.write(1, b"%s%d\n" % (_ACKNOWLEDGED, number))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
