from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Ticket Number", "Date Created", "Subject", "From", "From Email", "Priority", "Department", "Help Topic", "Source", "Current Status", "Last Updated",
    "Due Date", "Overdue", "Answered", "Agent Assigned", "Team Assigned", "Thread Count",
)  # fmt: skip
_FILE = table(
    _HEADERS,
    {
        "Ticket Number": "004217",
        "Date Created": "2026-04-13 08:00:00",
        "Subject": "Rechnung, zweite; Kopie",
        "From": "Kay Client",
        "From Email": "kay@initech.example",
        "Priority": "Normal",
        "Department": "Support",
        "Help Topic": "Billing / Invoice",
        "Source": "Email",
        "Current Status": "Resolved",
        "Last Updated": "2026-04-14 09:10:00",
        "Due Date": "2026-04-15 08:00:00",
        "Overdue": "No",
        "Answered": "Yes",
        "Agent Assigned": "Ann Agent",
        "Thread Count": "3",
    },
    {"Ticket Number": "004218", "Date Created": "2026-04-14 08:00:00", "From Email": "lee@initech.example", "Current Status": "Archived"},
    {"Ticket Number": "004219", "Date Created": "2026-04-15 08:00:00", "From Email": "lee@initech.example", "Current Status": "Deleted"},
    end="\r\n",
    mark=";",
)

TICKETS = Example(
    "osticket_ticket_export_csv",
    "osticket_ticket_export_csv",
    "semicolons_and_byte_order_mark",
    b"\xef\xbb\xbf" + _FILE,
    (
        {
            "ticket_id": "004217",
            "email": key("kay@initech.example"),
            "status": "resolved",
            "priority": "Normal",
            "type": "Billing / Invoice",
            "channel": "Email",
            "team": "Support",
            "agent": key("ann agent"),
            "created_at": datetime(2026, 4, 13, 8, 0),
            "updated_at": datetime(2026, 4, 14, 9, 10),
            "due_at": datetime(2026, 4, 15, 8, 0),
        },
        {"ticket_id": "004218", "status": "closed", "agent": None},
        {"ticket_id": "004219", "status": "deleted"},
    ),
    notes=("no time zone is given",),
)

EXAMPLES = (TICKETS,)
