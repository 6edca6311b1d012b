"""Stripe: customers, subscriptions, invoices, and payments of both generations, from the Dashboard."""

from types import MappingProxyType

from roi_core.ingest.export import Export

_METADATA_IDS = (
    "externalId", "user_id", "userId", "customer_id", "customerId", "account_id", "accountId", "company_id", "companyId", "organization_id",
    "organizationId", "org_id", "orgId", "organisation_id", "tenant_id", "tenantId", "workspace_id", "workspaceId", "team_id", "teamId", "uid", "uuid", "id",
)  # fmt: skip
"""Keys under which companies keep their own id of a customer, the most telling first."""

_PAYMENT_COLUMNS = {
    "invoices.invoice_id": ("Invoice ID", "id"),
    "invoices.amount": ("Amount",),
    "invoices.refunded": ("Amount Refunded",),
    "invoices.currency": ("Currency",),
    "invoices.status": ("Status",),
    "invoices.customer_id": ("Customer ID",),
    "invoices.email": ("Customer Email",),
}

_PAYMENT_ID = MappingProxyType({"invoices.payment_row_id": "id"})

_CONVERTED = MappingProxyType(
    {"invoices.amount": "Converted Amount", "invoices.refunded": "Converted Amount Refunded", "invoices.currency": "Converted Currency"}
)

_PAYMENT_WORDS = MappingProxyType(
    {
        "invoices.status": MappingProxyType(
            {
                "paid": "paid",
                "succeeded": "paid",
                "refunded": "refunded",
                "partially refunded": "partially_refunded",
                "partial refund": "partially_refunded",
                "failed": "failed",
                "blocked": "failed",
                "requires_payment_method": "failed",
                "requires": "open",
                "pending": "open",
                "processing": "open",
                "canceled": "void",
                "uncaptured": "open",
                "disputed": "disputed",
            }
        )
    }
)

PAYMENTS = Export(
    id="stripe_payments_export_all_columns_unified_payments_csv",
    vendor="stripe",
    title="Stripe payments, all columns",
    entity="invoices",
    signature=("Created date (UTC)", "Converted Amount", "Customer ID"),
    columns=MappingProxyType({**_PAYMENT_COLUMNS, "invoices.issued_at": ("Created date (UTC)",)}),
    dates=("YYYY-MM-DD HH:MM:SS", "YYYY-MM-DD HH:MM"),
    zone="UTC",
    words=_PAYMENT_WORDS,
    guests_by_email=True,
    converted=_CONVERTED,
    also=_PAYMENT_ID,
)

OLDER_PAYMENTS = Export(
    id="stripe_payments_charges_export_older",
    vendor="stripe",
    title="Stripe payments, older form",
    entity="invoices",
    signature=("id", "Created (UTC)", "Amount", "Amount Refunded"),
    columns=MappingProxyType({**_PAYMENT_COLUMNS, "invoices.issued_at": ("Created (UTC)",)}),
    drift=MappingProxyType({"Created (UTC)": ("Created",), "Customer ID": ("Customer",)}),
    dates=("YYYY-MM-DD HH:MM",),
    zone="UTC",
    words=_PAYMENT_WORDS,
    guests_by_email=True,
    converted=_CONVERTED,
    also=_PAYMENT_ID,
)

CUSTOMERS = Export(
    id="stripe_customers_export",
    vendor="stripe",
    title="Stripe customers",
    entity="customers",
    signature=("id", "Email", "Total Spend"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("id",),
            "customers.email": ("Email",),
            "customers.company": ("Name",),
            "customers.started_at": ("Created (UTC)",),
            "customers.plan": ("Plan",),
            "customers.status": ("Status",),
            "customers.external_id": ("external_id (metadata)",),
        }
    ),
    drift=MappingProxyType(
        {
            "Created (UTC)": ("Created",),
            "external_id (metadata)": tuple(f"{key} (metadata)" for key in _METADATA_IDS),
        }
    ),
    dates=("YYYY-MM-DD HH:MM",),
    zone="UTC",
)

SUBSCRIPTIONS = Export(
    id="stripe_subscriptions_export",
    vendor="stripe",
    title="Stripe subscriptions",
    entity="subscriptions",
    signature=("Customer ID", "Current Period Start (UTC)"),
    columns=MappingProxyType(
        {
            "subscriptions.subscription_id": ("id",),
            "subscriptions.customer_id": ("Customer ID",),
            "subscriptions.email": ("Customer Email",),
            "subscriptions.company": ("Customer Name",),
            "subscriptions.plan": ("Plan",),
            "subscriptions.quantity": ("Quantity",),
            "subscriptions.currency": ("Currency",),
            "subscriptions.interval": ("Interval",),
            "subscriptions.mrr": ("Amount",),
            "subscriptions.status": ("Status",),
            "subscriptions.started_at": ("Start Date (UTC)", "Start (UTC)", "Created (UTC)"),
            "subscriptions.ended_at": ("Ended At (UTC)",),
            "subscriptions.trial_started_at": ("Trial Start (UTC)",),
            "subscriptions.trial_ends_at": ("Trial End (UTC)",),
            "subscriptions.cancel_reason": ("Cancellation Reason",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM",),
    zone="UTC",
    per_interval=True,
)

INVOICES = Export(
    id="stripe_invoices_export",
    vendor="stripe",
    title="Stripe invoices",
    entity="invoices",
    signature=("Customer", "Date (UTC)", "Finalized At (UTC)"),
    columns=MappingProxyType(
        {
            "invoices.invoice_id": ("id",),
            "invoices.customer_id": ("Customer",),
            "invoices.company": ("Customer Name",),
            "invoices.email": ("Customer Email",),
            "invoices.subscription_id": ("Subscription",),
            "invoices.status": ("Status",),
            "invoices.currency": ("Currency",),
            "invoices.amount": ("Total",),
            "invoices.issued_at": ("Date (UTC)",),
            "invoices.paid_at": ("Paid At (UTC)",),
        }
    ),
    drift=MappingProxyType({"Customer": ("Customer ID",)}),
    dates=("YYYY-MM-DD HH:MM:SS", "YYYY-MM-DD HH:MM"),
    zone="UTC",
)

EXPORTS = (PAYMENTS, OLDER_PAYMENTS, CUSTOMERS, SUBSCRIPTIONS, INVOICES)
