"""Contacts told apart by their course: a company counted by hand, and every reason why there are no two groups."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts import course
from roi_core.cohorts.course import COURSES
from roi_core.cohorts.handled import TEAM_LOAD, build_handled
from roi_core.cohorts.quality import Quality
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part

NAMES = ["again", "once", "slow", "gone", "gone_again", "unsaid", "open", "handed"]


def built(folder: Path, tickets: Mapping[str, Any], ended: list[str | None]) -> Facts:
    names = list(dict.fromkeys(tickets["customer_id"]))
    n = len(names)
    tables = {
        "subscriptions": {
            "subscription_id": names,
            "customer_id": names,
            "started_at": times(*["2024-01-01"] * n),
            "ended_at": times(*ended),
            "mrr": [10.0] * n,
            "currency": ["usd"] * n,
            "interval": ["month"] * n,
        },
        "tickets": {"ticket_id": [f"t{i}" for i in range(len(tickets["customer_id"]))], **tickets},
        "invoices": {"invoice_id": ["last"], "customer_id": [names[0]], "issued_at": times("2025-12-31"), "amount": [10.0], "currency": ["usd"]},
    }
    return build_facts({name: write_part(folder, name, columns) for name, columns in tables.items()})


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """One contact each on 1 March 2025, one on the last of it. Three leave, two of them on 20 March; one contact takes 29 days, one is never resolved."""
    tickets = {
        "customer_id": NAMES,
        "created_at": times(*["2025-03-01"] * 6, "2025-03-31", "2025-03-01"),
        "resolved_at": times("2025-03-29", "2025-03-02", "2025-03-30", "2025-03-02", "2025-03-02", "2025-03-02", None, "2025-03-02"),
        "reopens": pa.array([2, 0, 1, 0, 1, None, 0, 0], pa.int64()),
        "escalated": pa.array([False, False, True, False, True, None, True, True]),
        "status": ["closed"] * 6 + ["open", "closed"],
    }
    return built(tmp_path_factory.mktemp("course"), tickets, [None, "2025-08-10", None, "2025-03-20", "2025-03-20", None, None, None])


def arms(facts: Facts, quality: Quality | Absent) -> tuple[set[str], set[str]]:
    assert isinstance(quality, Quality)
    rows = build_handled(facts, quality, 6)
    named = np.array(NAMES)[rows.customer]
    return set(named[rows.treated]), set(named[~rows.treated])


def test_who_was_opened_again_is_told_apart_on_day_28_among_those_resolved_by_then(facts: Facts) -> None:
    assert arms(facts, course.reopened(facts)) == ({"again"}, {"once", "handed"})


def test_who_was_escalated_is_told_apart_in_the_same_way(facts: Facts) -> None:
    assert arms(facts, course.escalated(facts)) == ({"handed"}, {"again", "once"})


def test_leavers_before_day_28_are_set_aside_in_both_groups_and_those_unknown_are_counted(facts: Facts) -> None:
    quality = course.reopened(facts)
    assert isinstance(quality, Quality)
    rows = build_handled(facts, quality, 6)
    assert rows.left_before == 2, "one who was opened again and one who was not"
    assert rows.never_answered == 3, "one took 29 days, of one nothing is said, one was never resolved"
    assert rows.churned.tolist() == [False, True, False], "10 August is less than six months after 29 March"


def test_28_days_end_in_the_month_of_the_contact_or_the_next(tmp_path: Path) -> None:
    tickets = {
        "customer_id": ["first", "last"],
        "created_at": times("2025-01-01", "2025-01-31 23:59"),
        "resolved_at": times("2025-01-02", "2025-02-01"),
        "reopens": pa.array([0, 1], pa.int64()),
    }
    facts = built(tmp_path, tickets, ["2025-07-30", "2025-08-28"])
    quality = course.reopened(facts)
    assert isinstance(quality, Quality)
    rows = build_handled(facts, quality, 6)
    assert rows.churned.tolist() == [False, True], "six months after 29 January end on 29 July, after 28 February on 28 August, 23:59"


LEVELS = {"handled_by": ["bot"] * 25 + ["both"] * 25 + ["human"] * 60, "channel": ["chat"] * 80 + ["email"] * 30}
"""110 contacts: bots and 30 people answer in the chat, people alone answer e-mail."""


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Team A takes all contacts about bills and 40 about faults, team B takes 29 about faults and all 21 questions."""
    n = 110
    tickets = {
        "customer_id": [f"c{i}" for i in range(n)],
        "created_at": times(*["2025-03-01"] * (n - 1), "2025-03-31"),
        "resolved_at": times(*["2025-03-02"] * (n - 1), "2025-04-12"),
        "first_response_at": times(*["2025-03-01 01:00"] * (n - 1), "2025-04-12"),
        "team": ["A"] * 60 + ["B"] * 50,
        "category": ["bill"] * 20 + ["fault"] * 69 + ["question"] * 21,
        **LEVELS,
    }
    return built(tmp_path_factory.mktemp("levels"), tickets, [None] * n)


def counted(facts: Facts, name: str) -> tuple[int, int]:
    quality = COURSES[name](facts)
    assert isinstance(quality, Quality)
    return int((quality.good & quality.known).sum()), int((~quality.good & quality.known).sum())


def test_a_bot_had_its_turn_where_a_person_took_over_and_only_shared_channels_count(levels: Facts) -> None:
    assert counted(levels, "bot") == (50, 30), "those of e-mail have nobody to be compared with"
    place = levels.contacts.schema.get_field_index("channel")
    one_channel = replace(levels, contacts=levels.contacts.set_column(place, "channel", pa.array(["chat"] * 110)))
    assert counted(one_channel, "bot") == (50, 59), "a person who answered after 11 days had not by day 7"


def test_the_most_usual_channel_is_told_from_the_others_at_once_and_is_no_covariate(levels: Facts) -> None:
    quality = course.channel(levels)
    assert isinstance(quality, Quality)
    assert (counted(levels, "channel"), quality.named, quality.wait_days) == ((80, 30), "chat", 0)
    rows = build_handled(levels, quality, 6)
    assert "channel" not in rows.covariates.groups
    assert "category" in rows.covariates.groups


def test_teams_are_compared_in_categories_that_both_take_and_their_size_is_no_covariate(levels: Facts) -> None:
    quality = course.team(levels)
    assert isinstance(quality, Quality)
    assert (counted(levels, "team"), quality.named) == ((40, 29), "A")
    assert TEAM_LOAD not in build_handled(levels, quality, 6).covariates.groups


Change = Callable[[pa.Table], pa.Array]


def changed(facts: Facts, **columns: Change) -> Facts:
    contacts = facts.contacts
    for name, change in columns.items():
        place = contacts.schema.get_field_index(name)
        contacts = contacts.set_column(place, name, change(contacts).cast(contacts.schema.field(name).type))
    return replace(facts, contacts=contacts)


def nothing(contacts: pa.Table) -> pa.Array:
    return pa.nulls(contacts.num_rows)


def always(value: object) -> Change:
    return lambda contacts: pa.array([value] * contacts.num_rows)


@pytest.mark.parametrize(
    ("name", "columns", "said", "next_step"),
    [
        ("reopened", {"reopened": nothing}, "No file says which contacts were opened again", "next_reopened"),
        ("reopened", {"reopened": always(False)}, "0 were opened again", "next_alike"),
        ("reopened", {"reopened": always(True), "resolution_minutes": nothing}, "No file says when contacts were resolved", "next_undated"),
        ("escalated", {"escalated": nothing}, "No file says which contacts were escalated", "next_escalated"),
        ("escalated", {"escalated": always(True)}, "Of 110 contacts that were resolved within 28 days 110 were escalated", "next_alike"),
        ("escalated", {"escalated": always(True), "resolution_minutes": nothing}, "No file says when contacts were resolved", "next_undated"),
        ("bot", {"handled_by": nothing}, "No file says whether a bot", "next_bot"),
        ("bot", {"handled_by": always("human")}, "0 were answered by a bot", "next_alike"),
        ("bot", {"channel": lambda _: pa.array(["chat"] * 50 + ["email"] * 60)}, "different channels", "next_apart_bot"),
        ("channel", {"channel": nothing}, "by which channel", "next_channel"),
        ("channel", {"channel": always("chat")}, "or all came by one", "next_channel"),
        ("team", {"team": nothing}, "No file says which team", "next_team"),
        ("team", {"resolution_minutes": nothing}, "No file says when contacts were resolved", "next_undated"),
        ("team", {"resolution_minutes": always(40_321.0)}, "Of 0 contacts that were resolved within 28 days", "next_alike"),
        ("team", {"category": lambda _: pa.array(["bill"] * 60 + ["fault"] * 50)}, "Each team takes its own categories", "next_apart_team"),
        ("team", {"resolution_minutes": lambda _: pa.array([60.0] * 60 + [50_000.0] * 50)}, "the most usual team took 60, so", "next_alike"),
    ],
)  # fmt: skip
def test_where_there_are_no_two_groups_the_reason_and_the_next_step_are_said(
    levels: Facts, name: str, columns: Mapping[str, Change], said: str, next_step: str
) -> None:
    why = COURSES[name](changed(levels, **columns))
    assert isinstance(why, Absent)
    assert said in why.reason
    assert why.next_step == say(f"beside.{next_step}")
