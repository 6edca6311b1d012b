"""Every call to the system fails once: what was saved before is whole, the words are for the user, and the next try works.

`os` and SQLite are made to fail call by call; then the system itself refuses to let files grow, at every size.
"""

import errno
import os
import random
import resource
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from roi_core.bundle import export_work
from roi_core.errors import NotSaved, SupportRoiError, WorkspaceBroken, WorkspaceMissing
from roi_core.workspace import Workspace, copy_of, forget_older, forgetting, saved, sweep
from tests.store.contents import counting, orphans, unreadable
from tests.store.forking import Acknowledge, Ended, run
from tests.store.kills import part
from tests.store.scores import Score, Tally

CALLS = ("open", "fdopen", "fsync", "replace", "link", "unlink", "rmdir", "mkdir")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
SQLITE_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
_SMALLEST, _STEP = 512, 4096
_OUT, _BEFORE = "work.zip", b"what was exported before"


@dataclass(frozen=True, slots=True)
class Failing:
    """Lets `after` calls pass and fails the next one."""

    after: int
    error: int

    @contextmanager
    def patched(self) -> Iterator[list[int]]:
        """Counts calls while the block runs."""
        seen = [0]

        def counted(real: Callable[..., Any], error: Callable[[], Exception]) -> Callable[..., Any]:
            def call(*args: Any, **kwargs: Any) -> Any:
                seen[0] += 1
                if seen[0] == self.after + 1:
                    raise error()
                return real(*args, **kwargs)

            return call

        def refused() -> OSError:
            return OSError(ERRORS[self.error], "refused")

        def sqlite_refused() -> sqlite3.OperationalError:
            error = sqlite3.OperationalError("refused")
            error.sqlite_errorcode = SQLITE_ERRORS[self.error]
            return error

        class Connection(sqlite3.Connection):
            execute = counted(sqlite3.Connection.execute, sqlite_refused)
            backup = counted(sqlite3.Connection.backup, sqlite_refused)

        real = sqlite3.connect
        patches = [mock.patch.object(os, name, counted(getattr(os, name), refused)) for name in CALLS]
        patches.append(mock.patch.object(sqlite3, "connect", lambda *args, **kwargs: real(*args, factory=Connection, **kwargs)))
        for patch in patches:
            patch.start()
        try:
            yield seen
        finally:
            for patch in patches:
                patch.stop()


Do = Callable[[Workspace], object]


def all_calls(folder: Path, every: int) -> list[Score]:
    """Each kind of work, at every `every`-th call that it makes, and at every size that a file may not pass."""
    forgetting.YOUNG_SECONDS = -60.0
    return [_one_kind(folder / name, name, do, every) for name, do in _kinds(folder).items()]


def _kinds(folder: Path) -> Mapping[str, Do]:
    def publish(workspace: Workspace) -> None:
        workspace.publish_all([("tickets", part(folder, "t9"), {}), ("usage", part(folder, "u9"), {})])

    return {
        "create": lambda workspace: Workspace.create(workspace.home),
        "save": lambda workspace: workspace.remember("a", "new"),
        "open": lambda workspace: counting(Workspace.open(workspace.home, workspace.id)),
        "publish": publish,
        "delete": lambda workspace: workspace.delete(),
        "copy": copy_of,
        "forget": forget_older,
        "vault": lambda workspace: workspace.vault.put("company", "k", "new"),
        "export": _export,
        "read": lambda workspace: (workspace.reports(), workspace.vault.labels("company"), workspace.ways()),
    }


def _export(workspace: Workspace) -> None:
    """Over a file that is there already."""
    export_work(workspace, _out(workspace.home) / _OUT)


def _out(home: Path) -> Path:
    return home.parent / "out"


def _one_kind(folder: Path, name: str, do: Do, every: int) -> Score:
    folder.mkdir(parents=True)
    tally, draw = Tally(f"every call of {name} fails once"), random.Random(3)
    calls = _counted(folder, do)
    for after in range(draw.randrange(every), calls, every):
        tally.add(_try(folder, do, Failing(after, draw.randrange(3))))
    for size in range(_SMALLEST, _largest(folder) + _STEP * every, _STEP * every):
        tally.add(_try(folder, do, size))
    return tally.score


def _counted(folder: Path, do: Do) -> int:
    def work(acknowledge: Acknowledge) -> None:
        workspace = _some(folder)
        with Failing(10**9, 0).patched() as seen:
            do(workspace)
        acknowledge(str(seen[0]))

    return int(run(work).said[-1])


def _largest(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.rglob("*") if path.is_file()) + 2 * _STEP


def _some(folder: Path) -> Workspace:
    """The same work anew: made once for a kind, and copied for each try."""
    made, home = folder / "made", folder / "home"
    if not made.exists():
        _make(folder, made)
    for path in (home, _out(home)):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(made, home)
    _out(home).mkdir()
    (_out(home) / _OUT).write_bytes(_BEFORE)
    (work,) = saved(home)
    return Workspace.open(home, work)


def _make(folder: Path, home: Path) -> None:
    workspace = Workspace.create(home)
    for number in (1, 2):
        workspace.publish_all([("tickets", part(folder, f"t{number}"), {}), ("usage", part(folder, f"u{number}"), {})])
        workspace.remember_all({"a": number, "b": number})
    workspace.vault.put("company", "k", "Lamps")


def _try(folder: Path, do: Do, fault: Failing | int) -> list[str]:
    """The first try meets the fault in a child, which goes on as a server does; the second meets none."""
    workspace = _some(folder)
    before = counting(workspace)
    ended = run(lambda acknowledge: _first(acknowledge, workspace, do, fault))
    wrong = [f"{fault}: {line}" for line in ended.said if line.startswith(("raised", "left"))]
    sweep(workspace.home)
    return [*wrong, *(f"{fault}: {line}" for line in _after(workspace, do, before, ended))]


def _first(acknowledge: Acknowledge, workspace: Workspace, do: Do, fault: Failing | int) -> None:
    try:
        with _limited(fault) if isinstance(fault, int) else fault.patched():
            do(workspace)
        acknowledge("done")
    except (NotSaved, WorkspaceBroken, WorkspaceMissing) as error:
        acknowledge(f"told {error}")
    sweep(workspace.home)
    for line in _left(workspace.home):
        acknowledge(line)


def _left(home: Path) -> list[str]:
    beside = [f"left behind: {path.name}" for path in _out(home).iterdir() if path.name != _OUT]
    try:
        return [*beside, *orphans(home)]
    except SupportRoiError as error:
        return [*beside, f"left unreadable: {error}"]


@contextmanager
def _limited(size: int) -> Iterator[None]:
    """No file may become larger."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _after(workspace: Workspace, do: Do, before: dict[str, Any], ended: Ended) -> list[str]:
    """What is wrong once the disk works again. Deletion may have begun; then it is finished."""
    if workspace.id not in saved(workspace.home):
        return [] if do.__name__ == "<lambda>" and not list(workspace.home.glob(f"*/{workspace.id}")) else ["the work is gone"]
    done = ended.said[:1] == ("done",)
    wrong = [*unreadable(workspace), *_exported(_out(workspace.home) / _OUT, written=done and do is _export)]
    if not done and counting(workspace) != before and not wrong:
        wrong.append("told that nothing was saved, and something was")
    do(workspace)
    return [*wrong, *(_left(workspace.home) if workspace.id in saved(workspace.home) else [])]


def _exported(path: Path, *, written: bool) -> list[str]:
    """The file of before; or once its name was replaced a whole new one, also where the folder could not be synced after that."""
    if path.read_bytes() == _BEFORE:
        return ["told that it was exported, and it was not"] if written else []
    try:
        with zipfile.ZipFile(path) as archive:
            return [] if archive.testzip() is None and "manifest.json" in archive.namelist() else ["what was exported is not whole"]
    except (OSError, zipfile.BadZipFile) as error:
        return [f"what was exported cannot be read: {error}"]
