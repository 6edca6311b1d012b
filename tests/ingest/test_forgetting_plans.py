"""What was said of files with some headers, forgotten again: never of locked work, and the journal says that it was."""

from pathlib import Path

import pytest

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


def test_what_is_said_and_forgotten_is_a_line_of_the_journal_each(tmp_path: Path) -> None:
    work = Workspace.create(tmp_path)
    for _ in range(2):
        remember(work, HEADERS, SAID)
    for _ in range(2):
        forget(work, HEADERS)
    assert [line.what for line in work.journal()] == ["unsaid", "said"]
