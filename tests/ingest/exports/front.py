"""Front: a row per message, two segments of one conversation, seconds, several accounts in one cell."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Message ID", "Segment ID", "Conversation ID", "Ticket IDs", "Segment", "Direction", "Status", "Inbox", "Inbox API ID", "Inbox at activity time",
    "Inbox API IDs at activity time", "Message date", "Autoreply", "Reaction time", "Total reply time", "Handle time", "Response time",
    "Attributed to", "Assignee", "Author", "Contact name", "Contact handle", "Account names", "From", "To", "Cc", "Bcc", "Extract", "Tags",
    "Tag API IDs", "Message API ID", "Conversation API ID", "New Conversation", "First response", "Business hours", "Subject", "Segment start",
    "Segment end", "Segment closed", "Last segment activity", "Segment cumulative teammates", "Ticket status name", "Ticket status category",
)  # fmt: skip

_FIRST = {
    "Segment ID": "cnv_55:1",
    "Conversation ID": "cnv_55",
    "Segment": "1",
    "Status": "Archived",
    "Inbox": "Support",
    "Assignee": "Sam Oak",
    "Contact handle": "ann@fern.example",
    "Account names": "Fern Bakery, Dune",
    "Tags": "vip",
    "Subject": "Late, again",
    "Segment start": "2025-04-01 09:00:00",
    "Segment end": "2025-04-01 11:00:00",
    "Business hours": "Yes",
}
_MESSAGES = table(
    _HEADERS,
    _FIRST
    | {
        "Message ID": "msg_3",
        "Direction": "Outbound",
        "Message date": "2025-04-01 10:50:00",
        "Response time": "1200",
        "Handle time": "60",
        "Total reply time": "6600",
    },
    _FIRST | {"Message ID": "msg_1", "Direction": "Inbound", "Message date": "2025-04-01 09:00:00"},
    _FIRST
    | {
        "Message ID": "msg_2",
        "Direction": "Outbound",
        "Message date": "2025-04-01 09:30:00",
        "Response time": "1800",
        "Handle time": "120",
        "Total reply time": "1800",
        "First response": "Yes",
    },
    _FIRST
    | {
        "Message ID": "msg_4",
        "Segment ID": "cnv_55:2",
        "Segment": "2",
        "Direction": "Inbound",
        "Status": "Unassigned",
        "Message date": "2025-06-01 09:00:00",
        "Segment start": "2025-06-01 09:00:00",
        "Segment end": "",
    },
    {
        "Message ID": "msg_5",
        "Segment ID": "cnv_56:1",
        "Conversation ID": "cnv_56",
        "Segment": "1",
        "Direction": "Outbound",
        "Status": "Assigned",
        "Message date": "2025-06-02 09:00:00",
        "Segment start": "2025-06-02 09:00:00",
    },
)

EXAMPLES = (
    Example(
        export="front_analytics_message_export",
        catalogue="front_analytics_message_export",
        name="messages.csv",
        content=_MESSAGES,
        rows=(
            {
                "ticket_id": "cnv_55 1",
                "email": key("ann@fern.example"),
                "company": key("fern bakery"),
                "agent": key("sam oak"),
                "team": "Support",
                "status": "closed",
                "tags": "vip",
                "created_at": datetime(2025, 4, 1, 9),
                "closed_at": datetime(2025, 4, 1, 11),
                "vendor_first_response_minutes": 30.0,
                "handle_minutes": 3.0,
                "vendor_resolution_minutes": 110.0,
                "outbound": False,
            },
            {"ticket_id": "cnv_55 2", "status": "open", "created_at": datetime(2025, 6, 1, 9), "closed_at": None, "handle_minutes": None},
            {"ticket_id": "cnv_56 1", "status": "open", "outbound": True, "email": None},
        ),
        not_data=2,
        notes=("further messages of a segment of a conversation: 2", "a ticket of its own", "counts business hours"),
    ),
)
