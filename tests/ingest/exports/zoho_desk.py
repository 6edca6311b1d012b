from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Ticket Id", "Ticket Reference Id", "Subject", "Status", "Priority", "Channel", "Department", "Contact Name", "Email", "Account Name", "Ticket Owner",
    "Created Time", "Modified Time", "Ticket Closed Time", "Happiness Rating",
)  # fmt: skip

TICKETS = Example(
    "zoho_desk_tickets_export",
    "zoho_desk_tickets_export",
    "words_for_satisfaction",
    table(
        _HEADERS,
        {
            "Ticket Id": "4471000000104001",
            "Ticket Reference Id": "101",
            "Subject": "Late delivery",
            "Status": "Closed",
            "Priority": "High",
            "Channel": "Email",
            "Department": "Sales",
            "Email": "ann@firm.example",
            "Account Name": "Firm Ltd.",
            "Ticket Owner": "Bob Agent",
            "Created Time": "2026-03-01 09:00:00",
            "Modified Time": "2026-03-02 10:00:00",
            "Ticket Closed Time": "2026-03-02 09:59:00",
            "Happiness Rating": "Good",
        },
        {
            "Ticket Id": "4471000000104002",
            "Ticket Reference Id": "102",
            "Status": "On Hold",
            "Ticket Owner": "Unassigned",
            "Created Time": "2026-03-03 09:00:00",
            "Happiness Rating": "Okay",
        },
        {"Ticket Id": "4471000000104003", "Ticket Reference Id": "103", "Status": "Open", "Created Time": "2026-03-04 09:00:00", "Happiness Rating": "Bad"},
        {"Ticket Id": "4471000000104004", "Ticket Reference Id": "104", "Status": "Escalated", "Created Time": "2026-03-05 09:00:00"},
    ),
    (
        {
            "ticket_id": "101",
            "status": "closed",
            "priority": "High",
            "channel": "Email",
            "team": "Sales",
            "email": key("ann@firm.example"),
            "company": key("firm"),
            "agent": key("bob agent"),
            "created_at": datetime(2026, 3, 1, 9, 0),
            "updated_at": datetime(2026, 3, 2, 10, 0),
            "closed_at": datetime(2026, 3, 2, 9, 59),
            "csat_score": 3.0,
            "csat_scale": 3.0,
        },
        {"ticket_id": "102", "status": "pending", "agent": None, "csat_score": 2.0},
        {"ticket_id": "103", "status": "open", "csat_score": 1.0},
        {"ticket_id": "104", "status": "open", "csat_score": None},
    ),
    notes=("general knowledge",),
)

EXAMPLES = (TICKETS,)
