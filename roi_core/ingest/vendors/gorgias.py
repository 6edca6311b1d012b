"""Gorgias: the tickets CSV, in its newer and its older headers."""

from types import MappingProxyType

from roi_core.ingest.export import Duration, DurationUnit, Export, Scale

_SECONDS = Duration(DurationUnit.SECONDS, header_errs=True, from_created=True)
"""Gorgias, How metrics are calculated (docs.gorgias.com): time that the customer waits for an agent; outside business hours are included."""

TICKETS = Export(
    id="gorgias_tickets_csv_export",
    vendor="gorgias",
    title="Gorgias tickets",
    entity="tickets",
    signature=("Customer email", "Assignee name"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket id",),
            "tickets.subject": ("Subject",),
            "tickets.status": ("Status",),
            "tickets.channel": ("Initial channel",),
            "tickets.priority": ("Priority",),
            "tickets.created_at": ("Creation date",),
            "tickets.closed_at": ("Closed date",),
            "tickets.agent": ("Assignee name",),
            "tickets.email": ("Customer email",),
            "tickets.vendor_first_response_minutes": ("First response time (s)",),
            "tickets.vendor_resolution_minutes": ("Resolution time (s)",),
            "tickets.csat_score": ("Survey score",),
            "tickets.tags": ("Tags",),
            "tickets.replies": ("Number of agent messages",),
            "tickets.type": ("Ticket Field: Contact reason",),
            "tickets.product": ("Ticket Field: Product",),
            "tickets.outbound": ("Created by an agent",),
        }
    ),
    drift=MappingProxyType(
        {
            "Ticket id": ("id",),
            "Initial channel": ("Channel",),
            "Creation date": ("Created datetime",),
            "Closed date": ("Closed datetime",),
            "First response time (s)": ("First response time (minutes)",),
            "Resolution time (s)": ("Resolution time (minutes)", "Full resolution time (minutes)"),
            "Survey score": ("Satisfaction score",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SS",),
    durations=MappingProxyType({"tickets.vendor_first_response_minutes": _SECONDS, "tickets.vendor_resolution_minutes": _SECONDS}),
    scales=MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}))}),
    warnings=("Snoozed tickets count as closed in this export.",),
)

EXPORTS = (TICKETS,)
