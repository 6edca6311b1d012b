"""Names of folders and files that belong to a process, so that what a crash leaves can be told from what is in use."""

import os
import secrets
from pathlib import Path

import psutil

_CLOCK_SHIFT = 120.0


def owned_name() -> str:
    """A name that says which process owns it: process id, when that started (epoch seconds), and a random part."""
    return f"{os.getpid()}-{_started(os.getpid()):.0f}-{secrets.token_hex(8)}"


def abandoned(path: Path) -> bool:
    """True where the process that owns the path has ended; False where that cannot be told, and for a name that `owned_name` did not make."""
    pid, _, rest = path.name.partition("-")
    started = rest.partition("-")[0]
    if not (pid.isdecimal() and started.isdecimal()):
        return False
    try:
        return abs(_started(int(pid)) - float(started)) > _CLOCK_SHIFT
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def _started(pid: int) -> float:
    return float(psutil.Process(pid).create_time())
