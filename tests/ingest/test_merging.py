"""Several files of one kind: what they share is counted and told, the latest state counts once, and no row is left out."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from roi_core import engine
from roi_core.ingest import Intake, take_in
from roi_core.spine import build_facts
from roi_core.spine.exclusions import Exclusions
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import csv

pytestmark = pytest.mark.usefixtures("read_here")

TICKETS = "ticket_id,email,created_at,status,updated_at"
SUBSCRIPTIONS = "subscription_id,customer_id,started_at,ended_at,mrr,currency,interval"
INVOICES = "invoice_id,customer_id,issued_at,paid_at,amount,currency,status"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def _tickets(numbers: range, status: str, changed: str) -> bytes:
    return csv(TICKETS, *(f"{n},a{n}@x.example,2024-01-{n:02d},{status},{changed}" for n in numbers))


def _notes(intake: Intake, file: str) -> list[str]:
    return [note for report in intake.files if report.file == file for note in report.notes if "another file" in note or "same ids" in note]


def test_two_periods_that_overlap_say_how_many_and_how_many_differ(workspace: Workspace) -> None:
    intake = take_in([("jan.csv", _tickets(range(1, 11), "open", "2024-01-20")), ("feb.csv", _tickets(range(8, 16), "closed", "2024-02-20"))], workspace)
    (told,) = _notes(intake, "feb.csv")
    assert told == (
        'tickets that stand in another file too, by ticket_id: 3 ("jan.csv" 3); in 3 of them the rows differ '
        '(status 3, updated_at 3, the first "10", "8", "9"): the latest state counts, '
        "by updated_at, else of the file with the latest event, and there with the later one; no row is left out"
    )
    assert _notes(intake, "jan.csv") == [told.replace('"jan.csv"', '"feb.csv"')]
    assert sum(pq.read_metadata(part).num_rows for part in workspace.parts("tickets")) == 18


def test_a_file_that_comes_later_is_compared_with_those_that_are_there(workspace: Workspace) -> None:
    first = take_in([("jan.csv", _tickets(range(1, 11), "open", "2024-01-20"))], workspace)
    later = take_in([("again.csv", _tickets(range(10, 12), "open", "2024-01-20"))], workspace)
    assert _notes(first, "jan.csv") == []
    assert _notes(later, "again.csv") == ['tickets that stand in another file too, by ticket_id: 1 ("jan.csv" 1); their rows agree, and each counts once']


def test_files_that_share_nothing_say_nothing(workspace: Workspace) -> None:
    intake = take_in([("jan.csv", _tickets(range(1, 5), "open", "2024-01-20")), ("feb.csv", _tickets(range(5, 9), "open", "2024-01-20"))], workspace)
    assert [_notes(intake, file) for file in ("jan.csv", "feb.csv")] == [[], []]


def test_lines_of_a_cost_sheet_in_two_files_count_once_and_are_asked_about(workspace: Workspace) -> None:
    costs = [csv("month,component,amount,currency", *rows) for rows in (("2024-01,software,5,USD", "2024-02,software,6,USD"), ("2024-02,software,6,USD",))]
    intake = take_in([("h1.csv", costs[0]), ("h2.csv", costs[1])], workspace)
    (told,) = _notes(intake, "h2.csv")
    assert told.startswith('ask: lines of costs (month, component and team) that stand in another file too: 1 ("h1.csv" 1); what was loaded last is taken as')


@pytest.mark.parametrize("turned", [False, True])
def test_the_latest_ticket_is_in_the_facts_whatever_the_order_of_the_files(turned: bool, workspace: Workspace) -> None:
    files = [("jan.csv", _tickets(range(1, 11), "open", "2024-01-20")), ("feb.csv", _tickets(range(8, 16), "closed", "2024-02-20"))]
    take_in(files[::-1] if turned else files, workspace)
    with engine.analyst(workspace.tables_folder) as con:
        for table in ("tickets", "surveys"):
            engine.attach(con, table, workspace.parts(table))
        engine.register(con, {"exclusions": Exclusions().as_table()})
        engine.see(con, "scale_bottoms")
        counted = engine.run(con, "counted_tickets").to_pylist()
    assert {row["ticket_id"]: row["status"] for row in counted} == {str(n): "closed" if n > 7 else "open" for n in range(1, 16)}


@pytest.mark.parametrize("turned", [False, True])
def test_a_subscription_in_two_files_is_paid_once_and_ends_as_the_later_file_says(turned: bool, workspace: Workspace) -> None:
    early = csv(SUBSCRIPTIONS, "s1,c1,2024-01-01,,10,USD,month", "s2,c2,2024-01-05,,20,USD,month")
    late = csv(SUBSCRIPTIONS, "s1,c1,2024-01-01,2024-05-10,10,USD,month", "s2,c2,2024-01-05,,20,USD,month", "s3,c3,2024-06-15,,30,USD,month")
    files = [("early.csv", early), ("late.csv", late)]
    intake = take_in(files[::-1] if turned else files, workspace)
    facts = build_facts(workspace.tables())
    months = [row for row in facts.person_months.to_pylist() if row["month"] == 2024 * 12 + 2]
    assert sorted(row["mrr"] for row in months) == [10.0, 20.0]
    assert facts.spine.num_rows == 3
    assert [row["churned_s"] is None for row in sorted(facts.spine.to_pylist(), key=lambda row: row["started_s"])] == [False, True, True]
    (told,) = _notes(intake, "late.csv")
    assert "subscription_id: 2" in told
    assert "in 1 of them the rows differ (ended_at 1" in told


def test_an_invoice_in_two_files_counts_once_in_its_latest_state(workspace: Workspace) -> None:
    files = [
        ("s.csv", csv(SUBSCRIPTIONS, "s1,c1,2024-01-01,,10,USD,month")),
        ("jan.csv", csv(INVOICES, "i1,c1,2024-01-31,,10,USD,open")),
        ("feb.csv", csv(INVOICES, "i1,c1,2024-01-31,2024-02-03,10,USD,paid", "i2,c1,2024-02-29,2024-03-01,10,USD,paid")),
    ]
    take_in(files, workspace)
    facts = build_facts(workspace.tables())
    assert facts.linkage.revenue.total == 20.0


def test_ids_of_two_systems_are_asked_about(workspace: Workspace) -> None:
    view = csv("ID,Requester,Requested,Updated", "1,Ann,2024-03-31 02:30:00,2024-03-31 03:30:00")
    intake = take_in([("t.csv", _tickets(range(1, 3), "open", "2024-01-20")), ("z.csv", view)], workspace)
    shared, asked = _notes(intake, "z.csv")
    assert shared.startswith('tickets that stand in another file too, by ticket_id: 1 ("t.csv" 1)')
    assert asked == "ask: tickets with the same ids all began at another time or are of another customer: the files are read as of two systems"
