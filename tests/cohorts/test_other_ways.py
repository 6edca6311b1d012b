"""The first 30 days, and every month of every customer: a company counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from roi_core.cohorts.design import Design, Filters
from roi_core.cohorts.exposed import build_exposed
from roi_core.cohorts.first_days import FirstDays, build_first_days
from roi_core.spine import Facts, build_facts
from roi_core.spine.facts import integers, numbers
from tests.typed_tables import times, write_part

JAN = 2025 * 12
NAMES = ["early", "april", "leaver", "in_window", "late", "stays", "young"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The first ticket comes in January, so the first trial month is April and the window of 30 days closes at the start of May."""
    n = len(NAMES)
    tables = {
        "subscriptions": {
            "subscription_id": NAMES,
            "customer_id": NAMES,
            "started_at": times(*["2024-01-01"] * (n - 1), "2025-03-20"),
            "ended_at": times(None, None, "2025-08-10", "2025-04-20", None, None, None),
            "mrr": [10.0] * n,
            "currency": ["usd"] * n,
            "interval": ["month"] * n,
            "plan": ["a", "a", "b", "b", "b", "b", "b"],
        },
        "tickets": {
            "ticket_id": ["t1", "t2", "t3", "t4", "t5", "t6"],
            "customer_id": ["early", "april", "leaver", "in_window", "late", "stays"],
            "channel": ["email", "chat", "email", "email", "email", "email"],
            "asks_to_cancel": [False] * 5 + [True],
            "created_at": times("2025-01-10", "2025-04-10", "2025-04-30 23:59", "2025-04-05", "2025-12-31", "2025-04-15"),
        },
        "invoices": {"invoice_id": ["last"], "customer_id": ["stays"], "issued_at": times("2025-12-31"), "amount": [10.0], "currency": ["usd"]},
    }
    folder = tmp_path_factory.mktemp("facts")
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def who(facts: Facts, found: FirstDays) -> list[int]:
    assert found.cluster.tolist() == integers(facts.spine, "cluster_no")[found.cluster].tolist()
    return found.cluster.tolist()


def test_who_left_inside_of_the_window_is_in_neither_group(facts: Facts) -> None:
    found = build_first_days(facts, Design(), 6)
    assert found is not None
    assert who(facts, found) == [0, 1, 2, 4, 5], "the one who left on 20 April is set aside, the young one is no customer for a month yet"
    assert found.set_aside == 1


def test_helped_is_a_contact_in_the_30_days_and_followed_from_their_end(facts: Facts) -> None:
    found = build_first_days(facts, Design(), 6)
    assert found is not None
    assert found.treated.tolist() == [False, True, True, False, False], "the last of them asked to cancel, which is no help"
    assert found.churned.tolist() == [False, False, True, False, False]
    three = build_first_days(facts, Design(), 3)
    assert three is not None
    assert not three.churned.any(), "10 August is later than three months after 1 May"


def test_a_contact_of_another_kind_is_in_neither_group(facts: Facts) -> None:
    found = build_first_days(facts, Design(filters=Filters(channels=("chat",))), 6)
    assert found is not None
    assert who(facts, found) == [0, 1, 4, 5]
    assert found.treated.tolist() == [False, True, False, False]


def test_months_after_the_window_that_were_not_seen_are_not_made_up(facts: Facts) -> None:
    assert build_first_days(facts, Design(), 12) is None
    assert build_first_days(replace(facts, first_contact_month=None), Design(), 3) is None


def test_a_month_is_exposed_where_the_six_months_before_hold_a_contact(facts: Facts) -> None:
    found = build_exposed(facts, Design())
    assert found is not None
    month, customer = (integers(facts.person_months, name) for name in ("month", "customer_no"))
    looked_at = (month >= JAN + 6) & (month <= facts.last_month) & (numbers(facts.person_months, "tenure_months") >= 1)
    month, customer = month[looked_at], customer[looked_at]
    wrote = {0: JAN, 1: JAN + 3, 2: JAN + 3, 3: JAN + 3}
    expected = [c in wrote and wrote[c] < m <= wrote[c] + 6 for m, c in zip(month, customer, strict=True)]
    assert found.treated.tolist() == expected
    assert [(int(m), int(c)) for m, c in zip(month[found.churned], customer[found.churned], strict=True)] == [(JAN + 7, 2)]


def test_months_before_which_tickets_were_not_seen_to_the_end_are_left_out(facts: Facts) -> None:
    found, short = build_exposed(facts, Design()), build_exposed(replace(facts, last_contact_month=JAN + 7), Design())
    assert found is not None
    assert short is not None
    month, tenure = integers(facts.person_months, "month"), numbers(facts.person_months, "tenure_months")
    assert len(short.treated) == ((month >= JAN + 6) & (month <= JAN + 8) & (tenure >= 1)).sum() < len(found.treated)


def test_earlier_contacts_count_of_every_kind_so_some_kinds_alone_are_not_asked(facts: Facts) -> None:
    assert build_exposed(facts, Design(filters=Filters(channels=("chat",)))) is None
    assert build_exposed(facts, Design(exclude_categories=("spam",))) is None
    assert build_exposed(replace(facts, first_contact_month=None), Design()) is None
    plans = build_exposed(facts, Design(filters=Filters(plans=("a",))))
    assert plans is not None
    assert set(np.unique(plans.cluster)) == {0, 1}
