"""What was said of files with some headers, forgotten again: never of locked work, and the journal says that it was."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from roi_core.bundle import export_work, import_work
from roi_core.errors import WorkspaceLocked
from roi_core.ingest.plan import Plan
from roi_core.ingest.remembered import forget, plan_for, remember
from roi_core.workspace import Workspace

HEADERS = ["Wer", "Was"]
SAID = Plan.of({"entity": "tickets", "columns": {"Wer": "tickets.customer_id", "Was": "tickets.ticket_id"}})


def test_locked_work_keeps_its_plans(tmp_path: Path) -> None:
    work = Workspace.create(tmp_path)
    remember(work, HEADERS, SAID)
    work.lock(locked=True)
    with pytest.raises(WorkspaceLocked):
        forget(work, HEADERS)
    assert plan_for(work, HEADERS).columns == SAID.columns


def test_what_is_said_and_forgotten_is_a_change_each_and_can_be_taken_back(tmp_path: Path) -> None:
    work = Workspace.create(tmp_path)
    for _ in range(2):
        remember(work, HEADERS, SAID)
    for _ in range(2):
        forget(work, HEADERS)
    lines = work.journal()
    assert [line.what for line in lines] == ["changed", "changed"]
    work.undo(lines[0].id)
    assert plan_for(work, HEADERS).columns == SAID.columns
    work.undo(lines[1].id)
    assert plan_for(work, HEADERS) == Plan()


def test_headers_stay_out_of_an_export_without_a_passphrase_and_come_with_one(tmp_path: Path) -> None:
    work = Workspace.create(tmp_path / "one")
    remember(work, HEADERS, SAID)
    export_work(work, tmp_path / "open.zip")
    with ZipFile(tmp_path / "open.zip") as archive:
        assert not any(b"Wer" in archive.read(name) for name in archive.namelist())
    export_work(work, tmp_path / "sealed.zip", "correct horse battery")
    moved = import_work(tmp_path / "sealed.zip", tmp_path / "two", "correct horse battery")
    assert plan_for(moved, HEADERS).columns == SAID.columns
