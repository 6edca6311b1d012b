"""An order below 0 is a credit note: it takes money off the order before it and is no purchase."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from roi_core.spine import Facts
from tests.spine.worlds import Columns, linked, tables
from tests.typed_tables import times

Row = tuple[str, str, str, float]


def seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def bought(folder: Path, *rows: Row, **beside: Columns) -> list[tuple[int, str, float, float, bool]]:
    """Customer, day, gross, net and whether it came back, of every order."""
    numbers, buyers, days, amounts = zip(*rows, strict=True)
    orders: Columns = {"order_id": list(numbers), "customer_id": list(buyers), "ordered_at": times(*days), "amount": list(amounts)}
    facts: Facts = linked(tables(folder, orders=orders, **beside))
    return [
        (row["customer_no"], f"{row['ordered_s'] // 86_400 - 20_088:02}", row["gross"], row["net"], row["returned_s"] is not None)
        for row in facts.bought.to_pylist()
    ]


def test_a_credit_note_is_taken_off_the_order_before_it(tmp_path: Path) -> None:
    found = bought(
        tmp_path,
        ("A1", "acme", "2025-01-05", 100.0),
        ("C1", "acme", "2025-01-06", -30.0),
        ("A2", "acme", "2025-01-10", 50.0),
        ("C2", "acme", "2025-01-12", -10.0),
        ("C3", "acme", "2025-01-13", -5.0),
        ("B1", "bolt", "2025-01-07", 20.0),
    )
    assert found == [(0, "05", 100.0, 70.0, True), (0, "10", 50.0, 35.0, True), (1, "07", 20.0, 20.0, False)]


def test_one_without_an_order_before_it_is_taken_off_none(tmp_path: Path) -> None:
    found = bought(tmp_path, ("C1", "acme", "2025-01-04", -30.0), ("A1", "acme", "2025-01-05", 100.0), ("C2", "bolt", "2025-01-06", -1.0))
    assert found == [(0, "05", 100.0, 100.0, False)]


def test_one_of_the_same_second_comes_behind_the_order(tmp_path: Path) -> None:
    assert bought(tmp_path, ("C1", "acme", "2025-01-05", -30.0), ("A1", "acme", "2025-01-05", 100.0)) == [(0, "05", 100.0, 70.0, True)]


@pytest.mark.parametrize(("returned", "came"), [("2025-01-20", "2025-01-06"), ("2025-01-05", "2025-01-05")])
def test_what_came_back_first_counts(returned: str, came: str, tmp_path: Path) -> None:
    orders: Columns = {"order_id": ["A1", "C1"], "customer_id": ["acme", "acme"], "ordered_at": times("2025-01-05", "2025-01-06"), "amount": [100.0, -30.0]}
    facts = linked(tables(tmp_path, orders=orders, returns={"order_id": ["A1"], "at": times(returned)}))
    assert facts.bought.column("returned_s").to_pylist() == [seconds(came)]


def nets(folder: Path, amounts: list[float], **beside: list[object]) -> list[float]:
    """What is left of the orders A1 of acme and A2 of bolt, each with a credit note on the next day; amounts and what stands beside are of A1, C1, A2, C2."""
    buyers, days = ["acme", "acme", "bolt", "bolt"], times(*["2025-01-05", "2025-01-06"] * 2)
    orders: Columns = {"order_id": ["A1", "C1", "A2", "C2"], "customer_id": buyers, "ordered_at": days, "amount": amounts, **beside}
    left: list[float] = linked(tables(folder, orders=orders)).bought.column("net").to_pylist()
    return left


def test_a_refund_and_a_credit_note_of_one_order_are_one_giving_back(tmp_path: Path) -> None:
    status: list[object] = ["refunded", "paid", "paid", "refunded"]
    assert nets(tmp_path, [100.0, -100.0, 100.0, -30.0], status=status, refunded=[None, None, 20.0, None]) == [0.0, 70.0]


def test_it_takes_no_more_than_the_order_and_nothing_of_another_currency(tmp_path: Path) -> None:
    assert nets(tmp_path, [10.0, -500.0, 100.0, -30.0], currency=["usd", "usd", "usd", "eur"]) == [0.0, 100.0]


def test_one_of_a_day_alone_comes_at_its_end_and_may_have_the_number_of_its_order(tmp_path: Path) -> None:
    assert bought(tmp_path, ("A1", "acme", "2025-01-05T12:00", 100.0), ("A1", "acme", "2025-01-05", -20.0)) == [(0, "05", 100.0, 80.0, True)]


def test_a_credit_note_is_no_first_purchase(tmp_path: Path) -> None:
    undated: Columns = {"customer_id": ["acme", "bolt", "cog"], "email": ["pay@acme", "pay@bolt", "pay@cog"]}
    orders: Columns = {
        "order_id": ["C0", "A1", "B1", "D1"],
        "customer_id": ["acme", "acme", "bolt", "cog"],
        "ordered_at": times("2025-01-01", "2025-01-05", "2025-01-02", "2025-01-03"),
        "amount": [-1.0, 10.0, 10.0, 10.0],
    }
    given = tables(tmp_path, customers=undated, orders=orders)
    facts = linked({name: parts for name, parts in given.items() if name != "subscriptions"})
    starts = dict(zip(facts.spine.column("customer_key").to_pylist(), facts.spine.column("started_s").to_pylist(), strict=True))
    assert starts["acme"] == seconds("2025-01-05")
