"""How long customers stay: curves and triangles that can be counted by hand, who is left out, and why there is sometimes no answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from statsmodels.duration.survfunc import survdiff

from roi_core.effects.staying import Staying, all_staying
from roi_core.results import Absent, Estimate
from roi_core.sentences import say, speaking
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

OLD = 60
"""Customers since long before the files, of whom four leave in each month of 2024: they are seen from their third year on alone."""


def tables(folder: Path, **given: Mapping[str, Any]) -> Facts:
    return build_facts({name: write_part(folder, name, columns) for name, columns in given.items()})


def tickets(*rows: tuple[str, str, str]) -> Mapping[str, Any]:
    """(customer, created, category); the first and the last say from when to when the files reach."""
    rows = (("nobody", "2024-01-01", "x"), *rows, ("nobody", "2024-12-30 23:59", "x"))
    return {
        "ticket_id": [f"t{k}" for k in range(len(rows))],
        "customer_id": [customer for customer, _, _ in rows],
        "created_at": times(*(at for _, at, _ in rows)),
        "category": [category for _, _, category in rows],
        "status": ["closed"] * len(rows),
    }


def company(folder: Path) -> Facts:
    """All start on 1 February 2024. Half of Starter leave in mid-April, half of Growth in mid-June."""
    people = [("Starter", "2024-04-15")] * 30 + [("Starter", None)] * 30 + [("Growth", "2024-06-15")] * 20 + [("Growth", None)] * 20
    people += [("Old", f"2024-{1 + k // 4:02d}-20" if k < 48 else None) for k in range(OLD)]
    wrote = [(f"c{k}", "2024-03-01", "Billing question") for k in range(0, 100, 2)] + [(f"c{k}", "2024-03-01", "How to export") for k in range(1, 100, 2)]
    return tables(
        folder,
        customers={
            "customer_id": [f"c{k}" for k in range(len(people))],
            "plan": [plan for plan, _ in people],
            "started_at": times(*["2024-02-01"] * 100, *["2021-05-01"] * OLD),
            "churned_at": times(*(left for _, left in people)),
        },
        tickets=tickets(*wrote, ("c0", "2024-02-15", "Complaint about the bill")),
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Staying]:
    answer = all_staying(company(tmp_path_factory.mktemp("company")))
    assert not isinstance(answer, Absent)
    return answer


def value(result: object) -> float:
    assert isinstance(result, Estimate)
    return result.value


def test_shares_of_everybody_are_those_counted_by_hand(found: Mapping[str, Staying]) -> None:
    """Of 100, 30 leave in the third month and 20 in the fifth; those who began before the files are at risk in later months alone."""
    (everybody,) = found[""].groups
    assert (everybody.customers, everybody.ended) == (100 + OLD, 50 + 48)
    assert [round(value(share), 4) for share in everybody.curve[:7]] == [1, 1, 1, 0.7, 0.7, 0.5, 0.5]
    assert everybody.at_risk[:7] == (100, 100, 100, 70, 70, 50, 50)
    assert value(everybody.after[6]) == pytest.approx(0.5)
    assert everybody.after[12] == Absent(say("staying.too_short", n="0", months="12"))
    assert found[""].sentence.startswith("160 customers were followed. Of those who start, 50.0 % (")
    assert found[""].p is None


def test_who_began_before_the_files_counts_from_the_month_in_which_they_are_seen(tmp_path: Path) -> None:
    """60 start with the files, 60 half a year before. Of the former 12 leave after 45 days; of the latter, seen from their sixth month on, 12 in the eighth."""
    left = ["2024-02-15"] * 12 + [None] * 48 + [f"2024-03-{k + 1:02d}" for k in range(12)] + [None] * 48 + [f"2024-{month:02d}-20" for month in range(1, 13)]
    starts = ["2024-01-01"] * 60 + ["2023-07-15"] * 60 + ["2020-01-01"] * 12
    people = {"customer_id": [f"c{k}" for k in range(132)], "started_at": times(*starts), "churned_at": times(*left)}
    answer = all_staying(tables(tmp_path, customers=people, tickets=tickets(("c0", "2024-03-01", "x"))))
    assert not isinstance(answer, Absent)
    curve = [round(value(share), 4) for share in answer[""].groups[0].curve]
    assert curve[2:7] == [0.8] * 5, "12 of 60: nobody else is seen so early"
    assert curve[8] == pytest.approx(0.8 * (1 - 12 / 108), abs=1e-4), "48 of the one and 60 of the other were at risk when 12 left"


def test_before_anybody_left_the_share_is_not_sure_to_be_1(found: Mapping[str, Staying]) -> None:
    """100 of 100: down to 96.3 % by Wilson."""
    start, early = found[""].groups[0].curve[:2]
    assert isinstance(start, Estimate)
    assert isinstance(early, Estimate)
    assert early.method == "Kaplan-Meier, limits on the log-log scale, before the first Wilson's"
    assert (start.low, round(float(early.low or 0), 3), early.high) == (1, 0.963, 1)


def test_plans_are_told_apart_by_the_log_rank_test_and_by_months_stayed(found: Mapping[str, Staying]) -> None:
    """Of six months a Starter stays 2 and 14 of 30 days, or all; of Growth 4 and 14 of 30, or all."""
    plans = found["plan"]
    assert [(group.name, group.customers, group.ended) for group in plans.groups] == [("Starter", 60, 30), ("Growth", 40, 20)]
    assert plans.apart == OLD, "of the old ones nobody was seen at the start"
    assert [value(group.months) for group in plans.groups] == pytest.approx([(2 + 14 / 30 + 6) / 2, (4 + 14 / 30 + 6) / 2])
    days = np.array([74.0] * 30 + [334] * 30 + [135] * 20 + [334] * 20)
    _, p = survdiff(days, (days < 300).astype(int), np.array([0] * 60 + [1] * 40))
    assert plans.p == pytest.approx(p)
    assert plans.within == 6
    assert (plans.q, found["first_contact"].q) == (pytest.approx(2 * p), found["first_contact"].p), "the smaller of two counts twice"
    assert say("staying.alike", q=f"q {plans.q:.3f}", months=f"{plans.reached}") in plans.sentence


def test_customers_are_followed_from_their_first_contact_by_what_it_was_about(found: Mapping[str, Staying]) -> None:
    """c0 complained two weeks before the billing question; 49 asked about billing and 50 how to, all on 1 March. One complaint is too few to be shown."""
    contact = found["first_contact"]
    assert [(group.name, group.customers) for group in contact.groups] == [("how-to", 50), ("billing", 49)]
    assert contact.apart == 1
    assert value(contact.groups[0].curve[2]) == pytest.approx(1 - 15 / 50), "45 days after 1 March the first have left"


def test_a_cohort_is_counted_at_the_end_of_each_month(found: Mapping[str, Staying]) -> None:
    (cohort,) = found[""].cohorts
    assert cohort.month == 2024 * 12 + 1
    assert (cohort.customers, [value(share) for share in cohort.shares]) == (100, pytest.approx([1, 1, 0.7, 0.7, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]))
    assert found["plan"].cohorts == ()


def test_a_plan_taken_later_is_not_that_of_the_start(tmp_path: Path) -> None:
    """All 40 began with Small; 20 moved to Large after half a year. Who left in the first days is in no month, and was Small."""
    moved = [("Small", "2024-02-01", "2024-08-01"), ("Large", "2024-08-01", None)]
    spans = [(f"c{k}", *span) for k in range(20) for span in moved] + [(f"c{k}", "Small", "2024-02-03", "2024-02-20") for k in range(20, 40)]
    spans += [(f"d{k}", "Large", "2024-02-01", None) for k in range(30)]
    spans += [(f"e{k}", "Old", "2020-01-01", f"2024-{k + 1:02d}-10") for k in range(12)]
    facts = tables(
        tmp_path,
        subscriptions={
            "subscription_id": [f"s{k}" for k in range(len(spans))],
            "customer_id": [customer for customer, _, _, _ in spans],
            "plan": [plan for _, plan, _, _ in spans],
            "started_at": times(*(start for _, _, start, _ in spans)),
            "ended_at": times(*(end for _, _, _, end in spans)),
            "mrr": [10.0] * len(spans),
        },
        tickets=tickets(("c0", "2024-03-01", "x")),
    )
    answer = all_staying(facts)
    assert not isinstance(answer, Absent)
    assert {group.name: group.customers for group in answer["plan"].groups} == {"Small": 40, "Large": 30}


def test_groups_of_which_nobody_left_are_not_held_against_each_other(tmp_path: Path) -> None:
    """Only customers of a third country leave, who began before the files: none of them is seen as early as the others."""
    left = [f"2024-{1 + k:02d}-20" for k in range(12)] + [None] * 128
    people = {
        "customer_id": [f"c{k}" for k in range(140)],
        "country": ["IT"] * 60 + ["DE", "FR"] * 40,
        "started_at": times(*["2020-01-01"] * 60, *["2024-02-01"] * 80),
        "churned_at": times(*left),
    }
    answer = all_staying(tables(tmp_path, customers=people, tickets=tickets(("c0", "2024-03-01", "x"))))
    assert not isinstance(answer, Absent)
    by_country = answer["country"]
    assert [(group.name, group.customers, group.ended) for group in by_country.groups] == [("DE", 40, 0), ("FR", 40, 0)]
    assert (by_country.p, by_country.apart) == (None, 60)
    assert by_country.sentence.endswith(say("staying.nothing_came"))
    assert all(isinstance(group.months, Absent) for group in by_country.groups), "a mean without a leaver has no error"


def test_a_column_that_was_changed_on_leaving_parts_nobody(tmp_path: Path) -> None:
    """All who left are in a segment of their own: it is what became of them."""
    left = [f"2024-{1 + k % 12:02d}-20" for k in range(48)] + [None] * 52
    people = {
        "customer_id": [f"c{k}" for k in range(100)],
        "segment": ["Former"] * 48 + ["Small"] * 52,
        "country": ["DE", "FR"] * 50,
        "started_at": times(*["2024-01-01"] * 100),
        "churned_at": times(*left),
    }
    answer = all_staying(tables(tmp_path, customers=people, tickets=tickets(("c0", "2024-03-01", "x"))))
    assert not isinstance(answer, Absent)
    assert set(answer) == {"", "country"}


def shop(folder: Path, buyers: int) -> Facts:
    """Everybody orders first on 10 February 2024, every second one again after 60 days."""
    orders = [(f"c{k}", "2024-02-10") for k in range(buyers)] + [(f"c{k}", "2024-04-10") for k in range(0, buyers, 2)] + [("c0", "2024-12-30 23:00")]
    return tables(
        folder,
        orders={
            "order_id": [f"o{k}" for k in range(len(orders))],
            "customer_id": [customer for customer, _ in orders],
            "ordered_at": times(*(at for _, at in orders)),
            "amount": [10.0] * len(orders),
        },
        customers={"customer_id": sorted({customer for customer, _ in orders}), "email": [f"a{k}@x.example" for k in range(buyers)]},
        tickets=tickets(("c0", "2024-03-01", "x")),
    )


def test_in_a_shop_the_next_order_is_waited_for(tmp_path: Path) -> None:
    """After one month nobody, after two every second one."""
    facts = shop(tmp_path, 60)
    with speaking(facts.words):
        answer = all_staying(facts)
    assert not isinstance(answer, Absent)
    (buyers,) = answer[""].groups
    assert [value(share) for share in buyers.curve[:4]] == pytest.approx([0, 0, 0.5, 0.5])
    assert value(buyers.months) == pytest.approx((2 + 6) / 2)
    assert [value(share) for share in answer[""].cohorts[0].shares[:3]] == pytest.approx([0, 0, 0.5])
    assert "50.0 % (" in answer[""].sentence
    assert answer[""].sentence.startswith("60 customers were followed from their first order in these files. Of them 50.0 % (")


def test_few_customers_are_not_followed(tmp_path: Path) -> None:
    answer = all_staying(shop(tmp_path, 20))
    assert isinstance(answer, Absent)
    assert "20 customers" in answer.reason


def test_customers_who_all_began_before_the_files_tell_nothing_of_a_start(tmp_path: Path) -> None:
    """Of 100 who are followed, the 19 who begin in February are seen from their start."""
    left = [f"2024-{1 + k % 12:02d}-20" for k in range(48)] + [None] * 52
    people = {"customer_id": [f"c{k}" for k in range(100)], "started_at": times(*["2021-01-01"] * 81, *["2024-02-01"] * 19), "churned_at": times(*left)}
    answer = all_staying(tables(tmp_path, customers=people, tickets=tickets(("c0", "2024-01-01", "x"))))
    assert answer == Absent(say("staying.few", n="19", needed="20"), say("staying.few_next"))


def test_where_nobody_is_known_to_have_left_nothing_is_said(tmp_path: Path) -> None:
    people = {"customer_id": [f"c{k}" for k in range(60)], "started_at": times(*["2024-02-01"] * 60)}
    facts = tables(tmp_path, customers=people, tickets=tickets(*((f"c{k}", "2024-03-01", "x") for k in range(60))))
    answer = all_staying(facts)
    assert isinstance(answer, Absent)
    assert (answer.reason, answer.next_step) == (say("check.no_churn"), say("next.churn"))


def test_where_the_files_hold_those_alone_who_stayed_nothing_is_said(tmp_path: Path) -> None:
    """300 began in February 2024, tickets begin with the year, and the first of 30 leavers is in November: nine months without one are no chance."""
    left = ["2024-11-15", "2024-12-10"] * 15 + [None] * 270
    people = {"customer_id": [f"c{k}" for k in range(300)], "started_at": times(*["2024-01-15"] * 300), "churned_at": times(*left)}
    answer = all_staying(tables(tmp_path, customers=people, tickets=tickets(("c0", "2024-03-01", "x"))))
    assert isinstance(answer, Absent)
    assert "months" in answer.reason
    assert answer.next_step == say("next.churn")
