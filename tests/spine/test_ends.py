"""Customers who are marked as gone without a day: their subscriptions may say when they left."""

from pathlib import Path
from typing import Any

import pytest

from roi_core.ingest.undated_ends import LEFT_WHEN
from roi_core.sentences import say
from roi_core.spine import build_facts
from roi_core.spine.ends import Ends, with_ends
from tests.typed_tables import times, write_part

CUSTOMERS = {
    "customer_id": ["ann", "bob", "cleo", "dan", "eve", "fay"],
    "started_at": times(*["2024-01-01"] * 6),
    "churned_at": times(None, None, None, None, None, "2024-05-01"),
    "status": ["canceled", "canceled", "canceled", "active", "canceled", "canceled"],
}
SUBSCRIPTIONS = {
    "subscription_id": ["1", "2", "3", "4", "5", "6"],
    "customer_id": ["ann", "bob", "bob", "cleo", "dan", "fay"],
    "started_at": times(*["2024-01-01"] * 6),
    "ended_at": times("2024-06-01", "2024-07-01", "2024-08-01", None, "2024-09-01", "2024-05-01"),
}
"""Ann and bob are told, cleo runs, dan is not marked as gone, eve never subscribed, fay has a day of her own."""


def ends(folder: Path, *leave_out: str, customers: dict[str, Any] = CUSTOMERS) -> Ends:
    tables = {"customers": customers, "subscriptions": SUBSCRIPTIONS, "usage": {"customer_id": ["ann"], "as_of": times("2024-12-31")}}
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items() if name not in leave_out}).ends


def test_those_told_by_their_subscriptions_are_counted(tmp_path: Path) -> None:
    assert ends(tmp_path) == Ends(undated=4, told=2)


def test_without_subscriptions_nobody_is_told(tmp_path: Path) -> None:
    assert ends(tmp_path, "subscriptions") == Ends(undated=4, told=0)


def test_without_a_status_nobody_is_marked(tmp_path: Path) -> None:
    assert ends(tmp_path, customers={name: cells for name, cells in CUSTOMERS.items() if name != "status"}) == Ends(0, 0)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Ends(4, 4), say("ends.all", n="4")),
        (Ends(4, 2), f"ask: {say('ends.some', n='4', told='2', left='2')}"),
        (Ends(4, 0), f"{LEFT_WHEN} Status says so of 4 customers"),
    ],
)
def test_the_question_of_one_file_gives_way_to_what_the_files_say_together(found: Ends, says: str) -> None:
    question = f"{LEFT_WHEN} Status says so of 4 customers"
    first, second, refused = {"notes": ["one", question]}, {"notes": [question, "two"]}, {"refused": "-"}
    told = with_ends((first, second, refused), found)
    assert told[0]["notes"] == ["one", says]
    assert told[1]["notes"] == (["two"] if found.told else [question, "two"])
    assert told[2] == refused
