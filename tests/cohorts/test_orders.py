"""Orders of a shop before and after an instant, counted by hand; and against a plain loop over random ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.cohorts import orders
from roi_core.cohorts.design import Design
from roi_core.cohorts.orders import DAY, Orders
from roi_core.cohorts.trials import build_trials
from roi_core.spine import Facts, build_facts, calendar
from roi_core.spine.months import month_counts
from tests.typed_tables import times, write_part

JAN = 2025 * 12
ORDERS: dict[str, object] = {
    "order_id": ["#1", "#2", "#3", "#4", "#5", "#6", "#7"],
    "customer_id": ["anna", "anna", "anna", "bert", "carl", "bert", "bert"],
    "ordered_at": times("2025-01-10", "2025-06-15", "2025-06-16", "2025-01-20", "2023-01-05", "2025-02-20", "2026-02-20"),
    "amount": [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 5.0],
    "refunded": [None, None, None, 40.0, None, 320.0, None],
    "currency": ["gbp"] * 7,
    "status": ["paid", "paid", "cancelled", "partially_refunded", "paid", "refunded", "paid"],
}


def built(folder: Path, **more: dict[str, object]) -> Facts:
    """Anna buys in January, June and, by mistake, on a cancelled order; Bert in January, half of it refunded; Carl long ago."""
    tables: dict[str, dict[str, object]] = {
        "customers": {"customer_id": ["anna", "bert", "carl"]},
        "orders": ORDERS,
        "returns": {"order_id": ["4", "6"], "at": times("2025-01-28", "2025-03-02")},
        "tickets": {
            "ticket_id": ["t1", "t2", "t3"],
            "customer_id": ["carl", "anna", "bert"],
            "created_at": times("2025-01-15", "2025-05-10", "2026-03-31"),
        },
    }
    return build_facts({name: write_part(folder, name, columns) for name, columns in (tables | more).items()})


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return built(tmp_path_factory.mktemp("facts"))


def test_a_shop_is_told_by_its_files(facts: Facts, tmp_path: Path) -> None:
    assert facts.is_shop
    assert (facts.outcome, facts.words) == ("no_order", "shop")
    subscribed = {"subscription_id": ["s"], "customer_id": ["anna"], "started_at": times("2024-01-01"), "mrr": [9.0], "currency": ["gbp"]}
    assert not built(tmp_path / "subscribed", subscriptions=subscribed).is_shop
    left = {"customer_id": ["anna", "bert", "carl"], "churned_at": times(None, "2025-09-01", None)}
    assert not built(tmp_path / "left", customers=left).is_shop


def test_orders_by_hand(facts: Facts) -> None:
    """Carl is customer 0, since he bought first; a cancelled order is none; a return names its order with or without the #."""
    assert facts.bought.column("customer_no").to_pylist() == [0, 1, 1, 2, 2, 2]
    assert facts.bought.column("gross").to_pylist() == [160, 10, 20, 80, 320, 5]
    assert facts.bought.column("net").to_pylist() == [160, 10, 20, 40, 0, 5]
    assert [at is not None for at in facts.bought.column("returned_s").to_pylist()] == [False, False, False, True, True, False]


def test_a_month_of_a_shop_took_what_is_left_of_its_orders(facts: Facts, tmp_path: Path) -> None:
    """January 2025 with 10 of Anna and 40 of Bert, whose February order came back as a whole; nothing in a month without an order."""
    took = {count.month: count.revenue for count in month_counts(facts)}
    assert [took[JAN + m] for m in range(7)] == [50, 0, 0, 0, 0, 20, 0]
    several = built(tmp_path, orders={**ORDERS, "currency": ["gbp"] * 6 + ["usd"]})
    assert {count.revenue for count in month_counts(several)} == {None}


def test_what_follows_is_counted_in_whole_days(facts: Facts) -> None:
    """From 17 March 2025 the 90 days end with 14 June, and Anna orders on the 15th; a day later she is within them."""
    found, anna = orders.orders_of(facts), np.array([1])
    start = np.array([calendar.start_of(JAN + 2) + 16 * DAY])
    assert orders.ordered_by(found, anna, start, 3).tolist() == [[0, 0, 0]]
    assert orders.ordered_by(found, anna, start + DAY + 1, 3).tolist() == [[0, 0, 1]]
    assert orders.net_by(found, anna, start + DAY + 1, 4).tolist() == [[0, 0, 20, 0]]


def test_a_trial_of_a_shop_is_followed_from_the_end_of_its_month(facts: Facts) -> None:
    """Anna asks in May; the 180 days run from 1 June for her and for Bert, who did not ask and has nothing after refunds."""
    trials = build_trials(facts, Design(), 6)
    may = trials.month == JAN + 4
    assert dict(zip(trials.customer[may].tolist(), trials.treated[may].tolist(), strict=True)) == {1: True, 2: False}
    assert dict(zip(trials.customer[may].tolist(), trials.churned[may].tolist(), strict=True)) == {1: False, 2: True}
    assert trials.revenue[may & trials.treated].tolist() == [[20, 0, 0, 0, 0, 0]]
    assert trials.alive[may & trials.treated].tolist() == [[1, 1, 1, 1, 1, 1]]


def test_the_last_trial_has_all_its_days_in_the_files(facts: Facts) -> None:
    """The files end with March 2026: 180 days from 1 October end on 30 March, those from 1 November do not fit."""
    assert orders.followed_until(facts, 6) == JAN + 8
    assert build_trials(facts, Design(), 6).month.max() == JAN + 8


def test_who_has_not_ordered_for_long_is_lapsed(facts: Facts) -> None:
    """Gaps are 156, 31 and 365 days; nine in ten are below 323.2 (between the second and the third, four fifths of the way)."""
    found = orders.orders_of(facts)
    assert orders.lapse_seconds(found) / DAY == pytest.approx(156 + 0.8 * (365 - 156), abs=0.01)
    start = np.full(3, calendar.start_of(JAN + 4))
    assert orders.lapsed(found, np.arange(3), start).tolist() == [True, False, False]
    assert 0 not in build_trials(facts, Design(), 6).customer


def test_what_is_known_before_a_month_holds_nothing_later(facts: Facts) -> None:
    """Bert at the start of March: two orders of 400 in all before any refund, one return; the other came back on 2 March."""
    (parts,) = [orders.parts(facts, np.array([2, 2, 1]), np.array([JAN + 2, JAN + 3, JAN + 2]))]
    known = {part.names[0]: part.matrix[:, 0] for part in parts if part.names}
    assert np.expm1(known["log orders before"]).tolist() == pytest.approx([2, 2, 1])
    assert np.expm1(known["log spent before"]).tolist() == pytest.approx([400, 400, 10])
    assert np.expm1(known["returns before"]).tolist() == pytest.approx([1, 2, 0])
    assert known["ordered in the month before"].tolist() == [1, 0, 0]
    assert known["returned in the month before"].tolist() == [0, 1, 0]
    assert np.expm1(known["log days since the last order"]).tolist() == pytest.approx([9, 40, 50])


def test_amounts_in_several_currencies_are_not_added_up(tmp_path: Path) -> None:
    mixed = built(tmp_path, customers={"customer_id": ["anna", "bert", "carl"], "currency": ["usd", "gbp", "gbp"]})
    assert len(mixed.currencies) == 2
    assert orders.net_by(orders.orders_of(mixed), np.array([1]), np.array([0]), 3).shape == (1, 0)
    assert not build_trials(mixed, Design(), 6).has_revenue


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 400), st.floats(0, 100)), max_size=25), st.integers(0, 4), st.integers(0, 400), st.integers(1, 6))
def test_counting_agrees_with_a_plain_loop(bought: list[tuple[int, int, float]], customer: int, day: int, horizon: int) -> None:
    rows = sorted(bought)
    who, at = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    sums = np.concatenate([[0.0], np.cumsum([row[2] for row in rows])])
    found = Orders(who, at * DAY, who * orders.SPAN + at * DAY, np.empty(0, np.int64), sums, sums)
    one, start = np.array([customer]), np.array([day * DAY])
    within = [[v for c, d, v in rows if c == customer and day + 30 * t <= d < day + 30 * (t + 1)] for t in range(horizon)]
    assert orders.net_by(found, one, start, horizon)[0] == pytest.approx([sum(values) for values in within], abs=1e-9)
    assert orders.ordered_by(found, one, start, horizon)[0].tolist() == [float(any(map(len, within[: t + 1]))) for t in range(horizon)]


def test_orders_are_read_from_facts_alone(facts: Facts) -> None:
    """No order without a customer or a day is among them, and the key ascends."""
    without = replace(facts, bought=facts.bought.slice(0, 0))
    assert len(orders.orders_of(without).key) == 0
    assert (np.diff(orders.orders_of(facts).key) > 0).all()
    assert facts.bought.column("ordered_s").type == pa.int64()
