from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "ID", "Subject", "Raised By (Email)", "Status", "Priority", "Ticket Type", "Team", "Description", "SLA", "Response By", "SLA Status", "Resolution By",
    "On Hold Since", "Total Hold Time", "First Response Time", "First Responded On", "Average Response Time", "Opening Date", "Opening Time",
    "Resolution Date", "Resolution Time", "User Resolution Time", "Contact", "Customer", "Via Customer Portal", "Rating", "Feedback (Option)",
    "Feedback (Extra)", "Ticket Merged", "Merged With", "Ticket Split From", "Status Category",
)  # fmt: skip
_RESOLVED = {
    "ID": "17",
    "Subject": "Cannot print",
    "Raised By (Email)": "kay@initech.example",
    "Status": "Closed",
    "Priority": "High",
    "Ticket Type": "Incident",
    "Team": "Desk",
    "SLA Status": "Fulfilled",
    "Resolution By": "2026-02-05 10:00:00",
    "First Responded On": "2026-02-03 10:30:05",
    "Opening Date": "2026-02-03",
    "Opening Time": "09:15:05",
    "Resolution Date": "2026-02-04 12:00:05",
    "Customer": "Initech GmbH",
    "Rating": "0.8",
}
_OTHERS = (
    {
        "ID": "18",
        "Raised By (Email)": "lee@client.example",
        "Status": "Replied",
        "SLA Status": "Resolution Due",
        "Opening Date": "2026-02-06",
        "Opening Time": "8:00:00",
    },
    {
        "ID": "19",
        "Raised By (Email)": "lee@client.example",
        "Status": "Open",
        "SLA Status": "Failed",
        "Opening Date": "2026-02-07",
        "Ticket Merged": "1",
        "Merged With": "18",
    },
)
_ROWS = (
    {
        "ticket_id": "17",
        "email": key("kay@initech.example"),
        "company": key("initech"),
        "status": "closed",
        "priority": "High",
        "type": "Incident",
        "team": "Desk",
        "created_at": datetime(2026, 2, 3, 9, 15, 5),
        "due_at": datetime(2026, 2, 5, 10, 0),
        "first_response_at": datetime(2026, 2, 3, 10, 30, 5),
        "vendor_first_response_minutes": 75.0,
        "resolved_at": datetime(2026, 2, 4, 12, 0, 5),
        "vendor_resolution_minutes": 1605.0,
        "csat_score": 4.0,
        "csat_scale": 5.0,
        "sla_met": True,
    },
    {"ticket_id": "18", "status": "pending", "sla_met": None, "created_at": datetime(2026, 2, 6, 8, 0), "csat_score": None},
    {"ticket_id": "19", "sla_met": False, "merged_into": "18", "created_at": datetime(2026, 2, 7)},
)

EXAMPLES = (
    Example(
        "frappe_helpdesk_hd_ticket_data_export_list_report",
        "frappe_helpdesk_hd_ticket_data_export_list_report",
        "seconds_of_the_data_export",
        table(_HEADERS, {**_RESOLVED, "First Response Time": "4500", "Resolution Time": "96300"}, *_OTHERS),
        _ROWS,
        notes=("an API schema",),
    ),
    Example(
        "frappe_helpdesk_hd_ticket_data_export_list_report",
        "",
        "words_of_a_report",
        table(_HEADERS, {**_RESOLVED, "First Response Time": "1h 15m", "Resolution Time": "1d 2h 45m"}, *_OTHERS),
        _ROWS,
    ),
)
