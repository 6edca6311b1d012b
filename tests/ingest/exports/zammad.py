from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from tests.ingest.exports.example import Example, key

_HEADERS = (
    "#", "Title", "State", "Priority", "Group", "Owner", "Customer", "Organization", "Create Channel", "Sender", "Tags", "Time Units Total", "Region",
    "Created At", "Updated At", "Closed At", "Close Escalation At", "Close In Min", "Close Diff In Min", "First Response At", "First Response Escalation At",
    "First Response In Min", "First Response Diff In Min", "Update Escalation At", "Update In Min", "Update Diff In Min", "Last Contact At",
    "Last Contact Agent At", "Last Contact Customer At", "Article Count", "Escalation At",
)  # fmt: skip

_FULL = {
    "#": "31001",
    "Title": "Cannot pay",
    "State": "closed",
    "Priority": "2 normal",
    "Group": "Users",
    "Owner": "Ann Agent",
    "Customer": "Kay Client",
    "Organization": "Initech GmbH",
    "Create Channel": "email",
    "Sender": "Customer",
    "Tags": "invoice,vip",
    "Time Units Total": 12.5,
    "Created At": datetime(2026, 3, 2, 8, 0),
    "Updated At": datetime(2026, 3, 3, 10, 0),
    "Closed At": datetime(2026, 3, 3, 10, 0),
    "Close Escalation At": datetime(2026, 3, 4, 8, 0),
    "Close In Min": 600,
    "Close Diff In Min": 840,
    "First Response At": datetime(2026, 3, 2, 9, 30),
    "First Response In Min": 90,
    "Article Count": 4,
}
_FILE = (
    _FULL,
    {"#": "31002", "Title": "Twin", "State": "merged", "Owner": "-", "Created At": datetime(2026, 3, 5, 8, 0)},
    {"#": "31003", "Title": "Later", "State": "pending reminder", "Owner": "-", "Created At": datetime(2026, 3, 6, 8, 0)},
    {"#": "31004", "Title": "Gone", "State": "removed", "Owner": "-", "Created At": datetime(2026, 3, 7, 8, 0)},
)


def _workbook(title: str) -> bytes:
    """The title, an empty row, the header, and real date cells below it."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("Tickets")
    sheet.write_string(0, 0, title)
    sheet.write_row(2, 0, _HEADERS)
    for number, row in enumerate(_FILE, 3):
        for header, cell in row.items():
            sheet.write(number, _HEADERS.index(header), cell)
    book.close()
    return file.getvalue()


TICKETS = Example(
    "zammad_ticket_report_xlsx",
    "zammad_ticket_report_xlsx",
    "title above the header.xlsx",
    _workbook("Tickets: 2026-03"),
    (
        {
            "ticket_id": "31001",
            "status": "closed",
            "priority": "2 normal",
            "team": "Users",
            "agent": key("ann agent"),
            "company": key("initech"),
            "channel": "email",
            "tags": "invoice,vip",
            "handle_minutes": 12.5,
            "created_at": datetime(2026, 3, 2, 8, 0),
            "updated_at": datetime(2026, 3, 3, 10, 0),
            "closed_at": datetime(2026, 3, 3, 10, 0),
            "due_at": datetime(2026, 3, 4, 8, 0),
            "first_response_at": datetime(2026, 3, 2, 9, 30),
            "vendor_first_response_minutes": 90.0,
            "vendor_resolution_minutes": 600.0,
        },
        {"ticket_id": "31002", "status": "merged", "agent": None},
        {"ticket_id": "31003", "status": "pending"},
        {"ticket_id": "31004", "status": "deleted"},
    ),
    notes=("given by name only", "business hours"),
)

EXAMPLES = (TICKETS,)
