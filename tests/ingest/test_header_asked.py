"""Which row names the columns is asked where the first looks like data, and where several rows of names stand above the rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.header_asked import DATA, JOINED, LAST, NAMES, SUBJECT, joined_names
from roi_core.ingest.intake import FileReport, read_as
from roi_core.ingest.plan import Plan
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import TICKETS, csv, tickets
from tests.ingest.workbooks import of_rows

pytestmark = pytest.mark.usefixtures("read_here")

BARE = csv(*tickets())
GROUPED = csv("Ticket,,When,", TICKETS, *tickets())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def headers(report: FileReport) -> list[str]:
    return [str(column["header"]) for column in report.columns]


def records(report: FileReport) -> tuple[int, int, int]:
    assert report.rows is not None
    return report.rows.loaded, report.rows.quarantined, report.rows.unaccounted


def answered(workspace: Workspace, content: bytes, answer: str) -> FileReport:
    take_in([("t.csv", content)], workspace)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: answer}))
    assert again is not None
    return again.files[0]


def asked(report: FileReport) -> dict[str, str]:
    return {way["answer"]: way["example"] for question in report.questions if question["key"] == SUBJECT for way in question["ways"]}


def test_a_file_without_names_is_asked_about_although_nobody_knows_its_table(workspace: Workspace) -> None:
    (report,) = take_in([("t.csv", BARE)], workspace).files
    assert report.entity is None
    assert headers(report) == [f"column {n}" for n in range(1, 5)]
    assert list(asked(report)) == [DATA, NAMES]
    assert "a1@x.example" not in " ".join(asked(report).values())


def test_the_first_row_becomes_the_names_and_is_no_row(workspace: Workspace) -> None:
    report = answered(workspace, BARE, NAMES)
    assert headers(report) == ["1", "a1@x.example", "2024-01-02", "text 1"]
    assert (records(report), asked(report)) == ((7, 0, 0), {})


def test_numbered_columns_can_be_confirmed(workspace: Workspace) -> None:
    report = answered(workspace, BARE, DATA)
    assert (records(report), asked(report)) == ((8, 0, 0), {})


def test_names_of_two_rows_are_joined_on_request_and_the_rows_stay(workspace: Workspace) -> None:
    (report,) = take_in([("t.csv", GROUPED)], workspace).files
    assert headers(report) == TICKETS.split(",")
    assert asked(report) == {LAST: 'column 1 is "ticket_id", as on line 2', JOINED: 'column 1 is "Ticket ticket_id", of all header rows'}
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: JOINED}))
    assert again is not None
    assert headers(again.files[0]) == ["Ticket ticket_id", "Ticket email", "When created_at", "When subject"]
    assert records(again.files[0]) == (8, 0, 0)
    assert asked(again.files[0]) == {}


def test_a_group_holds_for_the_blank_cells_to_its_right() -> None:
    assert joined_names([["", "First", "", "Last"], ["a", "b"]], ["x", "y", "z", "b"]) == ("a x", "First b y", "First b z", "Last b")
    assert joined_names([], ["x", "y"]) == ("x", "y")


def test_one_row_of_names_is_not_asked_about(workspace: Workspace) -> None:
    (report,) = take_in([("t.csv", csv(TICKETS, *tickets()))], workspace).files
    assert asked(report) == {}


BARE_SHEET = [["id1", "2024-01-02", 5], ["id2", "2024-01-03", 6], ["id3", "2024-01-04", 7]]
GROUPED_SHEET = [["Ticket", "", "When"], ["id", "mail", "at"], [1, "a@x.example", "2024-01-02"], [2, "b@x.example", "2024-01-03"]]
SHEETS = {
    NAMES: (BARE_SHEET, ["id1", "2024-01-02", "5"], 2),
    DATA: (BARE_SHEET, ["column 1", "column 2", "column 3"], 3),
    JOINED: (GROUPED_SHEET, ["Ticket id", "Ticket mail", "When at"], 2),
    LAST: (GROUPED_SHEET, ["id", "mail", "at"], 2),
}


@pytest.mark.parametrize("answer", SHEETS)
def test_a_sheet_is_asked_as_a_text_is_and_read_by_the_answer(answer: str, workspace: Workspace) -> None:
    rows, names, loaded = SHEETS[answer]
    (report,) = take_in([("t.xlsx", of_rows(Sheet=rows))], workspace).files
    assert answer in asked(report)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: answer}))
    assert again is not None
    assert (headers(again.files[0]), records(again.files[0]), asked(again.files[0])) == (names, (loaded, 0, 0), {})
