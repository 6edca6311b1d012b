"""A large company: 1,000,000 tickets, 100,000 customers and 1,200,000 invoices from their files to all facts, and again from what was kept."""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import sleep

import psutil

from benchmarks.timing import Figure, seconds
from roi_core.companies import write_sample

CUSTOMERS, TICKETS, INVOICES = 100_000, 1_000_000, 1_200_000
FILES = ("freshdesk_tickets.csv", "stripe_customers.csv", "stripe_subscriptions.csv", "stripe_invoices.csv")
TIMES = 3
LOOK_EVERY_S = 0.1


def figures() -> Iterator[Figure]:
    """Medians of three runs, each in a process of its own. Memory is that of the process and its readers together."""
    with tempfile.TemporaryDirectory() as folder:
        yield Figure(f"generate a company of {CUSTOMERS:,} and write its exports", seconds(lambda: _write(Path(folder)), 1), "s")
        yield Figure("size of its files", sum((Path(folder) / name).stat().st_size for name in FILES) / 1e6, "MB")
        runs = [_from_files([str(Path(folder) / name) for name in FILES]) for _ in range(TIMES)]
    first, again, anew, most = (median(column) for column in zip(*runs, strict=True))
    yield Figure(f"{TICKETS:,} tickets, {INVOICES:,} invoices: files to all facts", first, "s", limit=20)
    yield Figure("again, from what was kept as Parquet", again, "s", limit=4)
    yield Figure("worked out again from the typed tables", anew, "s")
    yield Figure("most memory of all its processes", most, "GB", limit=1.5)


def _from_files(files: Sequence[str]) -> tuple[float, float, float, float]:
    """Seconds from files, again as kept and worked out again, and the most gigabytes that were seen in use at once."""
    command = [sys.executable, "-m", "benchmarks.from_files", *files]
    most = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())}) as run:
        while run.poll() is None:
            most = max(most, _in_use(psutil.Process(run.pid)))
            sleep(LOOK_EVERY_S)
        printed = run.communicate()[0]
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    first, again, anew = map(float, printed.split())
    return first, again, anew, most / 1e9


def _in_use(process: psutil.Process) -> int:
    """Bytes of a process and of all below it."""
    return sum(_own(one) for one in (process, *process.children(recursive=True)))


def _own(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _write(folder: Path) -> None:
    """A generated company; its tickets and invoices are repeated under new numbers, or cut, to as many as are asked for."""
    write_sample(folder, "saas", customers=CUSTOMERS, seed=1)
    _of_as_many(folder / FILES[0], TICKETS, "{}")
    _of_as_many(folder / FILES[3], INVOICES, "in_{:09}")


def _of_as_many(path: Path, rows: int, number: str) -> None:
    whole = path.with_suffix(".whole")
    path.rename(whole)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        with whole.open(encoding="utf-8", newline="") as source:
            writer.writerow(next(csv.reader(source)))
        writer.writerows([number.format(place), *row[1:]] for place, row in enumerate(islice(_again_and_again(whole), rows)))
    whole.unlink()


def _again_and_again(path: Path) -> Iterator[list[str]]:
    """The rows below the header, from the first again after the last."""
    while True:
        with path.open(encoding="utf-8", newline="") as source:
            rows = csv.reader(source)
            next(rows)
            yield from rows
