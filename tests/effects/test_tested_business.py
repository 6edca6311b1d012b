"""A randomised test where nobody leaves, counted by hand: further orders of a shop, renewals of a company on contracts."""

from pathlib import Path

import pytest

from roi_core.cohorts.design import Design
from roi_core.effects.analysis import Analysis
from roi_core.effects.tested import analyse_tests
from roi_core.effects.titles import effect_title
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import speaking
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

ARM = 60


def told(facts: Facts) -> Analysis:
    with speaking(facts.words):
        (found,) = analyse_tests(facts, Design())
    return found


def written(folder: Path, tables: dict[str, dict[str, object]]) -> Facts:
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def listed() -> dict[str, object]:
    names = [f"{arm}{n}" for arm in "ho" for n in range(ARM)]
    return {"customer_id": names, "arm": ["treatment"] * ARM + ["control"] * ARM, "assigned_at": times(*["2025-01-10"] * (2 * ARM))}


def shop(folder: Path, helped: int, others: int, silent: tuple[str, ...] = ()) -> Facts:
    """Everybody ordered in December for 20; so many of each arm order again for 30 in February; a bystander orders each month but the silent ones."""
    who, at, amount = [], [], []
    for arm, again in (("h", helped), ("o", others)):
        for n in range(ARM):
            who, at, amount = [*who, f"{arm}{n}"], [*at, f"2024-12-{1 + n % 28:02}"], [*amount, 20.0]
            if n < again:
                who, at, amount = [*who, f"{arm}{n}"], [*at, f"2025-02-{1 + n % 28:02}"], [*amount, 30.0]
    for month in (month for month in ("01", "03", "04", "05", "06", "07") if month not in silent):
        who, at, amount = [*who, *["b"] * 30], [*at, *[f"2025-{month}-20"] * 30], [*amount, *[1.0] * 30]
    orders: dict[str, object] = {
        "order_id": [f"#{n}" for n in range(len(who))],
        "customer_id": who,
        "ordered_at": times(*at),
        "amount": amount,
        "currency": ["gbp"] * len(who),
        "status": ["paid"] * len(who),
    }
    tickets: dict[str, object] = {"ticket_id": ["t1", "t2"], "customer_id": ["b", "b"], "created_at": times("2024-12-30", "2025-07-31")}
    return written(folder, {"customers": {"customer_id": sorted(set(who))}, "orders": orders, "assignments": listed(), "tickets": tickets})


def test_a_shop_is_told_by_who_orders_again(tmp_path: Path) -> None:
    """20 of 60 helped customers and 35 of 60 others order no more: 25.0 points; 40 and 25 orders of 30 make 20.00 and 12.50 a customer."""
    facts = shop(tmp_path, helped=40, others=25)
    found = told(facts)
    effect, paid = found.effects["randomised.no_order_6m"], found.effects["randomised.revenue_6m"]
    assert isinstance(effect.result, Estimate)
    assert isinstance(paid.result, Estimate)
    assert (effect.grade, effect.result.value, effect.result.n) == (Grade.A, pytest.approx(-0.25), 120)
    assert paid.result.value == pytest.approx(20.0 - 12.5, abs=1.5), "adjusted for what was ordered before, which was the same"
    assert effect.sentence.startswith("In the test, customers drawn to be helped were 25.0 points more likely to order again within 6 months")
    assert {"orders recorded", "enough orders"} < {check.name for check in effect.checks}
    assert "churn recorded" not in {check.name for check in effect.checks}
    assert found.stream is not None
    assert found.stream.outcome == "no_order"
    with speaking(facts.words):
        assert effect_title(effect) == "Customers drawn to be helped ordered again more often"


def test_a_shop_whose_months_are_missing_has_no_test(tmp_path: Path) -> None:
    effect = told(shop(tmp_path, helped=40, others=25, silent=("04", "05"))).effects["randomised.no_order_6m"]
    assert isinstance(effect.result, Absent)
    assert next(check.name for check in effect.checks if check.passed is False) == "orders recorded"


def test_too_few_orders_show_the_raw_shares_in_words_of_a_shop(tmp_path: Path) -> None:
    effect = told(shop(tmp_path, helped=55, others=25)).effects["randomised.no_order_6m"]
    assert "5 of 60 of those drawn to be helped did not order again and 35 of 60 of the others" in effect.sentence


def services(folder: Path, helped: int, others: int, unknown: int = 0) -> Facts:
    """Contracts of 100 a year that end on 31 March; so many of each arm are not renewed, and of `unknown` bystanders the files do not say."""
    who = [f"{arm}{n}" for arm in "ho" for n in range(ARM)] + [f"b{n}" for n in range(unknown)]
    renewed = [n >= lost for lost in (helped, others) for n in range(ARM)] + [None] * unknown
    contracts: dict[str, object] = {
        "contract_id": [f"k{n}" for n in range(len(who))],
        "customer_id": who,
        "started_at": times(*["2024-04-01"] * len(who)),
        "ends_at": times(*["2025-03-31"] * len(who)),
        "renewed": renewed,
        "value": [100.0] * len(who),
        "currency": ["usd"] * len(who),
    }
    customers: dict[str, object] = {"customer_id": who, "started_at": times(*["2024-04-01"] * len(who))}
    tickets: dict[str, object] = {"ticket_id": ["t1", "t2"], "customer_id": ["x", "x"], "created_at": times("2024-12-30", "2025-07-31")}
    return written(folder, {"customers": customers, "contracts": contracts, "assignments": listed(), "tickets": tickets})


def test_services_are_told_by_what_is_renewed(tmp_path: Path) -> None:
    """20 of 60 contracts of helped customers and 35 of 60 of the others are not renewed: 25.0 points, and 66.67 against 41.67 renewed a customer."""
    facts = services(tmp_path, helped=20, others=35)
    found = told(facts)
    effect, paid = found.effects["randomised.not_renewed_6m"], found.effects["randomised.revenue_6m"]
    assert isinstance(effect.result, Estimate)
    assert isinstance(paid.result, Estimate)
    assert (effect.grade, effect.result.value, paid.result.value) == (Grade.A, pytest.approx(-0.25), pytest.approx(25.0))
    assert effect.sentence.startswith("In the test, contracts that came due within 6 months were 25.0 points more likely to be renewed")
    assert "renewed for" in paid.sentence
    assert "renewals recorded" in {check.name for check in effect.checks}
    with speaking(facts.words):
        assert effect_title(effect) == "Contracts of customers drawn to be helped were renewed more often"


def test_services_that_do_not_say_what_was_renewed_have_no_test(tmp_path: Path) -> None:
    """20 of 140 contracts that came due say neither: 14.3 %, more than a tenth."""
    effect = told(services(tmp_path, helped=20, others=35, unknown=20)).effects["randomised.not_renewed_6m"]
    assert isinstance(effect.result, Absent)
    assert next(check.name for check in effect.checks if check.passed is False) == "renewals recorded"
