"""Replications that are kept as they are made: a run that was stopped, or whose time is over, goes on from there the next time.

They lie in `.nightly` under a digest of the code that they speak about, so that other code starts anew.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = int(os.environ.get("SUPPORT_ROI_NIGHTLY_PROCESSES", "2"))
_ENDS = time.monotonic() + 60 * float(os.environ.get("SUPPORT_ROI_NIGHTLY_MINUTES", "50"))
"""When the part stops to begin further replications: in under an hour it has said how far it came."""
STATS = ("roi_core/stats", "roi_core/effects/checks/enough_leavers.py", "tests/nightly/shapes.py")
WHOLE_WAY = ("roi_core/stats", "roi_core/effects", "roi_core/cohorts", "roi_core/spine", "roi_core/engine", "roi_core/companies", "tests/simulated*.py")
"""What a replication is made of: numbers alone, or everything from tables to an answer."""
_OF_METRICS = re.compile(r"roi_core/engine/(__init__\.py|aggregate\.py|large\.py|together\.py|sql/metric_)")
"""What of it asks key figures alone."""

Row = dict[str, Any]


def replications(case: str, count: int, one: Callable[[int], Row], made_of: tuple[str, ...] = WHOLE_WAY) -> list[Row]:
    """What `one` gives for seeds 1 to `count`: those kept, and as many of the others as time allows; `one` must be a function of a module."""
    path = ROOT / ".nightly" / _digest(made_of) / f"{case}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {seed: row for seed, row in _read(path) if seed <= count}
    missing = iter([seed for seed in range(1, count + 1) if seed not in found])
    if time.monotonic() < _ENDS and len(found) < count:
        with ProcessPoolExecutor(PROCESSES) as processes, path.open("a", encoding="utf-8") as file:
            for seed, row in _done(processes, missing, one):
                found[seed] = row
                file.write(json.dumps([seed, row]) + "\n")
                file.flush()
    return [found[seed] for seed in sorted(found)]


def seconds_left() -> float:
    """Until the time of the part is over; below 0 after it."""
    return _ENDS - time.monotonic()


def _read(path: Path) -> Iterable[tuple[int, Row]]:
    """What was kept; a line that a killed run left unfinished is made again."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    return [tuple(json.loads(line)) for line in lines if line.endswith("]\n")]


def _done(processes: ProcessPoolExecutor, seeds: Iterator[int], one: Callable[[int], Row]) -> Iterator[tuple[int, Row]]:
    """Seeds with their rows as they come; none is begun once the time is over."""
    running: dict[Future[Row], int] = {}
    while True:
        more = 2 * PROCESSES - len(running) if time.monotonic() < _ENDS else 0
        running |= {processes.submit(one, seed): seed for seed in islice(seeds, more)}
        if not running:
            return
        for ended in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(ended), ended.result()


@cache
def _digest(made_of: tuple[str, ...]) -> str:
    found = sha256()
    for pattern in made_of:
        files = ROOT.glob(pattern) if pattern.endswith(".py") else (f for f in (ROOT / pattern).rglob("*") if f.suffix in {".py", ".sql", ".toml"})
        for file in sorted(files):
            if not _OF_METRICS.match(file.relative_to(ROOT).as_posix()):
                found.update(file.read_bytes())
    return found.hexdigest()[:12]
