"""Paddle transactions: ids tell their kind by what they begin with, several prices in one cell, no amount that is known."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_FILE = b"""\
id,status,invoice_number,customer_id,customer_email,address_id,address_country_code,business_id,business_name,price_ids,discount_ids,subscription_id,created_at,updated_at,billed_at
txn_01a,completed,325-10001,ctm_01a,gil@quay.example,add_01a,DE,biz_01a,Quay GmbH,"pri_01a,pri_01b",,sub_01a,2024-05-02T08:00:00.123456Z,2024-05-02T08:00:09Z,2024-05-02T08:00:01Z
txn_01b,past_due,325-10002,ctm_01b,HAL@moor.example,add_01b,GB,,,pri_01a,dsc_01a,sub_01b,2024-05-03T23:30:00Z,2024-05-10T00:00:00Z,2024-05-03T23:30:02Z
txn_01c,ready,,ctm_01c,ida@glen.example,add_01c,US,,,pri_01a,,,2024-05-04T10:00:00Z,2024-05-04T10:00:00Z,
txn_01d,canceled,325-10003,ctm_01a,gil@quay.example,add_01a,DE,biz_01a,Quay GmbH,pri_01b,,sub_01a,2024-05-05T10:00:00Z,2024-05-06T10:00:00Z,2024-05-05T10:00:01Z
"""  # noqa: E501

EXAMPLES = (
    Example(
        export="paddle_transactions_report_paddle_billing",
        catalogue="paddle_transactions_report_paddle_billing",
        name="transactions.csv",
        content=_FILE,
        rows=(
            {
                "invoice_id": "txn_01a",
                "status": "paid",
                "customer_id": key("ctm_01a"),
                "email": key("gil@quay.example"),
                "company": key("quay"),
                "subscription_id": "sub_01a",
                "issued_at": datetime(2024, 5, 2, 8, 0, 0, 123456),
            },
            {"status": "open", "email": key("hal@moor.example"), "issued_at": datetime(2024, 5, 3, 23, 30)},
            {"status": "draft", "subscription_id": None},
            {"status": "void", "customer_id": key("ctm_01a")},
        ),
        notes=("no column gives amount of invoices", "whether it is in cents"),
    ),
)
