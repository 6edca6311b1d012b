"""Stripe: payments of both generations, customers, subscriptions, invoices, as the Dashboard writes them."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_PAYMENT_HEADERS = (
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Converted Amount", "Converted Amount Refunded",
    "Converted Currency", "Description", "Fee", "Is Link", "Mode", "PaymentIntent ID", "Payment Source Type", "Refunded date (UTC)",
    "Statement Descriptor", "Status", "Seller Message", "Taxes On Fee", "Card ID", "Card Name", "Card Address Line1", "Card Address Line2",
    "Card Address City", "Card Address State", "Card Address Country", "Card Address Zip", "Card AVS Line1 Status", "Card AVS Zip Status",
    "Card Brand", "Card CVC Status", "Card Exp Month", "Card Exp Year", "Card Fingerprint", "Card Funding", "Card Issue Country", "Card Last4",
    "Card Tokenization Method", "Customer ID", "Customer Description", "Customer Email", "Customer Phone", "Shipping Name", "Shipping Address Line1",
    "Shipping Address Line2", "Shipping Address City", "Shipping Address State", "Shipping Address Country", "Shipping Address Postal Code",
    "Disputed Amount", "Dispute Date (UTC)", "Dispute Evidence Due (UTC)", "Dispute Reason", "Dispute Status", "Invoice ID", "Invoice Number",
    "Checkout Session ID", "Checkout Custom Field 1 Key", "Checkout Custom Field 1 Value", "Checkout Custom Field 2 Key",
    "Checkout Custom Field 2 Value", "Checkout Custom Field 3 Key", "Checkout Custom Field 3 Value", "Checkout Line Item Summary",
    "Checkout Promotional Consent", "Checkout Terms of Service Consent", "Client Reference ID", "Payment Link ID", "UTM Campaign", "UTM Content",
    "UTM Medium", "UTM Source", "UTM Term", "Application Fee", "Application ID", "Destination", "Transfer", "Transfer Group", "user_id (metadata)",
)  # fmt: skip
_OLDER_HEADERS = (
    "id", "Description", "Seller Message", "Created (UTC)", "Amount", "Amount Refunded", "Currency", "Converted Amount", "Converted Amount Refunded",
    "Fee", "Tax", "Converted Currency", "Mode", "Status", "Statement Descriptor", "Customer ID", "Customer Description", "Customer Email", "Captured",
    "Card ID", "Card Last4", "Card Brand", "Card Funding", "Card Exp Month", "Card Exp Year", "Card Name", "Card Address Line1", "Card Address Line2",
    "Card Address City", "Card Address State", "Card Address Country", "Card Address Zip", "Card Issue Country", "Card Fingerprint",
    "Card CVC Status", "Card AVS Zip Status", "Card AVS Line1 Status", "Card Tokenization Method", "Disputed Amount", "Dispute Status",
    "Dispute Reason", "Dispute Date (UTC)", "Dispute Evidence Due (UTC)", "Invoice ID", "Payment Source Type", "Destination", "Transfer",
    "Interchange Costs", "Merchant Service Charge", "Transfer Group", "PaymentIntent ID",
)  # fmt: skip
_SUBSCRIPTION_HEADERS = (
    "id", "Customer ID", "Customer Description", "Customer Email", "Customer Name", "Plan", "Plan price ID", "Quantity", "Currency", "Interval",
    "Amount", "Status", "Created (UTC)", "Start (UTC)", "Start Date (UTC)", "Current Period Start (UTC)", "Current Period End (UTC)",
    "Trial Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)", "Cancellation Reason",
)  # fmt: skip
_INVOICE_HEADERS = (
    "id", "Customer", "Customer Name", "Customer Email", "Subscription", "Status", "Currency", "Amount Due", "Subtotal", "Tax", "Tax Percent", "Total",
    "Amount Paid", "Total Discount Amount", "Exclusive Tax Amount", "Inclusive Tax Amount", "Starting Balance", "Ending Balance", "Date (UTC)",
    "Due Date (UTC)", "Paid At (UTC)", "Marked Uncollectible At (UTC)", "Voided At (UTC)", "Finalized At (UTC)", "Period Start (UTC)",
    "Period End (UTC)", "Minimum Line Item Period Start (UTC)", "Maximum Line Item Period End (UTC)", "Paid", "Closed", "Forgiven",
    "Applied Coupons", "Billing", "Charge", "Description", "Number",
)  # fmt: skip


def _payment(number: int, when: str, money: tuple[str, str, str], settled: tuple[str, str, str], status: str, **more: str) -> dict[str, str]:
    names = ("Amount", "Amount Refunded", "Currency", "Converted Amount", "Converted Amount Refunded", "Converted Currency")
    return {"id": f"py_{number}", "Created date (UTC)": when, "Status": status, **dict(zip(names, (*money, *settled), strict=True)), **more}


_PAYMENTS = table(
    _PAYMENT_HEADERS,
    _payment(
        1, "2024-06-07 02:38:54", ("15.00", "0.00", "usd"), ("534.80", "0.00", "thb"), "Paid",
        **{"Invoice ID": "in_1", "Customer ID": "cus_1", "Customer Email": "Ann@Firm.example", "user_id (metadata)": "u-1"},
    ),
    _payment(2, "2024-06-08 10:00:00", ("20.00", "20.00", "usd"), ("712.00", "712.00", "thb"), "Refunded", **{"Customer ID": "cus_2"}),
    _payment(3, "2024-06-09 10:00:00", ("20.00", "5.00", "usd"), ("712.00", "178.00", "thb"), "Partially refunded", **{"Customer Email": "bo@mill.example"}),
    _payment(4, "2024-06-10 10:00:00", ("15.00", "0.00", "usd"), ("534.80", "0.00", "thb"), "Failed", **{"Customer ID": "cus_1"}),
    _payment(5, "2024-06-11 10:00:00", ("15.00", "0.00", "usd"), ("", "", ""), "requires_payment_method", **{"Customer ID": "cus_1"}),
    _payment(6, "2024-06-12 10:00:00", ("15.00", "0.00", "usd"), ("", "", ""), "canceled", **{"Customer ID": "cus_1"}),
)  # fmt: skip

_SEVERAL_CURRENCIES = table(
    _PAYMENT_HEADERS,
    _payment(1, "2024-06-07 02:38:54", ("15.00", "0.00", "usd"), ("534.80", "0.00", "thb"), "Paid", **{"Customer ID": "cus_1"}),
    _payment(2, "2024-06-08 10:00:00", ("20.00", "10.00", "eur"), ("780.00", "390.00", "thb"), "Partially refunded", **{"Customer ID": "cus_2"}),
)

_RESAVED = """\
id;Description;Seller Message;Created (UTC);Amount;Amount Refunded;Currency;Converted Amount;Converted Amount Refunded;Fee;Converted Currency;Status;Customer ID;Customer Email;Captured;Invoice ID\r
ch_1;Abo Büro;Payment complete.;2021-03-31 22:15;1.249,00;0,00;eur;1.249,00;0,00;18,40;eur;Paid;cus_7;zoë@büro.example;TRUE;in_7\r
ch_2;Abo;Payment complete.;2021-04-01 08:00;49,90;49,90;eur;49,90;49,90;0,98;eur;Refunded;;Max@haus.example;TRUE;\r
""".encode("cp1252")  # noqa: E501

_CUSTOMERS = b"""\
id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,Refunded Volume,Dispute Losses,tag (metadata),userId (metadata)
cus_1,,Ann@Firm.example,"Firm, Inc.",2023-01-31 23:59,false,gold,active,180.00,12,0.00,0.00,vip,u-1
cus_2,second card,ann@firm.example,Firm Inc,2023-02-01 00:00,true,,,0.00,0,0.00,0.00,,
"""

_SUBSCRIPTIONS = table(
    _SUBSCRIPTION_HEADERS,
    {
        "id": "sub_1",
        "Customer ID": "cus_1",
        "Customer Email": "ann@firm.example",
        "Customer Name": "Firm, Inc.",
        "Plan": "gold",
        "Quantity": "3",
        "Currency": "usd",
        "Interval": "month",
        "Amount": "15.00",
        "Status": "active",
        "Created (UTC)": "2023-01-31 23:59",
        "Start (UTC)": "2024-01-01 00:00",
        "Start Date (UTC)": "2023-02-01 00:00",
        "Current Period Start (UTC)": "2024-06-01 00:00",
        "Canceled At (UTC)": "2024-06-20 10:00",
    },
    {
        "id": "sub_2",
        "Customer ID": "cus_2",
        "Plan": "gold yearly",
        "Quantity": "1",
        "Currency": "usd",
        "Interval": "year",
        "Amount": "150.00",
        "Status": "canceled",
        "Created (UTC)": "2022-03-01 08:30",
        "Canceled At (UTC)": "2024-02-01 09:00",
        "Ended At (UTC)": "2024-03-01 08:30",
        "Cancellation Reason": "payment_failed",
        "Trial Start (UTC)": "2022-03-01 08:30",
        "Trial End (UTC)": "2022-03-15 08:30",
    },
    {
        "id": "sub_3",
        "Customer ID": "cus_3",
        "Plan": "gold",
        "Quantity": "1",
        "Currency": "usd",
        "Interval": "month",
        "Amount": "15.00",
        "Status": "canceled",
        "Created (UTC)": "2024-03-01 08:30",
        "Trial Start (UTC)": "2024-03-01 08:30",
        "Trial End (UTC)": "2024-03-15 08:30",
        "Ended At (UTC)": "2024-03-15 09:01",
    },
)

_INVOICES = table(
    _INVOICE_HEADERS,
    {
        "id": "in_1",
        "Customer": "cus_1",
        "Customer Name": "Firm, Inc.",
        "Customer Email": "ann@firm.example",
        "Subscription": "sub_1",
        "Status": "paid",
        "Currency": "usd",
        "Amount Due": "45.00",
        "Total": "45.00",
        "Date (UTC)": "2024-06-01 00:01 UTC",
        "Paid At (UTC)": "2024-06-01 01:02 UTC",
        "Finalized At (UTC)": "2024-06-01 01:01 UTC",
        "Paid": "TRUE",
    },
    {"id": "in_2", "Customer": "cus_2", "Status": "uncollectible", "Currency": "usd", "Total": "150.00", "Date (UTC)": "2024-06-02 10:00 UTC"},
    {"id": "in_3", "Customer": "cus_2", "Status": "void", "Currency": "usd", "Total": "150.00", "Date (UTC)": "2024-06-02 11:00 UTC"},
    {"id": "in_4", "Customer": "cus_2", "Status": "draft", "Currency": "usd", "Total": "0.00", "Date (UTC)": "2024-06-03 11:00 UTC"},
    {"id": "in_5", "Customer": "cus_2", "Status": "open", "Currency": "usd", "Total": "-12.50", "Date (UTC)": "2024-06-04 11:00 UTC"},
    end="\r\n",
)

EXAMPLES = (
    Example(
        export="stripe_payments_export_all_columns_unified_payments_csv",
        catalogue="stripe_payments_export_all_columns_unified_payments_csv",
        name="unified_payments.csv",
        content=_PAYMENTS,
        rows=(
            {
                "invoice_id": "in_1",
                "issued_at": datetime(2024, 6, 7, 2, 38, 54),
                "amount": 15.0,
                "refunded": 0.0,
                "currency": "USD",
                "status": "paid",
                "customer_id": key("cus_1"),
                "email": key("ann@firm.example"),
            },
            {"invoice_id": "py_2", "amount": 20.0, "refunded": 20.0, "status": "refunded"},
            {"customer_id": key("bo@mill.example"), "refunded": 5.0, "status": "partially_refunded"},
            {"status": "failed"},
            {"status": "failed", "amount": 15.0},
            {"status": "void"},
        ),
    ),
    Example(
        export="stripe_payments_export_all_columns_unified_payments_csv",
        catalogue="stripe_payments_export_all_columns_unified_payments_csv",
        name="several_currencies.csv",
        content=_SEVERAL_CURRENCIES,
        rows=(
            {"amount": 534.8, "refunded": 0.0, "currency": "THB", "issued_at": datetime(2024, 6, 7, 2, 38, 54)},
            {"amount": 780.0, "refunded": 390.0, "currency": "THB"},
        ),
        notes=("Currency holds EUR 1 row (line 3), USD 1 row (line 2): amounts are read as converted to THB",),
    ),
    Example(
        export="stripe_payments_charges_export_older",
        catalogue="stripe_payments_charges_export_older",
        name="payments.csv",
        content=_RESAVED,
        rows=(
            {
                "invoice_id": "in_7",
                "issued_at": datetime(2021, 3, 31, 22, 15),
                "amount": 1249.0,
                "refunded": 0.0,
                "currency": "EUR",
                "status": "paid",
                "customer_id": key("cus_7"),
                "email": key("zo\u00eb@b\u00fcro.example"),
            },
            {"invoice_id": "ch_2", "amount": 49.9, "refunded": 49.9, "status": "refunded", "customer_id": key("max@haus.example")},
        ),
    ),
    Example(
        export="stripe_payments_charges_export_older",
        catalogue="stripe_payments_charges_export_older",
        name="all_columns.csv",
        content=table(
            _OLDER_HEADERS,
            {"id": "ch_9", "Created (UTC)": "2020-01-01 00:00", "Amount": "5.00", "Currency": "usd", "Status": "Failed", "Customer ID": "cus_9"},
        ),
        rows=({"invoice_id": "ch_9", "issued_at": datetime(2020, 1, 1), "status": "failed", "refunded": None},),
    ),
    Example(
        export="stripe_customers_export",
        catalogue="stripe_customers_export",
        name="customers.csv",
        content=_CUSTOMERS,
        rows=(
            {
                "customer_id": key("cus_1"),
                "email": key("ann@firm.example"),
                "company": key("firm"),
                "external_id": key("u-1"),
                "started_at": datetime(2023, 1, 31, 23, 59),
                "plan": "gold",
                "status": "active",
            },
            {"customer_id": key("cus_2"), "email": key("ann@firm.example"), "company": key("firm"), "plan": None, "status": None, "external_id": None},
        ),
    ),
    Example(
        export="stripe_subscriptions_export",
        catalogue="stripe_subscriptions_export",
        name="subscriptions.csv",
        content=_SUBSCRIPTIONS,
        rows=(
            {
                "subscription_id": "sub_1",
                "customer_id": key("cus_1"),
                "email": key("ann@firm.example"),
                "company": key("firm"),
                "plan": "gold",
                "quantity": 3.0,
                "currency": "USD",
                "interval": "month",
                "mrr": 45.0,
                "status": "active",
                "started_at": datetime(2023, 2, 1),
                "ended_at": None,
            },
            {
                "mrr": 12.5,
                "interval": "year",
                "started_at": datetime(2022, 3, 1, 8, 30),
                "ended_at": datetime(2024, 3, 1, 8, 30),
                "cancel_reason": "payment_failed",
                "trial_started_at": datetime(2022, 3, 1, 8, 30),
                "trial_ends_at": datetime(2022, 3, 15, 8, 30),
            },
        ),
        not_data=1,
        notes=("rows that are no records (trials that ended before anything was paid): 1, the first on line 4",),
    ),
    Example(
        export="stripe_invoices_export",
        catalogue="stripe_invoices_export",
        name="invoices.csv",
        content=_INVOICES,
        rows=(
            {
                "invoice_id": "in_1",
                "customer_id": key("cus_1"),
                "company": key("firm"),
                "email": key("ann@firm.example"),
                "subscription_id": "sub_1",
                "status": "paid",
                "currency": "USD",
                "amount": 45.0,
                "issued_at": datetime(2024, 6, 1, 0, 1),
                "paid_at": datetime(2024, 6, 1, 1, 2),
            },
            {"status": "uncollectible"},
            {"status": "void"},
            {"status": "draft", "amount": 0.0},
            {"status": "open", "amount": -12.5, "paid_at": None},
        ),
    ),
)
