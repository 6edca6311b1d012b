"""osTicket: the ticket export."""

from types import MappingProxyType

from roi_core.ingest.export import Export

TICKETS = Export(
    id="osticket_ticket_export_csv",
    vendor="osticket",
    title="osTicket ticket export",
    entity="tickets",
    signature=("Ticket Number", "From Email", "Help Topic"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket Number",),
            "tickets.subject": ("Subject",),
            "tickets.email": ("From Email",),
            "tickets.status": ("Current Status",),
            "tickets.priority": ("Priority",),
            "tickets.type": ("Help Topic",),
            "tickets.channel": ("Source",),
            "tickets.team": ("Department",),
            "tickets.agent": ("Agent Assigned",),
            "tickets.created_at": ("Date Created",),
            "tickets.updated_at": ("Last Updated",),
            "tickets.due_at": ("Due Date",),
        }
    ),
    drift=MappingProxyType({"Current Status": ("Status",)}),
    words=MappingProxyType({"tickets.status": MappingProxyType({"archived": "closed"})}),
)

EXPORTS = (TICKETS,)
