"""QuickBooks Online: sales by customer, lists of transactions, and the contact list that gives names their e-mail address."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Shape, Skip

_NO_SALES = Skip(
    "Transaction type",
    r"(bill )?payments?( .*)?|deposit|transfer|(bill|check|cheque)( .*)?|expense|credit card .*|vendor credit|journal entry|inventory .*|payroll .*",
    "payments and bookings that are no sale: what they pay stands in a row of its own",
)
_NOT_POSTED = Skip(
    "Transaction type",
    r"estimate|quote|purchase order|sales order|delayed (charge|credit)|time( charge| activity)?|pending .*|statement|credit note draft",
    "transactions that are not posted: no money is owed by them",
)
_NUMBERED = MappingProxyType({"invoices.invoice_id": ("Transaction type", "Num")})
"""Invoices, sales receipts and credit memos are numbered each for themselves."""

_WITHOUT_NUMBER = MappingProxyType({"invoices.invoice_id": r"^()\D*$"})
"""A type without a number is no id."""

_LINES = "further lines of the same transaction, whose amounts are added"

SALES = Export(
    id="quickbooks_sales_by_customer_detail_transaction_detail_report_csv",
    vendor="quickbooks",
    title="QuickBooks sales by customer, detail",
    entity="invoices",
    signature=("Transaction date", "Transaction type", "Num"),
    columns=MappingProxyType(
        {
            "invoices.customer_id": ("",),
            "invoices.issued_at": ("Transaction date",),
            "invoices.amount": ("Amount",),
        }
    ),
    drift=MappingProxyType({"": ("Customer full name", "Client full name", "Patient full name", "Customer")}),
    absent=("Distribution account", "Split account", "Name"),
    dates=("MM/DD/YYYY",),
    shape=Shape(by=("", "Transaction date", "Transaction type", "Num"), sums=("Amount",), why=_LINES, fill_down=""),
    skips=(_NO_SALES, _NOT_POSTED),
    customers_by_name=True,
    joined=_NUMBERED,
    extracts=_WITHOUT_NUMBER,
    warnings=("QuickBooks knows customers by name only: add the customer contact list, which has their e-mail addresses.",),
)

TRANSACTIONS = Export(
    id="quickbooks_transaction_list",
    vendor="quickbooks",
    title="QuickBooks list of transactions or invoices",
    entity="invoices",
    signature=("Date", "Transaction type", "Num", "Name", "Amount"),
    columns=MappingProxyType(
        {
            "invoices.customer_id": ("Name",),
            "invoices.issued_at": ("Date",),
            "invoices.amount": ("Amount",),
        }
    ),
    absent=("Distribution account",),
    dates=("MM/DD/YYYY",),
    skips=(Skip("Posting (Y/N)", r"n|no", "transactions that are not posted: no money is owed by them"), _NO_SALES, _NOT_POSTED),
    customers_by_name=True,
    joined=_NUMBERED,
    extracts=_WITHOUT_NUMBER,
    warnings=("QuickBooks knows customers by name only: add the customer contact list, which has their e-mail addresses.",),
)

CONTACTS = Export(
    id="quickbooks_contact_list",
    vendor="quickbooks",
    title="QuickBooks customer contact list",
    entity="customers",
    signature=("Customer full name", "Bill address", "Ship address"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("Customer full name",),
            "customers.email": ("Email",),
            "customers.phone": ("Phone",),
        }
    ),
    drift=MappingProxyType({"Customer full name": ("Client full name", "Customer"), "Phone": ("Phone numbers",)}),
    customers_by_name=True,
    warnings=("The list has no start of a customer: it is taken from the first sale.",),
)

EXPORTS = (SALES, TRANSACTIONS, CONTACTS)
