"""QuickBooks reports: title rows, a header without a name, groups and their totals, a footer; lists; the contact list."""

from datetime import datetime

from tests.ingest.exports.example import Example, key

_SALES = b"""\
Tide & Sons Bookkeeping,,,,,,,,,
Sales by Customer Detail,,,,,,,,,
"January 1 - March 31, 2025",,,,,,,,,

,Transaction date,Transaction type,Num,Product/Service full name,Description,Quantity,Sales price,Amount,Balance
Birch Bakery LLC,,,,,,,,,
,01/15/2025,Invoice,1037,Hours,"Advice, on site",10,75.00,750.00,750.00
,01/15/2025,Invoice,1037,Travel,,1,"1,250.50","1,250.50","2,000.50"
,02/02/2025,Payment,5521,,,,,"-2,000.50",0.00
,02/20/2025,Credit Memo,1041,Hours,Returned hours,-2,75.00,(150.00),-150.00
Total for Birch Bakery LLC,,,,,,,,"$1,850.50",
Crane Dental,,,,,,,,,
,03/03/2025,Estimate,1042,Hours,,4,75.00,300.00,300.00
,03/31/2025,Sales Receipt,1043,Hours,,4,75.00,300.00,300.00
Total for Crane Dental,,,,,,,,$300.00,
TOTAL,,,,,,,,"$2,150.50",

,,,,,,,,,
"Accrual Basis Wednesday, April 02, 2025 01:27 AM GMT-05:00",,,,,,,,,
"""

_LIST = b"""\
Tide & Sons Bookkeeping,,,,,,,,
Transaction List by Date,,,,,,,,
"January 1 - March 31, 2025",,,,,,,,

Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount
01/15/2025,Invoice,1037,Yes,Birch Bakery LLC,,Accounts Receivable (A/R),-Split-,"$2,000.50"
01/28/2025,Invoice,1038,Yes,Crane Dental,,Accounts Receivable (A/R),Services,$80.00
02/02/2025,Payment,5521,Yes,Birch Bakery LLC,,Checking,Accounts Receivable (A/R),"$2,000.50"
02/20/2025,Credit Memo,1041,Yes,Birch Bakery LLC,,Accounts Receivable (A/R),Services,-$150.00
03/03/2025,Estimate,1042,No,Crane Dental,,Accounts Receivable (A/R),Services,$300.00
"""

_CONTACTS = b"""\
Tide & Sons Bookkeeping,,,,,
Customer Contact List,,,,,

Customer full name,Phone numbers,Email,Full name,Bill address,Ship address
Birch Bakery LLC,Phone: (555) 010-0199,office@birch.example,Bea Birch,"1 Elm St, Springfield",
Crane Dental,,Front.Desk@crane.example,Cy Crane,"2 Oak St, Springfield",
"""

EXAMPLES = (
    Example(
        export="quickbooks_sales_by_customer_detail_transaction_detail_report_csv",
        catalogue="quickbooks_sales_by_customer_detail_transaction_detail_report_csv",
        name="Sales by Customer Detail.csv",
        content=_SALES,
        rows=(
            {
                "customer_id": key("Birch Bakery LLC"),
                "company": key("birch bakery"),
                "issued_at": datetime(2025, 1, 15),
                "invoice_id": "Invoice 1037",
                "amount": 2000.5,
            },
            {"invoice_id": "Credit Memo 1041", "customer_id": key("Birch Bakery LLC"), "amount": -150.0},
            {"invoice_id": "Sales Receipt 1043", "customer_id": key("Crane Dental"), "issued_at": datetime(2025, 3, 31), "amount": 300.0},
        ),
        not_data=11,
        notes=("payments and bookings that are no sale", "not posted", "further lines of the same transaction"),
    ),
    Example(
        export="quickbooks_transaction_list",
        catalogue="",
        name="Transaction List by Date.csv",
        content=_LIST,
        rows=(
            {
                "customer_id": key("Birch Bakery LLC"),
                "company": key("birch bakery"),
                "issued_at": datetime(2025, 1, 15),
                "invoice_id": "Invoice 1037",
                "amount": 2000.5,
            },
            {"invoice_id": "Invoice 1038", "amount": 80.0},
            {"invoice_id": "Credit Memo 1041", "amount": -150.0},
        ),
        not_data=2,
        notes=("not posted",),
    ),
    Example(
        export="quickbooks_contact_list",
        catalogue="",
        name="Customer Contact List.csv",
        content=_CONTACTS,
        rows=(
            {
                "customer_id": key("Birch Bakery LLC"),
                "company": key("birch bakery"),
                "email": key("office@birch.example"),
                "phone": key("5550100199"),
            },
            {"customer_id": key("Crane Dental"), "email": key("front.desk@crane.example"), "phone": None},
        ),
        notes=("no column gives started_at of customers",),
    ),
)
