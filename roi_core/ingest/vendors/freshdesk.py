"""Freshdesk: the ticket export of the agent portal."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Duration, DurationUnit, Export, Scale

_SATISFACTION = Scale(
    7,
    MappingProxyType(
        {
            "extremely satisfied": 7,
            "mostly satisfied": 6,
            "slightly satisfied": 5,
            "neither satisfied nor dissatisfied": 4,
            "slightly dissatisfied": 3,
            "mostly dissatisfied": 2,
            "extremely dissatisfied": 1,
            "extremely happy": 7,
            "very happy": 6,
            "happy": 5,
            "neutral": 4,
            "unhappy": 3,
            "very unhappy": 2,
            "extremely unhappy": 1,
        }
    ),
)

TICKETS = Export(
    id="freshdesk_ticket_export",
    vendor="freshdesk",
    title="Freshdesk ticket export",
    entity="tickets",
    signature=("Ticket ID", "First response time (in hrs)", "Resolution time (in hrs)"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket ID",),
            "tickets.subject": ("Subject",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.channel": ("Source",),
            "tickets.type": ("Type",),
            "tickets.agent": ("Agent",),
            "tickets.team": ("Group",),
            "tickets.created_at": ("Created time",),
            "tickets.due_at": ("Due by Time",),
            "tickets.resolved_at": ("Resolved time",),
            "tickets.closed_at": ("Closed time",),
            "tickets.updated_at": ("Last update time",),
            "tickets.first_response_at": ("Initial response time",),
            "tickets.handle_minutes": ("Time tracked",),
            "tickets.vendor_first_response_minutes": ("First response time (in hrs)",),
            "tickets.vendor_resolution_minutes": ("Resolution time (in hrs)",),
            "tickets.replies": ("Agent interactions",),
            "tickets.sla_met": ("Resolution status",),
            "tickets.tags": ("Tags",),
            "tickets.csat_score": ("Survey results",),
            "tickets.product": ("Product",),
            "tickets.email": ("Contact ID",),
            "tickets.company": ("Company Name",),
        }
    ),
    drift=MappingProxyType({"Contact ID": ("Email", "Contact Email"), "Agent": ("Responder",), "Ticket ID": ("Ticket Id",)}),
    absent=("Requester Email", "Requester Name", "Planned Start Date"),
    dates=("YYYY-MM-DD HH:MM:SS", "D/M/YYYY H:MM", "M/D/YYYY H:MM"),
    durations=MappingProxyType(
        {
            "tickets.handle_minutes": Duration(DurationUnit.CLOCK),
            "tickets.vendor_first_response_minutes": Duration(DurationUnit.CLOCK, Clock.BUSINESS),
            "tickets.vendor_resolution_minutes": Duration(DurationUnit.CLOCK, Clock.BUSINESS),
        }
    ),
    words=MappingProxyType({"tickets.sla_met": MappingProxyType({"within sla": "true", "sla violated": "false"})}),
    blanks=MappingProxyType({"tickets.team": ("No Group",), "tickets.product": ("No Product",), "tickets.agent": ("No Agent",)}),
    scales=MappingProxyType({"tickets.csat_score": _SATISFACTION}),
)

EXPORTS = (TICKETS,)
