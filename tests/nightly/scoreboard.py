"""The scoreboard: what was tried and what was lost, a line a case and run; `python -m tests.nightly.scoreboard` writes docs/reliability.md from it."""

import csv
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.store.scores import Score

ROOT = Path(__file__).resolve().parents[2]
BOARD, PAGE = ROOT / "docs" / "scoreboard.csv", ROOT / "docs" / "reliability.md"
COLUMNS = ("date", "commit", "case", "tried", "lost")

_HEAD = """# What was tried, and what was lost

Written by `python -m tests.nightly.scoreboard` from [scoreboard.csv](scoreboard.csv), to which `make nightly PART=store` appends. The last run of each
case is shown; what must never happen is counted as lost. How each case is made stands in `tests/store`; `make test` runs a small part of each.

| case | tried | lost | last run | commit |
|---|--:|--:|---|---|
"""
_TAIL = """
A case is **lost** where after it one of these holds: something acknowledged is missing; something is there in part (a table without its report, one of two
values); saved work cannot be opened or does not verify; an error is not in words for the user; a number, a table, a report or a decision differs without
being told; a file is left that belongs to no work.

Not covered: a power cut (what is acknowledged was handed to the disk with `fsync`, and a disk may lie); a changed byte in the log of a database that a
killed process left, from which SQLite then takes only what comes before it; a changed byte that appears after a process has checked the files of a version.
"""


def append(scores: Iterable[Score]) -> None:
    """A line for each."""
    new = not BOARD.exists()
    with BOARD.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if new:
            lines.writerow(COLUMNS)
        lines.writerows((datetime.now(UTC).date().isoformat(), _commit(), score.case, score.tried, score.lost) for score in scores)


def page() -> str:
    """The text of docs/reliability.md."""
    with BOARD.open(encoding="utf-8", newline="") as file:
        last = {row["case"]: row for row in csv.DictReader(file)}
    rows = [f"| {row['case']} | {int(row['tried']):,} | {int(row['lost']):,} | {row['date']} | {row['commit']} |\n" for row in last.values()]
    return f"{_HEAD}{''.join(rows)}{_TAIL}"


def _commit() -> str:
    """The short name of what is checked out, with a plus where it was changed."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
