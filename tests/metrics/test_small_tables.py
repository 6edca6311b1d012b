"""Definitions of metrics on tables small enough to count by hand: movements of revenue, what is open, what buyers did."""

import pyarrow as pa
import pytest

from roi_core.engine import query
from roi_core.metrics import METRICS, compute, compute_by, connect
from roi_core.metrics.connection import loaded_schema, ready
from roi_core.results import Absent
from tests.metrics.facts import DAY, JAN, contact, table

JAN_S = 1_735_689_600


def loaded(name, rows):
    schema = loaded_schema(name)
    places = {"file_no": 0, "part_no": 0, "system_no": 0}
    return pa.table({field.name: pa.array([{**places, "row_no": i, **row}.get(field.name) for i, row in enumerate(rows)], field.type) for field in schema})


def at(day):
    """That many days after the first of January, in microseconds."""
    return (JAN_S + day * DAY) * 1_000_000


def people(count):
    return table("spine", [{"customer_no": i, "customer_key": f"c{i}", "cluster_no": i, "currency": "USD", "started_month": JAN} for i in range(count)])


def months(customer, mrr):
    """Customer months from January on; None where they are no customer."""
    tenure = iter(range(99))
    return [{"customer_no": customer, "month": JAN + i, "mrr": own, "tenure_months": float(next(tenure))} for i, own in enumerate(mrr) if own is not None]


def test_movements_of_monthly_revenue():
    """0 grows by 5 from January to February. 1 shrinks by 4 from February to March. 2 leaves after January, and is back in April with 20.

    3 is new in March with 7. The last month, April, is open; what happens to its end is not known.
    """
    rows = [*months(0, [10.0, 15.0, 15.0, 15.0]), *months(1, [9.0, 9.0, 5.0, 5.0]), *months(2, [20.0, None, None, 20.0]), *months(3, [None, None, 7.0, 7.0])]
    rows[-3] = rows[-3] | {"tenure_months": 3.0}
    with connect({"spine": people(4), "person_months": table("person_months", rows)}, of=("movements", "person_months")) as con:
        found = {key: compute_by(METRICS[key], con, "month") for key in ("new_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "reactivation_mrr")}
    sums = {key: {month - JAN: one.value for month, one in by.items() if getattr(one, "value", 0)} for key, by in found.items()}
    assert sums == {
        "new_mrr": {1: 7.0},
        "expansion_mrr": {0: 5.0},
        "contraction_mrr": {1: 4.0},
        "churned_mrr": {0: 20.0},
        "reactivation_mrr": {2: 20.0},
    }


def test_months_paid_back_or_free_are_left_and_come_back_from():
    """0 pays 10 but nothing in February, a month alone, which is no leaving. 1 tries for free in January and February and pays 7 from March: new.

    2 pauses in February and March, when no plan runs: what comes back is of the plan of April.
    """
    paused = [row | {"plan": "pro" if row["mrr"] else None} for row in months(2, [5.0, 0.0, 0.0, 5.0, 5.0])]
    rows = [*months(0, [10.0, 0.0, 10.0, 10.0, 10.0]), *months(1, [0.0, 0.0, 7.0, 7.0, 7.0]), *paused]
    with connect({"spine": people(3), "person_months": table("person_months", rows)}, of=("movements", "person_months")) as con:
        found = {key: compute_by(METRICS[key], con, "month") for key in ("new_mrr", "expansion_mrr", "churned_mrr", "reactivation_mrr")}
        back = compute_by(METRICS["reactivation_mrr"], con, "plan")
    sums = {key: {month - JAN: one.value for month, one in by.items() if getattr(one, "value", 0)} for key, by in found.items()}
    assert sums == {"new_mrr": {1: 7.0}, "expansion_mrr": {}, "churned_mrr": {0: 5.0}, "reactivation_mrr": {2: 5.0}}
    assert back["pro"].value == 5.0


def test_what_is_open_at_the_end_of_each_month():
    """Opened on 1, 11 and 31 January and 10 February; resolved after 20 days, after 40 days, never, after an hour. Files end in March.

    End of January: the second (21 days old) and the third (1 day). End of February: the third (29 days) alone.
    """
    minutes = {0: 20 * 1440.0, 1: 40 * 1440.0, 3: 60.0}
    day = {0: 1, 1: 11, 2: 31, 3: 41, 4: 60}
    rows = [
        contact(no, no % 2, 0 if of < 32 else 1 if of < 60 else 2, 0, resolution_minutes=minutes.get(no), resolved=no in minutes)
        | {"created_s": JAN_S + (of - 1) * DAY}
        for no, of in day.items()
    ]
    with connect({"spine": people(2), "contacts": table("contacts", rows)}, of=("contacts", "backlog")) as con:
        assert ready(con, "backlog") == "metric_backlog"
        listed = query(con, "SELECT month, ticket_no, age_days FROM metric_backlog ORDER BY month, ticket_no").to_pylist()
        assert compute(METRICS["backlog"], con).value == 1
    assert [(row["month"] - JAN, row["ticket_no"], row["age_days"]) for row in listed] == [(0, 1, 21.0), (0, 2, 1.0), (1, 2, 29.0)]


def test_buyers_their_first_order_and_the_next():
    """c0 buys on days 0, 30 and 200; c1 on day 10 alone; c2 on day 20 and again after 100 days; c3 on day 190, too late to be watched for 90 days.

    A cancelled order and a second copy of an order are no orders.
    """
    bought = [("c0", 0), ("c0", 30), ("c0", 200), ("c1", 10), ("c2", 20), ("c2", 120), ("c3", 190)]
    rows = [_order(f"o{i}", who, day) for i, (who, day) in enumerate(bought)]
    rows += [_order("o1", "c0", 30), _order("o9", "c1", 50) | {"status": "cancelled"}]
    with connect({"spine": people(4), "orders": loaded("orders", rows)}, of=("orders", "buyers")) as con:
        assert ready(con, "buyers") == "metric_buyers"
        listed = query(con, "SELECT cluster_no, orders, days_to_second, again_90d FROM metric_buyers ORDER BY at_s").to_pylist()
        found = {key: compute(METRICS[key], con).value for key in ("orders", "orders_per_buyer")}
    told = [(row["orders"], row["days_to_second"], row["again_90d"]) for row in listed]
    assert told == [(3, 30.0, True), (1, None, False), (2, 100.0, False), (1, None, None)]
    assert found == {"orders": 7, "orders_per_buyer": pytest.approx(7 / 4)}


def _order(number, who, day):
    return {"order_id": number, "customer_id": who, "ordered_at": (JAN_S + day * DAY) * 1_000_000, "amount": 10.0, "currency": "USD"}


@pytest.mark.parametrize(
    ("stage", "said", "closed", "won"),
    [
        ("Closed won", None, 5, True),
        ("closedwon", None, 5, True),
        ("Closed Lost", None, 5, False),
        ("closedlost", None, None, False),
        ("Won (sales)", None, None, True),
        ("Not won", None, 5, False),
        ("Abgeschlossen und gewonnen", None, 5, True),
        ("qualifiedtobuy", None, 40, None),
        ("Negotiation", None, 5, None),
        (None, None, 5, None),
        (None, True, None, True),
        (None, False, 5, False),
        (None, False, None, None),
        ("Disqualified", False, 5, False),
        ("Closed Lost", False, None, False),
        ("Closed won", False, 5, False),
    ],
)
def test_a_deal_is_decided_by_what_is_said_and_not_by_a_close_date_which_may_be_a_forecast(stage, said, closed, won):
    deal = {"opened_at": JAN_S * 1_000_000, "amount": 10.0, "currency": "USD", "stage": stage, "won": said}
    deal["closed_at"] = None if closed is None else (JAN_S + closed * DAY) * 1_000_000
    deals = [deal | {"opportunity_id": f"d{i}", "customer_id": f"c{i}"} for i in range(2)]
    with connect({"spine": people(2), "opportunities": loaded("opportunities", deals)}, of=("deals",)) as con:
        assert ready(con, "deals") == "metric_deals"
        found = query(con, "SELECT won, days FROM metric_deals").to_pylist()
        rate = compute(METRICS["win_rate"], con)
    assert found == [{"won": won, "days": None if won is None or closed is None else float(closed)}] * 2
    assert isinstance(rate, Absent) if won is None else rate.value == float(won)


def test_who_answered_is_told_by_customer_id_or_by_an_address_that_one_customer_has():
    """Customer c0 has an address of its own, c1 and c2 share one; an answer by customer id and one by nobody's address."""
    customers = [{"customer_id": f"c{i}", "email": email} for i, email in enumerate(("own", "shared", "shared"))]
    answers = [("c1", None), (None, "own"), (None, "own"), (None, "shared"), (None, "nobody"), ("c9", "own")]
    at = JAN_S * 1_000_000
    rows = [
        {"response_id": f"r{i}", "customer_id": who, "email": email, "kind": "nps", "score": 9.0, "answered_at": at} for i, (who, email) in enumerate(answers)
    ]
    with connect({"spine": people(3), "customers": loaded("customers", customers), "surveys": loaded("surveys", rows)}, of=("answers",)) as con:
        assert ready(con, "answers") == "metric_answers"
        found = query(con, "SELECT response_id, cluster_no, is_known, started_month FROM metric_answers ORDER BY response_id").to_pylist()
    assert [row["is_known"] for row in found] == [True, True, True, False, False, False]
    assert [row["started_month"] for row in found] == [JAN, JAN, JAN, None, None, None]
    clusters = [row["cluster_no"] for row in found]
    assert clusters[1] == clusters[2], "two answers of one customer"
    assert len(set(clusters)) == 5


def test_orders_carts_and_returns_by_address_are_those_of_the_customer():
    """c0 orders once by customer id and once by address, leaves a cart and sends one order back; another address is nobody's."""
    orders = [_order("o1", "c0", 1), _order("o2", None, 5) | {"email": "own"}, _order("o3", None, 9) | {"email": "nobody"}]
    at = JAN_S * 1_000_000
    carts = [{"cart_id": f"b{i}", "email": email, "created_at": at, "amount": 5.0, "currency": "USD"} for i, email in enumerate(("own", "nobody"))]
    tables = {
        "spine": people(1),
        "customers": loaded("customers", [{"customer_id": "c0", "email": "own"}]),
        "orders": loaded("orders", orders),
        "carts": loaded("carts", carts),
        "returns": loaded("returns", [{"order_id": f"o{i}", "at": at + 20 * DAY * 1_000_000, "amount": 10.0} for i in (2, 3)]),
    }
    asked = {
        "orders": "SELECT started_month FROM metric_orders ORDER BY at_s",
        "carts": "SELECT started_month FROM metric_carts ORDER BY cart_id",
        "returns": "SELECT started_month FROM metric_returns ORDER BY order_id",
    }
    with connect(tables, of=(*asked, "buyers")) as con:
        assert [ready(con, name) for name in (*asked, "buyers")]
        known = {name: query(con, sql).column(0).to_pylist() for name, sql in asked.items()}
        buyers = query(con, "SELECT started_month, orders FROM metric_buyers ORDER BY orders").to_pylist()
    assert known == {"orders": [JAN, JAN, None], "carts": [JAN, None], "returns": [JAN, None]}
    assert buyers == [{"started_month": None, "orders": 1}, {"started_month": JAN, "orders": 2}]
