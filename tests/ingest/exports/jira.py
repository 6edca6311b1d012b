import csv
from datetime import datetime
from io import StringIO

from tests.ingest.exports.example import Example, key

_HEADERS = (
    "Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Project type", "Project lead", "Project lead id",
    "Project description", "Priority", "Resolution", "Assignee", "Assignee Id", "Reporter", "Reporter Id", "Creator", "Creator Id", "Created", "Updated",
    "Last Viewed", "Resolved", "Due date", "Votes", "Labels", "Labels", "Description", "Environment", "Watchers", "Watchers", "Watchers Id", "Watchers Id",
    "Original estimate", "Remaining Estimate", "Time Spent", "Work Ratio", "Σ Original Estimate", "Σ Remaining Estimate", "Σ Time Spent", "Security Level",
    "Inward issue link (Cloners)", "Outward issue link (Cloners)", "Attachment", "Custom field (Affected services)", "Custom field (Approvals)",
    "Custom field (Category)", "Custom field (Category)", "Custom field (Department)", "Custom field (Department)", "Custom field (Impact)",
    "Custom field (Impact)", "Custom field (Request Type)", "Custom field (Request language)", "Custom field (Request participants)", "Satisfaction rating",
    "Custom field (Satisfaction date)", "Custom field (Sentiment)", "Custom field (Severity)", "Sprint", "Custom field (Time to done)",
    "Custom field (Time to first response)", "Custom field (Time to resolution)", "Custom field (Work category)",
    "Custom field ([CHART] Date of First Response)", "Custom field ([CHART] Time in Status)", "Comment", "Comment", "Parent", "Parent key", "Parent summary",
    "Status Category", "Status Category Changed",
)  # fmt: skip


def _file(*issues: dict[str, tuple[str, ...]]) -> bytes:
    """Each header takes the next of its cells, as repeated headers have one each."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADERS)
    for issue in issues:
        left = {header: list(cells) for header, cells in issue.items()}
        writer.writerow([left[header].pop(0) if left.get(header) else "" for header in _HEADERS])
    return file.getvalue().encode("utf-8-sig")


ISSUES = Example(
    "jira_issue_export_csv_all_fields_incl_jira_service_management",
    "jira_issue_export_csv_all_fields_incl_jira_service_management",
    "repeated_headers_and_markup",
    _file(
        {
            "Summary": ('Printer says "offline", again',),
            "Issue key": ("SUP-101",),
            "Issue id": ("10101",),
            "Issue Type": ("[System] Incident",),
            "Status": ("Waiting for customer",),
            "Priority": ("High",),
            "Assignee": ("Ann Agent",),
            "Reporter": ("Kay Client",),
            "Reporter Id": ("qm:5f1c:Kay",),
            "Created": ("25/Feb/26 10:17 PM",),
            "Updated": ("26/Feb/26 12:05 AM",),
            "Due date": ("03/Mar/26 12:00 AM",),
            "Labels": ("printer", "vip"),
            "Description": ("h1. Hello\r\n\r\n!image.png|width=541!\r\n* one, two",),
            "Watchers": ("Ann", "Bob"),
            "Time Spent": ("5400",),
            "Custom field (Approvals)": ("com.atlassian.servicedesk.plugins.approvals.internal.customfield.ApprovalsCFValue@170e16ef",),
            "Custom field (Request Type)": ("Report a problem",),
            "Custom field (Request language)": ("English",),
            "Custom field (Time to first response)": ("1:45",),
            "Custom field (Time to resolution)": ("-1:30",),
            "Custom field ([CHART] Date of First Response)": ("2026-02-25 22:31:07.523",),
            "Comment": ("25/Feb/26 10:31 PM;5f1c;We look into it, promise", "26/Feb/26 12:05 AM;5f1d;Thanks\r\nKay"),
        },
        {
            "Summary": ("How do I export?",),
            "Issue key": ("SUP-102",),
            "Issue id": ("10102",),
            "Issue Type": ("Service Request",),
            "Status": ("Done",),
            "Assignee": ("Unassigned",),
            "Created": ("01/Mar/26 9:05 AM",),
            "Resolved": ("01/Mar/26 12:00 PM",),
            "Satisfaction rating": ("4",),
            "Custom field (Time to resolution)": ("12:04",),
        },
        {
            "Summary": ("Old one",),
            "Issue key": ("SUP-103",),
            "Issue id": ("10103",),
            "Issue Type": ("Service Request",),
            "Status": ("Canceled",),
            "Created": ("02/Mar/26 8:00 AM",),
        },
    ),
    (
        {
            "ticket_id": "SUP-101",
            "customer_id": key("qm:5f1c:Kay"),
            "status": "pending",
            "priority": "High",
            "type": "[System] Incident",
            "category": "Report a problem",
            "language": "English",
            "agent": key("ann agent"),
            "tags": "printer, vip",
            "created_at": datetime(2026, 2, 25, 22, 17),
            "updated_at": datetime(2026, 2, 26, 0, 5),
            "due_at": datetime(2026, 3, 3),
            "first_response_at": datetime(2026, 2, 25, 22, 31, 7, 523000),
            "handle_minutes": 90.0,
            "sla_met": False,
        },
        {
            "ticket_id": "SUP-102",
            "status": "resolved",
            "agent": None,
            "resolved_at": datetime(2026, 3, 1, 12, 0),
            "csat_score": 4.0,
            "csat_scale": 5.0,
            "sla_met": True,
        },
        {"ticket_id": "SUP-103", "status": "closed", "sla_met": None, "created_at": datetime(2026, 3, 2, 8, 0)},
    ),
    notes=("not by e-mail address",),
)

EXAMPLES = (ISSUES,)
