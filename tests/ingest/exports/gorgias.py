"""Gorgias: a byte order mark, two generations of headers, and seconds under a header that says minutes."""

from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Ticket URL", "Ticket id", "Subject", "Status", "Initial channel", "Priority", "Creation date", "Closed date", "Assignee name", "Assignee email",
    "Customer email", "Customer name", "First response time (s)", "Resolution time (s)", "Survey present (Y/N)", "Survey score", "Survey comment",
    "Tags", "Number of agent messages", "Number of customer messages", "Responding agents (unique)", "Created by an agent",
    "Customer last Shopify order", "Ticket Field: AI Intent", "Ticket Field: Contact reason", "Ticket Field: Product", "Ticket Field: Resolution",
    "Customer Field: Customer type",
)  # fmt: skip
_OLDER = (
    "id", "Subject", "Status", "Channel", "Created datetime", "Closed datetime", "Assignee name", "Customer email", "First response time (minutes)",
    "Full resolution time (minutes)", "Satisfaction score", "Messages count", "Tags",
)  # fmt: skip

_MARK = b"\xef\xbb\xbf"

_NEWER_FILE = _MARK + table(
    _HEADERS,
    {
        "Ticket URL": "https://shop.gorgias.example/app/ticket/4411",
        "Ticket id": "4411",
        "Subject": "Where is #1001?",
        "Status": "closed",
        "Initial channel": "email",
        "Priority": "normal",
        "Creation date": "2025-09-05T10:00:00",
        "Closed date": "2025-09-05T12:00:00",
        "Assignee name": "Sam Oak",
        "Assignee email": "sam@shop.example",
        "Customer email": "Jo@Dune.example",
        "First response time (s)": "300",
        "Resolution time (s)": "7200",
        "Survey present (Y/N)": "Y",
        "Survey score": "5",
        "Tags": "shipping;vip",
        "Number of agent messages": "2",
        "Created by an agent": "False",
        "Ticket Field: Contact reason": "Order::Status::Late",
        "Ticket Field: Product": "Mug",
    },
    {
        "Ticket id": "4412",
        "Status": "open",
        "Initial channel": "chat",
        "Creation date": "2025-09-06T10:00:00",
        "Customer email": "kim@fell.example",
        "Survey present (Y/N)": "N",
        "Tags": "refund, vip",
        "Created by an agent": "True",
    },
)


def _older(*rows: tuple[str, str, str]) -> bytes:
    """Tickets opened at ten; closed at, first response, resolution."""
    return table(
        _OLDER,
        *(
            {
                "id": str(number),
                "Status": "closed",
                "Channel": "email",
                "Created datetime": "2024-03-04T10:00:00",
                "Closed datetime": closed,
                "Customer email": "jo@dune.example",
                "First response time (minutes)": first,
                "Full resolution time (minutes)": resolved,
                "Satisfaction score": "3",
            }
            for number, (closed, first, resolved) in enumerate(rows, 1)
        ),
    )


def _example(name: str, content: bytes, minutes: tuple[tuple[float, float], ...], note: str) -> Example:
    return Example(
        export="gorgias_tickets_csv_export",
        catalogue="",
        name=name,
        content=content,
        rows=tuple(
            {"created_at": datetime(2024, 3, 4, 10), "vendor_first_response_minutes": first, "vendor_resolution_minutes": resolved, "csat_scale": 5.0}
            for first, resolved in minutes
        ),
        notes=(note,),
    )


EXAMPLES = (
    Example(
        export="gorgias_tickets_csv_export",
        catalogue="gorgias_tickets_csv_export",
        name="tickets_2025_09.csv",
        content=_NEWER_FILE,
        rows=(
            {
                "ticket_id": "4411",
                "status": "closed",
                "channel": "email",
                "priority": "normal",
                "created_at": datetime(2025, 9, 5, 10),
                "closed_at": datetime(2025, 9, 5, 12),
                "agent": key("sam oak"),
                "email": key("jo@dune.example"),
                "vendor_first_response_minutes": 5.0,
                "vendor_resolution_minutes": 120.0,
                "csat_score": 5.0,
                "csat_scale": 5.0,
                "tags": "shipping;vip",
                "replies": 2,
                "type": "Order::Status::Late",
                "product": "Mug",
                "outbound": False,
            },
            {"ticket_id": "4412", "status": "open", "csat_score": None, "tags": "refund, vip", "outbound": True},
        ),
    ),
    _example(
        "minutes.csv",
        _older(("2024-03-04T12:00:00", "5", "120"), ("2024-03-05T10:00:00", "90", "1440")),
        ((5.0, 120.0), (90.0, 1440.0)),
        "4 of 4 durations fit into the time the ticket was open",
    ),
    _example(
        "seconds under minutes.csv",
        _older(("2024-03-04T12:00:00", "300", "7200"), ("2024-03-04T11:00:00", "600", "3600")),
        ((5.0, 120.0), (10.0, 60.0)),
        "holds seconds: as minutes, 4 of 4 durations would be longer",
    ),
    _example(
        "nothing tells.csv",
        _older(("", "7260", "72600"), ("", "60", "66000")),
        ((121.0, 1210.0), (1.0, 1100.0)),
        "ask: Full resolution time (minutes) is read as seconds",
    ),
)
