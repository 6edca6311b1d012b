"""The parent of the reading process: starts it, listens to it, and ends it when it passes a limit."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

import psutil

import roi_core
from roi_core.ingest.limits import ReadLimits

Message = dict[str, Any]

_LOOK_EVERY = 0.1
_COMMAND = ("-P", "-m", "roi_core.ingest.child")


def read_apart(spec: Mapping[str, Any], limits: ReadLimits, hear: Callable[[Message], None]) -> str | None:
    """Runs the reading process on `spec` and hands each of its messages to `hear`.

    Returns None where it came to its end, else why it was ended. The time limit counts anew from each message.
    """
    process = _start()
    try:
        threading.Thread(target=_send, args=(process, json.dumps(spec)), daemon=True).start()
        return _listen(process, limits, hear)
    finally:
        process.kill()
        process.wait()


def _start() -> subprocess.Popen[str]:
    package = str(Path(roi_core.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, *_COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _send(process: subprocess.Popen[str], text: str) -> None:
    try:
        with cast("IO[str]", process.stdin) as pipe:
            pipe.write(text)
    except OSError:
        return


def _listen(process: subprocess.Popen[str], limits: ReadLimits, hear: Callable[[Message], None]) -> str | None:
    watched, deadline = psutil.Process(process.pid), time.monotonic() + limits.seconds
    for line in _lines(cast("IO[str]", process.stdout)):
        if line is not None:
            hear(json.loads(line))
            deadline = time.monotonic() + limits.seconds
        elif time.monotonic() > deadline:
            return f"it took longer than {limits.seconds} seconds"
        elif _resident(watched) > limits.resident_bytes:
            return f"it needs more than the {limits.resident_bytes >> 20:,} MB that the reader may use"
    return None if process.wait() == 0 else "the process that read it was ended by the system"


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _lines(pipe: IO[str]) -> Iterator[str | None]:
    """Lines of the pipe as they come, and None whenever there was none for a moment; ends with the pipe."""
    waiting: queue.Queue[str] = queue.Queue()

    def fill() -> None:
        for line in pipe:
            waiting.put(line)
        waiting.put("")

    threading.Thread(target=fill, daemon=True).start()
    while True:
        try:
            line = waiting.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            yield None
            continue
        if not line:
            return
        yield line
