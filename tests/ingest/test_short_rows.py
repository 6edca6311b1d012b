"""Rows that lack cells at their end are set aside; only where the user says so do blank cells stand in for them."""

from pathlib import Path

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.intake import read_as
from roi_core.ingest.mapping import Choices
from roi_core.ingest.plan import Plan
from roi_core.ingest.read import read_text
from roi_core.ingest.short_rows import ASIDE, FILLED, SUBJECT
from roi_core.ingest.text_table import TextTable
from roi_core.workspace import Workspace

CONTENT = 'ticket_id,created_at,subject,status\r\n1,2024-01-02,"a,\r\nb",open\r\n2,2024-01-03\r\n\r\n3,2024-01-04,c,open,more\r\n4,"2024-01-05",d'


def read(said: dict[str, str], folder: Path, content: bytes = CONTENT.encode()) -> TextTable:
    path = folder / "t.csv"
    path.write_bytes(content)
    found = read_text(path, "t.csv", folder, said=said)
    assert found.ledger.unaccounted == 0
    return found


def test_short_rows_are_set_aside_until_the_user_says_otherwise(tmp_path: Path) -> None:
    found = read({}, tmp_path)
    assert (found.ledger.loaded, [row.line for row in found.quarantined]) == (1, [4, 6, 7])
    (ask,) = found.asks
    assert (ask.key, ask.best, [way.answer for way in ask.ways]) == (SUBJECT, ASIDE, [ASIDE, FILLED])
    assert ask.ways[1].example == 'line 4 "2,2024-01-03" is a row whose last 2 of 4 cells are blank'


def test_filled_rows_keep_their_cells_and_lines_and_long_ones_are_never_cut(tmp_path: Path) -> None:
    found = read({SUBJECT: FILLED}, tmp_path)
    rows = [list(row.values()) for row in found.text.to_pylist()]
    assert rows == [["1", "2024-01-02", "a,\r\nb", "open", 2], ["2", "2024-01-03", "", "", 4], ["4", "2024-01-05", "d", "", 7]]
    assert [row.line for row in found.quarantined] == [6]
    assert "rows that lack cells at their end: 2, the first on line 4; blank cells stand in for them, as you said." in found.notes
    assert found.asks == ()


def test_a_line_that_cannot_be_decoded_is_still_the_one_that_is_set_aside(tmp_path: Path) -> None:
    found = read({SUBJECT: FILLED}, tmp_path, "a,b,c\né,1\né,2,3\n".encode() + b"\xe9,3,4\nx,4,5\n")
    assert [row.line for row in found.quarantined] == [4]
    assert found.text.column("line").to_pylist() == [2, 3, 5]


def test_a_file_whose_rows_are_whole_is_not_asked_about(tmp_path: Path) -> None:
    assert read({}, tmp_path, b"a,b,c\n1,2,3\n\n4,5,6,7\n").asks == ()


@pytest.mark.usefixtures("read_here")
def test_the_switch_is_an_answer_in_the_app_and_in_a_mapping(tmp_path: Path) -> None:
    assert Choices.of({"files": {"t.csv": {"answers": {SUBJECT: FILLED}}}}).files["t.csv"].answers == {SUBJECT: FILLED}
    with Workspace.temporary(tmp_path) as workspace:
        (report,) = take_in([("t.csv", CONTENT.encode())], workspace).files
        assert SUBJECT in {question["key"] for question in report.questions}
        again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: FILLED}))
        assert again is not None
        rows = again.files[0].rows
        assert rows is not None
        assert (rows.loaded, rows.quarantined, rows.unaccounted) == (3, 1, 0)
