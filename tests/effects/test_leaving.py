"""How customers leave: shares that can be counted by hand, who is left out, and why there is sometimes no answer."""

from pathlib import Path

import pytest

from roi_core.charts import incidence
from roi_core.effects.leaving import leaving
from roi_core.measured import Leaving
from roi_core.results import Absent, Estimate
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

OLD = 50
"""Customers since long before the files, of whom half have left."""


def company(folder: Path, chosen: int = 30, failed: int = 20, stayed: int = 50) -> Facts:
    """All new ones start on 1 February 2024; who chose left in mid-April, who could not be charged in mid-June. The files end with 2024."""
    ways = [("2024-04-15", "voluntary")] * chosen + [("2024-06-15", "failed_payment")] * failed + [(None, None)] * stayed
    ways += [("2024-03-15", "merger"), (None, None)] * (OLD // 2)
    starts = ["2024-02-01"] * (chosen + failed + stayed) + ["2021-05-01"] * OLD
    people = {
        "customer_id": [f"c{k}" for k in range(len(ways))],
        "started_at": times(*starts),
        "churned_at": times(*(end for end, _ in ways)),
        "churn_kind": [kind for _, kind in ways],
    }
    tickets = {
        "ticket_id": ["t1", "t2"],
        "customer_id": ["c0", f"c{len(ways) - 1}"],
        "created_at": times("2024-01-05", "2024-12-30 23:59"),
        "status": ["closed"] * 2,
    }
    return build_facts({"customers": write_part(folder, "customers", people), "tickets": write_part(folder, "tickets", tickets)})


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Leaving:
    answer = leaving(company(tmp_path_factory.mktemp("company")))
    assert isinstance(answer, Leaving)
    return answer


def test_shares_are_those_counted_by_hand_and_add_up(found):
    """100 new customers: 30 gone by choice from the third month on, 20 by a failed payment from the fifth on."""
    by = {kind: [result.value for result in shares if isinstance(result, Estimate)] for kind, shares in found.shares.items()}
    assert list(by) == ["voluntary", "failed_payment"]
    assert by["voluntary"][:4] == pytest.approx([0, 0, 0, 0.3])
    assert by["failed_payment"][:6] == pytest.approx([0, 0, 0, 0, 0, 0.2])
    assert by["voluntary"][-1] + by["failed_payment"][-1] == pytest.approx(0.5)


def test_who_started_before_the_files_is_not_counted(found):
    assert {result.n for shares in found.shares.values() for result in shares if isinstance(result, Estimate)} == {100}
    assert found.at_risk[:6] == (100, 100, 100, 70, 70, 50)


def test_every_share_has_limits_and_the_sentence_says_them(found):
    last = found.shares["voluntary"][-1]
    assert isinstance(last, Estimate)
    assert 0.2 < float(last.low or 0) < 0.3 < float(last.high or 0) < 0.41
    assert found.sentence.startswith("Of 100 customers who started while the files ran, within ")
    assert "30.0 % (" in found.sentence
    assert "because a payment failed" in found.sentence


def test_before_anybody_left_in_a_way_the_share_is_not_sure_to_be_0(found):
    """0 of 100: up to 3.7 % by Wilson."""
    start, early = found.shares["failed_payment"][:2]
    assert (start.low, start.high) == (0, 0)
    assert (early.value, round(early.high, 3)) == (0, 0.037)


def test_the_table_says_how_many_were_still_followed(found):
    rows = incidence.table(found).to_pylist()
    assert [row["Still followed"] for row in rows[:4]] == ["100", "100", "100", "70"]
    assert rows[5]["Payment failed"].startswith("20.0 %")


@pytest.mark.parametrize(("chosen", "failed", "why"), [(30, 0, "one way"), (0, 20, "one way"), (10, 5, "15 of those")])
def test_one_way_or_a_few_leavers_are_no_picture(chosen, failed, why, tmp_path):
    answer = leaving(company(tmp_path, chosen, failed, stayed=60))
    assert isinstance(answer, Absent)
    assert why in answer.reason


def test_what_lies_after_the_files_has_not_happened(tmp_path):
    """Ends on the last day of the window or later leave nobody out of those still followed."""
    facts = company(tmp_path, chosen=25, failed=25, stayed=30)
    answer = leaving(facts)
    assert isinstance(answer, Leaving)
    assert answer.at_risk[-1] == 30
