"""What is billed in one month alone is revenue of that month and no change of the rate: set-up fees, prorations, credits, late bills."""

from itertools import pairwise, product
from pathlib import Path

import pytest

from roi_core.engine import Connection
from roi_core.metrics import METRICS, compute_by, connect
from roi_core.metrics.connection import ready
from roi_core.results import Absent, Estimate
from roi_core.spine import Facts
from tests.metrics.facts import table
from tests.spine.test_pauses import Run, facts_of, rates, running
from tests.typed_tables import times

MOVEMENTS = ("expansion_mrr", "contraction_mrr")
MONTHS = ("01", "02", "03", "04", "05", "06", "07", "08")
Bill = tuple[str, float]


def billed(folder: Path, runs: list[Run], *bills: Bill) -> Facts:
    """One customer, January to July 2025 at most; bills as (day, amount)."""
    invoices = {
        "invoice_id": [f"i{n}" for n in range(len(bills))],
        "customer_id": ["a"] * len(bills),
        "issued_at": times(*(day for day, _ in bills)),
        "amount": [amount for _, amount in bills],
        "currency": ["USD"] * len(bills),
    }
    tickets = {"ticket_id": ["t"], "created_at": times("2025-08-15")}
    return facts_of(folder, subscriptions=running(*runs), invoices=invoices, tickets=tickets)


def monthly(*amounts: float) -> list[Bill]:
    """A bill on the 5th of each month from January on."""
    return [(f"2025-{month}-05", amount) for month, amount in zip(MONTHS, amounts, strict=False)]


def recurring(facts: Facts) -> list[float | None]:
    """As key figures count it, of every month from January on."""
    with connect({"spine": facts.spine, "person_months": facts.person_months, "contacts": facts.contacts}, of=("person_months",)) as con:
        return _by_month(con)


def _by_month(con: Connection) -> list[float | None]:
    """Rates of customer after customer, month by month."""
    rows = con.table(ready(con, "person_months")).to_arrow_table().sort_by([("customer_no", "ascending"), ("month", "ascending")])
    return rows.column("mrr").to_pylist()


def moved(facts: Facts) -> list[float]:
    """Expansion and contraction of all months together."""
    with connect({"spine": facts.spine, "person_months": facts.person_months, "contacts": facts.contacts}, of=("movements",)) as con:
        found = [compute_by(METRICS[key], con, "month") for key in MOVEMENTS]
    return [0.0 if isinstance(one, Absent) else sum(each.value for each in one.values() if isinstance(each, Estimate)) for one in found]


A_YEAR: list[Run] = [("a", "2025-01-01", None, 10.0)]
OF_TODAY: list[Run] = [("a", "2025-01-01", None, 20.0)]
UNSTATED: list[Run] = [("a", "2025-01-01", None, None)]


@pytest.mark.parametrize(
    ("runs", "amounts", "lasting"),
    [
        (A_YEAR, (110, 10, 10, 10, 10, 10, 10), [10] * 7),
        (A_YEAR, (5, 10, 10, 10, 10, 10, 10), [5, 10, 10, 10, 10, 10, 10]),
        (A_YEAR, (10, 10, 0, 10, 10, 10, 10), [10] * 7),
        (A_YEAR, (10, 10, -50, 10, 10, 10, 10), [10] * 7),
        (A_YEAR, (10, 10, 10, 10, 10, 30, 10), [10] * 7),
        (A_YEAR, (10, 10, 10, 10, 10, 10, 30), [10] * 7),
        (A_YEAR, (10, 10, 30, 30, 10, 10, 10), [10, 10, 30, 30, 10, 10, 10]),
        (A_YEAR, (0, 10, 0, 10, 0, 10, 0), [0, 10, 0, 10, 0, 10, 0]),
        (OF_TODAY, (10, 10, 27, 20, 20, 20, 20), [10, 10, 20, 20, 20, 20, 20]),
        (OF_TODAY, (10, 60, 10, 10, 20, 20, 20), [10, 10, 10, 10, 20, 20, 20]),
        (OF_TODAY, (10, 10, 60, 10, 20, 20, 20), [10, 10, 10, 20, 20, 20, 20]),
        (OF_TODAY, (10, 20, 20, 20, 20, 20, 20), [10, 20, 20, 20, 20, 20, 20]),
        (OF_TODAY, (10, 10, 10, 10, 10, 10, 20), [10, 10, 10, 10, 10, 10, 20]),
        (UNSTATED, (10, 20, 20, 20, 20, 20, 20), [10, 20, 20, 20, 20, 20, 20]),
        (UNSTATED, (20, 20, 20, 20, 13, 10, 10), [20, 20, 20, 20, 13, 10, 10]),
        (UNSTATED, (10, 10, 10, 10, 10, 10, 30), [10, 10, 10, 10, 10, 10, 30]),
        (UNSTATED, (10, 10, 10, 10, 10, 30, 10), [10] * 7),
        (UNSTATED, (11, 14, 12, 17, 13, 19, 16), [11, 14, 12, 17, 13, 19, 16]),
        (UNSTATED, (30, 0, 0, 30, 0, 0, 30), [30, 0, 0, 30, 0, 0, 30]),
        (UNSTATED, (20, 0, 20, 0, 20, 0, 20), [20, 0, 20, 0, 20, 0, 20]),
    ],
    ids=[
        "set-up fee", "less at first", "free month", "credit", "the last but one", "the last month", "two months", "every other free",
        "proration and upgrade", "fee at an earlier price", "fee just before a raise", "raised after a month", "raised in the last month",
        "raised, no rate", "between two rates", "the last month, no rate", "the last but one, no rate", "by use", "quarterly", "every second month",
    ],
)  # fmt: skip
def test_a_month_that_stands_alone_is_no_rate(runs: list[Run], amounts: tuple[float, ...], lasting: list[float], tmp_path: Path) -> None:
    """Bills of January to July, and of August, which is open: that one says nothing."""
    facts = billed(tmp_path, runs, *monthly(*amounts, 77))
    assert rates(facts, "a") == list(amounts)
    assert recurring(facts) == lasting


def test_a_bill_that_comes_a_month_late_moves_nothing(tmp_path: Path) -> None:
    """March is billed on 2 April, so that April has two bills and March none."""
    bills = [("2025-01-05", 10.0), ("2025-02-05", 10.0), ("2025-04-02", 10.0), ("2025-04-05", 10.0), *monthly(*[10.0] * 7)[4:]]
    facts = billed(tmp_path, A_YEAR, *bills)
    assert rates(facts, "a") == [10, 10, 10, 20, 10, 10, 10]
    assert recurring(facts) == [10] * 7
    assert moved(facts) == [0, 0]


def test_bills_every_thirty_days_are_one_rate(tmp_path: Path) -> None:
    """1 and 31 January, 2 March, 1 April, 1 and 31 May, 30 June, 30 July: two in January and in May, none in February."""
    days = ("2025-01-01", "2025-01-31", "2025-03-02", "2025-04-01", "2025-05-01", "2025-05-31", "2025-06-30", "2025-07-30")
    facts = billed(tmp_path, A_YEAR, *((day, 10.0) for day in days))
    assert rates(facts, "a") == [20, 10, 10, 10, 20, 10, 10]
    assert recurring(facts) == [10] * 7


def test_a_proration_is_no_step_up_and_down_again(tmp_path: Path) -> None:
    """The upgrade of March is 10 a month for good, though 17 more were billed in March and 7 fewer in April."""
    assert moved(billed(tmp_path, OF_TODAY, *monthly(10, 10, 27, 20, 20, 20, 20))) == [10, 0]


def test_who_leaves_takes_away_the_rate_and_not_a_last_refund(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-01-01", "2025-05-20", 10.0)], *monthly(10, 10, 10, 10, 3))
    assert (rates(facts, "a"), recurring(facts)) == ([10, 10, 10, 10, 3], [10] * 5)


def test_who_raises_in_the_last_month_without_a_rate_takes_away_what_was_billed(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-01-01", "2025-05-20", None)], *monthly(10, 10, 10, 10, 20))
    assert recurring(facts) == [10, 10, 10, 10, 20]


def test_a_customer_of_the_last_month_is_new_at_their_rate_and_not_at_their_fee(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-07-01", None, 10.0)], ("2025-07-01", 110.0))
    assert (rates(facts, "a"), recurring(facts)) == ([110], [10])


def test_one_subscription_after_another_is_a_change_of_the_rate(tmp_path: Path) -> None:
    """10 in January and 20 from February on, and 20 until March and 10 in April, as the subscriptions say themselves."""
    up = billed(tmp_path / "up", [("a", "2025-01-01", "2025-02-01", 10.0), ("a", "2025-02-01", None, 20.0)], *monthly(10, *[20.0] * 6))
    assert recurring(up) == [10, *[20] * 6]
    down = billed(tmp_path / "down", [("a", "2025-01-01", "2025-04-01", 20.0), ("a", "2025-04-01", "2025-05-01", 10.0)], *monthly(20, 20, 20, 10))
    assert recurring(down) == [20, 20, 20, 10]


def test_of_several_subscriptions_the_bills_of_a_month_are_seen_together(tmp_path: Path) -> None:
    """A second one from June on is billed on the 20th, which the files of August hold for June and July."""
    facts = billed(
        tmp_path, [("a", "2025-01-01", None, 10.0), ("a", "2025-06-01", None, 5.0)], *monthly(10, 60, 10, 10, 10, 10, 10), ("2025-06-20", 5), ("2025-07-20", 5)
    )
    assert rates(facts, "a") == [10, 60, 10, 10, 10, 15, 15]
    assert recurring(facts) == [10, 10, 10, 10, 10, 15, 15]


def test_a_pause_of_one_month_is_one_whatever_is_paid_before_and_after(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-01-01", "2025-04-01", 10.0), ("a", "2025-05-01", None, 10.0)], *monthly(10, 10, 10), *monthly(*[10.0] * 7)[4:])
    assert recurring(facts) == [10, 10, 10, 0, 10, 10, 10]


def test_after_a_pause_the_rate_is_what_is_billed_then(tmp_path: Path) -> None:
    """10 in January, nothing until 20 from April on: what is lost is 10."""
    facts = billed(tmp_path, [("a", "2025-01-01", "2025-02-01", 10.0), ("a", "2025-04-01", None, 20.0)], ("2025-01-05", 10), *monthly(*[20.0] * 7)[3:])
    assert recurring(facts) == [10, 0, 0, 20, 20, 20, 20]


def test_what_movements_or_yearly_plans_state_is_left_as_it_is(tmp_path: Path) -> None:
    runs = running(("a", "2025-01-01", None, 10.0)) | {"interval": ["year"]}
    invoices = {"invoice_id": ["i"], "customer_id": ["a"], "issued_at": times("2025-01-05"), "amount": [120.0], "currency": ["USD"]}
    facts = facts_of(tmp_path, subscriptions=runs, invoices=invoices)
    assert rates(facts, "a") == recurring(facts) == [10.0] * 6


@pytest.mark.parametrize("stated", [None, 10.0, 20.0])
def test_no_rate_lies_outside_of_what_was_billed_around_it_and_none_moves_more_than_the_bills(stated: float | None) -> None:
    """Every series of five months of 0, 5, 10 and 20, each a customer."""
    series = list(product((0.0, 5.0, 10.0, 20.0), repeat=5))
    rows = [
        {"customer_no": i, "month": m, "mrr": one[m], "stated_mrr": stated, "tenure_months": m + 1.0} for i, one in enumerate(series) for m in range(len(one))
    ]
    people = [{"customer_no": i, "cluster_no": i, "currency": "USD", "started_s": 0} for i in range(len(series))]
    with connect({"spine": table("spine", people), "person_months": table("person_months", rows)}, of=("person_months",)) as con:
        found = _by_month(con)
    for i, one in enumerate(series):
        rate = found[len(one) * i : len(one) * (i + 1)]
        for m in range(len(one)):
            around = {*one[max(m - 1, 0) : m + 2], *({stated} if stated else ())}
            assert min(around) <= rate[m] <= max(around)
        assert sum(abs(a - b) for a, b in pairwise(rate)) <= sum(abs(a - b) for a, b in pairwise(one)), one
