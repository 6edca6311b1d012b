"""Baremetrics template: cents, and an interval in two columns."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_FILE = b"""\
plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,customer_name,customer_email,subscription_oid,subscription_started_at,subscription_canceled_at
p1,Gold,usd,4900,month,1,c1,Xenon Inc,xi@xenon.example,s1,2024-01-05,
p2,Gold yearly,usd,58800,year,1,c2,Yew GmbH,yan@yew.example,s2,2023-02-01,2024-02-01
p3,Gold half,usd,29400,month,6,c3,Zinc Oy,zoe@zinc.example,s3,2024-03-01,
p4,Odd,usd,10000,month,5,c4,Alder AS,al@alder.example,s4,2024-03-02,
"""

EXAMPLES = (
    Example(
        export="baremetrics_manual_subscription_import_template",
        catalogue="baremetrics_manual_subscription_import_template",
        name="subscriptions.csv",
        content=_FILE,
        rows=(
            {
                "customer_id": key("c1"),
                "company": key("xenon"),
                "email": key("xi@xenon.example"),
                "subscription_id": "s1",
                "plan": "Gold",
                "mrr": 49.0,
                "currency": "USD",
                "interval": "month",
                "started_at": datetime(2024, 1, 5),
                "ended_at": None,
            },
            {"interval": "year", "mrr": 49.0, "ended_at": datetime(2024, 2, 1)},
            {"interval": "half_year", "mrr": 49.0},
            {"interval": "half_year", "mrr": 20.0},
        ),
    ),
)
