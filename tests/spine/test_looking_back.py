"""What a contact and a customer month know of the contacts, bills and values before them, counted by hand."""

from pathlib import Path

import pytest

from roi_core.spine import Facts
from tests.spine.worlds import Columns, linked, tables
from tests.typed_tables import at, times, write_part

JAN_2025 = 2025 * 12
ACME = "pay@acme"


def _tickets(*created: str, **more: list[object]) -> Columns:
    n = len(created)
    return {"ticket_id": [f"t{i}" for i in range(n)], "email": [ACME] * n, "created_at": times(*created), **more}


def _months(facts: Facts, column: str, customer: int = 0) -> dict[int, object]:
    """By calendar month of 2025 from 1."""
    rows = facts.person_months.to_pylist()
    return {row["month"] - JAN_2025 + 1: row[column] for row in rows if row["customer_no"] == customer}


def test_load_is_what_the_same_team_got_in_the_day_before_and_not_in_the_same_second(tmp_path: Path) -> None:
    given = [
        ("2025-02-01 12:00:00", "a", 0),
        ("2025-02-01 12:00:01", "a", 1),
        ("2025-02-02 12:00:00", "a", 2),
        ("2025-02-02 12:00:00", "a", 2),
        ("2025-02-02 12:00:01", "b", 0),
        ("2025-02-02 12:00:01", None, 0),
        ("2025-02-02 12:00:02", None, 1),
        ("2025-02-02 12:00:02", "a", 2),
    ]
    found = tables(tmp_path, tickets=_tickets(*[at for at, _, _ in given], team=[team for _, team, _ in given]))
    assert linked(found).contacts.column("load").to_pylist() == [float(load) for _, _, load in given]


def test_earlier_contacts_are_counted_by_calendar_month_also_those_before_the_first_whole_month(tmp_path: Path) -> None:
    customers: Columns = {"customer_id": ["acme", "bolt"], "email": [ACME, "pay@bolt"], "started_at": times("2025-01-10", "2025-01-01")}
    subscriptions: Columns = {"subscription_id": ["s1", "s2"], "customer_id": ["acme", "bolt"], "started_at": times("2025-01-10", "2025-01-01")}
    told = _tickets("2025-01-20", "2025-01-21", "2025-03-05", "2025-09-30")
    facts = linked(tables(tmp_path, customers=customers, subscriptions=subscriptions, tickets=told))
    whole = range(2, 10)
    assert _months(facts, "contacts", 1) == dict(zip(whole, [0, 1, 0, 0, 0, 0, 0, 1], strict=True))
    assert _months(facts, "contacts_before", 1) == dict(zip(whole, [2, 2, 3, 3, 3, 3, 3, 3], strict=True))
    assert _months(facts, "contacts_3m", 1) == dict(zip(whole, [2, 2, 3, 1, 1, 0, 0, 0], strict=True))
    assert _months(facts, "contacts_4_6m", 1) == dict(zip(whole, [0, 0, 0, 2, 2, 3, 1, 1], strict=True))
    assert set(_months(facts, "contacts_before", 0).values()) == {0}


def test_usage_is_carried_for_62_days_and_each_value_by_itself(tmp_path: Path) -> None:
    usage: Columns = {
        "customer_id": ["acme", "acme", "acme"],
        "as_of": times("2025-01-31", "2025-02-10", "2025-06-30"),
        "usage": [5.0, None, 9.0],
        "health": [0.5, 0.7, None],
    }
    facts = linked(tables(tmp_path, usage=usage, tickets=_tickets("2025-02-11", "2025-06-30 23:59")))
    assert _months(facts, "usage") == {1: None, 2: 5.0, 3: 5.0, 4: 5.0, 5: None, 6: None}
    assert _months(facts, "health") == {1: None, 2: 0.7, 3: 0.7, 4: 0.7, 5: None, 6: None}


def test_of_two_values_for_one_day_that_of_the_last_row_is_carried(tmp_path: Path) -> None:
    usage: Columns = {"customer_id": ["acme"] * 3, "as_of": times(*["2025-01-31"] * 3), "usage": [5.0, 7.0, None]}
    facts = linked(tables(tmp_path, usage=usage, tickets=_tickets("2025-02-28")))
    assert _months(facts, "usage")[2] == 7.0


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("number", [1, 8])
def test_of_two_files_with_one_day_the_one_that_reaches_further_is_carried(tmp_path: Path, first: int, number: int) -> None:
    """Neither the order of loading nor the number of a file, which is made of its content, decides."""
    later: Columns = {"customer_id": ["acme", "bolt"], "as_of": times("2025-01-31", "2025-02-27"), "usage": [5.0, 1.0], "health": [None, 0.1]}
    early: Columns = {"customer_id": ["acme"] * 2, "as_of": times("2025-01-31", "2025-01-31"), "usage": [9.0, 7.0], "health": [0.9, 0.7]}
    files = [*write_part(tmp_path, "usage", later, number), *write_part(tmp_path, "usage", early, 4)]
    loaded = (files[first], files[1 - first])
    facts = linked({**tables(tmp_path, tickets=_tickets("2025-02-28")), "usage": loaded})
    assert (_months(facts, "usage")[2], _months(facts, "health")[2]) == (5.0, 0.7), "a value that the file does not have is no value"


@pytest.mark.parametrize(
    ("paid", "overdue", "late"),
    [
        ("2025-02-27 00:00:00", [0, 0], [0, 0]),
        ("2025-02-27 00:00:01", [0, 0], [1, 0]),
        ("2025-03-01 00:00:01", [1, 0], [1, 0]),
        (None, [1, 1], [1, 0]),
    ],
)
def test_a_bill_is_overdue_and_late_from_its_eighth_day(paid: str | None, overdue: list[int], late: list[int], tmp_path: Path) -> None:
    invoices: Columns = {
        "invoice_id": ["i1", "i2"],
        "customer_id": ["acme", "bolt"],
        "issued_at": times("2025-02-20", "2025-04-30"),
        "paid_at": [at(paid), at("2025-04-30")],
        "amount": [10.0, 20.0],
        "status": ["open", "paid"],
    }
    facts = linked(tables(tmp_path, invoices=invoices))
    assert [_months(facts, "overdue")[month] for month in (3, 4)] == overdue
    assert [_months(facts, "late_payment_before")[month] for month in (3, 4)] == late


def test_a_ticket_in_several_states_has_the_labels_of_its_first_and_the_rest_of_its_latest(tmp_path: Path) -> None:
    states: Columns = {
        "ticket_id": ["t1", "t2", "t1", "t1"],
        "email": [ACME] * 4,
        "created_at": times("2025-02-01", "2025-02-02", "2025-02-01", "2025-02-01"),
        "updated_at": times("2025-02-05", None, None, "2025-02-03"),
        "priority": ["high", "low", "normal", "urgent"],
        "category": [None, "login", None, "billing"],
        "type": [None, None, "question", None],
        "team": ["last", "own", "first", "middle"],
        "reopens": [1, 0, 0, 0],
    }
    rows = linked(tables(tmp_path, tickets=states)).contacts.to_pylist()
    assert [(r["priority"], r["category"], r["team"], r["reopened"]) for r in rows] == [
        ("normal", "question", "last", True),
        ("low", "login", "own", False),
    ]
