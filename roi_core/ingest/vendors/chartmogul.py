"""ChartMogul: three datasets of its destinations. Amounts are in cents, several values stand in one cell between bars."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Skip

CUSTOMERS = Export(
    id="chartmogul_customers_dataset_destination_export",
    vendor="chartmogul",
    title="ChartMogul customers",
    entity="customers",
    signature=("MRR", "ARR", "SUBSCRIBER_SINCE"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("UUID",),
            "customers.mrr": ("MRR",),
            "customers.plan": ("PLAN_NAME",),
            "customers.country": ("COUNTRY",),
            "customers.region": ("STATE",),
            "customers.started_at": ("SUBSCRIBER_SINCE",),
            "customers.status": ("STATUS",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    minor_units=("customers.mrr",),
    lists=MappingProxyType({"customers.plan": "|"}),
    skips=(Skip("STATUS", r".*\blead", "leads, who never subscribed"),),
    warnings=("The file does not say when a customer left: add the MRR movements.",),
)

SUBSCRIPTIONS = Export(
    id="chartmogul_subscriptions_dataset_destination_export",
    vendor="chartmogul",
    title="ChartMogul subscriptions",
    entity="subscriptions",
    signature=("CUSTOMER_EXTERNAL_IDS", "MRR"),
    columns=MappingProxyType(
        {
            "subscriptions.customer_id": ("CUSTOMER_EXTERNAL_IDS", "CUSTOMER_UUID"),
            "subscriptions.company": ("CUSTOMER_NAME",),
            "subscriptions.email": ("CUSTOMER_EMAIL", "PRIMARY_CONTACT_EMAIL"),
            "subscriptions.subscription_id": ("CUSTOMER_SUBSCRIPTION_ID",),
            "subscriptions.plan": ("PLAN_NAME",),
            "subscriptions.quantity": ("QUANTITY",),
            "subscriptions.mrr": ("MRR",),
            "subscriptions.currency": ("CURRENCY",),
            "subscriptions.status": ("STATUS",),
        }
    ),
    joined=MappingProxyType({"subscriptions.interval": ("INTERVAL_COUNT", "INTERVAL_UNIT")}),
    minor_units=("subscriptions.mrr",),
    lists=MappingProxyType({"subscriptions.customer_id": "|", "subscriptions.plan": "|"}),
    skips=(Skip("STATUS", r"cancell?ed", "cancelled subscriptions: their MRR is the last one they had, and the file does not say when they ended"),),
    warnings=("The file has no start and no end of a subscription: add the MRR movements.",),
)

MOVEMENTS = Export(
    id="chartmogul_mrr_movements_dataset_destination_export",
    vendor="chartmogul",
    title="ChartMogul MRR movements",
    entity="mrr_movements",
    signature=("MRR_MOVEMENT", "MOVEMENT_TYPE"),
    columns=MappingProxyType(
        {
            "mrr_movements.at": ("DATE",),
            "mrr_movements.company": ("CUSTOMER_NAME",),
            "mrr_movements.customer_id": ("CUSTOMER_EXTERNAL_ID", "CUSTOMER_UUID"),
            "mrr_movements.subscription_id": ("SUBSCRIPTION_EXTERNAL_ID",),
            "mrr_movements.kind": ("MOVEMENT_TYPE",),
            "mrr_movements.amount": ("MRR_MOVEMENT",),
            "mrr_movements.currency": ("CURRENCY_CODE",),
            "mrr_movements.plan": ("PLAN_EXTERNAL_ID",),
        }
    ),
    words=MappingProxyType(
        {
            "mrr_movements.kind": MappingProxyType(
                {"new_biz": "new", "expansion": "expansion", "contraction": "contraction", "churn": "churn", "reactivation": "reactivation"}
            )
        }
    ),
    minor_units=("mrr_movements.amount",),
)

EXPORTS = (CUSTOMERS, SUBSCRIPTIONS, MOVEMENTS)
