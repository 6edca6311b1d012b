"""Customers with subscriptions of which none runs: they stay customers and pay nothing, unless the gap is days, or the rate was never known."""

from pathlib import Path

from roi_core.spine import Facts
from tests.spine.worlds import Columns, linked
from tests.typed_tables import times, write_part

TICKETS: Columns = {"ticket_id": ["t"], "created_at": times("2025-07-15")}
Run = tuple[str, str, str | None, float | None]


def running(*runs: Run, currency: list[str] | None = None) -> Columns:
    """Monthly subscriptions as (customer, first day, end, rate)."""
    return {
        "subscription_id": [f"s{i}" for i in range(len(runs))],
        "customer_id": [run[0] for run in runs],
        "started_at": times(*(run[1] for run in runs)),
        "ended_at": times(*(run[2] for run in runs)),
        "mrr": [run[3] for run in runs],
        "currency": currency or ["USD"] * len(runs),
        "interval": ["month"] * len(runs),
    }


def facts_of(folder: Path, **given: Columns) -> Facts:
    return linked({name: write_part(folder, name, columns) for name, columns in ({"tickets": TICKETS} | given).items()})


def rates(facts: Facts, customer: str, column: str = "mrr") -> list[float | None]:
    """Of every month at whose start they are a customer, January to June 2025 at most."""
    number = facts.spine.column("customer_key").to_pylist().index(customer)
    return [row[column] for row in facts.person_months.to_pylist() if row["customer_no"] == number]


def ends(facts: Facts) -> dict[str, tuple[int | None, str | None]]:
    """The month of 2025 in which each customer left, and how."""
    return {row["customer_key"]: (_month(row["churned_s"]), row["churn_kind"]) for row in facts.spine.to_pylist()}


def _month(second: int | None) -> int | None:
    return None if second is None else times("1970-01-01")[0].as_py().fromtimestamp(second).month


def test_who_pauses_stays_and_pays_nothing_whatever_the_list_states_of_today(tmp_path: Path) -> None:
    customers: Columns = {"customer_id": ["a"], "started_at": times("2025-01-01"), "mrr": [50.0], "currency": ["USD"]}
    facts = facts_of(tmp_path, customers=customers, subscriptions=running(("a", "2025-01-01", "2025-02-10", 50.0), ("a", "2025-04-10", None, 60.0)))
    assert rates(facts, "a") == rates(facts, "a", "known_mrr") == [50.0, 50.0, 0.0, 0.0, 60.0, 60.0]
    assert ends(facts) == {"a": (None, None)}


def test_what_is_stated_to_end_later_than_its_subscription_pays_nothing_until_then(tmp_path: Path) -> None:
    customers: Columns = {"customer_id": ["a"], "started_at": times("2025-01-01"), "churned_at": times("2025-04-15")}
    facts = facts_of(tmp_path, customers=customers, subscriptions=running(("a", "2025-01-01", "2025-02-10", 50.0)))
    assert rates(facts, "a") == [50.0, 50.0, 0.0, 0.0]


def test_terms_renewed_a_few_days_late_are_no_pause(tmp_path: Path) -> None:
    """A second, and six days, are bridged at the rate of the old term; eight are a pause. Beside another subscription nothing is bridged."""
    runs = (
        ("a", "2025-01-01", "2025-01-31T23:59:59", 10.0), ("a", "2025-02-01T09:00", "2025-03-29", 11.0), ("a", "2025-04-04", None, 12.0),
        ("b", "2025-01-01", "2025-03-29", 20.0), ("b", "2025-04-06", None, 21.0),
        ("c", "2025-01-01", None, 30.0), ("c", "2025-01-01", "2025-03-29", 1.0), ("c", "2025-04-04", None, 2.0),
    )  # fmt: skip
    facts = facts_of(tmp_path, subscriptions=running(*runs))
    assert rates(facts, "a") == [10.0, 10.0, 11.0, 11.0, 12.0, 12.0]
    assert rates(facts, "b") == [20.0, 20.0, 20.0, 0.0, 21.0, 21.0]
    assert rates(facts, "c") == [31.0, 31.0, 31.0, 30.0, 32.0, 32.0]


def test_what_is_not_known_is_not_nothing(tmp_path: Path) -> None:
    """A's only rate and the second one of b are missing while they run; c pauses between two currencies."""
    runs = (("a", "2025-01-01", None, None), ("b", "2025-01-01", "2025-02-10", 5.0), ("b", "2025-04-10", None, None))
    facts = facts_of(tmp_path, subscriptions=running(*runs))
    assert rates(facts, "a") == [None] * 6
    assert rates(facts, "b") == [5.0, 5.0, 0.0, 0.0, None, None]
    mixed = running(("c", "2025-01-01", "2025-02-10", 5.0), ("c", "2025-04-10", None, 5.0), currency=["USD", "EUR"])
    assert rates(facts_of(tmp_path / "mixed", subscriptions=mixed), "c") == [None] * 6


def test_who_subscribes_after_a_stated_end_has_come_back(tmp_path: Path) -> None:
    """All are said to have left on 10 March. A's and b's next subscription began later and b's has ended; c's began on that day, d's before."""
    customers: Columns = {
        "customer_id": list("abcd"),
        "started_at": times(*["2025-01-01"] * 4),
        "churned_at": times(*["2025-03-10"] * 4),
        "churn_kind": ["failed_payment"] * 4,
    }
    firsts = [(key, "2025-01-01", "2025-03-10", 10.0) for key in "abcd"]
    later = (("a", "2025-05-10", None, 12.0), ("b", "2025-03-12", "2025-06-10", 12.0), ("c", "2025-03-10T14:00", None, 12.0), ("d", "2025-02-10", None, 1.0))
    facts = facts_of(tmp_path, customers=customers, subscriptions=running(*firsts, *later))
    assert ends(facts) == {"a": (None, None), "b": (6, "voluntary"), "c": (3, "failed_payment"), "d": (3, "failed_payment")}
    assert rates(facts, "a") == [10.0, 10.0, 10.0, 0.0, 0.0, 12.0]
