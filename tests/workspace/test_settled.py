"""The root is read once as long as nobody writes, and never as it was before somebody did."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from roi_core.errors import WorkspaceMissing
from roi_core.workspace import Workspace, database, root

MOMENT = 1_700_000_000_000_000_001
HUNDREDTHS = MOMENT - MOMENT % 10_000_000
BY_ANOTHER = "import sys; from pathlib import Path; from roi_core.workspace import Workspace; Workspace.open(Path(sys.argv[1]), sys.argv[2]).remember('a', 2)"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path)
    made.remember("a", {"b": [1]})
    return made


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """Each time that a root is read and opened, an hour after it was written."""
    found: list[sqlite3.Connection] = []
    opened, an_hour_later = root.read, time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr(root, "read", lambda con, seal: found.append(con) or opened(con, seal))
    monkeypatch.setattr(time, "time_ns", lambda: an_hour_later)
    return found


def test_it_is_read_once_while_nobody_writes(workspace: Workspace, reads: list[sqlite3.Connection]) -> None:
    assert [workspace.recall("a") for _ in range(5)] == [{"b": [1]}] * 5
    assert len(reads) == 1


def test_whoever_changes_what_was_read_changes_a_copy(workspace: Workspace, reads: list[sqlite3.Connection]) -> None:
    workspace.recall("a")["b"].append(2)
    assert workspace.recall("a") == {"b": [1]}
    assert len(reads) == 1


def test_what_this_and_another_process_write_is_read_at_once(workspace: Workspace) -> None:
    assert workspace.recall("a") == {"b": [1]}
    subprocess.run([sys.executable, "-c", BY_ANOTHER, str(workspace.home), workspace.id], check=True)
    assert workspace.recall("a") == 2
    for number in range(50):
        workspace.remember("a", number)
        assert workspace.recall("a") == number


def test_while_anybody_has_it_open_nothing_is_taken_for_settled(workspace: Workspace, reads: list[sqlite3.Connection]) -> None:
    other = sqlite3.connect(workspace.meta_path)
    other.execute("SELECT * FROM root").fetchall()
    assert [workspace.recall("a"), workspace.recall("a")] == [{"b": [1]}] * 2
    other.close()
    assert len(reads) == 2


@pytest.mark.parametrize(
    ("written", "passed_ns", "past"),
    [(MOMENT, 25_000_000, True), (MOMENT, 15_000_000, False), (HUNDREDTHS, 3_900_000_000, False), (HUNDREDTHS, 4_100_000_000, True), (MOMENT, -1, False)],
)
def test_the_clock_of_the_disk_must_have_moved_on(written: int, passed_ns: int, past: bool) -> None:
    """One that counts whole hundredths may be one of two seconds; one that was set back says nothing."""
    assert database.is_past(written, written + passed_ns) == past


def test_deleted_work_is_unknown(workspace: Workspace, reads: list[sqlite3.Connection]) -> None:
    workspace.recall("a")
    workspace.delete()
    with pytest.raises(WorkspaceMissing):
        workspace.recall("a")
    assert len(reads) == 1
