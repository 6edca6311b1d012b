"""What the user decides about links: it counts at once, stands above what was found, and can be taken back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.spine import Decision, Decisions
from roi_core.spine.decisions import ADDABLE, KINDS
from roi_core.spine.linkage import Linkage
from tests.spine.worlds import CUSTOMERS, Tables, linked, owners, tables, tickets
from tests.typed_tables import times, write_part

TICKETS = tickets(
    email=["pay@acme", "pay@acme", "new@bolt", "x", None, "pay@cog"],
    domain=["acme.example", "acme.example", "bolt.example", None, None, "cog.example"],
    company=[None, "acme", None, "bolt", "cog", "acme"],
)
LINKED_BY_THEMSELVES = ["acme", "acme", "bolt", "cog", "cog"]

decisions = st.builds(
    lambda add, kind, key, customer: Decision("add" if add and kind in ADDABLE else "reject", kind, key, customer),
    st.booleans(),
    st.sampled_from(KINDS),
    st.sampled_from(["pay@acme", "x", "acme", "bolt.example", "gone"]),
    st.sampled_from([*CUSTOMERS["customer_id"], "gone"]),  # type: ignore[misc]
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables(tmp_path_factory.mktemp("company"), tickets=TICKETS)


@pytest.fixture(scope="module")
def undecided(found: Tables) -> Linkage:
    return linked(found).linkage


def rejected(found: Tables) -> Decisions:
    """Every link that was found, rejected with one click."""
    return Decisions().decide(*(Decision("reject", link.kind, link.key, link.customer) for link in linked(found).linkage.links))


def test_what_is_found_without_a_word(found: Tables) -> None:
    assert owners(linked(found)) == LINKED_BY_THEMSELVES


def test_an_added_address_stands_above_what_was_found(found: Tables) -> None:
    made = Decisions().decide(Decision("add", "e-mail", "pay@acme", "cog"))
    assert owners(linked(found, made)) == ["cog", "cog", "bolt", "cog", "cog"]
    assert linked(found, made).linkage.ways["added by you"] == 2


def test_an_accepted_domain_links_only_what_found_nobody(found: Tables) -> None:
    made = Decisions().decide(Decision("add", "domain", "bolt.example", "acme"), Decision("add", "domain", "cog.example", "acme"))
    facts = linked(found, made)
    assert owners(facts) == ["acme", "acme", "acme", "bolt", "cog", "cog"]
    assert (facts.linkage.ways["domain"], facts.linkage.proposals) == (1, ())


def test_a_rejected_link_is_no_link_by_any_other_way(found: Tables) -> None:
    made = Decisions().decide(Decision("reject", "e-mail", "pay@acme", "acme"))
    facts = linked(found, made)
    assert owners(facts) == ["bolt", "cog", "cog"], "the ticket that also names the company is not linked by that name"
    reasons = {(lone.key, lone.reason, lone.tickets) for lone in facts.linkage.unmatched}
    assert reasons == {("acme.example", "rejected", 1), ("acme", "rejected", 1), ("bolt.example", "domain_of_one", 1)}


def test_a_rejected_proposal_is_not_proposed_again(found: Tables) -> None:
    (proposal,) = linked(found).linkage.proposals
    made = Decisions().decide(Decision("reject", "domain", proposal.domain, proposal.customer))
    assert linked(found, made).linkage.proposals == ()


def test_rejecting_every_link_leaves_nothing_matched(found: Tables) -> None:
    facts = linked(found, rejected(found))
    assert (facts.linkage.matched, facts.contacts.num_rows, facts.linkage.ways) == (0, 0, {})
    assert facts.spine.num_rows == 3, "customers stay customers"


def test_what_was_undone_never_was(found: Tables) -> None:
    made = rejected(found).decide(Decision("add", "e-mail", "x", "cog"))
    assert owners(linked(found, made.undo(0).undo(0))) == LINKED_BY_THEMSELVES
    assert made.undo(0).undo(0).digest == ""
    with pytest.raises(IndexError):
        made.undo(2)


@settings(max_examples=6, deadline=None)
@given(st.lists(decisions, max_size=6))
def test_no_decision_makes_or_loses_a_ticket_or_a_cent(found: Tables, undecided: Linkage, made: list[Decision]) -> None:
    before, after = undecided, linked(found, Decisions().decide(*made)).linkage
    assert after.tickets == before.tickets
    assert (after.revenue.total, after.revenue.linked) == pytest.approx((before.revenue.total, before.revenue.linked))
    assert after.matched + sum(lone.tickets for lone in after.unmatched) == after.tickets
    assert sum(after.ways.values()) == after.matched


@given(st.lists(st.lists(decisions, min_size=1, max_size=3), max_size=4))
def test_decisions_survive_json_and_the_last_word_counts(steps: list[list[Decision]]) -> None:
    made = Decisions()
    for step in steps:
        made = made.decide(*step)
    assert Decisions.of(made.as_json()) == made
    assert Decisions.of(made.as_json()).digest == made.digest
    for last in steps[-1][-1:] if steps else []:
        assert last in made.in_force
    added = [(d.kind, d.key) for d in made.in_force if d.verdict == "add"]
    assert len(added) == len(set(added)), "one customer a key"


def test_the_digest_names_what_is_in_force() -> None:
    one, two = Decision("add", "e-mail", "x", "acme"), Decision("reject", "e-mail", "x", "bolt")
    assert Decisions().digest == ""
    assert Decisions().decide(one, two).digest == Decisions().decide(two).decide(one).digest
    assert Decisions().decide(one).digest != Decisions().decide(two).digest
    assert Decisions().decide(one).decide(Decision("add", "e-mail", "x", "cog")).digest == Decisions().decide(Decision("add", "e-mail", "x", "cog")).digest


@pytest.mark.parametrize(("verdict", "kind"), [("perhaps", "e-mail"), ("add", "phone"), ("reject", "colour")])
def test_a_decision_that_is_none_is_an_error(verdict: str, kind: str) -> None:
    with pytest.raises(ValueError, match="must be add"):
        Decision(verdict, kind, "x", "acme")  # type: ignore[arg-type]


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_files_changes_no_link(tmp_path: Path, turned: bool) -> None:
    late = {"customer_id": ["dot"], "email": ["pay@acme"], "company": ["bolt"], "started_at": times("2025-01-05")}
    rest = {"subscription_id": ["s4"], "customer_id": ["dot"], "started_at": times("2025-01-05"), "mrr": [1.0]}
    found = dict(tables(tmp_path, tickets=TICKETS))
    for name, columns in (("customers", late), ("subscriptions", rest)):
        parts = (*found[name], *write_part(tmp_path, name, columns, 1))
        found[name] = parts[::-1] if turned else parts
    assert owners(linked(found)) == ["acme", "cog", "cog"], "what dot shares with acme and bolt says nothing by itself"
