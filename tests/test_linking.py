"""From files to links: what matched and why not, corrections that change the answer at once, and names that stay in the vault."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_core.cli.answer import answer
from roi_core.examination import measure_whole
from roi_core.measured import Identity, Measured
from roi_core.measurement import measure, measure_workspace
from roi_core.results import Estimate, Result
from roi_core.spine import Decision, Decisions
from roi_core.spine.names import Names, names_of
from roi_core.valuation import value
from roi_core.workspace import Workspace
from tests.linking import FILES, as_files, decided, loaded

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as own:
        yield loaded(own)


def identity(measured: Measured) -> Identity:
    assert isinstance(measured.identity, Identity)
    return measured.identity


def rate(result: Result) -> float:
    assert isinstance(result, Estimate), result
    return result.value


def test_match_rates_by_tickets_and_by_revenue(workspace: Workspace) -> None:
    found = identity(measure_workspace(workspace))
    assert rate(found.match_rate_tickets) == pytest.approx(3 / 7), "two of Acme and one of Bolt; the one before buying needs nobody"
    assert rate(found.match_rate_revenue) == pytest.approx(300.30 / 400)
    assert rate(found.revenue_with_ticket) == pytest.approx(300.30 / 400)
    assert dict(found.ways) == {"e-mail": 2, "company name": 1}
    assert found.pre_sale == 1


def test_what_found_nobody_is_named_with_its_reason(workspace: Workspace) -> None:
    names = names_of(workspace)
    lone = [(names.key(row.kind, row.key), row.reason, row.tickets) for row in identity(measure_workspace(workspace)).unmatched]
    assert lone == [("bolt.example", "domain_of_one", 2), ("Zulu Inc", "no_company", 1), ("", "id_lost", 1)]


def test_an_accepted_domain_changes_the_answer_and_its_digest(workspace: Workspace) -> None:
    before = measure_workspace(workspace)
    (proposal,) = identity(before).proposals
    assert (proposal.addresses, proposal.all_addresses, proposal.tickets) == (2, 2, 2)
    made = Decisions().decide(Decision("add", "domain", proposal.domain, proposal.customer))
    after = measure_workspace(decided(workspace, made))
    assert rate(identity(after).match_rate_tickets) == pytest.approx(5 / 7)
    assert after.digest != before.digest
    assert measure_workspace(decided(workspace, made.undo(0))).digest == before.digest


def test_rejecting_every_link_leaves_no_ticket_with_a_customer(workspace: Workspace) -> None:
    links = identity(measure_workspace(workspace)).links
    made = Decisions().decide(*(Decision("reject", link.kind, link.key, link.customer) for link in links))
    after = identity(measure_workspace(decided(workspace, made)))
    assert rate(after.match_rate_tickets) == 0
    assert rate(after.match_rate_revenue) == pytest.approx(300.30 / 400), "invoices keep their customers"


def test_settings_hold_keys_and_no_name(workspace: Workspace) -> None:
    found = identity(measure_workspace(workspace))
    made = [Decision("reject", link.kind, link.key, link.customer) for link in found.links]
    made += [Decision("add", "company name", lone.key, found.links[0].customer) for lone in found.unmatched if lone.kind == "company name"]
    decided(workspace, Decisions().decide(*made))
    kept = json.dumps(dict(workspace.root.values)).lower()
    assert len(made) == 3
    assert not any(name in kept for name in ("acme", "bolt", "zulu", "cus_1"))
    assert "acme" not in repr(found).lower()


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_files_does_not_matter(turned: bool) -> None:
    files = dict(reversed(FILES.items())) if turned else FILES
    found = identity(measure(as_files(files)))
    assert (rate(found.match_rate_tickets), dict(found.ways)) == (pytest.approx(3 / 7), {"e-mail": 2, "company name": 1})


def test_a_contact_list_of_a_crm_is_a_bridge() -> None:
    contacts = """customer_id,email,account_id,started_at
p1,billing@acme.example,700,2020-01-01
p2,zed@gmail.com,700,2020-01-01
"""
    tickets = "ticket_id,created_at,email\nt1,2024-02-01 10:00,zed@gmail.com\n"
    found = measure(as_files({**FILES, "contacts.csv": contacts, "tickets.csv": tickets}))
    assert dict(identity(found).ways) == {"CRM": 1}
    assert any("not counted as customers: 2" in note for note in found.notes)


def test_an_order_number_in_a_subject_finds_the_buyer_by_telephone() -> None:
    customers = "customer_id,phone,started_at\ncus_1,+91 99999 11111,2024-01-01\n"
    orders = "order_id,email,phone,ordered_at,amount,currency\n#1001,gone@shop.example,'919999911111,2024-02-01,25,usd\n"
    tickets = "ticket_id,created_at,subject\nt1,2024-02-02 10:00,Where is #1001?\nt2,2024-02-02 10:00,Ticket #1001 again\n"
    found = identity(measure(as_files({"customers.csv": customers, "orders.csv": orders, "tickets.csv": tickets})))
    assert dict(found.ways) == {"order number": 1}
    assert [row.reason for row in found.unmatched] == ["nobody"]
    assert rate(found.match_rate_revenue) == 1


def test_the_command_line_says_how_tickets_were_linked(workspace: Workspace) -> None:
    whole = measure_whole(workspace)
    said = answer(value(whole.measured), whole)["identity"]
    assert said["ways"] == {"e-mail": 2, "company name": 1}
    assert said["unmatched"][0] == {"tickets": 2, "reason": "domain_of_one"}
    assert (said["proposals"], said["refused_revenue_rows"]) == (1, 0)


def test_customers_are_searched_by_name_and_address_and_none_are_called_the_same(tmp_path: Path) -> None:
    twins = FILES["customers.csv"] + "cus_4,billing@acme.example,ACME Limited,2024-01-04\n"
    with Workspace.temporary(tmp_path) as own:
        files = {"customers.csv": twins, "tickets.csv": FILES["tickets.csv"]}
        names = names_of(loaded(own, files))
    labels = list(names.customers.values())
    assert labels == ["Acme Ltd., Billing@ACME.example (1)", "BOLT GmbH, billing@bolt.example", "Cleo, cleo@gmail.com", "Acme Ltd., Billing@ACME.example (2)"]
    assert list(names.search("BOLT billing").values()) == [labels[1]]
    assert names.search("nobody") == {}
    assert len(names.search("", most=2)) == 2


def test_a_key_without_a_name_is_called_nothing() -> None:
    names = Names({"e-mail": {}}, {})
    assert (names.key("e-mail", "x"), names.key("order number", "1001"), names.customer("x")) == ("", "1001", "")
