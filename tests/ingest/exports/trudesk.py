from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = ("uid", "type", "priority", "status", "created", "subject", "requester", "group", "assignee", "tags")

TICKETS = Example(
    "trudesk_report_csv",
    "trudesk_report_csv",
    "names_only",
    table(
        _HEADERS,
        {
            "uid": "1001",
            "type": "Issue",
            "priority": "Urgent",
            "status": "Pending",
            "created": "2026-01-15T09:30:00.000Z",
            "subject": "No, it fails",
            "requester": "Kay Client",
            "group": "Initech GmbH",
            "assignee": "Ann Agent",
            "tags": "vip,printer",
        },
        {"uid": "1002", "type": "Task", "priority": "Normal", "status": "Closed", "created": "2026-01-16T10:00:00.000Z", "requester": "Lee"},
    ),
    (
        {
            "ticket_id": "1001",
            "type": "Issue",
            "priority": "Urgent",
            "status": "pending",
            "created_at": datetime(2026, 1, 15, 9, 30),
            "company": key("initech"),
            "agent": key("ann agent"),
            "tags": "vip,printer",
        },
        {"ticket_id": "1002", "status": "closed", "company": None},
    ),
    notes=("given by name only",),
)

EXAMPLES = (TICKETS,)
