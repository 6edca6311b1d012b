"""Zendesk files: words and numbers in one satisfaction column, ids broken by a spreadsheet, rows per combination of attributes."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

CSV_HEADERS = (
    "Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email", "Requester domain", "Submitter", "Assignee",
    "Group", "Subject", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at", "Updated at", "Assigned at", "Organization", "Due date",
    "Initially assigned at", "Solved at", "Resolution time", "Satisfaction Score", "Group stations", "Assignee stations", "Reopens", "Replies",
    "First reply time in minutes", "First reply time in minutes within business hours", "First resolution time in minutes",
    "First resolution time in minutes within business hours", "Full resolution time in minutes", "Full resolution time in minutes within business hours",
    "Agent wait time in minutes", "Agent wait time in minutes within business hours", "Requester wait time in minutes",
    "Requester wait time in minutes within business hours", "On hold time in minutes", "On hold time in minutes within business hours",
    "Ticket Category [list]",
)  # fmt: skip

_ACCOUNT = table(
    CSV_HEADERS,
    {
        "Summation column": "1",
        "Id": "35436",
        "Requester": "Ann Fern",
        "Requester id": "10300612345678",
        "Requester email": "Ann@Fern.example",
        "Requester domain": "fern.example",
        "Assignee": "Sam Oak",
        "Group": "Billing",
        "Subject": "Please cancel, today",
        "Tags": "refund vip",
        "Status": "Solved",
        "Priority": "High",
        "Via": "Mail",
        "Ticket type": "Problem",
        "Created at": "2025-03-30 09:15:00",
        "Updated at": "2025-04-01 08:00:00",
        "Assigned at": "2025-03-30 09:20:00",
        "Organization": "Fern Bakery Ltd",
        "Due date": "2025-04-02 09:15:00",
        "Initially assigned at": "2025-03-30 09:20:00",
        "Solved at": "2025-03-31 10:15:00",
        "Resolution time": "25",
        "Satisfaction Score": "Good",
        "Reopens": "1",
        "Replies": "3",
        "First reply time in minutes": "42",
        "First reply time in minutes within business hours": "12",
        "Full resolution time in minutes": "1500",
        "Full resolution time in minutes within business hours": "480",
        "Ticket Category [list]": "Invoices",
    },
    {
        "Summation column": "2",
        "Id": "35437",
        "Requester id": "10300612345679",
        "Requester email": "bo@gmail.com",
        "Requester domain": "gmail.com",
        "Status": "On-hold",
        "Created at": "2025-03-30 10:00:00",
        "Satisfaction Score": "Offered",
        "Reopens": "0",
        "Replies": "0",
    },
    {"Summation column": "3", "Id": "35438", "Status": "Closed", "Tags": "closed_by_merge", "Created at": "2025-03-30 11:00:00", "Satisfaction Score": "Bad"},
)

_RESAVED = table(
    CSV_HEADERS,
    {"Id": "41", "Requester id": "1.03006E+13", "Created at": "08-04-2023 20:52", "Satisfaction Score": "Offered", "Status": "Open"},
    {"Id": "42", "Requester id": "907", "Created at": "21-04-2023 07:05", "Satisfaction Score": "4", "Status": "Open"},
    {"Id": "43", "Created at": "22-04-2023 07:05", "Satisfaction Score": "Good", "Status": "Open"},
    end="\r\n",
)

_EXPLORE_HEADERS = (
    "Ticket ID", "Ticket status", "Ticket group", "Assignee name", "Ticket created - Date", "Ticket solved - Date", "Ticket brand", "Ticket channel",
    "Ticket form", "Ticket priority", "Ticket subject", "Ticket type", "Requester name", "Ticket organisation name", "Ticket tags", "Tickets",
)  # fmt: skip

_COMBINED = {
    "Ticket ID": "900",
    "Ticket status": "Solved",
    "Ticket group": "Support",
    "Assignee name": "Sam Oak",
    "Ticket created - Date": "2025-01-14",
    "Ticket solved - Date": "2025-01-15",
    "Ticket brand": "Firm",
    "Ticket channel": "Web",
    "Ticket priority": "Normal",
    "Ticket subject": "Login",
    "Ticket type": "Question",
    "Requester name": "Ann Fern",
    "Ticket organisation name": "Fern Bakery",
    "Tickets": "1",
}

_EXPLORE = table(
    _EXPLORE_HEADERS,
    _COMBINED | {"Ticket tags": "login"},
    _COMBINED | {"Ticket tags": "vip"},
    {"Ticket ID": "901", "Ticket status": "Hold", "Ticket created - Date": "2025-01-16", "Ticket tags": "login", "Tickets": "1"},
    _COMBINED | {"Ticket tags": "password"},
)

_EXPLORE_TIMES = table(
    ("Ticket ID", "Ticket created - Timestamp", "Ticket solved - Timestamp", "Ticket organization name", "Requester ID", "Requester email", "Tickets"),
    {
        "Ticket ID": "902",
        "Ticket created - Timestamp": "2025-01-14T15:31:07",
        "Ticket solved - Timestamp": "2025-01-14T16:00:00",
        "Ticket organization name": "Fern Bakery",
        "Requester ID": "1201",
        "Requester email": "ann@fern.example",
        "Tickets": "1",
    },
)

_VIEW = table(
    ("ID", "Subject", "Requester", "Requested", "Type", "Priority", "Status", "Group", "Assignee", "Updated"),
    {
        "ID": "77",
        "Subject": "Invoice",
        "Requester": "Ann Fern",
        "Requested": "2025-01-14 10:00",
        "Type": "Question",
        "Priority": "Low",
        "Status": "Pending",
        "Group": "Billing",
        "Assignee": "Sam Oak",
        "Updated": "2025-01-15 10:00",
    },
)

_FERN = {"email": key("ann@fern.example"), "domain": key("fern.example")}

EXAMPLES = (
    Example(
        export="zendesk_account_csv_export_admin_center_reports_export",
        catalogue="zendesk_account_csv_export_admin_center_reports_export",
        name="export-2025-05-01-1200-1.csv",
        content=_ACCOUNT,
        rows=(
            {
                "ticket_id": "35436",
                "customer_id": key("10300612345678"),
                **_FERN,
                "company": key("fern bakery"),
                "agent": key("sam oak"),
                "team": "Billing",
                "tags": "refund vip",
                "status": "resolved",
                "priority": "High",
                "channel": "Mail",
                "type": "Problem",
                "created_at": datetime(2025, 3, 30, 9, 15),
                "updated_at": datetime(2025, 4, 1, 8),
                "assigned_at": datetime(2025, 3, 30, 9, 20),
                "due_at": datetime(2025, 4, 2, 9, 15),
                "resolved_at": datetime(2025, 3, 31, 10, 15),
                "vendor_resolution_minutes": 1500.0,
                "vendor_first_response_minutes": 42.0,
                "csat_score": 2.0,
                "csat_scale": 2.0,
                "reopens": 1,
                "replies": 3,
                "asks_to_cancel": True,
            },
            {"ticket_id": "35437", "domain": None, "status": "pending", "csat_score": None, "csat_scale": None, "replies": 0},
            {"ticket_id": "35438", "email": None, "status": "merged", "csat_score": 1.0},
        ),
        notes=("AI agent", "no time zone is given"),
    ),
    Example(
        export="zendesk_account_csv_export_admin_center_reports_export",
        catalogue="",
        name="tickets saved by a spreadsheet.csv",
        content=_RESAVED,
        rows=(
            {"customer_id": None, "created_at": datetime(2023, 4, 8, 20, 52), "csat_score": None, "csat_scale": None},
            {"customer_id": key("907"), "created_at": datetime(2023, 4, 21, 7, 5), "csat_score": 4.0, "csat_scale": 5.0},
            {"created_at": datetime(2023, 4, 22, 7, 5), "csat_score": 2.0, "csat_scale": 2.0},
        ),
        notes=("shortened by a spreadsheet", "day before month", "read on a scale of 1 to 5"),
    ),
    Example(
        export="zendesk_explore_query_export_csv_or_excel",
        catalogue="zendesk_explore_query_export_csv_or_excel",
        name="query.csv",
        content=_EXPLORE,
        rows=(
            {
                "ticket_id": "900",
                "status": "resolved",
                "team": "Support",
                "agent": key("sam oak"),
                "created_at": datetime(2025, 1, 14),
                "resolved_at": datetime(2025, 1, 15),
                "channel": "Web",
                "priority": "Normal",
                "type": "Question",
                "company": key("fern bakery"),
                "product": "Firm",
            },
            {"ticket_id": "901", "status": "pending", "created_at": datetime(2025, 1, 16), "resolved_at": None},
        ),
        not_data=2,
        notes=("further combinations of attributes of a ticket: 2", "time zone of whoever ran it"),
    ),
    Example(
        export="zendesk_explore_query_export_csv_or_excel",
        catalogue="",
        name="query with moments.csv",
        content=_EXPLORE_TIMES,
        rows=(
            {
                "ticket_id": "902",
                "created_at": datetime(2025, 1, 14, 15, 31, 7),
                "resolved_at": datetime(2025, 1, 14, 16),
                "company": key("fern bakery"),
                "customer_id": key("1201"),
                **_FERN,
            },
        ),
    ),
    Example(
        export="zendesk_view_csv_export_agent_workspace",
        catalogue="zendesk_view_csv_export_agent_workspace",
        name="view-2025.csv",
        content=_VIEW,
        rows=(
            {
                "ticket_id": "77",
                "created_at": datetime(2025, 1, 14, 10),
                "type": "Question",
                "priority": "Low",
                "status": "pending",
                "team": "Billing",
                "agent": key("sam oak"),
                "updated_at": datetime(2025, 1, 15, 10),
            },
        ),
        notes=("ask: the columns of a view are chosen", "general knowledge"),
    ),
)
