from typing import Any

import pytest

from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import translate
from tests.ingest.text_tables import KEY, text_table

HEADERS = ("id", "Customer email", "Assignee name", "Created datetime", "Closed datetime", "First response time (minutes)", "Resolution time (minutes)")


def read(*rows: tuple[str, str, str], headers: tuple[str, ...] = HEADERS) -> tuple[list[dict[str, Any]], list[str]]:
    """Tickets opened at ten with (closed at, first response, resolution): the typed rows, and what is said about the durations."""
    written = [(str(number), "a@firm.example", "Sam", "2024-03-04T10:00:00", *row) for number, row in enumerate(rows)]
    text = text_table(headers, written)
    typed = translate(text, recognise(headers, text.text), KEY)
    return typed.table.to_pylist(), [note for note in typed.notes if "(minutes)" in note and not note.startswith("blank")]


def minutes(rows: list[dict[str, Any]]) -> list[tuple[float, float]]:
    return [(row["vendor_first_response_minutes"], row["vendor_resolution_minutes"]) for row in rows]


def test_minutes_that_fit_are_minutes() -> None:
    rows, notes = read(("2024-03-04T12:00:00", "5", "120"))
    assert minutes(rows) == [(5, 120)]
    assert notes == [
        "First response time (minutes) is read as it says: 2 of 2 durations fit into the time the ticket was open",
        "Resolution time (minutes) is read as it says: 2 of 2 durations fit into the time the ticket was open",
    ]


def test_seconds_under_minutes_are_told_by_tickets_that_were_not_open_so_long() -> None:
    rows, notes = read(("2024-03-04T12:00:00", "300", "7200"), ("2024-03-04T11:00:00", "600", "3600"))
    assert minutes(rows) == [(5, 120), (10, 60)]
    assert all("(minutes) holds seconds: as minutes, 4 of 4 durations would be longer than the ticket was open" in note for note in notes)


def test_one_wrong_row_does_not_change_the_unit() -> None:
    rows, notes = read(*[("2024-03-04T12:00:00", "5", "119")] * 19, ("2024-03-04T12:00:00", "5", "121"), ("2024-03-04T12:00:00", "5", "9000"))
    assert minutes(rows)[0] == (5, 119)
    assert "41 of 42 durations fit" in notes[0]


@pytest.mark.parametrize(("resolution", "found", "spoken"), [("72600", 1210, "seconds"), ("90", 90, "minutes")])
def test_where_no_ticket_tells_the_size_decides_and_it_is_asked(resolution: str, found: float, spoken: str) -> None:
    rows, notes = read(("", "", resolution))
    assert minutes(rows) == [(None, found)]
    assert notes[-1].startswith(f"ask: Resolution time (minutes) is read as {spoken}; some files of this vendor hold seconds under it")


def test_rows_that_fit_neither_unit_are_asked() -> None:
    _, notes = read(("2024-03-04T10:01:00", "500000", "500000"), ("2024-03-04T10:01:00", "500000", "500000"))
    assert len(notes) == 2
    assert all(note.startswith("ask: ") for note in notes)


def test_a_header_that_names_the_unit_of_the_vendor_is_not_doubted() -> None:
    headers = tuple(header.replace("minutes", "s") for header in HEADERS)
    rows, notes = read(("2024-03-04T12:00:00", "300", "7200"), headers=headers)
    assert minutes(rows) == [(5, 120)]
    assert notes == []


def test_cells_that_cannot_be_read_are_reported_and_not_asked() -> None:
    _, notes = read(("", "", "soon"))
    assert notes == ['Resolution time (minutes): cells that cannot be read and are left blank: 1, first in line 2: "soon" is not a duration that can be read']


def test_a_file_without_rows_is_not_asked() -> None:
    assert read() == ([], [])
