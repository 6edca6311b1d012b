"""Reading with every row accounted for, beside an engine that does not: 1,000,000 tickets with 1,000 planted faults, and 10,000,000."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.timing import Figure, seconds
from roi_core.ingest import inspect

TICKETS, MANY, FAULTS, TIMES = 1_000_000, 10_000_000, 1_000, 7
AT_HAND_BYTES = 1_200_000_000
_ROWS = """
select
  i as "Ticket ID",
  'Ticket ' || i || ' about ' || (['billing', 'sign-in', 'export', 'sync'])[1 + i % 4] as "Subject",
  (['Open', 'Pending', 'Resolved', 'Closed'])[1 + i % 4] as "Status",
  (['Low', 'Medium', 'High', 'Urgent'])[1 + i // 7 % 4] as "Priority",
  (['Email', 'Portal', 'Phone', 'Chat'])[1 + i // 3 % 4] as "Source",
  'Agent ' || i % 50 as "Agent",
  'Group ' || i % 8 as "Group",
  strftime(timestamp '2022-01-01' + interval 7 second * i, '%Y-%m-%d %H:%M:%S') as "Created time",
  strftime(timestamp '2022-01-02' + interval 7 second * i, '%Y-%m-%d %H:%M:%S') as "Resolved time",
  '01:' || lpad(cast(i % 60 as varchar), 2, '0') || ':00' as "First response time (in hrs)",
  '24:' || lpad(cast(i % 60 as varchar), 2, '0') || ':00' as "Resolution time (in hrs)",
  'user' || (i * 7919) % 100000 || '@company' || (i * 7919) % 5000 || '.example' as "Contact ID"
from range($rows) as t(i)
"""


def figures() -> Iterator[Figure]:
    """Medians of seven at 1,000,000 tickets; one run at 10,000,000, in a process of its own whose memory is read at its end.

    Each reads once before it is timed, and before every run memory is taken and given back: a virtual machine is slow to find what nobody has used for
    a while, which made every other run half as long again.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickets.csv"
        _write(path, TICKETS)
        yield Figure("size of 1,000,000 tickets", path.stat().st_size / 1e6, "MB")
        _plant(path)
        _typed(path)
        plain = seconds(lambda: _typed(path), TIMES, _memory_at_hand)
        _accounted(path, TICKETS)
        ours = seconds(lambda: _accounted(path, TICKETS), TIMES, _memory_at_hand)
        yield Figure("DuckDB, plain typed load that skips what it cannot read", plain, "s")
        yield Figure("ours: recognised, typed, pseudonymised, written, every row accounted for", ours, "s")
        yield Figure("ours to DuckDB's", ours / plain, "x", limit=2.5)
        _write(path, MANY)
        yield Figure("size of 10,000,000 tickets", path.stat().st_size / 1e6, "MB")
        taken, resident = _apart(path)
        yield Figure("10,000,000 tickets", taken, "s", limit=60)
        yield Figure("most memory of the reading process", resident, "GB", limit=1.5)


def _write(path: Path, rows: int) -> None:
    with duckdb.connect() as con:
        con.execute("set threads = 2")
        con.sql(_ROWS, params={"rows": rows}).write_csv(str(path), header=True)


def _memory_at_hand() -> None:
    np.ones(AT_HAND_BYTES // 8)


def _plant(path: Path) -> None:
    """Every thousandth row loses a delimiter."""
    lines = path.read_bytes().split(b"\n")
    for number in range(1, TICKETS + 1, TICKETS // FAULTS):
        lines[number] = lines[number].replace(b",", b"", 1)
    path.write_bytes(b"\n".join(lines))


def _typed(path: Path) -> None:
    with duckdb.connect() as con:
        con.execute("set threads = 2")
        con.read_csv(str(path), ignore_errors=True).create("tickets")


def _accounted(path: Path, rows: int) -> None:
    (report,) = inspect([path])["files"]
    found = report["rows"]
    if (found["records"], found["loaded"], found["quarantined"], found["unaccounted"]) != (rows, rows - FAULTS, FAULTS, 0):
        raise AssertionError(f"rows that do not add up: {found}")


def _apart(path: Path) -> tuple[float, float]:
    """Seconds, and gigabytes of the largest process among the command and its children."""
    command = [sys.executable, "-m", "benchmarks.reading", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    taken, resident = done.stdout.split()
    return float(taken), float(resident)
