"""Chargebee, Subscriptions.csv: dotted headers, labels as status, an end in the future where a subscription will not renew."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

HEADERS = (
    "subscriptions.id", "customers.id", "customers.first_name", "customers.last_name", "customers.email", "customers.net_term_days",
    "subscriptions.plan_id", "subscriptions.plan_quantity", "subscriptions.plan_unit_price", "subscriptions.plan_amount", "subscriptions.status",
    "subscriptions.start_date", "subscriptions.trial_start", "subscriptions.trial_end", "subscriptions.current_term_start",
    "subscriptions.current_term_end", "subscriptions.remaining_billing_cycles", "subscriptions.created_at", "subscriptions.started_at",
    "subscriptions.cancelled_at", "subscriptions.pause_date", "subscriptions.resume_date", "subscriptions.po_number", "subscriptions.auto_collection",
    "addresses.first_name", "addresses.last_name", "addresses.email", "addresses.company", "addresses.phone", "addresses.addr",
    "addresses.extended_addr", "addresses.city", "addresses.state", "addresses.country", "addresses.zip", "subscriptions.cf_region",
)  # fmt: skip

_FILE = table(
    HEADERS,
    {
        "subscriptions.id": "AzZiTSTqA1",
        "customers.id": "AzZiTSTq01",
        "customers.email": "Ann@Firm.example",
        "subscriptions.plan_id": "team-monthly",
        "subscriptions.plan_quantity": "5",
        "subscriptions.plan_unit_price": "12.50",
        "subscriptions.plan_amount": "62.50",
        "subscriptions.status": "Active",
        "subscriptions.created_at": "2024-03-01 10:15:00",
        "subscriptions.started_at": "2024-03-01 10:15:00",
        "addresses.company": "Firm GmbH",
        "addresses.country": "DE",
    },
    {
        "subscriptions.id": "AzZiTSTqA2",
        "customers.id": "AzZiTSTq02",
        "subscriptions.plan_id": "solo-monthly",
        "subscriptions.plan_quantity": "1",
        "subscriptions.plan_unit_price": "19.00",
        "subscriptions.status": "Cancelled",
        "subscriptions.started_at": "2024-01-15 08:00:00",
        "subscriptions.cancelled_at": "2024-06-15 08:00:00",
        "subscriptions.trial_start": "2024-01-15 08:00:00",
        "subscriptions.trial_end": "2024-01-29 08:00:00",
        "addresses.email": "bo@mill.example",
    },
    {
        "subscriptions.id": "AzZiTSTqA3",
        "customers.id": "AzZiTSTq01",
        "customers.email": "ann@firm.example",
        "subscriptions.plan_id": "solo-monthly",
        "subscriptions.plan_unit_price": "19.00",
        "subscriptions.status": "Non Renewing",
        "subscriptions.started_at": "2024-05-01 00:00:00",
        "subscriptions.cancelled_at": "2031-05-01 00:00:00",
    },
    {
        "subscriptions.id": "AzZiTSTqA4",
        "customers.id": "AzZiTSTq04",
        "customers.email": "cy@reed.example",
        "subscriptions.plan_id": "team-monthly",
        "subscriptions.plan_quantity": "3",
        "subscriptions.plan_unit_price": "12.50",
        "subscriptions.status": "Future",
        "subscriptions.start_date": "2030-01-01 00:00:00",
    },
    {
        "subscriptions.id": "AzZiTSTqA5",
        "customers.id": "AzZiTSTq05",
        "subscriptions.plan_id": "team-monthly",
        "subscriptions.plan_unit_price": "12.50",
        "subscriptions.status": "In Trial",
        "subscriptions.started_at": "2024-06-20 08:00:00",
        "subscriptions.trial_start": "2024-06-20 08:00:00",
        "subscriptions.trial_end": "2024-07-04 08:00:00",
    },
)

EXAMPLES = (
    Example(
        export="chargebee_subscriptions_csv_site_export",
        catalogue="chargebee_subscriptions_csv_site_export",
        name="Subscriptions.csv",
        content=_FILE,
        rows=(
            {
                "subscription_id": "AzZiTSTqA1",
                "customer_id": key("AzZiTSTq01"),
                "email": key("ann@firm.example"),
                "company": key("firm"),
                "plan": "team-monthly",
                "quantity": 5.0,
                "mrr": 62.5,
                "status": "active",
                "started_at": datetime(2024, 3, 1, 10, 15),
                "ended_at": None,
            },
            {
                "email": key("bo@mill.example"),
                "mrr": 19.0,
                "status": "cancelled",
                "ended_at": datetime(2024, 6, 15, 8),
                "trial_started_at": datetime(2024, 1, 15, 8),
                "trial_ends_at": datetime(2024, 1, 29, 8),
            },
            {"customer_id": key("AzZiTSTq01"), "quantity": None, "mrr": 19.0, "status": "non_renewing", "ended_at": datetime(2031, 5, 1)},
            {"status": "future", "started_at": datetime(2030, 1, 1), "mrr": 37.5},
        ),
        not_data=1,
        notes=("how often a plan is billed", "rows that are no records (on trial: nothing is paid yet): 1, the first on line 6"),
    ),
)
