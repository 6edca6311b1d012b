"""Zoho Desk: the ticket export."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Scale

TICKETS = Export(
    id="zoho_desk_tickets_export",
    vendor="zoho_desk",
    title="Zoho Desk ticket export",
    entity="tickets",
    signature=("Ticket Reference Id", "Ticket Owner"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket Reference Id",),
            "tickets.subject": ("Subject",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.channel": ("Channel",),
            "tickets.team": ("Department",),
            "tickets.email": ("Email",),
            "tickets.company": ("Account Name",),
            "tickets.agent": ("Ticket Owner",),
            "tickets.created_at": ("Created Time",),
            "tickets.updated_at": ("Modified Time",),
            "tickets.closed_at": ("Ticket Closed Time",),
            "tickets.csat_score": ("Happiness Rating",),
        }
    ),
    words=MappingProxyType({"tickets.status": MappingProxyType({"on hold": "pending", "escalated": "open"})}),
    blanks=MappingProxyType({"tickets.agent": ("Unassigned",)}),
    scales=MappingProxyType({"tickets.csat_score": Scale(3, MappingProxyType({"good": 3, "okay": 2, "okey": 2, "bad": 1}))}),
    confidence=Confidence.GENERAL,
)

EXPORTS = (TICKETS,)
