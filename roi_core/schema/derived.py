"""Tables that the SQL definitions derive from the loaded ones: what cohorts, metrics and effects read.

Month numbers are `year * 12 + month - 1`. Seconds are epoch seconds, UTC. Customers are numbered from 0 in the order of
their start and first file row, never by a key, so that two workspaces give the same digits.
"""

from roi_core.schema.columns import Column, ColumnType, Table

T = ColumnType

_CUSTOMER_TRAITS = (
    Column("plan", T.TEXT, "plan at the start of the month"),
    Column("segment", T.TEXT, "segment or tier"),
    Column("industry", T.TEXT, "industry"),
    Column("country", T.TEXT, "country"),
)

SPINE = Table(
    "spine",
    "Customers",
    "One row per customer.",
    (
        Column("customer_no", T.INTEGER, "number of the customer, from 0", required=True),
        Column("customer_key", T.KEY, "keyed hash of the billing or flat id", required=True),
        Column("cluster_no", T.INTEGER, "number of the account where customers are persons of one, else customer_no", required=True),
        *_CUSTOMER_TRAITS,
        Column("region", T.TEXT, "region"),
        Column("acquisition_channel", T.TEXT, "how the customer was won"),
        Column("started_s", T.INTEGER, "became a customer", unit="seconds", required=True),
        Column("started_month", T.MONTH, "month number of the start"),
        Column("start_inferred", T.INTEGER, "1 where no file gives a start and the first purchase in them stands for it"),
        Column("started_plan", T.TEXT, "plan on the first day; that of the list, which is of today, where no subscription is known"),
        Column("started_mrr", T.MONEY, "monthly rate on the first day, null with several currencies", unit="money"),
        Column("churned_s", T.INTEGER, "left, or null", unit="seconds"),
        Column("churn_kind", T.TEXT, "voluntary, failed_payment, merger or downgrade"),
        Column("first_mrr", T.MONEY, "monthly revenue at the start", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("contacts", T.INTEGER, "contacts in all files", required=True),
        Column("first_contact_s", T.INTEGER, "first contact", unit="seconds"),
    ),
    key=("customer_no",),
)

PERSON_MONTHS = Table(
    "person_months",
    "Customer months",
    "One row per customer and calendar month at whose first instant they are a customer, sorted by customer_no, month.",
    (
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("month", T.MONTH, "month number", required=True),
        Column("mrr", T.MONEY, "monthly revenue, 0 where no subscription of theirs runs; null where none is known or currencies are mixed", unit="money"),
        Column("known_mrr", T.MONEY, "the same as it was known at the start of the month", unit="money"),
        Column(
            "stated_mrr",
            T.MONEY,
            "the rate that subscriptions state for the month, whatever was billed, 0 where none runs; null where they state none",
            unit="money",
        ),
        *_CUSTOMER_TRAITS,
        Column("tenure_months", T.NUMBER, "months since the start, at the start of the month", unit="months", required=True),
        Column("contacts", T.INTEGER, "contacts in the month", required=True),
        Column("contact_s", T.INTEGER, "first contact in the month, or null", unit="seconds"),
        Column("contact_ticket_no", T.INTEGER, "ticket_no of that contact, or null"),
        Column("contacts_3m", T.INTEGER, "contacts in the 3 calendar months before", required=True),
        Column("contacts_4_6m", T.INTEGER, "contacts in calendar months 4 to 6 before", required=True),
        Column("contacts_before", T.INTEGER, "all contacts before the month", required=True),
        Column("usage", T.NUMBER, "last usage with as_of strictly before the contact (without one: before the month)"),
        Column("health", T.NUMBER, "last health, same clock"),
        Column("overdue", T.INTEGER, "invoices issued and unpaid for more than 7 days at the start of the month"),
        Column("months_to_renewal", T.NUMBER, "months from the start of the month to the next renewal", unit="months"),
        Column(
            "late_payment_before",
            T.INTEGER,
            "1 where a bill due in the month before was paid late (negative control); null where payments have no date",
        ),
    ),
    key=("customer_no", "month"),
)

CONTACTS = Table(
    "contacts",
    "Contacts",
    "One row per ticket that counts as a contact of a known customer, sorted by ticket_no (created, then file order).",
    (
        Column("ticket_no", T.INTEGER, "number of the contact, from 0", required=True),
        Column("part_no", T.INTEGER, "part of the typed tickets that holds it, in the order of loading, from 0", required=True),
        Column("row_no", T.INTEGER, "its row in that part", required=True),
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("month", T.MONTH, "month number of the contact", required=True),
        Column("created_s", T.INTEGER, "opened", unit="seconds", required=True),
        Column("channel", T.TEXT, "channel"),
        Column("category", T.TEXT, "category, else type"),
        Column("priority", T.TEXT, "priority"),
        Column("agent", T.KEY, "keyed hash of the agent"),
        Column("team", T.TEXT, "team"),
        Column("handled_by", T.TEXT, "human, bot or both"),
        Column("first_response_minutes", T.MINUTES, "calendar minutes from opened to first reply, or null", unit="minutes"),
        Column("resolution_minutes", T.MINUTES, "calendar minutes from opened to resolved, or null", unit="minutes"),
        Column("replied", T.BOOLEAN, "a reply was given"),
        Column("replied_7d", T.BOOLEAN, "a reply was given within 7 days; null where only their number is known"),
        Column("resolved", T.BOOLEAN, "resolved or closed"),
        Column("recontact_7d", T.BOOLEAN, "another contact on the same matter within 7 days; null in the last 7 days of the files"),
        Column("reopened", T.BOOLEAN, "opened again after it was resolved, or null where the files do not say"),
        Column("escalated", T.BOOLEAN, "handed to a higher level, or null where the files do not say"),
        Column("csat", T.NUMBER, "satisfaction with this contact, 0 to 1, or null"),
        Column("csat_raw", T.NUMBER, "satisfaction as answered"),
        Column("csat_scale", T.NUMBER, "top of the answered scale"),
        Column("rated_s", T.INTEGER, "satisfaction answered; opened where the files do not say when, null without an answer", unit="seconds"),
        Column("asks_to_cancel", T.BOOLEAN, "known at creation to ask for cancellation"),
        Column("load", T.NUMBER, "contacts of the same team in the 24 hours before", unit="contacts"),
        Column("handle_minutes", T.MINUTES, "time tracked", unit="minutes"),
    ),
    key=("ticket_no",),
)

ASSIGNED = Table(
    "assigned",
    "Drawn for a test",
    "One row per row of a treatment list, in no order.",
    (
        Column("test", T.TEXT, "name of the test, empty where it has none", required=True),
        Column("treated", T.INTEGER, "1 where the arm was helped differently, 0 where it was not, null where that is not known"),
        Column("assigned_s", T.INTEGER, "drawn; none where the list has no day that can be read", unit="seconds"),
        Column("customer_no", T.INTEGER, "number of the customer, or null where the list names nobody who can be followed"),
    ),
)

REACHED = Table(
    "reached",
    "Reached out first",
    "One row per time that the team wrote or called a customer first, while they were one, sorted by customer_no, at_s.",
    (
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("at_s", T.INTEGER, "reached out", unit="seconds", required=True),
    ),
)

ANSWERS = Table(
    "answers",
    "Ratings by customer",
    "One row per answer to a satisfaction survey that names a customer and no ticket, given since they became one, sorted by customer_no, rated_s, csat_raw.",
    (
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("rated_s", T.INTEGER, "answered", unit="seconds", required=True),
        Column("csat", T.NUMBER, "satisfaction, 0 to 1, or null"),
        Column("csat_raw", T.NUMBER, "satisfaction as answered", required=True),
        Column("csat_scale", T.NUMBER, "top of the answered scale", required=True),
    ),
)

BOUGHT = Table(
    "bought",
    "Orders of customers",
    "One row per order of a customer that was not cancelled and did not fail, sorted by customer_no, ordered_s.",
    (
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("ordered_s", T.INTEGER, "ordered", unit="seconds", required=True),
        Column("gross", T.MONEY, "value of the order; null where currencies are mixed", unit="money"),
        Column("net", T.MONEY, "what is left of it after refunds", unit="money"),
        Column("returned_s", T.INTEGER, "when the first of it came back, or null", unit="seconds"),
    ),
)

TERMS = Table(
    "terms",
    "Contracts of customers",
    "One row per contract of a customer, sorted by customer_no, starts_s.",
    (
        Column("customer_no", T.INTEGER, "number of the customer", required=True),
        Column("starts_s", T.INTEGER, "begins", unit="seconds", required=True),
        Column("ends_s", T.INTEGER, "last second of its last day", unit="seconds", required=True),
        Column("renewed", T.INTEGER, "1 where it was renewed, 0 where not, null where that is not known yet"),
        Column("value", T.MONEY, "value of the whole term; null where currencies are mixed", unit="money"),
    ),
)

DERIVED = {table.name: table for table in (SPINE, PERSON_MONTHS, CONTACTS, ASSIGNED, REACHED, ANSWERS, BOUGHT, TERMS)}
