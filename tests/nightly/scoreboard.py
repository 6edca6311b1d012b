"""The scoreboard: what was tried, lost and measured, a line a case and run; `python -m tests.nightly.scoreboard` writes docs/reliability.md from it."""

import csv
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.nightly.cases import CASES
from tests.nightly.share import SHARE
from tests.store.scores import Score

ROOT = Path(__file__).resolve().parents[2]
BOARD, PAGE = ROOT / "docs" / "scoreboard.csv", ROOT / "docs" / "reliability.md"
COLUMNS = ("date", "commit", "case", "tried", "lost", "measured")

_HEAD = """# What was tried, and what was lost

Written by `python -m tests.nightly.scoreboard` from [scoreboard.csv](scoreboard.csv), to which `make nightly PART=store|files|browser` appends. The last
run of each case is shown; what must never happen is counted as lost. How the cases are made stands in `tests/store`, `tests/engine`, `tests/exports_of.py`
and `tests/browser`; `make test` runs a small part of each.

| case | tried | lost | measured | last run | commit |
|---|--:|--:|--:|---|---|
"""
_TAIL = """
A case is **lost** where after it one of these holds: something acknowledged is missing; something is there in part (a table without its report, one of two
values); saved work cannot be opened or does not verify; an error is not in words for the user; a number, a table, a report or a decision differs without
being told; a file is left that belongs to no work.

Not covered: a disk that says it has kept what was synced and has not (a power cut is made up from a trace of every write); a changed byte in the log of
a database that a killed process left, from which SQLite then takes only what comes before it; a changed byte that appears after a process has checked the
files of a version.
"""


def append(scores: Iterable[Score]) -> None:
    """A line for each; none where only a share was tried."""
    if SHARE < 1:
        return
    new = not BOARD.exists()
    with BOARD.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if new:
            lines.writerow(COLUMNS)
        lines.writerows((datetime.now(UTC).date().isoformat(), commit(), score.case, score.tried, score.lost, score.measured) for score in scores)


def page() -> str:
    """The text of docs/reliability.md."""
    with BOARD.open(encoding="utf-8", newline="") as file:
        last = {row["case"]: row for row in csv.DictReader(file)}
    return f"{_HEAD}{''.join(map(_line, last.values()))}{_without_a_row(last)}{_TAIL}"


def _without_a_row(cases: Iterable[str]) -> str:
    known = list(cases)
    missing = [words for words in CASES if not any(words in case for case in known)]
    return "".join(["\nNot yet measured, though the programme has it:\n\n", *(f"- {words.strip(': ')}\n" for words in missing)]) if missing else ""


def _line(row: Mapping[str, str]) -> str:
    return f"| {row['case']} | {int(row['tried']):,} | {int(row['lost']):,} | {row['measured'] or ''} | {row['date']} | {row['commit']} |\n"


def commit(root: Path = ROOT) -> str:
    """The short name of what is checked out, with a plus where it was changed outside of docs, in which the scoreboard itself stands."""
    name, changed = (_git(root, *words) for words in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--", ".", ":(exclude)docs")))
    return f"{name or 'unknown'}{'+' if changed else ''}"


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
