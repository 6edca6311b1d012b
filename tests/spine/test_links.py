"""Each way from a ticket to its customer, its order, what is refused and why, on worlds that can be counted by hand."""

from pathlib import Path

import pyarrow as pa
import pytest

from roi_core.spine.linkage import Proposal, Unmatched
from tests.spine.worlds import CUSTOMERS, SUBSCRIPTIONS, linked, owners, tables, tickets
from tests.typed_tables import times, write_part

CONTACTS = {
    "customer_id": ["p1", "p2", "p3", "p4"],
    "email": ["ann@agency", "pay@acme", "bob@agency", "zoe@agency"],
    "account_id": ["A", "A", "B", "C"],
    "company": [None, None, "bolt", "nowhere"],
    "started_at": times("2020-01-01", "2020-01-01", "2020-01-01", "2020-01-01"),
}
"""A contact list: account A pays by the address of p2, account B by its name, account C not at all."""


def with_contacts(folder: Path, ticket_columns: dict[str, object], contacts: dict[str, object] = CONTACTS) -> dict[str, tuple[Path, ...]]:
    found = tables(folder, tickets=ticket_columns)
    return {**found, "customers": (*found["customers"], *write_part(folder, "customers", contacts, 1))}


@pytest.mark.parametrize(
    ("ticket", "way", "owner"),
    [
        ({"customer_id": ["bolt"], "email": ["pay@acme"]}, "customer id", "bolt"),
        ({"customer_id": ["ext-2"], "email": ["pay@acme"]}, "external id", "bolt"),
        ({"email": ["pay@acme"], "company": ["bolt"]}, "e-mail", "acme"),
        ({"email": ["second@acme"]}, "e-mail", "acme"),
        ({"company": ["cog"], "order_id": ["#1001"]}, "company name", "cog"),
        ({"order_id": ["#1001"], "phone": ["555"]}, "order number", "bolt"),
        ({"phone": ["555"]}, "phone", "cog"),
    ],
)
def test_the_first_way_that_finds_a_customer_counts(tmp_path: Path, ticket: dict[str, list[object]], way: str, owner: str) -> None:
    customers = {**CUSTOMERS, "external_id": ["ext-1", "ext-2", "ext-3"], "phone": [None, None, "555"]}
    orders = {"order_id": ["1001"], "customer_id": ["bolt"], "ordered_at": times("2025-01-05"), "amount": [9.0]}
    invoices = {"invoice_id": ["i1"], "customer_id": ["acme"], "email": ["second@acme"], "issued_at": times("2025-01-05"), "amount": [10.0]}
    facts = linked(tables(tmp_path, customers=customers, orders=orders, invoices=invoices, tickets=tickets(**ticket)))
    assert facts.linkage.ways == {way: 1}
    assert owners(facts) == [owner]


@pytest.mark.parametrize(("kind", "column"), [("e-mail", "email"), ("company name", "company"), ("phone", "phone"), ("customer id", "external_id")])
def test_a_key_of_several_customers_links_none_of_them_and_says_so(tmp_path: Path, kind: str, column: str) -> None:
    customers = {**CUSTOMERS, column: ["agency", "agency", "agency"]}
    ticket = "customer_id" if column == "external_id" else column
    found = linked(tables(tmp_path, customers=customers, tickets=tickets(**{ticket: ["agency", "agency"]}))).linkage
    assert (found.matched, found.unmatched) == (0, (Unmatched(kind, "agency", "fits_several", 3, 2),))


@pytest.mark.parametrize(("accounts", "found"), [(["A", "A", "B"], []), (["A", "A", "A"], ["acme"]), (["A", "A", None], [])])
def test_customers_of_one_account_share_their_keys_and_the_first_of_them_stands_for_all(tmp_path: Path, accounts: list[str | None], found: list[str]) -> None:
    customers = {**CUSTOMERS, "email": ["agency", "agency", "agency"], "account_id": accounts}
    assert owners(linked(tables(tmp_path, customers=customers, tickets=tickets(email=["agency"])))) == found


def test_a_later_way_may_say_which_of_several_customers_is_meant(tmp_path: Path) -> None:
    customers = {**CUSTOMERS, "email": ["agency", "agency", "agency"]}
    facts = linked(tables(tmp_path, customers=customers, tickets=tickets(email=["agency"], company=["cog"])))
    assert (facts.linkage.ways, owners(facts)) == ({"company name": 1}, ["cog"])


@pytest.mark.parametrize(("left", "found"), [("2025-01-20", ["bolt"]), (None, [])])
def test_an_address_of_several_customers_is_the_only_ones_who_was_a_customer_then(tmp_path: Path, left: str | None, found: list[str]) -> None:
    customers = {**CUSTOMERS, "email": ["ann", "ann", "pay@cog"], "churned_at": times(left, None, None)}
    subscriptions = {**SUBSCRIPTIONS, "ended_at": times(left, None, None)}
    assert owners(linked(tables(tmp_path, customers=customers, subscriptions=subscriptions, tickets=tickets(email=["ann"])))) == found


@pytest.mark.parametrize(("written", "way", "owner"), [("delta ltd", {"company name": 1}, ["bolt"]), ("delta", {}, []), (None, {}, [])])
def test_companies_that_differ_by_their_legal_form_are_told_apart_as_they_are_written(
    tmp_path: Path, written: str | None, way: dict[str, int], owner: list[str]
) -> None:
    customers = {**CUSTOMERS, "company": ["delta", "delta", "cog"], "company_written": ["delta gmbh", "delta ltd", "cog"]}
    facts = linked(tables(tmp_path, customers=customers, tickets=tickets(company=["delta"], company_written=pa.array([written], pa.string()))))
    assert (facts.linkage.ways, owners(facts)) == (way, owner)


def test_an_account_that_is_found_by_a_name_of_two_customers_is_nobodys(tmp_path: Path) -> None:
    customers = {**CUSTOMERS, "company": ["delta", "delta", "cog"]}
    facts = linked(tables(tmp_path, customers=customers, accounts={"account_id": ["crm-1"], "name": ["delta"]}, tickets=tickets(account_id=["crm-1"])))
    assert [(lone.reason, lone.customers) for lone in facts.linkage.unmatched] == [("several_accounts", 2)]


def test_a_contact_list_ties_people_to_the_account_that_pays_and_adds_no_customer(tmp_path: Path) -> None:
    facts = linked(with_contacts(tmp_path, tickets(email=["ann@agency", "bob@agency", "zoe@agency"], customer_id=[None, None, None])))
    assert facts.spine.column("customer_key").to_pylist() == ["acme", "bolt", "cog"]
    assert facts.linkage.ways == {"CRM": 2}
    assert owners(facts) == ["acme", "bolt"]
    assert [(lone.key, lone.reason) for lone in facts.linkage.unmatched] == [("zoe@agency", "not_followed")]
    assert facts.linkage.contact_rows == 4


def test_a_contact_list_without_subscriptions_is_known_by_paying_nothing(tmp_path: Path) -> None:
    found = with_contacts(tmp_path, tickets(email=["ann@agency"]))
    invoices = {"invoice_id": ["i1"], "customer_id": ["acme"], "issued_at": times("2025-01-05"), "amount": [10.0]}
    facts = linked({**found, "subscriptions": (), "invoices": write_part(tmp_path, "invoices", invoices)})
    assert facts.spine.num_rows == 3
    assert owners(facts) == ["acme"]


def test_an_account_is_found_by_its_id_and_by_its_name(tmp_path: Path) -> None:
    accounts = {"account_id": ["crm-1"], "name": ["bolt"]}
    facts = linked(tables(tmp_path, accounts=accounts, tickets=tickets(account_id=["crm-1", "crm-9"])))
    assert (facts.linkage.ways, owners(facts)) == ({"CRM": 1}, ["bolt"])
    assert facts.linkage.unmatched == (Unmatched("account id", "crm-9", "no_id", 0, 1),)


def test_a_contact_of_two_accounts_that_pay_is_nobodys(tmp_path: Path) -> None:
    twice = {**CONTACTS, "email": ["ann@agency", "pay@acme", "ann@agency", "zoe@agency"]}
    facts = linked(with_contacts(tmp_path, tickets(email=["ann@agency"]), twice))
    assert facts.linkage.ways == {}
    assert facts.linkage.unmatched == (Unmatched("e-mail", "ann@agency", "several_accounts", 2, 1),)


@pytest.mark.parametrize(
    ("ticket", "reason"),
    [
        ({"email": ["x"], "company": ["y"]}, "no_email_or_company"),
        ({"email": ["x"]}, "no_email"),
        ({"company": ["y"]}, "no_company"),
        ({"customer_id": ["z"]}, "no_id"),
        ({"phone": ["1"]}, "no_phone"),
        ({"order_id": ["77"]}, "no_order"),
        ({"id_lost": [True]}, "id_lost"),
        ({"status": ["open"]}, "nobody"),
        ({"email": ["x"], "domain": ["acme.example"]}, "domain_of_one"),
    ],
)
def test_a_ticket_without_a_customer_says_why(tmp_path: Path, ticket: dict[str, list[object]], reason: str) -> None:
    (lone,) = linked(tables(tmp_path, tickets=tickets(**ticket))).linkage.unmatched
    assert (lone.reason, lone.tickets) == (reason, 1)


def test_someone_before_buying_needs_no_customer(tmp_path: Path) -> None:
    found = linked(tables(tmp_path, tickets=tickets(email=["x", "y", "pay@acme"], lifecycle_stage=["pre_sale", "Pre-sale", None]))).linkage
    assert (found.tickets, found.matched, found.unmatched, found.set_aside) == (1, 1, (), {"pre-sale": 2})


def test_a_domain_is_proposed_with_the_share_of_its_addresses_and_never_taken(tmp_path: Path) -> None:
    customers = {
        "customer_id": ["acme", "bolt", "cog"],
        "email": ["1@shared", "2@shared", "pay@cog"],
        "domain": ["shared", "shared", "cog.example"],
        "started_at": times("2025-01-01", "2025-01-02", "2025-01-03"),
    }
    emails = ["new@shared", "new@cog", "new@cog", "pay@cog"]
    domains = ["shared", "cog.example", "cog.example", "cog.example"]
    invoices = {"invoice_id": ["i1"], "customer_id": ["bolt"], "email": ["3@shared"], "domain": ["shared"], "issued_at": times("2025-01-05"), "amount": [1.0]}
    found = linked(tables(tmp_path, customers=customers, invoices=invoices, tickets=tickets(email=emails, domain=domains))).linkage
    assert found.ways == {"e-mail": 1}
    assert found.proposals == (
        Proposal("cog.example", "cog", 1, 1, 1, 2),
        Proposal("shared", "bolt", 2, 3, 2, 1),
        Proposal("shared", "acme", 1, 3, 2, 1),
    )
    assert [proposal.confidence for proposal in found.proposals] == pytest.approx([1, 2 / 3, 1 / 3])
    assert {(lone.key, lone.reason, lone.customers) for lone in found.unmatched} == {("cog.example", "domain_of_one", 1), ("shared", "domain_of_several", 2)}


def test_addresses_that_wrote_and_were_linked_by_company_count_for_their_domain(tmp_path: Path) -> None:
    columns = tickets(email=["w1", "w2", "w3"], domain=["works", "works", "works"], company=["acme", "acme", None])
    assert linked(tables(tmp_path, tickets=columns)).linkage.proposals == (Proposal("works", "acme", 2, 2, 1, 1),)


def test_two_ways_are_checked_against_each_other_where_a_key_has_one_customer(tmp_path: Path) -> None:
    columns = tickets(email=["pay@acme", "pay@acme", "pay@bolt", "pay@cog"], company=["acme", "bolt", None, "shared"])
    customers = {**CUSTOMERS, "company": ["acme", "bolt", "shared"]}
    again = {"invoice_id": ["i1"], "customer_id": ["acme"], "company": ["shared"], "issued_at": times("2025-01-05"), "amount": [1.0]}
    assert linked(tables(tmp_path, customers=customers, invoices=again, tickets=columns)).linkage.agreement == {"company name": (2, 1)}


def test_links_are_listed_largest_first_by_the_key_they_rest_on(tmp_path: Path) -> None:
    found = linked(tables(tmp_path, tickets=tickets(email=["pay@bolt", "pay@acme", "pay@acme"])))
    listed = [(link.way, link.key, link.customer, link.tickets) for link in found.linkage.links]
    assert listed == [
        ("e-mail", "pay@acme", "acme", 2),
        ("e-mail", "pay@bolt", "bolt", 1),
    ]


def test_types_of_the_lists_hold_where_there_is_nothing(tmp_path: Path) -> None:
    found = linked(tables(tmp_path, tickets=tickets(email=pa.array([None], pa.string()))))
    assert (found.linkage.links, found.linkage.proposals, found.linkage.agreement) == ((), (), {})


def test_a_billing_address_in_two_accounts_ties_neither_to_its_customer(tmp_path: Path) -> None:
    contacts = {
        "customer_id": ["p1", "p1b", "p2"],
        "email": ["pay@acme", "pay@acme", "guest@b"],
        "account_id": ["A", "B", "B"],
        "started_at": times("2020-01-01", "2020-01-01", "2020-01-01"),
    }
    facts = linked(with_contacts(tmp_path, tickets(email=["guest@b"]), contacts))
    assert facts.linkage.ways == {}, "B would follow Acme only because one person advises both"


def test_an_address_of_a_customer_stands_above_the_account_of_a_crm(tmp_path: Path) -> None:
    accounts = {"account_id": ["crm-1"], "name": ["bolt"]}
    facts = linked(tables(tmp_path, accounts=accounts, tickets=tickets(account_id=["crm-1"], email=["pay@acme"])))
    assert (facts.linkage.ways, owners(facts)) == ({"e-mail": 1}, ["acme"])


def twelve(column: str = "customer_id") -> dict[str, dict[str, object]]:
    """Customers 0 to 11, each with an address; `column` holds the ids that tickets may have."""
    numbers = [str(n) for n in range(12)]
    started = times(*["2025-01-01"] * 12)
    keys = {"customer_id": [f"c{n}" for n in numbers], column: numbers}
    customers = {**keys, "email": [f"{n}@x" for n in numbers], "started_at": started}
    return {"customers": customers, "subscriptions": {"subscription_id": numbers, "customer_id": keys["customer_id"], "started_at": started}}


def asked_by(addresses: int, agreeing: int) -> dict[str, list[object]]:
    """A ticket of each of the first addresses; the first `agreeing` of them have the id of the same customer, the others that of the next."""
    return {"customer_id": [str(n if n < agreeing else (n + 1) % 12) for n in range(addresses)], "email": [f"{n}@x" for n in range(addresses)]}


@pytest.mark.parametrize(
    ("addresses", "agreeing", "way"),
    [(10, 0, "e-mail"), (10, 1, "e-mail"), (10, 2, None), (9, 0, None)],
    ids=["none agrees", "one in ten agrees", "a fifth agrees", "nine addresses are too few"],
)
@pytest.mark.parametrize("column", ["customer_id", "external_id"])
def test_ids_that_addresses_deny_are_the_helpdesks_own_and_link_nothing(tmp_path: Path, column: str, addresses: int, agreeing: int, way: str | None) -> None:
    found = linked(tables(tmp_path, **twelve(column), tickets=tickets(**asked_by(addresses, agreeing)))).linkage
    assert found.ways == {way or column.replace("_", " "): addresses}
    assert found.other_ids == (addresses if way else 0)
    assert found.agreement == ({} if way else {"e-mail": (addresses, agreeing)})


def test_one_address_that_writes_for_many_denies_no_id(tmp_path: Path) -> None:
    written = {"customer_id": [str(n) for n in range(1, 12)], "email": ["0@x"] * 11}
    assert linked(tables(tmp_path, **twelve(), tickets=tickets(**written))).linkage.ways == {"customer id": 11}


def test_a_ticket_of_such_a_file_without_an_address_has_no_customer_and_says_why(tmp_path: Path) -> None:
    asked = asked_by(10, 0)
    written = tickets(customer_id=[*asked["customer_id"], "5"], email=[*asked["email"], None])
    found = linked(tables(tmp_path, **twelve(), tickets=written)).linkage
    assert (found.matched, found.other_ids, found.unmatched) == (10, 11, (Unmatched("customer id", "5", "other_ids", 0, 1),))


def test_each_file_of_tickets_is_judged_by_itself(tmp_path: Path) -> None:
    found = tables(tmp_path, **twelve(), tickets=tickets(**asked_by(10, 0)))
    second = {**tickets(**asked_by(12, 12)), "ticket_id": [f"u{n}" for n in range(12)]}
    both = {**found, "tickets": (*found["tickets"], *write_part(tmp_path, "tickets", second, 1))}
    assert linked(both).linkage.ways == {"customer id": 12, "e-mail": 10}
