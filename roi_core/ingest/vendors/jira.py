"""Jira and Jira Service Management: the issue export with all fields."""

from types import MappingProxyType

from roi_core.ingest.export import Duration, DurationUnit, Export, Scale

_STATUS = MappingProxyType(
    {
        "to do": "open",
        "backlog": "open",
        "selected for development": "open",
        "work in progress": "open",
        "escalated": "open",
        "under review": "open",
        "in review": "open",
        "waiting for support": "open",
        "waiting for customer": "pending",
        "canceled": "closed",
        "cancelled": "closed",
        "declined": "closed",
        "done": "resolved",
    }
)
_REMAINING = MappingProxyType({f"{sign}{digit}": str(not sign).lower() for sign in ("", "-") for digit in range(10)})
"""What is left of a promise, by its sign and first digit: nothing but a minus means that it was broken."""

ISSUES = Export(
    id="jira_issue_export_csv_all_fields_incl_jira_service_management",
    vendor="jira",
    title="Jira issue export, all fields",
    entity="tickets",
    signature=("Issue key", "Issue id", "Issue Type"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Issue key",),
            "tickets.customer_id": ("Reporter Id",),
            "tickets.subject": ("Summary",),
            "tickets.body": ("Description",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.type": ("Issue Type",),
            "tickets.category": ("Custom field (Request Type)",),
            "tickets.agent": ("Assignee",),
            "tickets.tags": ("Labels",),
            "tickets.language": ("Custom field (Request language)",),
            "tickets.created_at": ("Created",),
            "tickets.updated_at": ("Updated",),
            "tickets.resolved_at": ("Resolved",),
            "tickets.due_at": ("Due date",),
            "tickets.first_response_at": ("Custom field ([CHART] Date of First Response)",),
            "tickets.handle_minutes": ("Time Spent",),
            "tickets.csat_score": ("Satisfaction rating",),
            "tickets.sla_met": ("Custom field (Time to resolution)",),
        }
    ),
    dates=("DD/Mon/YY h:mm AM/PM", "DD/Mon/YY", "M/D/YYYY H:MM", "YYYY-MM-DD HH:MM:SS.mmm"),
    durations=MappingProxyType({"tickets.handle_minutes": Duration(DurationUnit.SECONDS)}),
    words=MappingProxyType({"tickets.status": _STATUS, "tickets.sla_met": _REMAINING}),
    blanks=MappingProxyType({"tickets.agent": ("Unassigned",)}),
    scales=MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}))}),
    extracts=MappingProxyType({"tickets.sla_met": r"^(-?\d)"}),
    warnings=("Customers are given by their Jira account, not by e-mail address; add the list of users to join issues to customers.",),
)

EXPORTS = (ISSUES,)
