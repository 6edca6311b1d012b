"""What a declaration may say about cells: constants, hundredths, lists, patterns, joined and repeated headers, scales."""

from collections.abc import Sequence
from datetime import datetime
from inspect import unwrap
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from roi_core.ingest.export import Export, Scale
from roi_core.ingest.keys import keyed_hash
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.mapping import Choices
from roi_core.ingest.one_table import Job, load_table
from roi_core.ingest.recognise import recognise
from roi_core.ingest.translate import Typed, translate
from tests.ingest.text_tables import KEY, text_table


def export(entity: str, columns: dict[str, tuple[str, ...]], **said: Any) -> Export:
    named = MappingProxyType({f"{entity}.{name}": headers for name, headers in columns.items()})
    return Export("example_rows", "example", "Example rows", entity, ("Id",), named, zone="UTC", **said)


def typed(monkeypatch: pytest.MonkeyPatch, declared: Export, headers: Sequence[str], *rows: tuple[str, ...]) -> Typed:
    monkeypatch.setattr("roi_core.ingest.recognise.EXPORTS", {declared.id: declared})
    monkeypatch.setattr("roi_core.ingest.recognise._best", unwrap(recognise.__globals__["_best"]))
    table = text_table(headers, rows)
    return translate(table, recognise(headers, table.text), KEY)


def values(part: Typed, column: str) -> list[object]:
    return part.table.column(column).to_pylist()


SURVEYS = {"response_id": ("Id",), "score": ("Score",), "answered_at": ("At",)}
GOOD_BAD = Scale(2, MappingProxyType({"good": 2, "bad": 1}), no_answer=("offered", "not offered"))


def test_a_constant_fills_every_row_and_no_header_is_replaced_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("surveys", SURVEYS, constants=MappingProxyType({"surveys.kind": "csat", "surveys.score": "5"}))
    part = typed(monkeypatch, declared, ("Id", "Score", "At"), ("1", "3", "2025-01-02"), ("2", "4", "2025-01-03"))
    assert values(part, "kind") == ["csat", "csat"]
    assert values(part, "score") == [3, 4]
    assert not any("no column gives" in note for note in part.notes)


def test_hundredths_are_divided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("invoices", {"invoice_id": ("Id",), "amount": ("Cents",), "refunded": ("Back",)}, minor_units=("invoices.amount",))
    part = typed(monkeypatch, declared, ("Id", "Cents", "Back"), ("1", "1999", "5"), ("2", "50", ""))
    assert (values(part, "amount"), values(part, "refunded")) == ([19.99, 0.5], [5, None])
    assert any(note.startswith("Cents: ") and "divided by 100" in note for note in part.notes)


def test_of_several_values_the_first_is_taken_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("tickets", {"ticket_id": ("Id",), "email": ("Emails",)}, lists=MappingProxyType({"tickets.email": ";"}))
    part = typed(monkeypatch, declared, ("Id", "Emails"), ("1", "ann@a.example; bob@b.example"), ("2", "; cy@c.example"), ("3", "dan@d.example"), ("4", ""))
    assert values(part, "email") == [keyed_hash(mail, KEY) for mail in ("ann@a.example", "cy@c.example", "dan@d.example")] + [None]
    assert "Emails: cells that hold several values: 2; the first is taken" in part.notes


def test_the_first_group_of_a_pattern_is_taken_and_other_cells_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("tickets", {"ticket_id": ("Id",), "team": ("Team",)}, extracts=MappingProxyType({"tickets.team": r"team (\w+)"}))
    part = typed(monkeypatch, declared, ("Id", "Team"), ("1", "the team Blue\nof two"), ("2", "Red"), ("3", ""))
    assert values(part, "team") == ["Blue", "Red", None]


JOINED = export("tickets", {"ticket_id": ("Id",), "created_at": ("Created time",)}, joined=MappingProxyType({"tickets.created_at": ("Created", "time")}))


def test_a_date_and_a_time_make_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    part = typed(monkeypatch, JOINED, ("time", "Id", "Created"), ("14:30", "1", "2025-01-02"), ("", "2", "2025-01-03"))
    assert values(part, "created_at") == [datetime(2025, 1, 2, 14, 30), datetime(2025, 1, 3)]


def test_a_header_that_has_both_goes_before_joined_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    part = typed(monkeypatch, JOINED, ("Id", "Created", "time", "Created time"), ("1", "2025-01-02", "14:30", "2024-12-31 10:00"))
    assert values(part, "created_at") == [datetime(2024, 12, 31, 10)]


def test_repeated_headers_are_joined_for_tags_and_fill_up_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("tickets", {"ticket_id": ("Id",), "tags": ("Labels", "Marks"), "category": ("Component",)})
    headers = ("Id", "Labels", "Component", "Labels", "Marks", "Component", "Labels", "Other", "Other")
    part = typed(monkeypatch, declared, headers, ("1", "a", "", "b", "m", "Web", "c", "", ""), ("2", "", "App", "", "m", "Web", "", "", ""))
    assert values(part, "tags") == ["a, b, c", "m"]
    assert values(part, "category") == ["Web", "App"]
    found = recognise(headers, text_table(headers, [("1",) * len(headers)]).text).notes
    assert "headers that stand more than once, all are read into one column: component, labels" in found
    assert "headers that stand more than once and are not used: other" in found


def test_a_ticket_without_an_answer_is_a_ticket_without_a_score(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("tickets", {"ticket_id": ("Id",), "csat_score": ("Rating",)}, scales=MappingProxyType({"tickets.csat_score": GOOD_BAD}))
    part = typed(monkeypatch, declared, ("Id", "Rating"), ("1", "Good"), ("2", "Not  Offered"), ("3", "bad"), ("4", ""), ("5", "so so"))
    assert values(part, "csat_score") == [2, None, 1, None, None]
    assert values(part, "csat_scale") == [2, None, 2, None, None]
    assert [(issue.line, issue.why) for issue in part.issues] == [(6, "is not a known answer")]
    assert "asked" not in part.meta


def test_numbers_beside_words_have_a_scale_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export("tickets", {"ticket_id": ("Id",), "csat_score": ("Rating",)}, scales=MappingProxyType({"tickets.csat_score": GOOD_BAD}))
    part = typed(monkeypatch, declared, ("Id", "Rating"), ("1", "Good"), ("2", "4"), ("3", "Offered"), ("4", "1"))
    assert values(part, "csat_score") == [2, 4, None, 1]
    assert values(part, "csat_scale") == [2, 5, None, 5]


def test_a_number_counts_as_often_as_the_scale_says(monkeypatch: pytest.MonkeyPatch) -> None:
    scale = Scale(5, MappingProxyType({"great": 5}), times=0.05)
    declared = export("tickets", {"ticket_id": ("Id",), "csat_score": ("Rating",)}, scales=MappingProxyType({"tickets.csat_score": scale}))
    part = typed(monkeypatch, declared, ("Id", "Rating"), ("1", "100"), ("2", "great"), ("3", "40"))
    assert values(part, "csat_score") == [5, 5, 2]
    assert values(part, "csat_scale") == [5, 5, 5]


def test_a_column_that_an_export_never_has_is_said_and_one_that_was_taken_out_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    part = typed(monkeypatch, export("surveys", SURVEYS), ("Id", "Score"), ("1", "3"))
    assert part.table.num_rows == 1
    assert "no column gives kind of surveys: this export never has it, and its rows are loaded without" in part.notes
    assert "ask: no column gives answered_at of surveys" in part.notes


def entry(monkeypatch: pytest.MonkeyPatch, declared: Export, content: str, folder: Path) -> dict[str, Any]:
    monkeypatch.setattr("roi_core.ingest.recognise.EXPORTS", {declared.id: declared})
    monkeypatch.setattr("roi_core.ingest.recognise._best", unwrap(recognise.__globals__["_best"]))
    path = folder / "rows.csv"
    path.write_text(content)
    return load_table(path, "rows.csv", None, Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None))


def test_surveys_nobody_answered_are_no_records_and_count_as_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    declared = export("surveys", SURVEYS, scales=MappingProxyType({"surveys.score": GOOD_BAD}))
    content = "Id,Score,At\n1,Good,2025-01-02\n2,Offered,\n3,bad,2025-01-04\n4,Offered,2025-01-04\n5,good,\n6,,2025-01-05\n"
    found = entry(monkeypatch, declared, content, tmp_path)
    assert found["rows"] == {"records": 6, "loaded": 2, "quarantined": 2, "not_data": 2, "unaccounted": 0}
    assert found["meta"]["asked"] == 4
    assert "rows that were asked and not answered: 2; they count in the response rate" in found["notes"]


def test_a_blank_score_is_no_answer_where_the_export_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scale = Scale(5, MappingProxyType({}), no_answer=("",))
    found = entry(monkeypatch, export("surveys", SURVEYS, scales=MappingProxyType({"surveys.score": scale})), "Id,Score,At\n1,4,2025-01-02\n2,,\n", tmp_path)
    assert (found["rows"]["loaded"], found["rows"]["not_data"], found["meta"]["asked"]) == (1, 1, 2)


def test_an_aggregated_file_is_named_and_not_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    declared = export("surveys", SURVEYS, aggregated="its rows are months", warnings=("Ask for the single answers.",))
    found = entry(monkeypatch, declared, "Id,Score,At\n1,2,2025-01\n2,3\n", tmp_path)
    assert (found["export"], found["entity"], found["part"]) == ("example_rows", None, None)
    assert found["rows"] == {"records": 2, "loaded": 0, "quarantined": 0, "not_data": 2, "unaccounted": 0}
    assert {"not loaded: its rows are months", "Ask for the single answers."} <= set(found["notes"])
