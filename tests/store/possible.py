"""What a computer must have for a trial."""

import sys

from tests.store import full, power


def why_not(trial: str) -> str:
    """Why a trial cannot be made here; empty where it can."""
    if sys.platform == "win32":
        return "there is no fork"
    if trial == "power" and not power.STRACE:
        return "strace, which tells every write, is not installed"
    return "no disk of its own may be mounted here" if trial == "full" and not full.mounting() else ""
