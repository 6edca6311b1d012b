"""Recurly: the subscriptions export. Canceled means that it will not renew; it is lost when it has expired."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export

SUBSCRIPTIONS = Export(
    id="recurly_subscriptions_export",
    vendor="recurly",
    title="Recurly subscriptions",
    entity="subscriptions",
    signature=("uuid", "account_code", "activated_at"),
    columns=MappingProxyType(
        {
            "subscriptions.subscription_id": ("uuid",),
            "subscriptions.customer_id": ("account_code",),
            "subscriptions.email": ("email",),
            "subscriptions.company": ("company_name",),
            "subscriptions.plan": ("plan_code",),
            "subscriptions.status": ("status",),
            "subscriptions.mrr": ("unit_amount",),
            "subscriptions.quantity": ("quantity",),
            "subscriptions.currency": ("currency",),
            "subscriptions.started_at": ("activated_at",),
            "subscriptions.ended_at": ("expires_at",),
            "subscriptions.trial_started_at": ("trial_started_at",),
            "subscriptions.trial_ends_at": ("trial_ends_at",),
        }
    ),
    zone="UTC",
    per_interval=True,
    warnings=(
        "A canceled subscription runs on until it expires: the end is taken from expires_at.",
        "The file does not say how often a plan is billed: check the price of yearly plans.",
    ),
    confidence=Confidence.DERIVED,
)

EXPORTS = (SUBSCRIPTIONS,)
