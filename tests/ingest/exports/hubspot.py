"""HubSpot: several contacts and companies in one cell, a zone behind some times, amounts with a sign, two generations of id headers."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_TICKET_HEADERS = (
    "Ticket ID", "Ticket name", "Ticket description", "Ticket status", "Pipeline", "Category", "Subcategory", "Create date", "Close date",
    "Time to first agent email reply (HH:mm:ss)", "Time to close (HH:mm:ss)", "Priority", "Source", "Ticket owner", "Associated Company (Primary)",
    "Associated Company", "Associated Company IDs (Primary)", "All associated contact emails",
)  # fmt: skip

_TICKETS = table(
    _TICKET_HEADERS,
    {
        "Ticket ID": "1700000001",
        "Ticket name": "Export fails",
        "Ticket description": "It fails,\nagain",
        "Ticket status": "Closed (Support Pipeline)",
        "Pipeline": "Support Pipeline",
        "Category": "Bug",
        "Create date": "2025-03-14 09:30 EDT",
        "Close date": "2025-03-15 09:30 EDT",
        "Time to first agent email reply (HH:mm:ss)": "26:30:15",
        "Time to close (HH:mm:ss)": "24:00:00",
        "Priority": "High",
        "Source": "Email",
        "Ticket owner": "Sam Oak",
        "Associated Company (Primary)": "Fern Bakery Ltd",
        "Associated Company": "Fern Bakery Ltd;Dune",
        "Associated Company IDs (Primary)": "9001",
        "All associated contact emails": "ann@fern.example;bo@dune.example",
    },
    {
        "Ticket ID": "1700000002",
        "Ticket name": "Question",
        "Ticket status": "Waiting on us",
        "Create date": "2025-01-14 09:30 CST",
        "Associated Company": "Dune;Fern Bakery Ltd",
        "All associated contact emails": "; kim@dune.example",
    },
    {"Ticket ID": "1700000003", "Ticket name": "Question", "Ticket status": "Waiting on contact", "Create date": "2025-01-15 09:30"},
)
_NEWER = table(
    ("Record ID", "Ticket name", "Ticket status", "Create date", "Time to close", "Associated Company IDs"),
    {
        "Record ID": "1700000004",
        "Ticket name": "Login",
        "Ticket status": "New",
        "Create date": "2025-01-16 09:30:05",
        "Time to close": "5400000",
        "Associated Company IDs": "9001;9002",
    },
)

_MILLISECONDS_UNDER_A_CLOCK = table(
    ("Ticket ID", "Ticket name", "Ticket status", "Create date", "Time to first agent email reply (HH:mm:ss)", "Time to close (HH:mm:ss)"),
    {
        "Ticket ID": "1700000005",
        "Ticket name": "Login",
        "Ticket status": "New",
        "Create date": "2025-01-16 09:30",
        "Time to first agent email reply (HH:mm:ss)": "1800000",
        "Time to close (HH:mm:ss)": "26:30:00",
    },
    {
        "Ticket ID": "1700000006",
        "Ticket name": "Login",
        "Ticket status": "New",
        "Create date": "2025-01-16 09:30",
        "Time to first agent email reply (HH:mm:ss)": "5400000",
        "Time to close (HH:mm:ss)": "1:30:00",
    },
)

_DEAL_HEADERS = (
    "Record ID", "Deal Name", "Last Activity Date", "State", "Deal Stage", "Close Date", "Deal owner", "Amount",
    "Date of last meeting booked in meetings tool", "Pipeline", "Associated Product", "Products", "LMS", "Associated Product IDs",
)  # fmt: skip
_DEALS = table(
    _DEAL_HEADERS,
    {"Record ID": "70001", "Deal Name": "Fern, more seats", "Deal Stage": "Closed won", "Close Date": "2025-06-30 17:00", "Amount": "$1,200.50"},
    {"Record ID": "70002", "Deal Name": "Dune", "Deal Stage": "qualifiedtobuy", "Amount": ""},
)
_DEALS_WITH_COMPANY = table(
    (
        "Record ID",
        "Deal Name",
        "Deal Stage",
        "Create Date",
        "Close Date",
        "Amount",
        "Currency",
        "Associated Company IDs (Primary)",
        "Associated Company IDs",
        "Deal Type",
        "Original Traffic Source",
    ),
    {
        "Record ID": "70003",
        "Deal Name": "Fern",
        "Deal Stage": "Closed Lost",
        "Create Date": "2025-02-03 08:15",
        "Close Date": "2025-03-03 08:15",
        "Amount": "900",
        "Deal Type": "newbusiness",
        "Original Traffic Source": "Referrals",
        "Currency": "eur",
        "Associated Company IDs (Primary)": "9001",
        "Associated Company IDs": "9002;9001",
    },
)

COMPANY_HEADERS = (
    "Record ID", "Company name", "Company Domain Name", "Website URL", "Company owner", "Create Date", "Last Activity Date", "Industry", "Country/Region",
    "Annual Revenue", "Lifecycle Stage", "Number of Employees",
)  # fmt: skip
_COMPANIES = table(
    COMPANY_HEADERS,
    {
        "Record ID": "9001",
        "Company name": "Fern Bakery Ltd",
        "Company Domain Name": "fern.example",
        "Company owner": "Lee Hill",
        "Create Date": "2023-05-01 10:00",
        "Industry": "Food",
        "Annual Revenue": "2500000",
        "Lifecycle Stage": "Customer",
        "Number of Employees": "40",
    },
    {"Record ID": "9002", "Company name": "FERN BAKERY LIMITED", "Create Date": "2023-05-02 10:00"},
)

_CONTACT_HEADERS = (
    "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Lifecycle Stage", "Associated Company", "Associated Company IDs",
    "Create Date", "Last Activity Date", "Country/Region",
)  # fmt: skip
_CONTACTS = table(
    _CONTACT_HEADERS,
    {
        "Record ID": "51",
        "First Name": "Ann",
        "Last Name": "Fern",
        "Email": "Ann@Fern.example",
        "Phone Number": "+44 20 5550 0100",
        "Lifecycle Stage": "Customer",
        "Associated Company": "Fern Bakery Ltd;Dune",
        "Associated Company IDs": "9001;9003",
        "Create Date": "2023-05-01 10:05",
        "Country/Region": "United Kingdom",
    },
    {"Record ID": "52", "Email": "bo@gmail.com", "Create Date": "2023-05-02 10:05"},
)

EXAMPLES = (
    Example(
        export="hubspot_tickets_export",
        catalogue="hubspot_tickets_export",
        name="hubspot-crm-exports-all-tickets-2025-03-20.csv",
        content=_TICKETS,
        rows=(
            {
                "ticket_id": "1700000001",
                "status": "closed",
                "priority": "High",
                "channel": "Email",
                "type": "Bug",
                "created_at": datetime(2025, 3, 14, 13, 30),
                "closed_at": datetime(2025, 3, 15, 13, 30),
                "vendor_first_response_minutes": 1590.25,
                "vendor_resolution_minutes": 1440.0,
                "agent": key("sam oak"),
                "company": key("fern bakery"),
                "account_id": key("9001"),
                "email": key("ann@fern.example"),
            },
            {"status": "open", "created_at": datetime(2025, 1, 14, 15, 30), "company": key("dune"), "email": key("kim@dune.example")},
            {"status": "pending", "created_at": datetime(2025, 1, 15, 9, 30), "email": None},
        ),
        notes=("times in CST, which is read as US Central", "times without a zone among others that have one: 1, read as UTC"),
    ),
    Example(
        export="hubspot_tickets_export",
        catalogue="",
        name="hubspot-crm-exports-newer.csv",
        content=_NEWER,
        rows=(
            {
                "ticket_id": "1700000004",
                "status": "open",
                "created_at": datetime(2025, 1, 16, 9, 30, 5),
                "vendor_resolution_minutes": 90.0,
                "account_id": key("9001"),
            },
        ),
    ),
    Example(
        export="hubspot_tickets_export",
        catalogue="",
        name="milliseconds-under-a-clock.csv",
        content=_MILLISECONDS_UNDER_A_CLOCK,
        rows=(
            {"created_at": datetime(2025, 1, 16, 9, 30), "vendor_first_response_minutes": 30.0, "vendor_resolution_minutes": 1590.0},
            {"vendor_first_response_minutes": 90.0, "vendor_resolution_minutes": 90.0},
        ),
        notes=("Time to first agent email reply (HH:mm:ss) holds no clock texts: its numbers are read as milliseconds",),
    ),
    Example(
        export="hubspot_deals_export",
        catalogue="hubspot_deals_export",
        name="hubspot-crm-exports-all-deals-2025-07-01.csv",
        content=_DEALS,
        rows=(
            {"opportunity_id": "70001", "stage": "Closed won", "closed_at": datetime(2025, 6, 30, 17), "amount": 1200.5},
            {"opportunity_id": "70002", "stage": "qualifiedtobuy", "closed_at": None, "amount": None},
        ),
        notes=("no column gives kind of opportunities", "no column gives opened_at of opportunities", "still open is a forecast"),
    ),
    Example(
        export="hubspot_deals_export",
        catalogue="",
        name="deals with companies.csv",
        content=_DEALS_WITH_COMPANY,
        rows=(
            {
                "opportunity_id": "70003",
                "opened_at": datetime(2025, 2, 3, 8, 15),
                "closed_at": datetime(2025, 3, 3, 8, 15),
                "amount": 900.0,
                "currency": "EUR",
                "customer_id": key("9001"),
                "kind": "new",
                "source": "Referrals",
            },
        ),
    ),
    Example(
        export="hubspot_companies_export",
        catalogue="hubspot_companies_export",
        name="hubspot-crm-exports-all-companies.csv",
        content=_COMPANIES,
        rows=(
            {
                "account_id": key("9001"),
                "name": key("fern bakery"),
                "domain": key("fern.example"),
                "created_at": datetime(2023, 5, 1, 10),
                "owner": key("lee hill"),
                "industry": "Food",
                "annual_revenue": 2_500_000.0,
                "employees": 40,
            },
            {"account_id": key("9002"), "name": key("fern bakery"), "annual_revenue": None},
        ),
    ),
    Example(
        export="hubspot_contacts_export",
        catalogue="hubspot_contacts_export",
        name="hubspot-crm-exports-all-contacts.csv",
        content=_CONTACTS,
        rows=(
            {
                "customer_id": key("51"),
                "email": key("ann@fern.example"),
                "phone": key("442055500100"),
                "company": key("fern bakery"),
                "account_id": key("9001"),
                "started_at": datetime(2023, 5, 1, 10, 5),
                "country": "United Kingdom",
            },
            {"customer_id": key("52"), "account_id": None, "domain": None},
        ),
        notes=("first of them", "not when it became a customer"),
    ),
)
