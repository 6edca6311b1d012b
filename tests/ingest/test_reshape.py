"""Rows to records, by cases that can be counted by hand and by properties over any split of records into rows."""

import random
from collections.abc import Sequence
from inspect import unwrap
from types import MappingProxyType
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.export import Export, Shape, Skip
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.reshape import reshape
from roi_core.ingest.text_table import TextTable
from tests.ingest.text_tables import text_table

ORDERS = ("Name", "Created at", "Total", "Line", "Quantity", "Stock")
LINES = Shape(by=("Name",), sums=("Quantity",), why="continuation rows of an order")


def export(**said: Any) -> Export:
    columns = MappingProxyType({"orders.order_id": ("Name",), "orders.ordered_at": ("Created at",), "orders.amount": ("Total",), "orders.items": ("Quantity",)})
    return Export("shop_orders", "shop", "Shop orders", "orders", ("Name", "Total"), columns, **said)


def records(monkeypatch: pytest.MonkeyPatch, declared: Export, headers: Sequence[str], *rows: tuple[str, ...]) -> TextTable:
    monkeypatch.setattr("roi_core.ingest.recognise.EXPORTS", {declared.id: declared})
    monkeypatch.setattr("roi_core.ingest.recognise._best", unwrap(recognise.__globals__["_best"]))
    table = text_table(headers, rows)
    found = reshape(table, recognise(headers, table.text))
    assert found.ledger.records == len(rows)
    assert found.ledger.unaccounted == 0
    assert found.ledger.loaded == found.text.num_rows
    return found


def cells(table: TextTable) -> list[tuple[str, ...]]:
    return [tuple(row.values())[:-1] for row in table.text.to_pylist()]


def test_line_items_become_their_order_and_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(
        monkeypatch,
        export(shape=LINES),
        ORDERS,
        ("#1", "2025-01-02", "30.00", "pen", "2", ""),
        ("#2", "2025-01-03", "5.00", "cup", "1", "7"),
        ("#1", "2025-01-02", "", "ink", "3", "9"),
        ("#1", "2025-01-02", "", "pad", "", ""),
    )
    assert cells(found) == [("#1", "2025-01-02", "30.00", "pen", "5.00", "9"), ("#2", "2025-01-03", "5.00", "cup", "1.00", "7")]
    assert found.lines.tolist() == [2, 3]
    assert found.notes == ("rows that are continuation rows of an order: 2, the first on line 4; folded into 2 records, adding up Quantity",)


def test_rows_without_a_key_are_set_aside_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(monkeypatch, export(shape=LINES), ORDERS, ("#1", "", "3", "a", "1", ""), (" ", "", "", "b", "4", ""), ("#1", "", "", "c", "2", ""))
    assert [(one.line, one.reason) for one in found.quarantined] == [(3, "Name is blank, so it cannot be told which record the row belongs to")]
    assert cells(found) == [("#1", "", "3", "a", "3.00", "")]


def test_a_sum_with_a_cell_that_is_no_number_keeps_the_cell_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(monkeypatch, export(shape=LINES), ORDERS, ("#1", "", "3", "a", "1", ""), ("#1", "", "", "b", "many", ""), ("#2", "", "4", "c", "2", ""))
    assert [row[4] for row in cells(found)] == ["many", "2.00"]
    assert found.notes[-1] == "Quantity: records that cannot be added up, because a cell is no number: 1"


def test_sums_read_the_decimal_comma_of_the_whole_column(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("#1", "", "", "", "1.234,5", ""), ("#1", "", "", "", "0,25", ""), ("#2", "", "", "", "1.000", ""))
    assert [row[4] for row in cells(records(monkeypatch, export(shape=LINES), ORDERS, *rows))] == ["1234.75", "1000.00"]


def test_fractions_finer_than_cents_are_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(monkeypatch, export(shape=LINES), ORDERS, ("#1", "", "", "", "0.0001", ""), ("#1", "", "", "", "0.0002", ""))
    assert cells(found)[0][4] == "0.000300"


def test_the_last_event_speaks_and_the_earliest_time_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Shape(by=("Name",), order=("Stock",), speaks="last", earliest=("Created at",), latest=("Total",))
    rows = [("#1", "13/01/2025", "9", "new", "", "1"), ("#1", "02/02/2025", "10", "closed", "", "10"), ("#1", "01/03/2025", "", "open", "", "9")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        found = records(monkeypatch, export(shape=shape), ORDERS, *(rows[i] for i in order))
        assert cells(found) == [("#1", "13/01/2025", "10", "closed", "", "10")]


def test_a_row_without_an_order_does_not_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    for speaks, said in (("first", "a"), ("last", "b")):
        shape = Shape(by=("Name",), order=("Stock",), speaks=speaks)  # type: ignore[arg-type]
        found = records(monkeypatch, export(shape=shape), ORDERS, ("#1", "", "", "x", "", ""), ("#1", "", "", "a", "", "1"), ("#1", "", "", "b", "", "2"))
        assert cells(found)[0][3] == said


def test_one_row_a_record_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("#1", "", "1,50", "", "1", ""), ("#2", "", "2", "", "2", ""))
    found = records(monkeypatch, export(shape=LINES), ORDERS, *rows)
    assert (cells(found), found.notes) == ([*rows], ())


REPORT = ("", "Total", "Name", "Paid")
GROUPED = export(shape=Shape(fill_down=""), drift=MappingProxyType({}))


def test_the_name_of_a_group_is_written_to_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    found = records(
        monkeypatch,
        GROUPED,
        REPORT,
        ("Ann Ltd", "", "", ""),
        ("", "1", "a", "x"),
        ("", "2", "b", ""),
        ("Total for Ann Ltd", "3", "", ""),
        ("Total Wine", "", "", ""),
        ("", "4", "c", ""),
        ("Total Total Wine", "4", "", ""),
        ("", "9", "d", ""),
        ("TOTAL", "16", "", ""),
    )
    assert [row[0] for row in cells(found)] == ["Ann Ltd", "Ann Ltd", "Total Wine"]
    assert [(one.line, one.reason) for one in found.quarantined] == [(9, "stands under no group, so it cannot be told whose it is")]
    assert found.ledger.not_data == 5
    assert found.notes == ("rows that name a group: 2, and rows that total one: 3; the first on line 2",)


def test_a_report_without_groups_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert records(monkeypatch, GROUPED, REPORT, ("", "1", "a", ""), ("", "2", "b", "")).text.num_rows == 2


def test_rows_that_are_no_records_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export(skips=(Skip("Line", "preview|test.*", "tries before the survey was sent"), Skip("Nowhere", ".*", "never")))
    found = records(monkeypatch, declared, ORDERS, ("#1", "", "1", "Preview", "", ""), ("#2", "", "1", "a preview", "", ""), ("#3", "", "1", "TEST 2", "", ""))
    assert [row[0] for row in cells(found)] == ["#2"]
    assert found.notes == ("rows that are no records (tries before the survey was sent): 2, the first on line 2",)


def test_a_blank_cell_can_be_what_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export(skips=(Skip("Line", "", "orders without a line"),))
    assert [row[0] for row in cells(records(monkeypatch, declared, ORDERS, ("#1", "", "1", " ", "", ""), ("#2", "", "1", "a", "", "")))] == ["#2"]


def test_further_header_rows_go_but_no_row_that_holds_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = export(shape=Shape(header_rows=2))
    question, ids = ("Order", "Created", "What did you pay?", "", "", ""), ('{"ImportId":"x"}', "", "", "", "", "")
    data = ("#1", "2025-01-02", "1", "", "", "")
    assert cells(records(monkeypatch, declared, ORDERS, question, ids, data)) == [data]
    assert cells(records(monkeypatch, declared, ORDERS, question, data)) == [data]
    assert records(monkeypatch, declared, ORDERS, data, data).ledger.not_data == 0


def test_an_unknown_file_is_left_as_it_is() -> None:
    table = text_table(ORDERS, [("#1", "", "1", "", "", "")] * 2)
    assert reshape(table, Recognition("unknown", "unknown", "", MappingProxyType({}))) is table


@st.composite
def orders_in_lines(draw: st.DrawFn) -> tuple[dict[str, int], list[tuple[str, ...]], int]:
    """Orders with their quantity in cents, their lines in any order, and how many rows have no key."""
    lines = draw(st.dictionaries(st.integers(1, 30), st.lists(st.integers(-500, 10_000), min_size=1, max_size=6), min_size=1, max_size=8))
    rows = [
        (f"#{order}", "", f"{order}.00" if at == 0 else "", str(at), f"{cents / 100:.2f}", f"{at:03d}")
        for order, all_ in lines.items()
        for at, cents in enumerate(all_)
    ]
    lost = draw(st.integers(0, 3))
    rows += [("", "", "1.00", "", "", "")] * lost
    random.Random(draw(st.integers(0, 999))).shuffle(rows)
    return {f"#{order}": sum(all_) for order, all_ in lines.items()}, rows, lost


@given(orders_in_lines())
def test_any_split_of_orders_folds_back_to_the_orders(split: tuple[dict[str, int], list[tuple[str, ...]], int]) -> None:
    orders, rows, lost = split
    with pytest.MonkeyPatch.context() as patch:
        found = records(patch, export(shape=Shape(by=("Name",), order=("Stock",), sums=("Quantity",))), ORDERS, *rows)
    assert found.ledger.quarantined == lost
    assert found.ledger.not_data == len(rows) - lost - len(orders)
    assert {row[0]: round(float(row[4]) * 100) for row in cells(found)} == orders
    assert all(row[2] == f"{row[0][1:]}.00" and row[3] == "0" for row in cells(found))


@st.composite
def events_in_any_order(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Events of tickets with distinct times, and the same rows in another order."""
    minutes = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 59)), min_size=1, max_size=20, unique_by=lambda event: event[1]))
    states = draw(st.lists(st.sampled_from(("", "open", "closed")), min_size=len(minutes), max_size=len(minutes)))
    rows = [(f"T{t}", f"2025-01-02 10:{m:02d}", str(m * 7 % 11), state, "", f"{m}") for (t, m), state in zip(minutes, states, strict=True)]
    return rows, draw(st.permutations(rows))


@given(events_in_any_order(), st.sampled_from(("first", "last")))
def test_with_an_order_the_order_of_the_rows_does_not_matter(
    events: tuple[list[tuple[str, ...]], list[tuple[str, ...]]], speaks: Literal["first", "last"]
) -> None:
    shape = Shape(by=("Name",), order=("Created at",), speaks=speaks, earliest=("Stock",), latest=("Total",), sums=("Quantity",))
    with pytest.MonkeyPatch.context() as patch:
        one, other = (records(patch, export(shape=shape), ORDERS, *rows) for rows in events)
    assert sorted(cells(one)) == sorted(cells(other))
    for row in cells(one):
        own = sorted((event for event in events[0] if event[0] == row[0]), key=lambda event: int(event[5]), reverse=speaks == "last")
        assert row[1] == own[0][1]
        assert row[2] == str(max(int(event[2]) for event in own))
        assert row[3] == next((event[3] for event in own if event[3]), "")
        assert row[5] == str(min(int(event[5]) for event in own))


NAMES = st.lists(st.text("abc &", min_size=1, max_size=6).filter(str.strip).map(str.strip), min_size=1, max_size=6, unique=True)


@given(NAMES, st.lists(st.integers(1, 4), min_size=6, max_size=6), st.booleans())
def test_any_report_in_groups_gives_each_row_its_group(names: list[str], sizes: list[int], totals: bool) -> None:
    rows: list[tuple[str, ...]] = []
    wanted: list[tuple[str, ...]] = []
    for name, size in zip(names, sizes, strict=False):
        rows.append((name, "", "", ""))
        rows += [("", str(n), f"{name}{n}", "") for n in range(size)]
        wanted += [(name, str(n), f"{name}{n}", "") for n in range(size)]
        rows += [(f"Total for {name}", str(size), "", "")] * totals
    with pytest.MonkeyPatch.context() as patch:
        found = records(patch, GROUPED, REPORT, *rows)
    assert cells(found) == wanted
    assert found.ledger.not_data == len(names) * (1 + totals)
