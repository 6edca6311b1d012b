"""Rules that keep tickets out: each is counted, and can be switched off without reading the file again."""

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.rules import RULES
from roi_core.measurement import measure_workspace
from roi_core.schema.exclusions import EXCLUSIONS
from roi_core.spine import build_facts
from roi_core.spine.exclusions import SETTING, Exclusions
from roi_core.workspace import Workspace, copy_of

pytestmark = pytest.mark.usefixtures("read_here")

CUSTOMERS = "customer_id,email,started_at\nc1,ada@one.example,2024-01-01\nc2,bob@two.example,2024-01-01\n"
TICKETS = """ticket_id,created_at,email,subject,tags,status,channel,outbound,merged_into,lifecycle_stage
1,2024-02-01 10:00,ada@one.example,Help,,closed,,,,
2,2024-02-02 10:00,ada@one.example,Daily report,,closed,,,,
3,2024-02-03 10:00,noreply@one.example,Daily report,,closed,,,,
4,2024-02-04 10:00,ada@one.example,Help,closed_by_merge,closed,,,,
5,2024-02-05 10:00,ada@one.example,Help,closed_by_merge,merged,,,1,
6,2024-02-06 10:00,ada@one.example,Help,spam,closed,,,,
7,2024-02-07 10:00,ada@one.example,Help,,spam,,,,
8,2024-02-08 10:00,ada@one.example,Help,,closed,Outbound,,,
9,2024-02-09 10:00,ada@one.example,Help,,closed,,yes,,
10,2024-02-10 10:00,new@lead.example,Help,,open,,,,pre-sale
11,2024-02-11 10:00,bob@two.example,Help,,deleted,,,,
"""
HITS = {
    "merged": 1, "merged_tag": 1, "outbound": 1, "outbound_channel": 1, "automated_subject": 2, "automated_sender": 1, "spam": 1, "spam_tag": 1, "deleted": 1,
    "pre_sale": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory):
    with Workspace.temporary(tmp_path_factory.mktemp("rules")) as made:
        take_in([("c.csv", CUSTOMERS.encode()), ("t.csv", TICKETS.encode())], made)
        yield made


@pytest.fixture
def workspace(loaded: Workspace):
    """What was read once, with the switches of one test."""
    made = copy_of(loaded)
    yield made
    made.delete()


def test_every_rule_that_sets_tickets_aside_is_declared_once() -> None:
    declared = [one.rule for one in EXCLUSIONS]
    assert len(declared) == len(set(declared))
    assert {rule.key for rule in RULES} - {"asks_to_cancel"} <= set(declared)


def test_each_rule_counts_the_tickets_it_finds(workspace: Workspace) -> None:
    facts = build_facts(workspace.tables())
    assert facts.excluded == HITS
    assert facts.linkage.set_aside == {"merged": 2, "outbound": 2, "automated": 2, "spam or deleted": 3, "pre-sale": 1}
    assert facts.linkage.tickets == 1


@pytest.mark.parametrize("rule", HITS)
def test_a_rule_that_is_switched_off_gives_back_the_tickets_that_no_other_rule_finds(rule: str, workspace: Workspace) -> None:
    facts = build_facts(workspace.tables(), exclusions=Exclusions().switch(rule, on=False))
    others = 1 if rule == "automated_sender" else 0
    assert facts.linkage.tickets == 1 + HITS[rule] - (1 if rule == "automated_subject" else 0) - others
    assert facts.excluded == HITS


def test_both_rules_for_machines_have_to_go_for_a_ticket_that_both_find(workspace: Workspace) -> None:
    both = Exclusions().switch("automated_subject", on=False).switch("automated_sender", on=False)
    assert build_facts(workspace.tables(), exclusions=both).linkage.tickets == 3


def test_a_switch_is_kept_with_the_work_and_is_part_of_what_facts_are_known_by(workspace: Workspace) -> None:
    before = measure_workspace(workspace)
    off = Exclusions().switch("spam", on=False)
    workspace.remember(SETTING, off.as_json())
    after = measure_workspace(workspace)
    assert after.digest != before.digest
    assert after.excluded == before.excluded
    assert Exclusions.of(workspace.recall(SETTING)) == off
    assert off.switch("spam", on=True) == Exclusions()
    assert (Exclusions().digest, Exclusions.of(["no longer a rule"])) == ("", Exclusions())
