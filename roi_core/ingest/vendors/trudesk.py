"""Trudesk: the report file."""

from types import MappingProxyType

from roi_core.ingest.export import Export

TICKETS = Export(
    id="trudesk_report_csv",
    vendor="trudesk",
    title="Trudesk report",
    entity="tickets",
    signature=("uid", "requester", "assignee"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("uid",),
            "tickets.subject": ("subject",),
            "tickets.status": ("status",),
            "tickets.priority": ("priority",),
            "tickets.type": ("type",),
            "tickets.company": ("group",),
            "tickets.agent": ("assignee",),
            "tickets.tags": ("tags",),
            "tickets.created_at": ("created",),
        }
    ),
    warnings=("Customers are given by name only; the group stands for the company.",),
)

EXPORTS = (TICKETS,)
