"""ProfitWell (Paddle Metrics): the customers export. Its headers are not verified, so all five must be there and no start."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export

CUSTOMERS = Export(
    id="profitwell_customers_csv_export_activity_labels_only",
    vendor="profitwell",
    title="ProfitWell customers",
    entity="customers",
    signature=("customer_id", "email", "status", "mrr", "activity"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("customer_id",),
            "customers.email": ("email",),
            "customers.company": ("name",),
            "customers.mrr": ("mrr",),
            "customers.status": ("status",),
        }
    ),
    absent=("started_at", "churned_at", "created_at"),
    warnings=("Check whether mrr is in cents. The file does not say when a customer started or left: add the subscriptions of your billing system.",),
    confidence=Confidence.GENERAL,
)

EXPORTS = (CUSTOMERS,)
