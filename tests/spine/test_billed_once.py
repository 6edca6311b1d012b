"""What is billed in one month alone is revenue of that month and no change of the rate: set-up fees, prorations, credits, late bills."""

from pathlib import Path

import pytest

from roi_core.metrics import METRICS, compute_by, connect
from roi_core.results import Absent, Estimate
from roi_core.spine import Facts
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
    return [one if one is not None else mrr for one, mrr in zip(rates(facts, "a", "recurring"), rates(facts, "a"), strict=True)]


def moved(facts: Facts) -> list[float]:
    """Expansion and contraction of all months together."""
    with connect({"spine": facts.spine, "person_months": facts.person_months, "contacts": facts.contacts}, of=("movements",)) as con:
        found = [compute_by(METRICS[key], con, "month") for key in MOVEMENTS]
    return [0.0 if isinstance(one, Absent) else sum(each.value for each in one.values() if isinstance(each, Estimate)) for one in found]


A_YEAR: list[Run] = [("a", "2025-01-01", None, 10.0)]


@pytest.mark.parametrize(
    ("amounts", "billed_then", "lasting"),
    [
        ((110, 10, 10, 10, 10, 10, 10), [110, 10, 10, 10, 10, 10, 10], [10] * 7),
        ((5, 10, 10, 10, 10, 10, 10), [5, 10, 10, 10, 10, 10, 10], [10] * 7),
        ((10, 10, 0, 10, 10, 10, 10), [10, 10, 0, 10, 10, 10, 10], [10] * 7),
        ((10, 10, 27, 20, 20, 20, 20), [10, 10, 27, 20, 20, 20, 20], [10, 10, 20, 20, 20, 20, 20]),
        ((20, 20, 20, 20, 13, 10, 10), [20, 20, 20, 20, 13, 10, 10], [20, 20, 20, 20, 13, 10, 10]),
        ((10, 10, 10, 10, 10, 10, 30), [10, 10, 10, 10, 10, 10, 30], [10, 10, 10, 10, 10, 10, 30]),
        ((10, 10, 10, 10, 10, 30, 10), [10, 10, 10, 10, 10, 30, 10], [10] * 7),
        ((10, 10, 30, 30, 10, 10, 10), [10, 10, 30, 30, 10, 10, 10], [10, 10, 30, 30, 10, 10, 10]),
        ((11, 14, 12, 17, 13, 19, 16), [11, 14, 12, 17, 13, 19, 16], [11, 14, 12, 17, 13, 19, 16]),
    ],
    ids=["set-up fee", "begun late", "credit", "proration", "between two rates", "the last month", "the last but one", "two months", "by use"],
)
def test_a_month_that_stands_alone_is_no_rate(amounts: tuple[float, ...], billed_then: list[float], lasting: list[float], tmp_path: Path) -> None:
    facts = billed(tmp_path, A_YEAR, *monthly(*amounts))
    assert rates(facts, "a") == billed_then
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
    assert moved(billed(tmp_path, A_YEAR, *monthly(10, 10, 27, 20, 20, 20, 20))) == [10, 0]


def test_who_leaves_takes_away_the_rate_and_not_a_last_refund(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-01-01", "2025-05-20", 10.0)], *monthly(10, 10, 10, 10, 3))
    assert (rates(facts, "a"), recurring(facts)) == ([10, 10, 10, 10, 3], [10] * 5)


def test_a_rate_that_was_raised_is_told_from_the_one_that_the_export_states_of_today(tmp_path: Path) -> None:
    """The subscription says 20; half a year was billed at 10, with a fee in the second month."""
    facts = billed(tmp_path, [("a", "2025-01-01", None, 20.0)], *monthly(10, 60, 10, 10, 20, 20, 20))
    assert recurring(facts) == [10, 10, 10, 10, 20, 20, 20]


def test_of_several_subscriptions_the_bills_of_a_month_are_seen_together(tmp_path: Path) -> None:
    facts = billed(tmp_path, [("a", "2025-01-01", None, 10.0), ("a", "2025-01-01", None, 5.0)], *monthly(15, 15, 65, 15, 15, 15, 15))
    assert rates(facts, "a") == [15, 15, 65, 15, 15, 15, 15]
    assert recurring(facts) == [15] * 7


def test_what_movements_or_yearly_plans_state_is_left_as_it_is(tmp_path: Path) -> None:
    runs = running(("a", "2025-01-01", None, 10.0)) | {"interval": ["year"]}
    invoices = {"invoice_id": ["i"], "customer_id": ["a"], "issued_at": times("2025-01-05"), "amount": [120.0], "currency": ["USD"]}
    facts = facts_of(tmp_path, subscriptions=runs, invoices=invoices)
    assert rates(facts, "a") == [10.0] * 6
    assert rates(facts, "a", "recurring") == [None] * 6
