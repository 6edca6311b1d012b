"""ChartMogul datasets: cents, bars between several values, leads among customers, the last MRR of what was cancelled."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_CUSTOMERS = b"""\
MRR,ARR,PLAN_NAME,BILLING_CYCLE,NET_PAYMENTS,COUNTRY,STATE,CITY,ADDRESS_ZIP,SUBSCRIBER_SINCE,STATUS,UUID
4990,59880,Gold|Storage,monthly|monthly,14970,US,NY,Albany,12207,2024-01-31T18:30:00-05:00,Active,cus_a1
0,0,Silver,yearly,24000,DE,,Ulm,89073,2023-06-01T00:00:00Z,Cancelled,cus_a2
0,0,,,0,,,,,,Qualified Lead,cus_a3
"""

_SUBSCRIPTIONS = b"""\
CUSTOMER_UUID,CUSTOMER_EXTERNAL_IDS,CUSTOMER_NAME,CUSTOMER_EMAIL,PRIMARY_CONTACT_EMAIL,CUSTOMER_COUNTRY,CUSTOMER_SUBSCRIPTION_ID,BILLING_CONNECTOR_NAME,BILLING_SYSTEM,PLAN_UUID,PLAN_NAME,QUANTITY,MRR,ARR,CURRENCY,BILLING_CURRENCY,INTERVAL_UNIT,INTERVAL_COUNT,STATUS
cus_a1,ext_1|ext_9,Umber Ltd,uma@umber.example,,US,sub_1,Billing,Stripe,pl_1,Gold|Storage,5,4990,59880,USD,USD,month,1,Active
cus_a2,,Violet KG,,vic@violet.example,DE,sub_2,Billing,Custom,pl_2,Silver,1,2000,24000,USD,EUR,year,1,Past Due
cus_a4,ext_4,Willow AB,wim@willow.example,,SE,sub_3,Billing,Custom,pl_3,Bronze,1,1500,18000,USD,USD,month,6,Active
cus_a5,ext_5,Yarrow AB,yip@yarrow.example,,SE,sub_4,Billing,Custom,pl_3,Bronze,1,1500,18000,USD,USD,month,1,Cancelled
"""

_MOVEMENTS = b"""\
DATE,CUSTOMER_NAME,MRR_MOVEMENT,MRR,DESCRIPTION,MOVEMENT_TYPE,CURRENCY_CODE,BILLING_CONNECTOR_UUID,CUSTOMER_EXTERNAL_ID,CUSTOMER_UUID,SUBSCRIPTION_EXTERNAL_ID,PLAN_EXTERNAL_ID,ACTIVE_SUBSCRIPTION_QUANTITY,UUID,RANK,PREVIOUS_PLAN_EXTERNAL_ID
2024-01-31,Umber Ltd,2990,2990,purchased the Gold plan,new_biz,USD,ds_1,ext_1,cus_a1,sub_1,gold,3,mov_1,1,
2024-02-15,Umber Ltd,2000,4990,added 2 seats,expansion,USD,ds_1,ext_1,cus_a1,sub_1,gold,5,mov_2,1,
2024-03-01,Violet KG,-2000,0,cancelled the Silver plan,churn,USD,ds_2,,cus_a2,sub_2,silver,0,mov_3,1,
2024-03-02,Violet KG,500,500,came back,reactivation,USD,ds_2,,cus_a2,sub_2,bronze,1,mov_4,1,silver
2024-03-02,Violet KG,-100,400,a discount,contraction,USD,ds_2,,cus_a2,sub_2,bronze,1,mov_5,2,
"""

EXAMPLES = (
    Example(
        export="chartmogul_customers_dataset_destination_export",
        catalogue="chartmogul_customers_dataset_destination_export",
        name="customers.csv",
        content=_CUSTOMERS,
        rows=(
            {
                "customer_id": key("cus_a1"),
                "mrr": 49.9,
                "plan": "Gold",
                "country": "US",
                "region": "NY",
                "started_at": datetime(2024, 1, 31, 23, 30),
                "status": "active",
            },
            {"mrr": 0.0, "started_at": datetime(2023, 6, 1), "status": "cancelled"},
        ),
        not_data=1,
        notes=("leads, who never subscribed",),
    ),
    Example(
        export="chartmogul_subscriptions_dataset_destination_export",
        catalogue="chartmogul_subscriptions_dataset_destination_export",
        name="subscriptions.csv",
        content=_SUBSCRIPTIONS,
        rows=(
            {
                "customer_id": key("ext_1"),
                "company": key("umber"),
                "email": key("uma@umber.example"),
                "subscription_id": "sub_1",
                "plan": "Gold",
                "quantity": 5.0,
                "mrr": 49.9,
                "currency": "USD",
                "interval": "month",
                "status": "active",
            },
            {"customer_id": key("cus_a2"), "email": key("vic@violet.example"), "mrr": 20.0, "interval": "year", "status": "past_due"},
            {"interval": "half_year", "mrr": 15.0},
        ),
        not_data=1,
        notes=("no column gives started_at of subscriptions", "their MRR is the last one they had"),
    ),
    Example(
        export="chartmogul_mrr_movements_dataset_destination_export",
        catalogue="chartmogul_mrr_movements_dataset_destination_export",
        name="mrr_movements.csv",
        content=_MOVEMENTS,
        rows=(
            {
                "at": datetime(2024, 1, 31),
                "company": key("umber"),
                "customer_id": key("ext_1"),
                "subscription_id": "sub_1",
                "kind": "new",
                "amount": 29.9,
                "currency": "USD",
                "plan": "gold",
            },
            {"kind": "expansion", "amount": 20.0},
            {"kind": "churn", "amount": -20.0, "customer_id": key("cus_a2")},
            {"kind": "reactivation", "amount": 5.0},
            {"kind": "contraction", "amount": -1.0},
        ),
    ),
)
