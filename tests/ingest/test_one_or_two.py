"""Whether blank rows and a row of words part two tables is asked, and the answer is remembered by the headers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.intake import FileReport, read_as
from roi_core.ingest.one_or_two import ONE, SUBJECT, TWO
from roi_core.ingest.plan import Plan
from roi_core.workspace import Workspace
from tests.ingest.workbooks import of_rows

pytestmark = pytest.mark.usefixtures("read_here")

ROWS = [["ticket_id", "email", "created_at"], *([f"t{n}", f"a{n}@x.example", f"2025-01-0{n}"] for n in range(1, 4))]
BELOW = [["agent", "skill", "level"], ["t8", "a8@x.example", "2025-01-08"], ["t9", "a9@x.example", "2025-01-09"]]
CSV = "\n".join(",".join(row) for row in [*ROWS, [], *BELOW]).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def counts(report: FileReport) -> tuple[int, int]:
    assert report.rows is not None, report.refused
    return report.rows.loaded, report.rows.quarantined


def test_two_tables_are_asked_about_and_one_is_remembered(workspace: Workspace) -> None:
    (report,) = take_in([("t.csv", CSV)], workspace).files
    assert counts(report) == (3, 3)
    assert [(question["key"], question["best"]) for question in report.questions] == [(SUBJECT, TWO)]
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: ONE}))
    assert again is not None
    assert (counts(again.files[0]), again.files[0].questions) == ((5, 1), ()), "the row of words has no time and is set aside for that"
    (later,) = take_in([("next.csv", CSV + b"\nt10,b@x.example,2025-01-10")], workspace).files
    assert counts(later) == (6, 1)


def test_two_tables_that_are_two_are_not_asked_again(workspace: Workspace) -> None:
    take_in([("t.csv", CSV)], workspace)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: TWO}))
    assert again is not None
    assert (counts(again.files[0]), again.files[0].questions) == ((3, 3), ())


def test_a_sheet_asks_as_well(workspace: Workspace) -> None:
    book = of_rows(Tickets=[*ROWS, [], *BELOW])
    (report,) = take_in([("t.xlsx", book)], workspace).files
    assert [question["key"] for question in report.questions] == [SUBJECT]
    again = read_as(workspace, workspace.reports()[0], replace(Plan(), answers={SUBJECT: ONE}))
    assert again is not None
    assert counts(again.files[0]) == (5, 1)
