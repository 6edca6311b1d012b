"""Files that no export claims: proposed, confirmed, remembered by their headers, asked about with both readings, and let go."""

import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from roi_core.errors import MappingRefused
from roi_core.ingest import read_as, take_in
from roi_core.ingest.headers import fingerprint
from roi_core.ingest.held import held, is_held, is_open
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.plan import Plan
from roi_core.ingest.remembered import plan_for
from roi_core.workspace import Workspace

pytestmark = pytest.mark.usefixtures("read_here")

HEADERS = ("Vorgangsnr", "Client mail", "Opened on", "What about")
ODD = "Vorgangsnr,Client mail,Opened on,What about\n" + "".join(
    f"V-{n:03},{name}@secret.example,2024-01-{n:02} 10:00,{topic}\n" for n, (name, topic) in enumerate((("ada", "bill"), ("bob", "bug")) * 4, 1)
)
COLUMNS = {"Vorgangsnr": "tickets.ticket_id", "Client mail": "tickets.email", "Opened on": "tickets.created_at", "What about": "tickets.category"}
PLAN = Plan("tickets", COLUMNS)


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.temporary(tmp_path) as made:
        yield made


def dropped(workspace: Workspace, text: str = ODD, name: str = "odd.csv") -> dict[str, Any]:
    """The report of one file."""
    take_in([(name, text.encode())], workspace)
    return workspace.reports()[-1]


def column(workspace: Workspace, name: str, table: str = "tickets") -> list[Any]:
    (part,) = workspace.parts(table)
    return pq.read_table(part).column(name).to_pylist()


def answered(report: dict[str, Any], **answers: str) -> Plan:
    return Plan(answers={question["key"]: answers[question["subject"]] for question in report["questions"] if question["subject"] in answers})


def test_an_unknown_file_is_proposed_and_not_loaded(workspace: Workspace) -> None:
    report = dropped(workspace)
    assert report["entity"] is None
    assert not workspace.tables()
    proposal = report["proposal"]
    assert proposal["entity"] == "tickets"
    guessed = {one["header"]: one["canonical"] for one in proposal["columns"]}
    assert guessed["Client mail"] == "tickets.email"
    (mail,) = [one for one in proposal["columns"] if one["header"] == "Client mail"]
    assert mail["evidence"].startswith("100 % of 8 cells are e-mail addresses")
    assert "ada@" not in str(proposal)


def test_a_confirmed_mapping_reads_the_file_that_was_kept_and_lets_it_go(workspace: Workspace, tmp_path: Path) -> None:
    report = dropped(workspace)
    assert held(workspace, report) == ("odd.csv", ODD.encode())
    (read,) = read_as(workspace, report, Plan("tickets", COLUMNS, answers={"zone": "UTC"})).files
    assert (read.entity, read.rows.loaded) == ("tickets", 8)
    assert not is_open(read.as_record())
    assert [len(workspace.reports()), is_held(workspace, report)] == [1, False]
    assert not any(b"secret.example" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_kept_file_is_not_readable_on_disk(workspace: Workspace, tmp_path: Path) -> None:
    assert is_held(workspace, dropped(workspace))
    assert not any(b"secret" in path.read_bytes() or b"Client mail" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_next_file_with_these_headers_is_read_with_no_question(workspace: Workspace) -> None:
    read_as(workspace, dropped(workspace), Plan("tickets", COLUMNS, answers={"zone": "UTC"}))
    moved = "what  about,OPENED ON,Vorgangsnr,Client mail\nbug,2024-02-01 10:00,V-100,eve@secret.example\n"
    assert fingerprint(HEADERS) == fingerprint(moved.splitlines()[0].split(","))
    report = dropped(workspace, ODD.replace("2024-01", "2024-02").replace("V-", "W-"), "february.csv")
    assert (report["entity"], report["rows"]["loaded"]) == ("tickets", 8)
    assert not is_open(report)
    assert len(workspace.parts("tickets")) == 2


def test_an_undone_reading_is_forgotten_for_the_next_file_and_made_again_with_its_plan(workspace: Workspace) -> None:
    read_as(workspace, dropped(workspace), PLAN)
    back, _ = workspace.ways()
    assert back is not None
    workspace.undo(back.id)
    assert plan_for(workspace, HEADERS) == Plan()
    assert [report["entity"] for report in workspace.reports()] == [None]
    assert dropped(workspace, ODD.replace("V-", "W-"), "next.csv")["proposal"]
    next_one, _ = workspace.ways()
    assert next_one is not None
    workspace.undo(next_one.id)
    read_as(workspace, dropped(workspace), PLAN)
    last, _ = workspace.ways()
    assert last is not None
    workspace.undo(last.id)
    workspace.redo(last.id)
    assert plan_for(workspace, HEADERS).columns == COLUMNS
    assert dropped(workspace, ODD.replace("V-", "W-"), "next.csv")["rows"]["loaded"] == 8


def test_the_order_and_the_case_of_headers_do_not_count(workspace: Workspace) -> None:
    read_as(workspace, dropped(workspace), PLAN)
    report = dropped(workspace, "what  about,OPENED ON,vorgangsnr,client mail\nbug,2024-02-01,V-100,eve@secret.example\n", "moved.csv")
    assert (report["entity"], report["rows"]["loaded"]) == ("tickets", 1)


def test_changed_headers_ask_with_the_difference(workspace: Workspace) -> None:
    read_as(workspace, dropped(workspace), PLAN)
    report = dropped(workspace, ODD.replace("Client mail", "Client e-mail").replace("V-", "W-"), "later.csv")
    proposal = report["proposal"]
    assert report["entity"] is None
    assert (proposal["before"], proposal["now"]) == (["Client mail"], ["Client e-mail"])
    assert {one["header"]: one["canonical"] for one in proposal["columns"]} == {
        header.replace("Client mail", "Client e-mail"): canonical for header, canonical in COLUMNS.items()
    }


def test_a_file_over_the_size_is_not_kept_and_is_read_when_it_is_dropped_again(workspace: Workspace) -> None:
    take_in([("odd.csv", ODD.encode())], workspace, limits=ReadLimits(held_bytes=10))
    (report,) = workspace.reports()
    assert read_as(workspace, report, PLAN) is None
    assert dropped(workspace)["rows"]["loaded"] == 8
    assert len(workspace.reports()) == 1


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({**COLUMNS, "What about": "tickets.email"}, '"Client mail" and "What about" are all read as tickets.email'),
        ({"Client mail": "tickets.email"}, "tickets cannot be read without ticket_id, created_at"),
        ({**COLUMNS, "What about": "tickets.colour"}, '"tickets.colour" is no column of tickets'),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused_with_the_roles_and_nothing_is_kept(workspace: Workspace, columns: dict[str, str], words: str) -> None:
    report = dropped(workspace)
    with pytest.raises(MappingRefused, match=re.escape(words)):
        read_as(workspace, report, Plan("tickets", columns))
    assert plan_for(workspace, HEADERS) == Plan()
    assert is_held(workspace, report)


def test_one_column_of_a_recognised_export_is_corrected_and_the_rest_stays_as_declared(workspace: Workspace) -> None:
    headers = '"Ticket ID","Created time","Status","First response time (in hrs)","Resolution time (in hrs)","Agent","Type","Group"\n'
    rows = "".join(f'"{n}","2024-03-{n:02} 09:00:00","Closed","01:00:00","02:00:00","Ann","billing","Second line"\n' for n in range(1, 6))
    report = dropped(workspace, headers + rows, "tickets.csv")
    assert report["export"] == "freshdesk_ticket_export"
    columns = {one["header"]: one["canonical"] for one in report["columns"] if one["canonical"]}
    plan = Plan("tickets", {**columns, "Group": "tickets.category"}, export=report["export"], answers={"zone": "Europe/Berlin"})
    (read,) = read_as(workspace, report, plan).files
    assert (read.vendor, read.export) == ("freshdesk", "freshdesk_ticket_export")
    assert set(column(workspace, "category")) == {"Second line"}
    assert column(workspace, "vendor_first_response_minutes") == [60.0] * 5
    assert column(workspace, "created_at")[0].hour == 8


def test_days_and_months_are_read_as_the_answer_says(workspace: Workspace) -> None:
    text = "ticket_id,created_at,email\n1,03/04/2025,a@b.example\n2,05/04/2025,c@d.example\n"
    report = dropped(workspace, text, "t.csv")
    (question,) = report["questions"]
    assert (question["key"], question["columns"], question["best"]) == ("day_order", ["created_at"], "day_first")
    assert [way["example"] for way in question["ways"]] == ['"03/04/2025" is 3 April 2025', '"03/04/2025" is 4 March 2025']
    read_as(workspace, report, answered(report, day_order="month_first"))
    assert [time.month for time in column(workspace, "created_at")] == [3, 5]
    again = "ticket_id,created_at,email\n7,07/08/2025,a@b.example\n"
    assert not is_open(dropped(workspace, again, "next.csv"))


def test_the_other_answer_gives_the_other_reading(workspace: Workspace) -> None:
    report = dropped(workspace, "ticket_id,created_at,email\n1,03/04/2025,a@b.example\n", "t.csv")
    read_as(workspace, report, answered(report, day_order="day_first"))
    assert [time.month for time in column(workspace, "created_at")] == [4]


@pytest.mark.parametrize(("sign", "amount"), [("point", 1234.0), ("comma", 1.234)])
def test_a_decimal_sign_is_read_as_the_answer_says(workspace: Workspace, sign: str, amount: float) -> None:
    report = dropped(workspace, 'invoice_id,customer_id,issued_at,amount\ni1,c1,2025-01-31,"1,234"\n', "i.csv")
    (question,) = report["questions"]
    assert (question["key"], [way["example"] for way in question["ways"]]) == ("decimal/amount", ['"1,234" is 1234', '"1,234" is 1.234'])
    read_as(workspace, report, answered(report, decimal=sign))
    assert column(workspace, "amount", "invoices") == [amount]


def test_a_zone_is_asked_once_for_all_times_and_moves_them(workspace: Workspace) -> None:
    columns = {"Vorgangsnr": "tickets.ticket_id", "Auf": "tickets.created_at", "Zu": "tickets.resolved_at"}
    report = dropped(workspace, "Vorgangsnr,Auf,Zu\n1,2025-07-01 10:00,2025-07-01 12:00\n", "t.csv")
    read_as(workspace, report, Plan("tickets", columns))
    (report,) = workspace.reports()
    (question,) = report["questions"]
    assert (question["key"], question["columns"]) == ("zone", ["Auf", "Zu"])
    assert {way["answer"]: way["example"] for way in question["ways"]}["America/New_York"] == '"2025-07-01 10:00" is 2025-07-01 14:00 UTC'
    read_as(workspace, report, Plan("tickets", columns, answers={"zone": "America/New_York"}))
    assert column(workspace, "created_at")[0].hour == 14


@pytest.mark.parametrize(("unit", "minutes"), [("seconds", 1.5), ("minutes", 90.0), ("hours", 5400.0)])
def test_a_duration_without_a_unit_is_asked(workspace: Workspace, unit: str, minutes: float) -> None:
    text = "Nr,Opened,Took\nA-1,2025-01-01,90\nA-2,2025-01-02,90\n"
    plan = Plan("tickets", {"Nr": "tickets.ticket_id", "Opened": "tickets.created_at", "Took": "tickets.handle_minutes"})
    (read,) = read_as(workspace, dropped(workspace, text), plan).files
    (question,) = read.as_json()["questions"]
    assert (question["subject"], question["best"], question["ways"][0]["example"]) == ("unit", "minutes", '"90" is 90 seconds')
    report = workspace.reports()[0]
    read_as(workspace, report, Plan(plan.entity, plan.columns, answers={question["key"]: unit}))
    assert column(workspace, "handle_minutes") == [minutes, minutes]


def test_a_scale_that_no_answer_fills_is_asked(workspace: Workspace) -> None:
    text = "response_id,kind,score,answered_at\n" + "".join(f"r{n},csat,{1 + n % 4},2025-01-01\n" for n in range(30))
    report = dropped(workspace, text, "s.csv")
    (question,) = report["questions"]
    assert (question["key"], question["best"], [way["answer"] for way in question["ways"]]) == ("scale/score", "5", ["5", "7", "10", "100"])
    read_as(workspace, report, answered(report, scale="10"))
    assert set(column(workspace, "scale", "surveys")) == {10.0}


def test_a_scale_that_is_filled_is_not_asked(workspace: Workspace) -> None:
    text = "response_id,kind,score,answered_at\n" + "".join(f"r{n},csat,{1 + n % 5},2025-01-01\n" for n in range(30))
    assert not is_open(dropped(workspace, text, "s.csv"))


def test_what_is_the_same_in_every_row_is_said_once(workspace: Workspace) -> None:
    report = dropped(workspace, "Nr,Note,Am\nr1,5,2025-01-01\nr2,4,2025-01-02\n")
    columns = {"Nr": "surveys.response_id", "Note": "surveys.score", "Am": "surveys.answered_at"}
    with pytest.raises(MappingRefused, match="without kind"):
        read_as(workspace, report, Plan("surveys", columns))
    read_as(workspace, report, Plan("surveys", columns, {"surveys.kind": "csat"}))
    assert set(column(workspace, "kind", "surveys")) == {"csat"}


def test_a_report_that_is_gone_takes_its_kept_file_with_it(workspace: Workspace) -> None:
    from roi_core.ingest.take_out import take_out

    report = dropped(workspace)
    take_out(workspace, report)
    assert not is_held(workspace, report)
