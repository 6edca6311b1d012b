"""What a scenario can move: contacts counted by hand."""

from pathlib import Path

import pytest

from roi_core.effects.levers import levers
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

HOURS = [f"{hour:02d}:{minute:02d}" for hour in range(1, 21) for minute in (0, 20, 40)]
"""Sixty times of a day."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """One customer with sixty contacts in January and one with sixty in February; a bot answers all of February within a minute."""
    ids = ["ann", "ben"]
    created = [f"2025-01-10 {at}" for at in HOURS] + [f"2025-02-10 {at}" for at in HOURS]
    answered = [f"2025-01-{10 + place % 2} 22:00" for place in range(60)] + [f"2025-02-10 {at}:30" for at in HOURS]
    tables = {
        "subscriptions": {
            "subscription_id": ids,
            "customer_id": ids,
            "started_at": times("2024-01-01", "2024-01-01"),
            "mrr": [10.0, 10.0],
            "currency": ["usd"] * 2,
            "interval": ["month"] * 2,
        },
        "tickets": {
            "ticket_id": [f"t{place}" for place in range(120)],
            "customer_id": ["ann"] * 60 + ["ben"] * 60,
            "created_at": times(*created),
            "first_response_at": times(*answered),
            "agent": ["person"] * 60 + ["robot"] * 60,
            "handled_by": ["human"] * 60 + ["bot"] * 60,
            "asks_to_cancel": [True] + [False] * 119,
        },
        "invoices": {"invoice_id": ["last"], "customer_id": ["ann"], "issued_at": times("2025-12-31"), "amount": [10.0], "currency": ["usd"]},
    }
    folder: Path = tmp_path_factory.mktemp("facts")
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


def test_a_share_with_a_contrast_moves_the_first_contact_of_each_customer_and_month(facts: Facts) -> None:
    """Two of 120 contacts in the two months with tickets, so 12 a year, where 720 need an answer."""
    found = levers(facts)
    assert facts.contacts.num_rows == 120
    assert (found["first_contact_resolution"].contacts_a_year, found["fast_reply"].contacts_a_year) == (12, 12)
    assert found["without_agent"].contacts_a_year == 720


def test_what_a_bot_reaches_is_no_example_for_people(facts: Facts) -> None:
    """Of January's contacts none was answered as fast as those of the bot, which make all of today's share."""
    fast = levers(facts)["fast_reply"]
    assert fast.highest < 1
    assert levers(facts)["without_agent"].highest == 1
