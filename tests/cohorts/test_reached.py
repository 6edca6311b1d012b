"""When the team wrote first: a company counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from roi_core.cohorts.reached import build_reached
from roi_core.spine import Facts, build_facts
from roi_core.spine.facts import integers
from tests.typed_tables import times, write_part

JAN = 2025 * 12
NAMES = ["first", "called", "again", "left", "never", "wrote"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The team first reaches out in January, so the first trial is April; the files end with December, so the last of 6 months is June."""
    n = len(NAMES)
    tables = {
        "subscriptions": {
            "subscription_id": NAMES,
            "customer_id": NAMES,
            "started_at": times(*["2024-06-01"] * n),
            "ended_at": times(None, "2025-09-20", None, "2025-04-10", None, None),
            "mrr": [10.0] * n,
            "currency": ["usd"] * n,
            "interval": ["month"] * n,
        },
        "outreach": {
            "customer_id": ["first", "called", "called", "again", "again", "left", "nobody"],
            "at": times("2025-01-10", "2025-04-20", "2025-04-12", "2025-04-05", "2025-06-05", "2025-04-15", "2025-04-01"),
        },
        "tickets": {
            "ticket_id": ["t1", "t2", "t3"],
            "customer_id": ["wrote", "wrote", "never"],
            "created_at": times("2025-05-20", "2025-05-09", "2025-12-30"),
            "outbound": [False, True, False],
            "excluded_by": [None, "outbound", None],
        },
        "usage": {
            "customer_id": ["wrote", "wrote", "called", "never"],
            "as_of": times("2025-04-30", "2025-05-15", "2025-03-31", "2025-03-31"),
            "usage": [3.0, 9.0, 5.0, 7.0],
        },
        "invoices": {"invoice_id": ["last"], "customer_id": ["never"], "issued_at": times("2025-12-31"), "amount": [10.0], "currency": ["usd"]},
    }
    folder = tmp_path_factory.mktemp("facts")
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def test_a_list_and_tickets_that_support_opened_say_when_the_team_wrote_first(facts: Facts) -> None:
    found = [(NAMES[row["customer_no"]], row["at_s"]) for row in facts.reached.to_pylist()]
    assert [name for name, _ in found] == ["first", "called", "called", "again", "again", "wrote"], "one had left, and one is nobody's"
    assert facts.contacts.num_rows == 2, "a ticket that support opened is no contact"


def test_treated_is_whoever_was_reached_first_in_three_months(facts: Facts) -> None:
    found = build_reached(facts, 6)
    assert found is not None
    treated = [(NAMES[c], int(m) - JAN) for c, m in zip(found.customer[found.treated], found.month[found.treated], strict=True)]
    assert treated == [("called", 3), ("again", 3), ("wrote", 4)], "June comes too soon after April"
    assert ("again", 5) not in [(NAMES[c], int(m) - JAN) for c, m in zip(found.customer, found.month, strict=True)]
    assert set(found.month - JAN) == {3, 4, 5}
    assert found.contacts_in_period == 5
    assert found.contacts[found.treated].tolist() == [2, 1, 1], "called twice in April"
    assert found.contacts.sum() == 4


def test_time_zero_is_the_first_time_in_the_month_and_leaving_is_counted_from_it(facts: Facts) -> None:
    six, three = build_reached(facts, 6), build_reached(facts, 3)
    assert six is not None
    assert three is not None
    called, sooner = (found.treated & (found.customer == NAMES.index("called")) for found in (six, three))
    assert six.time_zero_s[called].tolist() == [facts.reached.column("at_s")[1].as_py()]
    assert six.churned[called].tolist() == [True]
    assert three.churned[sooner].tolist() == [False], "20 September is more than three months after 12 April"


def test_usage_that_may_be_newer_than_the_outreach_is_not_looked_at(facts: Facts) -> None:
    """In May `wrote` was reached on the 9th, and the usage of the 15th is known by the contact of the 20th: that of the month before stands."""
    rows = (integers(facts.person_months, "month") == JAN + 4) & (integers(facts.person_months, "customer_no") == NAMES.index("wrote"))
    assert np.asarray(facts.person_months.column("usage"))[rows].tolist() == [9.0]
    found = build_reached(facts, 6)
    assert found is not None
    column = found.covariates.names.index("usage (missing)")
    may = (found.customer == NAMES.index("wrote")) & (found.month == JAN + 4)
    assert found.covariates.matrix[may, column].tolist() == [1.0], "in April nothing was known yet"


def test_without_a_list_there_is_no_comparison(facts: Facts) -> None:
    assert build_reached(replace(facts, reached=facts.reached.slice(0, 0)), 6) is None
