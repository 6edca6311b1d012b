"""Baremetrics: the template for importing subscriptions by hand. The header of its customer export is not known."""

from types import MappingProxyType

from roi_core.ingest.export import Export

SUBSCRIPTIONS = Export(
    id="baremetrics_manual_subscription_import_template",
    vendor="baremetrics",
    title="Baremetrics subscription template",
    entity="subscriptions",
    signature=("customer_oid", "subscription_oid"),
    columns=MappingProxyType(
        {
            "subscriptions.customer_id": ("customer_oid",),
            "subscriptions.company": ("customer_name",),
            "subscriptions.email": ("customer_email",),
            "subscriptions.subscription_id": ("subscription_oid",),
            "subscriptions.plan": ("plan_name",),
            "subscriptions.mrr": ("plan_amount",),
            "subscriptions.currency": ("plan_currency",),
            "subscriptions.started_at": ("subscription_started_at",),
            "subscriptions.ended_at": ("subscription_canceled_at",),
        }
    ),
    joined=MappingProxyType({"subscriptions.interval": ("plan_interval_count", "plan_interval")}),
    dates=("YYYY-MM-DD",),
    minor_units=("subscriptions.mrr",),
    per_interval=True,
)

EXPORTS = (SUBSCRIPTIONS,)
