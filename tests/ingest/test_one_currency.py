"""A file of amounts in several currencies is asked about: all rows, kept apart, or those of one currency."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from roi_core.ingest import take_in
from roi_core.ingest.intake import FileReport, read_as
from roi_core.ingest.one_currency import ALL, SUBJECT
from roi_core.ingest.plan import Plan
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import INVOICES, csv

pytestmark = pytest.mark.usefixtures("read_here")

BILLS = csv(f"{INVOICES},currency", "i1,c1,2024-01-01,5,usd", "i2,c2,2024-01-02,6,EUR", "i3,c3,2024-01-03,7,USD", "i4,c4,2024-01-04,8,")
SIGNED = csv(INVOICES, "i1,c1,2024-01-01,USD 5", "i2,c2,2024-01-02,€6", "i3,c3,2024-01-03,USD 7")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def answered(workspace: Workspace, content: bytes, answer: str) -> FileReport:
    take_in([("bills.csv", content)], workspace)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: answer}))
    assert again is not None
    return again.files[0]


def amounts(workspace: Workspace) -> list[float]:
    return [amount for part in workspace.parts("invoices") for amount in pq.read_table(part).column("amount").to_pylist()]


def counts(report: FileReport) -> tuple[int, int, int]:
    assert report.rows is not None
    return report.rows.loaded, report.rows.quarantined, report.rows.unaccounted


def test_the_readings_say_how_many_rows_each_leaves(workspace: Workspace) -> None:
    (report,) = take_in([("bills.csv", BILLS)], workspace).files
    (question,) = report.questions
    assert (question["key"], question["best"], question["columns"]) == (SUBJECT, ALL, ["currency"])
    assert {way["answer"]: way["example"] for way in question["ways"]} == {
        ALL: "all rows; amounts in USD, EUR are never added",
        "USD": "only rows in USD (2 of 3); the others are set aside",
        "EUR": "only rows in EUR (1 of 3); the others are set aside",
    }
    assert sorted(amounts(workspace)) == [5, 6, 7, 8]


def test_one_currency_sets_the_others_aside_and_loses_no_amount(workspace: Workspace) -> None:
    report = answered(workspace, BILLS, "USD")
    assert (counts(report), report.questions) == ((3, 1, 0), ())
    assert sorted(amounts(workspace)) == [5, 7, 8], "a row that names no currency stays"
    assert not any(note.startswith("ask: mixed") for note in report.notes)
    (later,) = take_in([("next.csv", BILLS.replace(b"i1,", b"i9,"))], workspace).files
    assert (counts(later), later.questions) == ((3, 1, 0), ())


def test_the_sign_beside_an_amount_is_a_currency_too(workspace: Workspace) -> None:
    assert counts(answered(workspace, SIGNED, "EUR")) == (1, 2, 0)
    assert amounts(workspace) == [6]


def test_all_of_them_can_be_confirmed(workspace: Workspace) -> None:
    report = answered(workspace, BILLS, ALL)
    assert (counts(report), report.questions) == ((4, 0, 0), ())


def test_a_currency_that_the_next_file_does_not_have_leaves_nothing_out(workspace: Workspace) -> None:
    answered(workspace, BILLS, "USD")
    (later,) = take_in([("next.csv", csv(f"{INVOICES},currency", "j1,c1,2024-02-01,5,GBP", "j2,c2,2024-02-02,6,EUR"))], workspace).files
    assert counts(later) == (2, 0, 0)
    assert any("mixed currencies" in note for note in later.notes)


def test_customers_of_two_currencies_are_all_customers(workspace: Workspace) -> None:
    rows = ("c1,2024-01-01,5,USD", "c2,2024-01-01,6,EUR")
    (report,) = take_in([("customers.csv", csv("customer_id,started_at,mrr,currency", *rows))], workspace).files
    assert (counts(report), report.questions) == ((2, 0, 0), ())
