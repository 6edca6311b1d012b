"""Freshservice: the twin of Freshdesk in other letter case, with columns of the account behind it, one of them twice."""

import csv
from datetime import datetime
from io import StringIO

from tests.ingest.exports.example import Example, key

_HEADERS = (
    "Subject", "Type", "Status", "Urgency", "Impact", "Priority", "Group", "Agent", "Company", "Description", "Category", "Sub-Category", "Item",
    "Source", "Resolution Note", "Experience Score", "Association type", "Requester Location", "Requester VIP", "Ticket Id", "Requester Name",
    "Requester Email", "Created Time", "Due by Time", "Resolved Time", "Closed Time", "Last Updated Time", "Initial Response Time", "Time Tracked",
    "First Response Time (in Hrs)", "Resolution Time (in Hrs)", "Agent interactions", "Customer interactions", "Resolution Status",
    "First Response Status", "Tags", "Survey Result", "Approval Status", "Others", "Others",
)  # fmt: skip


def _file(*rows: dict[str, str]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADERS)
    writer.writerows([row.get(header, "") for header in _HEADERS] for row in rows)
    return text.getvalue().encode()


_TICKETS = _file(
    {
        "Subject": "VPN down",
        "Type": "Incident",
        "Status": "Closed",
        "Urgency": "High",
        "Priority": "High",
        "Group": "Network",
        "Agent": "Sam Oak",
        "Company": "Fern Bakery",
        "Description": "first line\nsecond line",
        "Category": "Network",
        "Sub-Category": "VPN",
        "Source": "Portal",
        "Ticket Id": "INC-88",
        "Requester Name": "Ann Fern",
        "Requester Email": "ann@fern.example",
        "Created Time": "2025-01-14 15:31:07",
        "Due by Time": "2025-01-15 15:31:07",
        "Resolved Time": "2025-01-16 15:31:07",
        "Closed Time": "2025-01-17 15:31:07",
        "Last Updated Time": "2025-01-17 15:32:07",
        "Initial Response Time": "2025-01-14 16:01:07",
        "Time Tracked": "00:45",
        "First Response Time (in Hrs)": "00:30:00",
        "Resolution Time (in Hrs)": "18:00:00",
        "Agent interactions": "2",
        "Resolution Status": "SLA Violated",
        "Tags": "vpn",
        "Survey Result": "Very happy",
        "Others": "kept",
    },
    {"Status": "Open", "Group": "No Group", "Ticket Id": "INC-89", "Created Time": "2025-01-18 08:00:00", "Resolution Status": "Within SLA"},
)

EXAMPLES = (
    Example(
        export="freshservice_ticket_export",
        catalogue="freshservice_ticket_export",
        name="tickets.csv",
        content=_TICKETS,
        rows=(
            {
                "ticket_id": "INC-88",
                "status": "closed",
                "priority": "High",
                "channel": "Portal",
                "type": "Incident",
                "category": "Network",
                "agent": key("sam oak"),
                "team": "Network",
                "company": key("fern bakery"),
                "email": key("ann@fern.example"),
                "created_at": datetime(2025, 1, 14, 15, 31, 7),
                "due_at": datetime(2025, 1, 15, 15, 31, 7),
                "resolved_at": datetime(2025, 1, 16, 15, 31, 7),
                "closed_at": datetime(2025, 1, 17, 15, 31, 7),
                "updated_at": datetime(2025, 1, 17, 15, 32, 7),
                "first_response_at": datetime(2025, 1, 14, 16, 1, 7),
                "handle_minutes": 45.0,
                "vendor_first_response_minutes": 30.0,
                "vendor_resolution_minutes": 1080.0,
                "replies": 2,
                "sla_met": False,
                "tags": "vpn",
                "csat_score": 6.0,
                "csat_scale": 7.0,
            },
            {"ticket_id": "INC-89", "status": "open", "team": None, "sla_met": True, "csat_score": None},
        ),
        notes=("headers that stand more than once", "counts business hours"),
    ),
)
