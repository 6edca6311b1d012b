"""The parent of the reading process: starts it, listens to it, and ends it when it passes a limit."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

import psutil

import roi_core
from roi_core.ingest.limits import ReadLimits, cores

Message = dict[str, Any]

_LOOK_EVERY = 0.1
READER = "roi_core.ingest.child"
_COMMAND = ("-P", "-m")
"""How the interpreter is told which program to run."""
_CALLED_OFF = "it was called off"
_READERS = threading.BoundedSemaphore(max(2, cores()))


def read_apart(
    spec: Mapping[str, Any], limits: ReadLimits, hear: Callable[[Message], None], program: str = READER, called_off: Callable[[], bool] = bool
) -> str | None:
    """Runs the reading process (a module that calls `child.serve`) on `spec` and hands each of its messages to `hear`.

    Returns None where it came to its end, else why it was ended, which `called_off` is a reason for. The time limit counts anew from each message.
    Of all that this process reads there are as many at a time as there are cores; one more waits.
    """
    while not _READERS.acquire(timeout=_LOOK_EVERY):
        if called_off():
            return _CALLED_OFF
    try:
        return _supervised(spec, limits, hear, program, called_off)
    finally:
        _READERS.release()


def _supervised(spec: Mapping[str, Any], limits: ReadLimits, hear: Callable[[Message], None], program: str, called_off: Callable[[], bool]) -> str | None:
    lines: queue.Queue[str] = queue.Queue()
    with _start(program) as process:
        pumps = [threading.Thread(target=_send, args=(process, json.dumps(spec))), threading.Thread(target=_receive, args=(process, lines))]
        try:
            for pump in pumps:
                pump.start()
            return _listen(process, lines, limits, hear, called_off)
        finally:
            process.kill()
            for pump in pumps:
                pump.join()
            with suppress(OSError):
                cast("IO[str]", process.stdin).close()


def _start(program: str) -> subprocess.Popen[str]:
    package = str(Path(roi_core.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, *_COMMAND, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _send(process: subprocess.Popen[str], text: str) -> None:
    """One line; the pipe stays open, since its end tells the process that its parent is gone."""
    pipe = cast("IO[str]", process.stdin)
    with suppress(OSError):
        pipe.write(f"{text}\n")
        pipe.flush()


def _receive(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Every line of the process, and an empty one at its end."""
    for line in cast("IO[str]", process.stdout):
        lines.put(line)
    lines.put("")


def _listen(
    process: subprocess.Popen[str], lines: queue.Queue[str], limits: ReadLimits, hear: Callable[[Message], None], called_off: Callable[[], bool]
) -> str | None:
    watched, deadline = psutil.Process(process.pid), time.monotonic() + limits.seconds
    while not called_off():
        try:
            line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            if why := _passed(watched, deadline, limits):
                return why
            continue
        if not line:
            return None if process.wait() == 0 else "the process that read it was ended by the system"
        hear(json.loads(line))
        deadline = time.monotonic() + limits.seconds
    return _CALLED_OFF


def _passed(process: psutil.Process, deadline: float, limits: ReadLimits) -> str | None:
    """Which limit the process is over, in words."""
    if time.monotonic() > deadline:
        return f"it took longer than {limits.seconds} seconds"
    try:
        resident = int(process.memory_info().rss)
    except psutil.Error:
        return None
    return f"it needs more than the {limits.resident_bytes >> 20:,} MB that the reader may use" if resident > limits.resident_bytes else None
