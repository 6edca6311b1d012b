from tests.ingest.exports.example import Example, table

_HEADERS = (
    "ID", "Subject", "External ID", "Name", "Preview", "Queue Name", "Channels", "Status", "Snooze Time", "Snooze Status", "Snooze Status At",
    "Message Count", "Note Count", "Satisfaction", "Satisfaction Score", "Satisfaction Rating", "Satisfaction Channel",
)  # fmt: skip

CONVERSATIONS = Example(
    "kustomer_conversation_data_export",
    "kustomer_conversation_data_export",
    "three_scales_of_satisfaction",
    table(
        _HEADERS,
        {
            "ID": "5f0a",
            "Subject": "Order 1001",
            "External ID": "old-7",
            "Queue Name": "Orders",
            "Channels": "email,chat",
            "Status": "done",
            "Satisfaction": "10",
            "Satisfaction Score": "1",
            "Satisfaction Rating": "5",
        },
        {
            "ID": "5f0b",
            "Name": "Refund",
            "Queue Name": "Money",
            "Channels": "chat",
            "Status": "snoozed",
            "Snooze Time": "2026-05-01T10:00:00.000Z",
            "Snooze Status": "scheduled",
        },
        {"ID": "5f0c", "Channels": "email", "Status": "open"},
    ),
    (
        {"ticket_id": "5f0a", "team": "Orders", "channel": "email", "status": "resolved", "csat_score": 5.0, "csat_scale": 5.0},
        {"ticket_id": "5f0b", "team": "Money", "channel": "chat", "status": "pending", "csat_score": None, "csat_scale": None},
        {"ticket_id": "5f0c", "status": "open", "team": None},
    ),
    notes=("no column gives created_at of tickets", "not the customer"),
)

EXAMPLES = (CONVERSATIONS,)
