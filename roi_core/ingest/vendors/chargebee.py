"""Chargebee: Subscriptions.csv of the site export (a ZIP of CSV files)."""

from types import MappingProxyType

from roi_core.ingest.export import Export

SUBSCRIPTIONS = Export(
    id="chargebee_subscriptions_csv_site_export",
    vendor="chargebee",
    title="Chargebee subscriptions of the site export",
    entity="subscriptions",
    signature=("subscriptions.id", "subscriptions.status", "customers.id"),
    columns=MappingProxyType(
        {
            "subscriptions.subscription_id": ("subscriptions.id",),
            "subscriptions.customer_id": ("customers.id",),
            "subscriptions.email": ("customers.email", "addresses.email"),
            "subscriptions.company": ("addresses.company",),
            "subscriptions.plan": ("subscriptions.plan_id",),
            "subscriptions.quantity": ("subscriptions.plan_quantity",),
            "subscriptions.mrr": ("subscriptions.plan_unit_price",),
            "subscriptions.status": ("subscriptions.status",),
            "subscriptions.started_at": ("subscriptions.started_at", "subscriptions.start_date"),
            "subscriptions.ended_at": ("subscriptions.cancelled_at",),
            "subscriptions.trial_started_at": ("subscriptions.trial_start",),
            "subscriptions.trial_ends_at": ("subscriptions.trial_end",),
        }
    ),
    zone="UTC",
    per_interval=True,
    warnings=(
        "The file does not say how often a plan is billed: check the price of yearly and quarterly plans.",
        "Add-ons, coupons and discounts are in other files of the export and are not in these amounts.",
    ),
)

EXPORTS = (SUBSCRIPTIONS,)
