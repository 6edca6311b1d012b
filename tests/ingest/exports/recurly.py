"""Recurly subscriptions: canceled is not lost yet, an account code may be an e-mail address, custom fields at the end."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "uuid", "account_code", "email", "first_name", "last_name", "company_name", "plan_code", "plan_name", "status", "quantity", "unit_amount",
    "currency", "activated_at", "canceled_at", "expires_at", "current_period_started_at", "current_period_ends_at", "trial_started_at",
    "trial_ends_at", "modified_at", "created_at", "custom_field_region",
)  # fmt: skip


def _row(*cells: str) -> dict[str, str]:
    return dict(zip(_HEADERS, cells, strict=False))


_FILE = table(
    _HEADERS,
    _row(
        "4fa1c0", "A-1", "dee@harbour.example", "Dee", "Park", "Harbour Ltd.", "gold", "Gold", "live", "2", "49.00", "USD", "2024-02-01 12:00:00 UTC"
    ),
    _row(
        "4fa1c1", "eve@lane.example", "Eve@lane.example", "Eve", "Lane", "", "gold", "Gold", "canceled", "1", "49.00", "USD",
        "2024-02-10 09:30:00 UTC", "2024-06-01 08:00:00 UTC", "2030-02-10 09:30:00 UTC",
    ),
    _row(
        "4fa1c2", "A-3", "fay@cove.example", "Fay", "Cove", "", "silver", "Silver", "expired", "", "19.90", "USD",
        "2023-11-05 00:00:00 UTC", "2024-03-20 10:00:00 UTC", "2024-04-05 00:00:00 UTC", "", "", "2023-11-05 00:00:00 UTC", "2023-11-19 00:00:00 UTC",
    ),
    _row(
        "4fa1c3", "A-4", "gus@bay.example", "Gus", "Bay", "", "silver", "Silver", "expired", "", "19.90", "USD",
        "2024-01-05 00:00:00 UTC", "2024-01-08 10:00:00 UTC", "2024-01-19 00:00:00 UTC", "", "", "2024-01-05 00:00:00 UTC", "2024-01-19 00:00:00 UTC",
    ),
)  # fmt: skip

EXAMPLES = (
    Example(
        export="recurly_subscriptions_export",
        catalogue="recurly_subscriptions_export",
        name="subscriptions-2024.csv",
        content=_FILE,
        rows=(
            {
                "subscription_id": "4fa1c0",
                "customer_id": key("A-1"),
                "email": key("dee@harbour.example"),
                "company": key("harbour"),
                "plan": "gold",
                "status": "live",
                "mrr": 98.0,
                "quantity": 2.0,
                "currency": "USD",
                "started_at": datetime(2024, 2, 1, 12),
                "ended_at": None,
            },
            {"customer_id": key("eve@lane.example"), "status": "canceled", "ended_at": datetime(2030, 2, 10, 9, 30)},
            {
                "status": "expired",
                "mrr": 19.9,
                "ended_at": datetime(2024, 4, 5),
                "trial_started_at": datetime(2023, 11, 5),
                "trial_ends_at": datetime(2023, 11, 19),
            },
        ),
        not_data=1,
        notes=("trials that ended before anything was paid", "A canceled subscription runs on until it expires", "derived from an API schema"),
    ),
)
