from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Created At", "Conversation ID", "Customer ID", "Conversation Link", "Status", "Assigned Agent ID \u2013 Current", "Assigned Agent Name \u2013 Current",
    "Inbox ID \u2013 Current", "Inbox Name \u2013 Current", "First Closed At", "Last Closed At", "Initiator Type \u2013 Created",
    "Initiator Agent ID \u2013 Created", "Initiator Agent Name \u2013 Created",
)  # fmt: skip
_CLOSED = {
    "Created At": "2026-01-30 10:00:00",
    "Conversation ID": "Conv-1",
    "Customer ID": "cust-9",
    "Status": "CLOSED",
    "Assigned Agent Name \u2013 Current": "Ann Agent",
    "Inbox Name \u2013 Current": "VIP",
    "First Closed At": "2026-01-31 12:00:00",
    "Last Closed At": "2026-02-02 08:00:00",
}
_ROWS = (
    {
        "ticket_id": "Conv-1",
        "customer_id": key("cust-9"),
        "status": "closed",
        "agent": key("ann agent"),
        "team": "VIP",
        "created_at": datetime(2026, 1, 30, 10, 0),
        "closed_at": datetime(2026, 1, 31, 12, 0),
    },
    {"ticket_id": "Conv-2", "status": "merged", "agent": None, "closed_at": None},
    {"ticket_id": "Conv-3", "status": "open", "created_at": datetime(2026, 2, 1, 9, 30)},
)
_OTHERS = (
    {"Created At": "2026-01-31 09:30:00", "Conversation ID": "Conv-2", "Customer ID": "cust-9", "Status": "MERGED"},
    {"Created At": "2026-02-01 09:30:00", "Conversation ID": "Conv-3", "Customer ID": "cust-8", "Status": "OPEN"},
)
_FILE = table(_HEADERS, _CLOSED, *_OTHERS)

EXAMPLES = (
    Example("gladly_conversation_export_report", "gladly_conversation_export_report", "en_dash", _FILE, _ROWS, notes=("without an e-mail address", "merged")),
    Example("gladly_conversation_export_report", "", "hyphen", _FILE.replace("\u2013".encode(), b"-"), _ROWS),
)
