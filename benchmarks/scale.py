"""A large company: 1,000,000 tickets, 100,000 customers and 1,200,000 invoices from their files to all facts, and again from what was kept."""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.timing import Figure, seconds
from roi_core.companies import write_sample

CUSTOMERS, TICKETS, INVOICES = 100_000, 1_000_000, 1_200_000
FILES = ("freshdesk_tickets.csv", "stripe_customers.csv", "stripe_subscriptions.csv", "stripe_invoices.csv")


def figures() -> Iterator[Figure]:
    """One run, in a process of its own whose memory, and that of its readers, is read at its end."""
    with tempfile.TemporaryDirectory() as folder:
        yield Figure(f"generate a company of {CUSTOMERS:,} and write its exports", seconds(lambda: _write(Path(folder)), 1), "s")
        yield Figure("size of its files", sum((Path(folder) / name).stat().st_size for name in FILES) / 1e6, "MB")
        command = [sys.executable, "-m", "benchmarks.from_files", *(str(Path(folder) / name) for name in FILES)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    first, again, ours, reader = map(float, done.stdout.split())
    yield Figure(f"{TICKETS:,} tickets, {INVOICES:,} invoices: files to all facts", first, "s", limit=20)
    yield Figure("again, from Parquet", again, "s", limit=4)
    yield Figure("most memory of the process", ours, "GB", limit=1.5)
    yield Figure("most memory of the reading process", reader, "GB", limit=1.5)


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
