"""Every figure of tickets by month and channel, of 1,000,000 and of 10,000,000 of them as Parquet, beside five of these numbers in pandas and Polars."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.catalogue_data import write
from benchmarks.timing import Figure

FEW, MANY, TIMES = 1_000_000, 10_000_000, 3
PART = "benchmarks.catalogue_part"


def figures() -> Iterator[Figure]:
    """Each in a process of its own, whose most memory is read at its end: medians of three at 1,000,000 tickets, one run at 10,000,000."""
    with tempfile.TemporaryDirectory() as folder:
        for tickets, times, limits in ((FEW, TIMES, (2.0, None, None)), (MANY, 1, (12.0, 3.0, 1.5))):
            work = Path(folder) / f"{tickets}"
            write(work, tickets)
            yield from _ours(work, tickets, times, limits)
            yield from _others(work, tickets)


def _ours(work: Path, tickets: int, times: int, limits: tuple[float | None, float | None, float | None]) -> Iterator[Figure]:
    runs = [_apart("ours", work) for _ in range(times)]
    figures, every, one, again, most = (median(column) for column in zip(*runs, strict=True))
    yield Figure(f"{tickets:,} tickets: {figures:.0f} figures by month and channel", every, "s", limits[0])
    yield Figure("one figure by one more grouping (month and team)", one, "s", limits[1])
    yield Figure("all of them by one more grouping (month and team)", again, "s")
    yield Figure("most memory of the process", most, "GB", limits[2])


def _others(work: Path, tickets: int) -> Iterator[Figure]:
    """Five numbers without intervals: contacts, mean reply, share resolved at first contact, median resolution, share satisfied."""
    for name in ("pandas", "polars"):
        if importlib.util.find_spec(name) is None:
            yield Figure(f"{name}: skipped, not installed", 0.0, "s")
            continue
        taken, most = _apart(name, work)
        yield Figure(f"{tickets:,} tickets: five of these numbers in {name}", taken, "s")
        yield Figure(f"most memory of the process of {name}", most, "GB")


def _apart(which: str, work: Path) -> tuple[float, ...]:
    command = [sys.executable, "-m", PART, which, str(work)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    return tuple(map(float, done.stdout.split()))
