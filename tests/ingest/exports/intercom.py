"""Intercom: the zone of the workspace in every date header, four of them seen in real files; and a row per message."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table


def _dataset(zone: str, *rows: dict[str, str]) -> bytes:
    headers = (
        "Conversation ID", f"Conversation started at ({zone})", f"Updated at ({zone})", "Started by", "Conversation source",
        "Current conversation state", "Team currently assigned", "Teammate currently assigned", "Last teammate rated", "Agent rated type",
        "Conversation rating", "Conversation rating remark", "Fin AI Agent involved", "Fin AI Agent deflected", "Fin AI Agent resolution state",
        "AI Topic", "AI Subtopic", "Topics", "Channel", "Ticket type", "First response time (seconds)", "User name", "User email", "Company name",
        "Title", "Conversation tag",
    )  # fmt: skip
    named = ({header.replace("started at", f"started at ({zone})"): cell for header, cell in row.items()} for row in rows)
    return table(headers, *named)


_ANN = {
    "Conversation ID": "215468000000001",
    "Conversation started at": "2025-01-14 12:00:00",
    "Started by": "Customer",
    "Conversation source": "Inbound message",
    "Current conversation state": "Closed",
    "Team currently assigned": "Support",
    "Teammate currently assigned": "Sam Oak",
    "Conversation rating": "4",
    "Conversation rating remark": "quick, kind",
    "Fin AI Agent involved": "true",
    "Fin AI Agent deflected": "false",
    "Fin AI Agent resolution state": "Routed to team",
    "AI Topic": "Billing",
    "Channel": "Chat",
    "Ticket type": "Request",
    "First response time (seconds)": "90",
    "User name": "Ann Fern",
    "User email": "ann@fern.example",
    "Company name": "Fern Bakery, Inc.",
    "Title": "Invoice twice",
    "Conversation tag": "billing, vip",
}
_NEW_YORK = _dataset(
    "America/New_York",
    _ANN,
    {
        "Conversation ID": "215468000000002",
        "Conversation started at": "2025-07-14 12:00:00",
        "Started by": "Admin",
        "Current conversation state": "Snoozed",
        "Fin AI Agent involved": "false",
    },
    {
        "Conversation ID": "215468000000003",
        "Conversation started at": "2025-07-15 12:00:00",
        "Started by": "Reply to Workflow/Message",
        "Current conversation state": "Open",
        "Fin AI Agent involved": "true",
        "Fin AI Agent resolution state": "Assumed Resolution",
        "Topics": "Login",
    },
)


def _in_zone(zone: str, winter: datetime, summer: datetime) -> Example:
    """The same two local noons in another zone; `winter` and `summer` are in UTC."""
    rows = tuple({"Conversation ID": month, "Conversation started at": f"2025-{month}-14 12:00:00"} for month in ("01", "07"))
    return Example(
        export="intercom_conversations_dataset_export_reports_chart_dataset_csv",
        catalogue="",
        name=f"{zone.rpartition('/')[2]}.csv",
        content=_dataset(zone, *rows),
        rows=({"created_at": winter}, {"created_at": summer}),
    )


_MESSAGE_HEADERS = (
    "message_id", "message_body", "message_type", "message_created_at", "message_author_type", "message_author_id", "message_author_user_id",
    "message_author_name", "message_author_email", "message_author_companies", "conversation_tags", "conversation_id", "conversation_state",
    "conversation_created_at", "conversation_first_response_at", "conversation_closed_at", "app_id", "app_name",
)  # fmt: skip
_FIRST = {
    "conversation_id": "501",
    "conversation_state": "closed",
    "conversation_tags": "billing, vip",
    "conversation_created_at": "2017-11-14 21:45:08 UTC",
    "conversation_first_response_at": "2017-11-14 21:50:08 UTC",
    "conversation_closed_at": "2017-11-15 08:00:00 UTC",
    "app_name": "Firm",
}
_MESSAGES = table(
    _MESSAGE_HEADERS,
    _FIRST
    | {
        "message_id": "2",
        "message_body": "Hello Ann",
        "message_type": "comment",
        "message_created_at": "2017-11-14 21:50:08 UTC",
        "message_author_type": "admin",
        "message_author_email": "sam@firm.example",
    },
    _FIRST
    | {
        "message_id": "1",
        "message_body": "two lines,\nand a comma",
        "message_type": "conversation_message",
        "message_created_at": "2017-11-14 21:45:08 UTC",
        "message_author_type": "user",
        "message_author_user_id": "u-77",
        "message_author_email": "ann@fern.example",
        "message_author_companies": "Fern Bakery, Fern Cafe",
    },
    _FIRST
    | {
        "message_id": "3",
        "message_type": "comment",
        "message_created_at": "2017-11-15 07:00:00 UTC",
        "message_author_type": "user",
        "message_author_user_id": "u-78",
        "message_author_email": "bo@fern.example",
    },
    {
        "message_id": "4",
        "message_type": "conversation_message",
        "message_created_at": "2017-11-16 07:00:00 UTC",
        "message_author_type": "bot",
        "conversation_id": "502",
        "conversation_state": "open",
        "conversation_created_at": "2017-11-16 07:00:00 UTC",
    },
)

EXAMPLES = (
    Example(
        export="intercom_conversations_dataset_export_reports_chart_dataset_csv",
        catalogue="intercom_conversations_dataset_export_reports_chart_dataset_csv",
        name="conversations.csv",
        content=_NEW_YORK,
        rows=(
            {
                "ticket_id": "215468000000001",
                "created_at": datetime(2025, 1, 14, 17),
                "status": "closed",
                "team": "Support",
                "agent": key("sam oak"),
                "channel": "Chat",
                "type": "Request",
                "category": "Billing",
                "tags": "billing, vip",
                "csat_score": 4.0,
                "csat_scale": 5.0,
                "vendor_first_response_minutes": 1.5,
                "email": key("ann@fern.example"),
                "company": key("fern bakery"),
                "handled_by": "both",
                "outbound": False,
            },
            {"created_at": datetime(2025, 7, 14, 16), "status": "pending", "handled_by": "human", "outbound": True},
            {"created_at": datetime(2025, 7, 15, 16), "status": "open", "handled_by": "bot", "outbound": False, "category": "Login"},
        ),
    ),
    _in_zone("Europe/Berlin", datetime(2025, 1, 14, 11), datetime(2025, 7, 14, 10)),
    _in_zone("America/Lima", datetime(2025, 1, 14, 17), datetime(2025, 7, 14, 17)),
    _in_zone("America/Argentina/Buenos_Aires", datetime(2025, 1, 14, 15), datetime(2025, 7, 14, 15)),
    Example(
        export="intercom_conversation_export_by_a_third_party_exporter_message_or_conversation_rows",
        catalogue="intercom_conversation_export_by_a_third_party_exporter_message_or_conversation_rows",
        name="messages.csv",
        content=_MESSAGES,
        rows=(
            {
                "ticket_id": "501",
                "email": key("ann@fern.example"),
                "customer_id": key("u-77"),
                "company": key("fern bakery"),
                "created_at": datetime(2017, 11, 14, 21, 45, 8),
                "first_response_at": datetime(2017, 11, 14, 21, 50, 8),
                "closed_at": datetime(2017, 11, 15, 8),
                "status": "closed",
                "tags": "billing, vip",
            },
        ),
        not_data=3,
        notes=("messages written by support): 2", "further messages of a conversation: 1", "only support wrote"),
    ),
)
