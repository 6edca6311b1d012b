from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.ingest.keys import keyed_hash
from roi_core.ingest.recognise import Recognition, recognise
from roi_core.ingest.translate import ARROW, Typed, translate
from roi_core.ingest.vendors.freshdesk import TICKETS
from roi_core.schema import LOADED, Privacy
from tests.ingest.text_tables import KEY, from_csv, text_table
from tests.shared import shared_path

FRESHDESK = tuple(header for headers in TICKETS.columns.values() for header in headers)
SUBSCRIPTIONS = (
    "id",
    "Customer ID",
    "Amount",
    "Quantity",
    "Interval",
    "Currency",
    "Start (UTC)",
    "Start Date (UTC)",
    "Current Period Start (UTC)",
    "Ended At (UTC)",
    "Canceled At (UTC)",
)


def ticket(**changed: str) -> tuple[str, ...]:
    usual = dict.fromkeys(FRESHDESK, "") | {"Ticket ID": "1", "Status": "Open", "Created time": "2025-01-14 10:00:00", "Contact ID": "ann@firm.example"}
    return tuple((usual | {name.replace("_", " "): value for name, value in changed.items()})[header] for header in FRESHDESK)


def typed(headers: tuple[str, ...], *rows: tuple[str, ...]) -> Typed:
    table = text_table(headers, rows)
    return translate(table, recognise(table.headers, table.text), KEY)


def values(part: Typed, column: str) -> list[object]:
    return part.table.column(column).to_pylist()


def test_a_part_holds_declared_types_and_no_text_of_a_person() -> None:
    part = typed(FRESHDESK, ticket(Subject="My secret", Company_Name="Firm Ltd"))
    for field in part.table.schema:
        if field.name != "row_no":
            column = LOADED["tickets"].column(field.name)
            assert field.type == ARROW[column.type]
            assert column.privacy is not Privacy.DROPPED
    assert values(part, "email") == [keyed_hash("ann@firm.example", KEY)]
    assert values(part, "company") == [keyed_hash("firm", KEY)]
    assert values(part, "domain") == [keyed_hash("firm.example", KEY)]
    assert ("email", keyed_hash("ann@firm.example", KEY), "ann@firm.example") in part.vault
    assert "secret" not in str(part.table.to_pylist()) + str(part.vault) + str(part.notes)


def test_words_statuses_and_sentinels_of_freshdesk() -> None:
    part = typed(
        FRESHDESK,
        ticket(Group="No Group", Status="Waiting on Vendor", Survey_results="Slightly dissatisfied", Resolution_status="Within SLA"),
        ticket(Group="Platform", Status="Resolved/Testing Phase", Survey_results="Extremely satisfied", Resolution_status="SLA Violated"),
        ticket(Status="Closed"),
    )
    assert values(part, "team") == [None, "Platform", None]
    assert values(part, "status") == ["pending", "resolved", "closed"]
    assert values(part, "csat_score") == [3, 7, None]
    assert values(part, "csat_scale") == [7, 7, None]
    assert values(part, "sla_met") == [True, False, None]
    assert any(note.startswith("ask: Status: ") and '"Waiting on Vendor" as pending (1)' in note for note in part.notes)


def test_rules_label_and_count() -> None:
    part = typed(
        FRESHDESK,
        ticket(Subject="Please cancel our subscription"),
        ticket(Subject="Cancel my order"),
        ticket(Subject="Daily Report", Source="Outbound Email"),
        ticket(Contact_ID="no-reply@firm.example", Tags="vip,closed_by_merge"),
        ticket(Type="Spam"),
    )
    assert values(part, "asks_to_cancel") == [True, False, False, False, False]
    assert values(part, "automated") == [False, False, True, True, False]
    assert values(part, "outbound") == [False, False, True, False, False]
    assert values(part, "status") == ["open", "open", "open", "merged", "spam"]
    assert "tickets that ask for cancellation, by subject or type: 1, marked asks_to_cancel (rule asks_to_cancel)" in part.notes


def test_many_tickets_taken_for_no_contact_are_asked_about_with_their_share_of_all() -> None:
    part = typed(FRESHDESK, *[ticket(Type="Spam")] * 30, *[ticket()] * 70)
    (asked,) = [note for note in part.notes if "spam" in note]
    assert asked == (
        "ask: 30 of 100 tickets do not count as contacts (rule spam_tag), since they are spam, by tag, type or status. "
        "Where customers wrote them, switch the rule off"
    )


def test_business_hours_stay_apart_from_the_timestamps() -> None:
    part = typed(FRESHDESK, ticket(**{"First response time (in hrs)": "00:00:00", "Resolution time (in hrs)": "27:31:30"}))
    assert values(part, "vendor_first_response_minutes") == [0]
    assert values(part, "vendor_resolution_minutes") == [1651.5]
    assert values(part, "first_response_at") == [None]
    assert {c.unit for c in part.columns if c.canonical == "tickets.vendor_resolution_minutes"} == {"minutes, business hours"}


def test_a_bad_cell_is_blank_with_an_issue_that_names_line_and_column() -> None:
    part = typed(FRESHDESK, ticket(), ticket(Resolved_time="31/02/2025"), ticket(Contact_ID="ann at firm"))
    assert part.table.num_rows == 3
    assert [(issue.line, issue.column, issue.found) for issue in part.issues] == [(3, "Resolved time", '"31/02/2025"'), (4, "Contact ID", '"ann at firm"')]
    assert any(note.startswith("Resolved time: cells that cannot be read and are left blank: 1, first in line 3") for note in part.notes)


def test_a_row_without_its_id_or_date_is_set_aside_with_the_reason() -> None:
    part = typed(FRESHDESK, ticket(), ticket(Ticket_ID=""), ticket(Created_time="soon"), ticket(Ticket_ID="9"))
    assert part.set_aside == ((3, "Ticket ID is blank"), (4, 'Created time "soon" cannot be read'))
    assert values(part, "ticket_id") == ["1", "9"]
    assert values(part, "row_no") == [0, 3]


def test_resolved_before_created_is_kept_and_said() -> None:
    part = typed(FRESHDESK, ticket(Resolved_time="2025-01-13 10:00:00"), ticket(Resolved_time="2025-01-15 10:00:00"))
    assert part.table.num_rows == 2
    early = 'times in the wrong order: rows with resolved_at ("Resolved time") before created_at ("Created time"): 1 (line 2); no duration is taken from them'
    assert f"{early}. Correct these times, or check that both columns are in one time zone" in part.notes


def test_an_id_that_stands_twice_is_said_and_kept() -> None:
    part = typed(FRESHDESK, ticket(), ticket(), ticket(**{"Ticket ID": "2"}))
    assert part.table.num_rows == 3
    assert "Ticket ID: rows whose value stood in an earlier row: 1; all are kept here" in part.notes


def test_a_column_that_is_all_blank_is_said() -> None:
    assert any(note.startswith("blank in every row: ") and "Resolved time" in note for note in typed(FRESHDESK, ticket()).notes)


def test_times_without_a_zone_are_asked_once() -> None:
    notes = [note for note in typed(FRESHDESK, ticket(), ticket()).notes if "time zone" in note]
    assert notes == ["ask: no time zone is given for Created time; the times are read as UTC"]


def subscription(**changed: str) -> tuple[str, ...]:
    usual = dict.fromkeys(SUBSCRIPTIONS, "") | {"id": "s", "Customer ID": "c", "Amount": "100.00", "Currency": "usd", "Start Date (UTC)": "2025-01-01 00:00"}
    return tuple((usual | changed)[header] for header in SUBSCRIPTIONS)


@pytest.mark.parametrize(
    ("interval", "quantity", "mrr"),
    [("month", "", 100), ("month", "3", 300), ("year", "1", 100 / 12), ("week", "2", 200 * 52 / 12), ("", "1", 100), ("quarter", "1", 100 / 3)],
)
def test_revenue_a_month_is_amount_times_quantity_per_interval(interval: str, quantity: str, mrr: float) -> None:
    assert values(typed(SUBSCRIPTIONS, subscription(Interval=interval, Quantity=quantity)), "mrr") == [pytest.approx(mrr)]


def test_a_subscription_ends_at_ended_and_starts_at_the_first_filled_start() -> None:
    part = typed(
        SUBSCRIPTIONS,
        subscription(**{"Start (UTC)": "2025-03-01 00:00", "Canceled At (UTC)": "2025-05-01 00:00"}),
        subscription(**{"Start (UTC)": "2025-03-01 00:00", "Start Date (UTC)": "", "Ended At (UTC)": "2025-06-01 00:00"}),
    )
    assert values(part, "started_at") == [datetime(2025, 1, 1), datetime(2025, 3, 1)]
    assert values(part, "ended_at") == [None, datetime(2025, 6, 1)]
    assert {c.zone for c in part.columns if c.canonical == "subscriptions.ended_at"} == {"UTC"}


def test_mixed_currencies_are_asked_and_counted() -> None:
    part = typed(SUBSCRIPTIONS, subscription(), subscription(Currency="eur"), subscription())
    assert values(part, "currency") == ["USD", "EUR", "USD"]
    assert part.meta["currencies"] == {"USD": 2, "EUR": 1}
    assert any(note.startswith("ask: mixed currencies (USD 2 rows (lines 2, 4), EUR 1 row (line 3))") for note in part.notes)


def test_a_guest_payment_belongs_to_its_email() -> None:
    headers = ("id", "Created date (UTC)", "Amount", "Converted Amount", "Currency", "Status", "Customer ID", "Customer Email", "Invoice ID")
    part = typed(
        headers,
        ("ch_1", "2025-01-01 10:00:00", "5.00", "", "usd", "Paid", "", "Ann@firm.example", ""),
        ("ch_2", "2025-01-01 10:00", "5.00", "", "usd", "Partially refunded", "cus_1", "", "in_1"),
    )
    assert values(part, "invoice_id") == ["ch_1", "in_1"]
    assert values(part, "customer_id") == [keyed_hash("ann@firm.example", KEY), keyed_hash("cus_1", KEY)]
    assert values(part, "status") == ["paid", "partially_refunded"]
    assert any("rows without a customer id: 1" in note for note in part.notes)


def test_a_decimal_comma_in_an_invoice_export() -> None:
    headers = ("id", "Customer", "Date (UTC)", "Finalized At (UTC)", "Total", "Currency", "Status")
    part = typed(
        headers, ("in_1", "cus_1", "2025-01-01 10:00", "", "1.234,50", "eur", "void"), ("in_2", "cus_1", "2025-01-01 10:00", "", "0,25", "eur", "paid")
    )
    assert values(part, "amount") == [1234.5, 0.25]
    assert values(part, "status") == ["void", "paid"]


def test_costs_months_and_components() -> None:
    part = typed(("month", "component", "amount"), ("2025-01", "Salaries", "1000"), ("2025-02", "Software licences", "50.5"), ("2025-02", "Coffee", "3"))
    assert values(part, "month") == [24300, 24301, 24301]
    assert values(part, "component") == ["salaries", "software", "other"]


def test_nps_and_csat_answers_have_their_own_scale() -> None:
    part = typed(
        ("response_id", "kind", "score", "answered_at"), ("1", "NPS", "7", "2025-01-01"), ("2", "csat", "4", "2025-01-01"), ("3", "csat", "5", "2025-01-02")
    )
    assert values(part, "scale") == [10, 5, 5]


def test_header_only_gives_an_empty_part_of_the_same_types() -> None:
    part = typed(FRESHDESK)
    assert part.table.num_rows == 0
    assert part.set_aside == ()


@pytest.mark.parametrize(
    "subject",
    ["Undelivered parcel", "Delivery failure of my sofa", "Monitor does not turn on", "Alert sound too loud", "Daily report not loading", "order returned mail",
     "Weekly report - where is it?", "Autoreply does not work", "Delivery has failed again", "Out of office setting is lost"],
)  # fmt: skip
def test_what_a_customer_may_write_is_not_a_machines(subject: str) -> None:
    assert values(typed(FRESHDESK, ticket(Subject=subject)), "automated") == [False]


@pytest.mark.parametrize(
    "subject",
    ["Undeliverable: your order", "Mail delivery failed: returning message", "Delivery Status Notification (Failure)", "[Alert] disk full", "Nagios: host down",
     "Weekly report: queue and uptime", "Daily report 2025-01-04", "Out of office: back on Monday", "Re: Automatic reply: Invoice",
     "Undelivered Mail Returned to Sender", "Returned mail: see transcript for details"],
)  # fmt: skip
def test_what_a_machine_writes_is_marked(subject: str) -> None:
    assert values(typed(FRESHDESK, ticket(Subject=subject)), "automated") == [True]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Tags": "merged", "Subject": "Merged cells are lost"}, "open"), ({"Tags": "vip,closed_by_merge"}, "merged"), ({"Tags": "spam"}, "spam"),
        ({"Tags": "spam", "Subject": "My mails land in junk"}, "open"), ({"Status": "Closed - merged"}, "merged"),
    ],
)  # fmt: skip
def test_a_tag_that_customers_may_be_filed_under_is_no_reason(cells: dict[str, str], status: str) -> None:
    assert values(typed(FRESHDESK, ticket(**cells)), "status") == [status]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("anna@acme.example,vip", "[e-mail],vip"), ("Anna 0170-1234567", "Anna [number]"), ("call +49 30 123 456", "call [number]"), ("v2025.01", "v2025.01"),
        ("plan 2025-01-31", "plan 2025-01-31"), ("late,#1002", "late,#1002"),
    ],
)  # fmt: skip
def test_addresses_and_telephone_numbers_leave_the_texts_that_are_kept(text: str, kept: str) -> None:
    assert values(typed(FRESHDESK, ticket(Tags=text)), "tags") == [kept]


def test_a_note_hides_the_addresses_and_numbers_that_a_status_holds() -> None:
    part = typed(FRESHDESK, ticket(Status="Waiting on anna@x.example +49 170 1234567"))
    (note,) = [note for note in part.notes if "as pending" in note]
    assert "anna" not in note
    assert "1234567" not in note


def test_a_rule_that_takes_many_tickets_is_asked_about() -> None:
    part = typed(FRESHDESK, *[ticket(Subject="Daily report" if n < 6 else "Help") for n in range(100)])
    assert any(note.startswith("ask: 6 of 100 tickets do not count as contacts (rule automated_subject), since they") for note in part.notes)
    few = typed(FRESHDESK, *[ticket(Subject="Daily report" if n < 2 else "Help") for n in range(100)])
    assert not any("tickets do not count" in note for note in few.notes)


def test_the_real_freshdesk_year() -> None:
    """Median calendar resolution 78.3 h over the 1,136 rows with a resolved time, not the 16.1 h of the business-hours text (exports.md 1)."""
    table = from_csv(shared_path("data/tickets/freshdesk_ticket_export__year_masked.csv"))
    part = translate(table, recognise(table.headers, table.text), KEY)
    assert part.table.num_rows == 1183
    hours = pc.divide(pc.subtract(part.table.column("resolved_at"), part.table.column("created_at")).cast(pa.int64()), 3.6e9).drop_null().to_numpy()
    assert len(hours) == 1136
    assert round(float(np.median(hours)), 1) == 78.3
    reported = part.table.filter(pc.is_valid(part.table.column("resolved_at"))).column("vendor_resolution_minutes").to_numpy()
    assert round(float(np.median(reported)) / 60, 1) == 16.1
    zero = pc.equal(part.table.column("vendor_first_response_minutes"), 0.0)
    assert pc.sum(zero).as_py() == 397
    assert pc.sum(pc.and_(zero, pc.is_null(part.table.column("first_response_at")))).as_py() == 205
    assert (pc.sum(part.table.column("outbound")).as_py(), pc.sum(part.table.column("automated")).as_py()) == (5, 31)
    assert part.table.column("company").null_count == 257
    assert not part.issues


def test_the_freshdesk_file_that_excel_saved_again() -> None:
    table = from_csv(shared_path("data/tickets/freshdesk_ticket_export__excel_resaved_masked.csv"))
    part = translate(table, recognise(table.headers, table.text), KEY)
    assert values(part, "created_at")[0] == datetime(2025, 1, 8, 15)
    assert {c.format for c in part.columns if c.canonical == "tickets.created_at"} == {"D/M/YYYY H:MM"}
    assert any('Created time is read as day before month: line 5 holds "14/01/2025' in note for note in part.notes)


def test_the_real_stripe_payment() -> None:
    table = from_csv(shared_path("data/billing/stripe_unified_payments_export__masked.csv"))
    part = translate(table, recognise(table.headers, table.text), KEY)
    assert (values(part, "amount"), values(part, "currency"), values(part, "status")) == ([15.0], ["USD"], ["paid"])
    assert values(part, "issued_at") == [datetime(2024, 6, 7, 2, 38, 54)]


NASTY = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789.,:-/ eE+()$%TZapm", max_size=24),
    st.sampled_from(
        ["", "2025-01-14", "14/01/2025 10:00", "1e999", "9" * 30, "99999999999:59:59", "-", "nan", "inf", "(1", "Jan 5, 2025", "\x00", "\u202e", "=1+1"]
    ),
)


COLUMNS = st.sampled_from([f"{table.name}.{column.name}" for table in LOADED.values() for column in table.columns])


@settings(max_examples=400)
@given(COLUMNS, st.lists(NASTY, max_size=6))
def test_no_row_is_lost_and_nothing_fails_whatever_a_column_holds(canonical: str, texts: list[str]) -> None:
    recognition = Recognition("user", "mapped_by_user", canonical.partition(".")[0], {0: canonical}, (), "user")
    part = translate(text_table(("a",), [(text,) for text in texts]), recognition, KEY)
    assert part.table.num_rows + len(part.set_aside) == len(texts)


@settings(max_examples=20)
@given(st.lists(st.tuples(*[NASTY] * len(LOADED["tickets"].names)), max_size=4))
def test_no_row_is_lost_and_nothing_fails_whatever_a_ticket_holds(rows: list[tuple[str, ...]]) -> None:
    part = typed(LOADED["tickets"].names, *rows)
    assert part.table.num_rows + len(part.set_aside) == len(rows)
