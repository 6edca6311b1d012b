"""Rows that stand more than once: exact copies, states of one record, and rows that only share what is typed."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.ingest import take_in
from roi_core.ingest.copies import copies
from roi_core.ingest.intake import read_as
from roi_core.ingest.plan import Plan
from roi_core.ingest.recognise import recognise
from roi_core.ingest.sources import sources_of
from roi_core.schema import LOADED
from roi_core.workspace import Workspace
from tests.ingest.text_tables import text_table

TICKETS = ["ticket_id", "created_at", "status", "color"]


def _said(headers: list[str], *rows: list[str]) -> tuple[str, ...]:
    text = text_table(headers, [list(row) for row in rows])
    recognition = recognise(text.headers, text.text)
    return copies(LOADED[recognition.entity], text, sources_of(text, recognition))


def test_copies_and_states_are_told_apart() -> None:
    said = _said(
        TICKETS,
        ["1", "2024-01-01", "open", "red"],
        ["2", "2024-01-02", "open", "red"],
        ["1", "2024-01-01", "open", "red"],
        ["2", "2024-01-02", "closed", "red"],
        ["1", "2024-01-01", "open", "red"],
    )
    rule = "the latest state counts, by updated_at, else of the file with the latest event, and there with the later one; all rows are kept"
    assert said == (
        "ask: rows that are the same as an earlier row in every column: 2, first on line 4; all are kept, and one ticket_id counts once",
        f"ticket_id: ids in rows that differ: 1, first again on line 5; {rule}",
    )


def test_rows_that_differ_only_in_a_column_that_is_not_used_are_no_copies() -> None:
    (said,) = _said(TICKETS, ["1", "2024-01-01", "open", "red"], ["1", "2024-01-01", "open", "blue"])
    assert said.startswith("ticket_id: ids in rows that differ: 1")


def test_a_table_without_a_key_asks_about_copies_alone() -> None:
    headers, row = ["month", "component", "amount"], ["2024-01", "software", "5"]
    assert _said(headers, row, ["2024-02", "software", "5"]) == ()
    assert _said(headers, row, ["2024-02", "software", "5"], row) == (
        "ask: rows that are the same as an earlier row in every column: 1, first on line 4; all are kept, and each of them counts",
    )


COSTS = "month,component,amount\n2024-01,software,5\n2024-02,software,5\n2024-01,software,5\n"


@pytest.mark.parametrize(("said", "kept", "aside"), [("", 3, []), ("each", 3, []), ("once", 2, [4])])
@pytest.mark.usefixtures("read_here")
def test_copies_in_a_table_without_a_key_count_until_the_user_says_otherwise(said: str, kept: int, aside: list[int], tmp_path: Path) -> None:
    with Workspace.temporary(tmp_path) as workspace:
        (report,) = take_in([("costs.csv", COSTS.encode())], workspace).files
        assert [question["key"] for question in report.questions] == ["copies"]
        if said:
            again = read_as(workspace, workspace.reports()[0], Plan(answers={"copies": said}))
            assert again is not None
            (report,) = again.files
            assert not [note for note in report.notes if note.startswith("ask: rows that are the same")]
        assert report.rows is not None
        assert (report.rows.loaded, report.rows.quarantined, report.rows.unaccounted) == (kept, len(aside), 0)


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_rows_of_their_own_say_nothing(rows: int) -> None:
    assert _said(TICKETS, *([str(n), "2024-01-01", "open", "red"] for n in range(rows))) == ()


def test_as_many_copies_as_there_are() -> None:
    """Against a plain count over random rows of few values."""
    random = np.random.default_rng(5)
    rows = [[str(random.integers(40)), "2024-01-01", ("open", "closed")[random.integers(2)], "red"] for _ in range(300)]
    seen = {tuple(row) for row in rows}
    states = sum(len({row for row in seen if row[0] == number}) > 1 for number in {row[0] for row in seen})
    same, differ = _said(TICKETS, *rows)
    assert f"in every column: {300 - len(seen)}," in same
    assert f"ids in rows that differ: {states}," in differ
