"""Your files: a file that no export claims, mapped in the editor; questions answered; remembered for the next file."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from roi_core.ingest import take_in
from roi_core.ingest.remembered import remembered
from roi_core.schema.parts import DRAFTS
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.ingest.test_mapping import COLUMNS, ODD
from tests.pages.app import again, calm, said, visit
from tests.pages.test_data import drop

HOSTILE = ODD.replace("What about", "![x](https://evil.example/x.png)").replace(",bill", ",<b>:red[bill]</b>")
LATER = ODD.replace("2024-01", "2024-02").replace("V-", "W-")
AMBIGUOUS = "ticket_id,created_at,email\n1,03/04/2025,a@b.example\n2,05/04/2025,c@d.example\n"


def work_with(home: Path, text: str, name: str = "odd.csv") -> str:
    """Id of work with one file."""
    workspace = Workspace.create(home)
    take_in([(name, text.encode())], workspace)
    return workspace.id


def roles(app: AppTest) -> dict[str, str | None]:
    """What stands in the select of each column of the first file."""
    boxes = [box for box in app.selectbox if str(box.key).startswith("map_own_0_tickets_") and str(box.key)[-1].isdigit()]
    return dict(zip(COLUMNS, (box.value for box in boxes), strict=True))


def loaded(work: str) -> int:
    return sum(report["rows"]["loaded"] for report in Workspace.open(None, work).reports() if report["entity"])


def test_a_dropped_file_that_nobody_knows_is_kept_and_asked_about() -> None:
    app = drop(calm(visit("data")), ("odd.csv", ODD.encode()))
    assert app.title[0].value == say("mapping.title")
    assert say("mapping.unknown", name="odd.csv", title="Tickets") in said(app)
    assert roles(app)["Client mail"] == "tickets.email"
    assert "100 % of 8 cells are e-mail addresses" in said(app)
    assert "a***@secret.example" in said(app)
    assert "ada@" not in said(app)


def test_what_is_needed_follows_the_choice_and_the_button_reads_the_file(session_home: Path) -> None:
    work = work_with(session_home, ODD)
    app = calm(visit("data", work=work))
    created = next(box for box in app.selectbox if box.value == "tickets.created_at")
    created.set_value("")
    app = again(app)
    assert "Still needed: created_at" in said(app)
    assert app.button(key="map_own_0_read").disabled
    app.selectbox(key=created.key).set_value("tickets.created_at")
    app = again(app)
    assert say("mapping.complete") in said(app)
    app = calm(app.button(key="map_own_0_read").click().run())
    assert loaded(work) == 8
    assert app.title[0].value == say("data.title_read_one")


def test_what_was_chosen_and_not_read_by_yet_stands_after_a_refresh(session_home: Path) -> None:
    work = work_with(session_home, ODD)
    app = calm(visit("data", work=work))
    app.selectbox(key="map_own_0_tickets_3").set_value("tickets.type")
    again(app)
    assert remembered(Workspace.open(None, work)) == {}, "it is no decision yet"
    app = calm(visit("data", work=work))
    assert roles(app)["What about"] == "tickets.type"
    app = calm(app.button(key="map_own_0_read").click().run())
    assert DRAFTS not in Workspace.open(None, work).vault.kinds()


def test_an_answer_that_was_chosen_stands_after_a_refresh(session_home: Path) -> None:
    work = work_with(session_home, AMBIGUOUS, "t.csv")
    app = calm(visit("data", work=work))
    other = next(option for option in ("day_first", "month_first") if option != app.radio[0].value)
    app.radio[0].set_value(other)
    again(app)
    app = calm(visit("data", work=work))
    assert app.radio[0].value == other
    assert remembered(Workspace.open(None, work)) == {}, "it is no decision yet"


def test_one_role_for_two_columns_is_refused_with_both_names(session_home: Path) -> None:
    app = calm(visit("data", work=work_with(session_home, ODD)))
    app.selectbox(key="map_own_0_tickets_3").set_value("tickets.email")
    app = again(app)
    assert '"Client mail" and "What about" are all read as tickets.email' in said(app)
    assert app.button(key="map_own_0_read").disabled


def test_another_table_gives_other_roles_without_reading(session_home: Path) -> None:
    app = calm(visit("data", work=work_with(session_home, ODD)))
    app.selectbox(key="map_own_0_table").set_value("surveys")
    app = again(app)
    assert "surveys.email" in [box.value for box in app.selectbox]
    kind = app.selectbox(key="map_own_0_surveys_surveys.kind")
    assert kind.options[1:] == ["csat", "ces", "nps"]


def test_the_next_file_of_the_same_headers_is_read_with_no_question(session_home: Path) -> None:
    work = work_with(session_home, ODD)
    app = calm(visit("data", work=work))
    app = calm(app.button(key="map_own_0_read").click().run())
    app = drop(app, ("later.csv", LATER.encode()))
    assert loaded(work) == 16
    assert not [box for box in app.selectbox if str(box.key).startswith("map_")]


@pytest.mark.parametrize(("answer", "month"), [("day_first", "April"), ("month_first", "March")])
def test_a_question_shows_both_readings_and_its_answer_reads_the_file(session_home: Path, answer: str, month: str) -> None:
    work = work_with(session_home, AMBIGUOUS, "t.csv")
    app = calm(visit("data", work=work))
    (radio,) = app.radio
    assert [option.count("2025") for option in radio.options] == [2, 2]
    app.radio[0].set_value(answer)
    app = calm(app.button(key="ask_own_0_read").click().run())
    assert not app.radio
    (part,) = Workspace.open(None, work).parts("tickets")
    assert pq.read_table(part).column("created_at")[0].as_py().strftime("%B") == month


def test_names_and_cells_of_a_file_are_shown_as_text(session_home: Path) -> None:
    app = calm(visit("data", work=work_with(session_home, HOSTILE)))
    shown = [str(element.value) for element in [*app.markdown, *app.caption, *app.warning, *app.error]]
    assert not any("![x](" in text or "<b>" in text for text in shown)


def test_the_files_of_an_example_are_looked_at_and_not_changed() -> None:
    app = calm(visit("data"))
    assert not [button for button in app.button if button.label == say("mapping.read")]


def test_one_column_of_a_known_export_is_corrected(session_home: Path) -> None:
    head = "Ticket ID,Created time,Status,First response time (in hrs),Resolution time (in hrs),Agent,Type,Group\n"
    rows = "".join(f"{n},2024-03-{n:02} 09:00:00,Closed,01:00:00,02:00:00,Ann,billing,Second line\n" for n in range(1, 6))
    work = work_with(session_home, head + rows, "tickets.csv")
    app = calm(visit("data", work=work))
    app.session_state["file_own_0"] = app.session_state["mapping_own_0"] = True
    app = again(app)
    group = app.selectbox(key="map_own_0_tickets_7")
    assert group.value == "tickets.team"
    kind = next(box for box in app.selectbox if box.value == "tickets.type")
    kind.set_value("")
    app.selectbox(key="map_own_0_tickets_7").set_value("tickets.category")
    app = again(app)
    app = calm(app.button(key="map_own_0_read").click().run())
    (part,) = Workspace.open(None, work).parts("tickets")
    read = pq.read_table(part)
    assert set(read.column("category").to_pylist()) == {"Second line"}
    assert "team" not in read.column_names
    app = again(app)
    assert say("mapping.said") in said(app)
    app = calm(app.button(key="forget_own_0").click().run())
    assert say("mapping.said") not in said(app)
