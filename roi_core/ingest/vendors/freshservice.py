"""Freshservice: the ticket export, the twin of Freshdesk's with other letter case."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Duration, DurationUnit, Export
from roi_core.ingest.vendors.freshdesk import SATISFACTION

_BUSINESS = Duration(DurationUnit.CLOCK, Clock.BUSINESS)

TICKETS = Export(
    id="freshservice_ticket_export",
    vendor="freshservice",
    title="Freshservice ticket export",
    entity="tickets",
    signature=("Ticket Id", "Requester Email", "Last Updated Time", "First Response Time (in Hrs)"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket Id",),
            "tickets.subject": ("Subject",),
            "tickets.body": ("Description",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.channel": ("Source",),
            "tickets.type": ("Type",),
            "tickets.category": ("Category",),
            "tickets.agent": ("Agent",),
            "tickets.team": ("Group",),
            "tickets.company": ("Company",),
            "tickets.email": ("Requester Email",),
            "tickets.created_at": ("Created Time",),
            "tickets.due_at": ("Due by Time",),
            "tickets.resolved_at": ("Resolved Time",),
            "tickets.closed_at": ("Closed Time",),
            "tickets.updated_at": ("Last Updated Time",),
            "tickets.first_response_at": ("Initial Response Time",),
            "tickets.handle_minutes": ("Time Tracked",),
            "tickets.vendor_first_response_minutes": ("First Response Time (in Hrs)",),
            "tickets.vendor_resolution_minutes": ("Resolution Time (in Hrs)",),
            "tickets.replies": ("Agent interactions",),
            "tickets.sla_met": ("Resolution Status",),
            "tickets.tags": ("Tags",),
            "tickets.csat_score": ("Survey Result",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS", "D/M/YYYY H:MM", "M/D/YYYY H:MM"),
    durations=MappingProxyType(
        {
            "tickets.handle_minutes": Duration(DurationUnit.CLOCK),
            "tickets.vendor_first_response_minutes": _BUSINESS,
            "tickets.vendor_resolution_minutes": _BUSINESS,
        }
    ),
    words=MappingProxyType({"tickets.sla_met": MappingProxyType({"within sla": "true", "sla violated": "false"})}),
    blanks=MappingProxyType({"tickets.team": ("No Group",), "tickets.agent": ("No Agent",)}),
    scales=MappingProxyType({"tickets.csat_score": SATISFACTION}),
)

EXPORTS = (TICKETS,)
