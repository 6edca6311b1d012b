"""ProfitWell customers: unverified headers, one label of the last activity."""

from tests.ingest.exports.example import Example, key

_FILE = b"""\
customer_id,email,name,status,mrr,activity
cus_1,ben@birch.example,Birch Ltd,active,49.00,upgrade
cus_2,Cat@crane.example,Crane SA,churned_delinquent,0.00,churn_delinquent
"""

EXAMPLES = (
    Example(
        export="profitwell_customers_csv_export_activity_labels_only",
        catalogue="profitwell_customers_csv_export_activity_labels_only",
        name="customers.csv",
        content=_FILE,
        rows=(
            {"customer_id": key("cus_1"), "email": key("ben@birch.example"), "company": key("birch"), "mrr": 49.0, "status": "active"},
            {"customer_id": key("cus_2"), "email": key("cat@crane.example"), "mrr": 0.0, "status": "churned_delinquent"},
        ),
        notes=("no column gives started_at of customers", "Check whether mrr is in cents"),
    ),
)
