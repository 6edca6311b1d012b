"""Paddle Billing: the transactions report. Its column descriptions name no amount."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export

TRANSACTIONS = Export(
    id="paddle_transactions_report_paddle_billing",
    vendor="paddle",
    title="Paddle transactions report",
    entity="invoices",
    signature=("customer_id", "subscription_id", "business_id", "billed_at"),
    columns=MappingProxyType(
        {
            "invoices.invoice_id": ("id",),
            "invoices.status": ("status",),
            "invoices.customer_id": ("customer_id",),
            "invoices.email": ("customer_email",),
            "invoices.company": ("business_name",),
            "invoices.subscription_id": ("subscription_id",),
            "invoices.issued_at": ("created_at",),
        }
    ),
    zone="UTC",
    words=MappingProxyType(
        {
            "invoices.status": MappingProxyType(
                {"draft": "draft", "ready": "draft", "billed": "open", "past_due": "open", "paid": "paid", "completed": "paid", "canceled": "void"}
            )
        }
    ),
    warnings=("Name the column that holds the total, and check whether it is in cents: the interface of Paddle writes cents.",),
    confidence=Confidence.DERIVED,
)

EXPORTS = (TRANSACTIONS,)
