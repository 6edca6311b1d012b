"""docs/reliability.md says what the scoreboard says, and the scoreboard can be read."""

import csv
import re
import subprocess

import pytest

from tests.nightly.cases import CASES
from tests.nightly.scoreboard import BOARD, COLUMNS, PAGE, ROOT, commit, page


def test_the_page_is_written_from_the_scoreboard():
    assert PAGE.read_text(encoding="utf-8") == page()


NAMED = re.compile(r'(?:\b(?:Tally|Score|scored)\(|\bcase = |print\((?=f"[^"]* tried, ))f?"([^"]+)"')
FAILED = "all of {tests}"
DECLARED = sorted(
    name
    for folder in ("store", "nightly", "browser")
    for path in (ROOT / "tests" / folder).glob("*.py")
    for name in NAMED.findall(path.read_text(encoding="utf-8"))
    if name != FAILED
)


@pytest.mark.parametrize("name", DECLARED)
def test_every_case_of_the_programme_has_a_row_or_is_listed_as_not_yet_measured(name):
    (words, *_) = [words for words in CASES if words in name] or [None]
    assert words, f"{name} is not in tests/nightly/cases.py"
    assert words.strip(": ") in PAGE.read_text(encoding="utf-8")


def test_every_line_says_how_much_was_tried():
    with BOARD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert all(int(row["tried"]) > 0 and 0 <= int(row["lost"]) <= int(row["tried"]) for row in rows)


def test_docs_do_not_make_a_commit_a_changed_one(tmp_path):
    """The first line that a run appends would else mark all that follow."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for name in ("docs", "src"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("1")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "one"]):
        subprocess.run([*git, *words], check=True)
    clean = commit(tmp_path)
    (tmp_path / "docs" / "a").write_text("2")
    assert commit(tmp_path) == clean
    (tmp_path / "src" / "a").write_text("2")
    assert commit(tmp_path) == f"{clean}+"
