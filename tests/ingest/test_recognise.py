import pyarrow as pa
import pytest

from roi_core.ingest.headers import read_header, words_of
from roi_core.ingest.recognise import recognise
from roi_core.ingest.vendors.freshdesk import TICKETS
from roi_core.ingest.vendors.stripe import INVOICES, SUBSCRIPTIONS

NO_SAMPLE = pa.table({})
CATALOGUED = ("Ticket ID", "Subject", "Status", "Source", "Source", "First response time (in hrs)", "Resolution time (in hrs)", "Contact ID", "Created time")


def test_a_signature_is_recognised_in_any_order_of_columns() -> None:
    found = recognise(tuple(reversed(CATALOGUED)), NO_SAMPLE)
    assert (found.vendor, found.export, found.entity, found.confidence) == ("freshdesk", "freshdesk_ticket_export", "tickets", "exact")
    assert found.mapping[1] == "tickets.email"


def test_two_equal_headers_fill_one_column_in_their_order_and_it_is_said() -> None:
    found = recognise(CATALOGUED, NO_SAMPLE)
    assert [place for place, column in found.mapping.items() if column == "tickets.channel"] == [3, 4]
    assert any("more than once" in note and "source" in note for note in found.notes)


def test_folded_headers_are_recognised_and_asked() -> None:
    found = recognise([header.lower() for header in CATALOGUED], NO_SAMPLE)
    assert found.vendor == "freshdesk"
    assert found.confidence == "folded"
    assert any(note.startswith("ask: ") for note in found.notes)


def test_a_sister_product_with_other_case_is_told_apart_in_any_case() -> None:
    freshservice = ["Ticket Id", "Requester Email", "Last Updated Time", "First Response Time (in Hrs)", "Resolution Time (in Hrs)", "Created Time"]
    for headers in (freshservice, [header.upper() for header in freshservice]):
        assert recognise(headers, NO_SAMPLE).vendor == "freshservice"


def test_another_unit_in_the_signature_is_another_product() -> None:
    assert recognise(("Ticket id", "First response time (s)", "Resolution time (s)"), NO_SAMPLE).vendor == "unknown"


def test_renamed_headers_of_other_generations_still_fit() -> None:
    assert recognise(("id", "Created", "Amount", "Amount Refunded", "Customer"), NO_SAMPLE).export == "stripe_payments_charges_export_older"
    found = recognise([header.replace("Contact ID", "Email") for header in CATALOGUED], NO_SAMPLE)
    assert "tickets.email" in found.mapping.values()
    assert found.confidence == "exact"


def test_a_zone_in_the_header_is_another_zone_not_another_header() -> None:
    headers = [header.replace("(UTC)", "(America/New_York)") for header in INVOICES.headers]
    found = recognise(headers, NO_SAMPLE)
    assert found.export == INVOICES.id
    assert read_header("Date (America/New_York)").zone == "America/New_York"


def test_both_start_columns_of_stripe_fill_one_column_in_order() -> None:
    headers = ("id", "Customer ID", "Start (UTC)", "Start Date (UTC)", "Current Period Start (UTC)", "Ended At (UTC)", "Canceled At (UTC)")
    found = recognise(headers, NO_SAMPLE)
    assert found.export == SUBSCRIPTIONS.id
    assert [place for place, column in found.mapping.items() if column == "subscriptions.started_at"] == [3, 2]
    assert [place for place, column in found.mapping.items() if column == "subscriptions.ended_at"] == [5]


@pytest.mark.parametrize(
    ("headers", "entity"),
    [
        (("amount", "month", "component"), "costs"),
        (("customer_id", "as_of", "usage", "health", "logins"), "usage"),
        (("customer_id", "started_at", "subscription_id", "mrr"), "subscriptions"),
        (("score", "kind", "response_id", "answered_at"), "surveys"),
        (("agent", "cost_per_hour"), "agents"),
        (("Customer_ID", "Started_At", "plan"), "customers"),
    ],
)
def test_plain_tables(headers: tuple[str, ...], entity: str) -> None:
    found = recognise(headers, NO_SAMPLE)
    assert (found.vendor, found.entity) == ("plain", entity)


def test_one_of_our_names_alone_makes_no_plain_table() -> None:
    assert recognise(("agent", "colour", "height", "width"), NO_SAMPLE).vendor == "unknown"


def test_an_unknown_file_is_asked_about() -> None:
    found = recognise(("alpha", "beta"), NO_SAMPLE)
    assert (found.entity, found.confidence, dict(found.mapping)) == ("", "none", {})
    told = 'ask: no known export has these headers ("alpha", "beta"): "the file", and no column says who left. Say which table this is'
    assert found.notes == (told,)
    assert '"odd.csv", line 3, and' in recognise(("alpha", "beta"), NO_SAMPLE, None, "odd.csv", 3).notes[0]


@pytest.mark.parametrize(
    ("text", "bare", "unit", "zone"),
    [
        ("\ufeffCreated  time", "created time", None, None),
        ("First response time (in hrs)", "first response time", "hrs", None),
        ("Conversation started at (America/Argentina/Buenos_Aires)", "conversation started at", None, "America/Argentina/Buenos_Aires"),
        ("Paid At (UTC)", "paid at", None, "UTC"),
        ("user_id (metadata)", "user_id (metadata)", None, None),
        ("Self\u2013service", "self-service", None, None),
        ("Resolution time (s)", "resolution time", "s", None),
    ],
)
def test_header_brackets(text: str, bare: str, unit: str | None, zone: str | None) -> None:
    header = read_header(text)
    assert (header.bare, header.unit, header.zone) == (bare, unit, zone)


@pytest.mark.parametrize("text", ["totalRevenue", "total_revenue", "Total Revenue", "TOTAL-REVENUE"])
def test_header_words(text: str) -> None:
    assert words_of(text) == "total revenue"


def test_the_first_declaration_is_the_one_of_the_catalogue() -> None:
    assert TICKETS.columns["tickets.email"] == ("Contact ID",)


@pytest.mark.parametrize(
    ("headers", "export"),
    [
        (("Record ID", "Deal Name", "Deal Stage", "Associated Company IDs", "Create Date"), "hubspot_deals_export"),
        (("Record ID", "Ticket name", "Create date", "Associated Company IDs"), "hubspot_tickets_export"),
        (("Record ID", "Company name", "Associated Company IDs", "Create Date"), "hubspot_companies_export"),
        (("Record ID", "First Name", "Email", "Company Name", "Associated Company IDs"), "hubspot_contacts_export"),
        (("Record ID", "First Name", "Email", "Company Name", "Create Date"), "unknown"),
        (("Record ID", "Ticket name", "Ticket status", "Create date"), "hubspot_tickets_export"),
    ],
)
def test_exports_of_one_vendor_that_share_headers_are_told_apart(headers: tuple[str, ...], export: str) -> None:
    assert recognise(headers, NO_SAMPLE).export == export
