"""A row for each line of an order: its amount is units times price, an order is all of its lines, and the money balances."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.ingest.limits import LIMITS
from roi_core.ingest.order_lines import LINES, STATES, SUBJECT, TIMES
from roi_core.ingest.upload import Choices, Job, messages_of
from tests.ingest.ninety.case import csv
from tests.ingest.text_tables import KEY
from tests.shared import shared_path

ROLES = {
    "No": "orders.order_id",
    "Buyer": "orders.customer_id",
    "Day": "orders.ordered_at",
    "Qty": "orders.items",
    "Unit price": "orders.unit_price",
    "Total": "orders.amount",
    "State": "orders.status",
    "Price": "orders.amount",
    "Cur": "orders.currency",
    "Refund": "orders.refunded",
}
NAME = "lines.csv"


def read(content: bytes, folder: Path, *, said: dict[str, str] | None = None) -> dict[str, Any]:
    """The report of a file whose headers the user has mapped by ROLES."""
    path = folder / "upload"
    path.write_bytes(content)
    headers = content.decode().splitlines()[0].replace(";", ",").split(",")
    plan = {"entity": "orders", "columns": {header: ROLES[header] for header in headers if header in ROLES}, "answers": said or {}}
    job = Job(folder, KEY, None, Choices.of({"files": {NAME: plan}}), LIMITS, dump=False, sources={}, tell=lambda _: None)
    (found,) = [message["report"] for message in messages_of(path, NAME, job) if "report" in message]
    return found


def orders(report: dict[str, Any], folder: Path) -> dict[str, tuple[float, float | None]]:
    """Amount and items by number."""
    part = pq.read_table(folder / report["part"])
    numbers, amounts = (part.column(name).to_pylist() for name in ("order_id", "amount"))
    items = part.column("items").to_pylist() if "items" in part.column_names else [None] * part.num_rows
    return {number: (round(amount, 6), count) for number, amount, count in zip(numbers, amounts, items, strict=True)}


def money(report: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {one["header"]: tuple(one[key] for key in ("raw", "loaded", "quarantined", "not_data", "unread", "unaccounted")) for one in report["rows"]["money"]}


def rows(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report["rows"][name] for name in ("records", "loaded", "quarantined", "not_data", "unaccounted"))


PRICED = "No,Buyer,Day,Qty,Unit price"


def test_an_order_is_worth_all_its_lines(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,2.50", "A2,c2,2025-01-06,1,10", "A1,c1,2025-01-05,3,1.10"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (8.30, 5.0), "A2": (10.0, 1.0)}
    assert rows(found) == (3, 2, 0, 1, 0)
    assert money(found) == {"Qty x Unit price": ("18.30", "18.30", "0.00", "0.00", "0.00", "0.00")}
    assert [column["canonical"] for column in found["columns"]] == list(ROLES.values())[:5]
    assert "the amount of a row is Qty times Unit price" in found["notes"]
    assert found["questions"] == []


def test_an_order_of_one_line_each_needs_no_folding(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,2.50", "A2,c2,2025-01-06,-1,10"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (5.0, 2.0), "A2": (-10.0, -1.0)}
    assert money(found)["Qty x Unit price"][:2] == ("-5.00", "-5.00")


def test_every_column_has_its_own_decimal_sign_and_an_amount_keeps_its_currency(tmp_path: Path) -> None:
    found = read(csv(PRICED.replace(",", ";"), "A1;c1;2025-01-05;1,5;€2,50", "A1;c1;2025-01-05;2;€1.100,10", "A2;c2;2025-01-06;3;€0,335"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (2203.95, 3.5), "A2": (1.005, 3.0)}
    assert money(found)["Qty x Unit price"] == ("2204.955", "2204.955", "0.000", "0.000", "0.000", "0.000")
    assert found["meta"]["currencies"] == {"EUR": 2}


@pytest.mark.parametrize(
    ("line", "shown"),
    [("3,oops", "3 x oops"), ("three,4", "three x 4"), (",4", "x 4"), ("3,", "3 x")],
)
def test_an_order_with_a_line_that_cannot_be_told_is_set_aside_whole(line: str, shown: str, tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,2.50", f"A1,c1,2025-01-05,{line}", "A2,c2,2025-01-06,1,10"), tmp_path)
    assert orders(found, tmp_path) == {"A2": (10.0, 1.0)}
    assert rows(found) == (3, 1, 1, 1, 0)
    assert money(found)["Qty x Unit price"] == ("15.00", "10.00", "5.00", "0.00", "0.00", "0.00")
    assert any(f'Unit price "{shown}" cannot be read' in note for note in found["notes"]), found["notes"]


def test_one_number_that_repeats_beside_a_blank_one_is_seen(tmp_path: Path) -> None:
    found = read(csv(PRICED, ",c1,2025-01-05,1,1", "A1,c1,2025-01-05,2,2.50", "A1,c1,2025-01-05,1,1"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (6.0, 3.0)}


def test_a_line_without_units_and_price_is_worth_nothing(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,2.50", "A1,c1,2025-01-05,,"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (5.0, 2.0)}


def test_lines_in_several_currencies_are_never_added_up(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,$2.50", "A1,c1,2025-01-05,1,€3.00", "A2,c2,2025-01-06,1,$10"), tmp_path)
    assert orders(found, tmp_path) == {"A2": (10.0, 1.0)}
    assert rows(found) == (3, 1, 2, 0, 0)


def test_the_state_of_the_first_line_counts_and_is_told(tmp_path: Path) -> None:
    found = read(csv(f"{PRICED},State", "A1,c1,2025-01-05,2,2.50,paid", "A1,c1,2025-01-05,1,1,refunded", "A2,c1,2025-01-05,1,1,paid"), tmp_path)
    assert "State: orders or bills whose lines differ in it: 1; that of the first line counts" in found["notes"]


TOTALLED = f"{PRICED},Total"


def test_a_total_that_is_of_the_line_is_added_up_without_a_question(tmp_path: Path) -> None:
    found = read(csv(TOTALLED, "A1,c1,2025-01-05,2,2.50,5.00", "A1,c1,2025-01-05,3,1.10,3.30", "A2,c2,2025-01-06,1,10,10"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (8.30, 5.0), "A2": (10.0, 1.0)}
    assert money(found)["Total"] == ("18.30", "18.30", "0.00", "0.00", "0.00", "0.00")
    assert found["questions"] == []


def test_a_total_that_is_of_the_order_is_not_added_up(tmp_path: Path) -> None:
    found = read(csv(TOTALLED, "A1,c1,2025-01-05,2,2.50,8.30", "A1,c1,2025-01-05,3,1.10,8.30", "A2,c2,2025-01-06,1,10,10"), tmp_path)
    assert rows(found) == (3, 3, 0, 0, 0)
    assert found["questions"] == []


def test_amounts_that_differ_at_one_time_are_lines_and_asked_about(tmp_path: Path) -> None:
    content = csv("No,Buyer,Day,Total", "A1,c1,2025-01-05,5.00", "A1,c1,2025-01-05,3.30", "A2,c2,2025-01-06,10")
    found = read(content, tmp_path)
    assert orders(found, tmp_path) == {"A1": (8.30, None), "A2": (10.0, None)}
    (asked,) = found["questions"]
    assert (asked["key"], asked["best"], asked["columns"]) == (SUBJECT, LINES, ["No"])
    assert [way["example"] for way in asked["ways"]] == ['"A1" has 2 lines and costs 8.30', '"A1" stands there in 2 states, of which one counts']
    again = read(content, tmp_path, said={SUBJECT: STATES})
    assert rows(again) == (3, 3, 0, 0, 0)
    assert again["questions"] == []
    assert orders(read(content, tmp_path, said={SUBJECT: LINES}), tmp_path) == orders(found, tmp_path)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("later states", ("A1,c1,2025-01-05,5.00", "A1,c1,2025-01-09,3.30")),
        ("the same amount", ("A1,c1,2025-01-05,5.00", "A1,c1,2025-01-05,5.00")),
        ("no number twice", ("A1,c1,2025-01-05,5.00", "A2,c1,2025-01-05,3.30")),
    ],
)
def test_nothing_else_is_taken_for_lines(name: str, lines: tuple[str, ...], tmp_path: Path) -> None:
    found = read(csv("No,Buyer,Day,Total", *lines), tmp_path)
    assert rows(found)[:2] == (2, 2), name
    assert not [ask for ask in found["questions"] if ask["key"] == SUBJECT]


def test_a_total_with_a_discount_is_that_of_its_line_and_asked_about(tmp_path: Path) -> None:
    found = read(csv(TOTALLED, "A1,c1,2025-01-05,2,10,18", "A1,c1,2025-01-05,3,10,27", "A2,c2,2025-01-06,1,10,9", "A2,c2,2025-01-06,1,20,18"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (45.0, 5.0), "A2": (27.0, 2.0)}
    assert [(ask["key"], ask["best"]) for ask in found["questions"]] == [(SUBJECT, LINES)]


def test_a_price_beside_units_may_be_of_one_unit(tmp_path: Path) -> None:
    content = csv("No,Buyer,Day,Qty,Price", "A1,c1,2025-01-05,2,10", "A1,c1,2025-01-05,3,5", "A2,c2,2025-01-06,1,10", "A3,c2,2025-01-06,1,10")
    found = read(content, tmp_path)
    assert orders(found, tmp_path) == {"A1": (35.0, 5.0), "A2": (10.0, 1.0), "A3": (10.0, 1.0)}
    (asked,) = found["questions"]
    assert (asked["best"], [way["answer"] for way in asked["ways"]]) == (TIMES, [LINES, TIMES, STATES])
    assert money(found)["Qty x Price"][:2] == ("55.00", "55.00")
    again = read(content, tmp_path, said={SUBJECT: LINES})
    assert orders(again, tmp_path)["A1"] == (15.0, 5.0)
    assert money(again)["Price"][:2] == ("35.00", "35.00")


@pytest.mark.parametrize(
    ("name", "headers", "lines"),
    [
        (
            "a refund in a later row",
            "No,Buyer,Day,Total,State,Refund",
            ("A1,c1,2025-01-05,20,paid,0", "A1,c1,2025-01-05,0,refunded,20", "A2,c1,2025-01-06,10,paid,0"),
        ),
        ("a bill that failed before", "No,Buyer,Day,Total,State", ("A1,c1,2025-01-05,20,failed", "A1,c1,2025-01-05,21,paid")),
        ("two buyers with one number", "No,Buyer,Day,Total", ("A1,c1,2025-01-05,20", "A1,c2,2025-01-05,30", "A2,c2,2025-01-06,10")),
        ("a number of another day", "No,Buyer,Day,Qty,Unit price", ("A1,c1,2025-01-05,2,10", "A1,c1,2025-03-09,3,10")),
        ("a number of another buyer", "No,Buyer,Day,Qty,Unit price", ("A1,c1,2025-01-05,2,10", "A1,c2,2025-01-05,3,10")),
        ("one number again among many", "No,Buyer,Day,Total", ("A1,c1,2025-01-05,100", "A1,c1,2025-01-05,90", *(f"B{n},c1,2025-01-05,5" for n in range(9)))),
    ],
)
def test_what_is_no_line_stays_a_row_of_its_own(name: str, headers: str, lines: tuple[str, ...], tmp_path: Path) -> None:
    found = read(csv(headers, *lines), tmp_path)
    assert rows(found)[:2] == (len(lines), len(lines)), name
    assert not [ask for ask in found["questions"] if ask["key"] == SUBJECT]


def test_rows_that_differ_in_their_state_alone_are_states_and_asked_about(tmp_path: Path) -> None:
    content = csv(f"{PRICED},State", "A1,c1,2025-01-05,2,10,pending", "A1,c1,2025-01-05,2,10,paid", "A2,c1,2025-01-06,1,1,paid")
    found = read(content, tmp_path)
    assert rows(found)[:2] == (3, 3)
    assert [(ask["key"], ask["best"]) for ask in found["questions"]] == [(SUBJECT, STATES)]
    assert orders(read(content, tmp_path, said={SUBJECT: LINES}), tmp_path)["A1"] == (40.0, 4.0)


def test_a_line_that_stands_twice_is_added_up_and_told(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05,2,10", "A1,c1,2025-01-05,2,10"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (40.0, 4.0)}
    assert "lines that are the same as an earlier one of their order or bill in every column: 1; each is added up" in found["notes"]


def test_currencies_of_a_column_are_never_added_up(tmp_path: Path) -> None:
    found = read(csv(f"{PRICED},Cur", "A1,c1,2025-01-05,2,10,USD", "A1,c1,2025-01-05,3,10,EUR", "A2,c1,2025-01-06,1,1,USD"), tmp_path)
    assert orders(found, tmp_path) == {"A2": (1.0, 1.0)}
    assert rows(found) == (3, 1, 2, 0, 0)


@pytest.mark.parametrize(("first", "second", "refunded"), [("5", "7", 12.0), ("5", "5", 5.0)])
def test_what_was_paid_back_is_added_up_where_it_is_of_the_line(first: str, second: str, refunded: float, tmp_path: Path) -> None:
    found = read(csv(f"{PRICED},Refund", f"A1,c1,2025-01-05,2,10,{first}", f"A1,c1,2025-01-05,3,10,{second}"), tmp_path)
    assert pq.read_table(tmp_path / found["part"]).column("refunded").to_pylist() == [refunded]
    assert money(found)["Refund"][-1] == "0.00"


@pytest.mark.parametrize("line", ["50%,10", "1,10%", "900000000000,90000000000"])
def test_what_is_no_amount_sets_one_order_aside_and_the_rest_balances(line: str, tmp_path: Path) -> None:
    found = read(csv(PRICED, f"A1,c1,2025-01-05,{line}", "A2,c2,2025-01-06,1,5"), tmp_path)
    assert orders(found, tmp_path) == {"A2": (5.0, 1.0)}
    assert money(found)["Qty x Unit price"] == ("5.00", "5.00", "0.00", "0.00", "0.00", "0.00")


def test_the_day_and_the_buyer_of_an_order_may_stand_on_its_first_line_alone(tmp_path: Path) -> None:
    found = read(csv(PRICED, "A1,c1,2025-01-05 10:00:00,2,10", "A1,,,3,10", "A2,c2,2025-01-06 09:00:00,1,1", "A2,c2,2025-01-06 09:00:05,1,2"), tmp_path)
    assert orders(found, tmp_path) == {"A1": (50.0, 5.0), "A2": (3.0, 2.0)}


def test_a_question_stands_once_and_a_header_alone_lacks_no_amount(tmp_path: Path) -> None:
    found = read(csv("No;Buyer;Day;Qty;Unit price", "A1;c1;2025-01-05;1,500;2", "A1;c1;2025-01-05;1,250;2", "A2;c1;2025-01-05;1,250;2"), tmp_path)
    assert [ask["key"] for ask in found["questions"]].count("decimal/Qty") == 1
    empty = read(csv(PRICED), tmp_path)
    assert not [note for note in empty["notes"] if "no column gives amount" in note]


_COUNTS = st.integers(-20, 200)
_CENTS = st.integers(0, 500_000)
_LINE = st.tuples(st.sampled_from(["A", "B", "C", "D"]), _COUNTS, _CENTS)


@settings(deadline=None, max_examples=40)
@given(lines=st.lists(_LINE, min_size=1, max_size=30), mark=st.sampled_from([",", ";"]))
def test_any_lines_give_the_sums_of_exact_arithmetic(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, int, int]], mark: str) -> None:
    folder = tmp_path_factory.mktemp("lines")
    point = "," if mark == ";" else "."
    written = [mark.join((number, "c1", "2025-01-05", str(count), f"{cents / 100:.2f}".replace(".", point))) for number, count, cents in lines]
    found = read(csv(PRICED.replace(",", mark), *written), folder)
    wanted: dict[str, Decimal] = {}
    for number, count, cents in lines:
        wanted[number] = wanted.get(number, Decimal(0)) + count * Decimal(cents) / 100
    assert {number: amount for number, (amount, _) in orders(found, folder).items()} == {number: float(amount) for number, amount in wanted.items()}
    assert money(found)["Qty x Unit price"][:2] == (f"{sum(wanted.values()):.2f}",) * 2


def test_the_real_shop_is_read_as_its_orders(tmp_path: Path) -> None:
    path = shared_path("data/orders/online_retail.csv.gz")
    job = Job(tmp_path, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    (found,) = [message["report"] for message in messages_of(path, path.name, job) if "report" in message]
    lines = pd.read_csv(path, dtype=str)
    lines["amount"] = lines.Quantity.astype(float) * lines.UnitPrice.astype(float)
    by_order = lines.groupby("InvoiceNo").agg(amount=("amount", "sum"), buyer=("CustomerID", "first"))
    named = by_order.dropna(subset="buyer")
    assert found["rows"]["records"] == len(lines) == 541_909
    assert (found["rows"]["loaded"], found["rows"]["quarantined"], found["rows"]["unaccounted"]) == (len(named), len(by_order) - len(named), 0)
    part = pq.read_table(tmp_path / found["part"]).to_pandas().set_index("order_id")
    assert part.amount.round(2).equals(named.amount.round(2).reindex(part.index))
    (balance,) = found["rows"]["money"]
    assert balance["raw"] == f"{lines.amount.sum():.3f}" == "9747747.934"
    assert balance["unaccounted"] == "0.000"
