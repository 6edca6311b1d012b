"""Zammad: the ticket report."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Duration, DurationUnit, Export

_WORKING_TIME = Duration(DurationUnit.MINUTES, Clock.BUSINESS)

TICKETS = Export(
    id="zammad_ticket_report_xlsx",
    vendor="zammad",
    title="Zammad ticket report",
    entity="tickets",
    signature=("#", "Title", "State", "First Response In Min"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("#",),
            "tickets.subject": ("Title",),
            "tickets.status": ("State",),
            "tickets.priority": ("Priority",),
            "tickets.team": ("Group",),
            "tickets.agent": ("Owner",),
            "tickets.company": ("Organization",),
            "tickets.channel": ("Create Channel",),
            "tickets.tags": ("Tags",),
            "tickets.handle_minutes": ("Time Units Total",),
            "tickets.created_at": ("Created At",),
            "tickets.updated_at": ("Updated At",),
            "tickets.closed_at": ("Closed At",),
            "tickets.due_at": ("Close Escalation At",),
            "tickets.first_response_at": ("First Response At",),
            "tickets.vendor_first_response_minutes": ("First Response In Min",),
            "tickets.vendor_resolution_minutes": ("Close In Min",),
        }
    ),
    durations=MappingProxyType(
        {
            "tickets.handle_minutes": Duration(DurationUnit.MINUTES),
            "tickets.vendor_first_response_minutes": _WORKING_TIME,
            "tickets.vendor_resolution_minutes": _WORKING_TIME,
        }
    ),
    words=MappingProxyType({"tickets.status": MappingProxyType({"pending reminder": "pending", "pending close": "pending", "removed": "deleted"})}),
    blanks=MappingProxyType({"tickets.agent": ("-",)}),
    warnings=(
        "Customers are given by name only; add the list of users to join tickets to customers.",
        "Time Units Total is read as minutes; Zammad keeps it in whatever unit the team chose.",
    ),
)

EXPORTS = (TICKETS,)
