"""Freshdesk: the ticket export of the agent portal, and the ratings of the interface."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Confidence, Duration, DurationUnit, Export, Scale

SATISFACTION = Scale(
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
"""The seven answers of both products in their two wordings; shorter scales leave some out."""

_CODES = MappingProxyType({"103": 7, "102": 6, "101": 5, "100": 4, "-101": 3, "-102": 2, "-103": 1})

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
    scales=MappingProxyType({"tickets.csat_score": SATISFACTION}),
)

RATINGS = Export(
    id="freshdesk_satisfaction_ratings_api",
    vendor="freshdesk",
    title="Freshdesk satisfaction ratings",
    entity="surveys",
    signature=("survey_id", "ticket_id", "feedback"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("id",),
            "surveys.ticket_id": ("ticket_id",),
            "surveys.customer_id": ("user_id",),
            "surveys.score": ("ratings",),
            "surveys.comment": ("feedback",),
            "surveys.answered_at": ("created_at",),
        }
    ),
    drift=MappingProxyType({"ratings": ("ratings.default_question",)}),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    scales=MappingProxyType({"surveys.score": Scale(7, MappingProxyType({**SATISFACTION.words, **_CODES}))}),
    constants=MappingProxyType({"surveys.kind": "csat"}),
    warnings=("The codes 103 to -103 are read as seven answers from best to worst; further questions of a survey are not used.",),
    confidence=Confidence.DERIVED,
)

EXPORTS = (TICKETS, RATINGS)
