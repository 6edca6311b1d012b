"""Children of one warm process: what they acknowledge, and how they end. Only for a process without threads."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil

Acknowledge = Callable[[str], None]
Work = Callable[[Acknowledge], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """`said` are the lines that a child had written when it ended, `signal` what ended it (0: itself), `seconds` how long it ran."""

    said: tuple[str, ...]
    signal: int
    status: int
    seconds: float


def run(work: Work) -> Ended:
    """A child that does its work to the end."""
    return _run(work, None)


def killed(work: Work, after: float) -> Ended:
    """A child that is killed so many seconds after it has begun, with whatever it had started."""
    return _run(work, after)


def together(*works: Work) -> list[Ended]:
    """Children at once."""
    started = [_start(work) for work in works]
    return [_end(*child, None) for child in started]


def _run(work: Work, after: float | None) -> Ended:
    return _end(*_start(work), after)


def _start(work: Work) -> tuple[int, int]:
    ours, theirs = os.pipe()
    if pid := os.fork():
        os.close(theirs)
        return pid, ours
    status = 70
    try:
        os.close(ours)
        os.setsid()
        os.write(theirs, b"\n")
        work(lambda text: os.write(theirs, f"{text}\n".encode()) and None)
        status = 0
    except BaseException as error:  # noqa: BLE001 - the parent is told, whatever it is
        with suppress(OSError):
            os.write(theirs, f"raised {type(error).__name__}: {error}\n".encode())
    os._exit(status)


def _end(pid: int, pipe: int, after: float | None) -> Ended:
    os.read(pipe, 1)
    began = time.monotonic()
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    with os.fdopen(pipe, "rb") as lines:
        said = lines.read().decode().split("\n")[:-1]
    _, status = os.waitpid(pid, 0)
    seconds = time.monotonic() - began
    _wait_for_session(pid)
    return Ended(tuple(said), os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, os.waitstatus_to_exitcode(status), seconds)


def _wait_for_session(session: int) -> None:
    """What a killed child had started ends by itself, since its pipe is closed."""
    for _ in range(200):
        if not any(_is_in(process, session) for process in psutil.pids()):
            return
        time.sleep(0.05)
    raise AssertionError("a process outlived the one that had started it by ten seconds")


def _is_in(pid: int, session: int) -> bool:
    """Whether it still runs there: an orphan that has ended stays listed until the first process of the system looks after it."""
    try:
        return os.getsid(pid) == session and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except (OSError, psutil.Error):
        return False
