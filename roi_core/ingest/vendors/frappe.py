"""Frappe Helpdesk: the data export of tickets."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Duration, DurationUnit, Export, Scale

TICKETS = Export(
    id="frappe_helpdesk_hd_ticket_data_export_list_report",
    vendor="frappe_helpdesk",
    title="Frappe Helpdesk ticket export",
    entity="tickets",
    signature=("Raised By (Email)", "SLA Status"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("ID",),
            "tickets.subject": ("Subject",),
            "tickets.body": ("Description",),
            "tickets.email": ("Raised By (Email)",),
            "tickets.company": ("Customer",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.type": ("Ticket Type",),
            "tickets.team": ("Team",),
            "tickets.due_at": ("Resolution By",),
            "tickets.first_response_at": ("First Responded On",),
            "tickets.vendor_first_response_minutes": ("First Response Time",),
            "tickets.resolved_at": ("Resolution Date",),
            "tickets.vendor_resolution_minutes": ("Resolution Time",),
            "tickets.csat_score": ("Rating",),
            "tickets.merged_into": ("Merged With",),
            "tickets.sla_met": ("SLA Status",),
        }
    ),
    joined=MappingProxyType({"tickets.created_at": ("Opening Date", "Opening Time")}),
    dates=("YYYY-MM-DD HH:MM:SS",),
    durations=MappingProxyType(
        {
            "tickets.vendor_first_response_minutes": Duration(DurationUnit.SECONDS),
            "tickets.vendor_resolution_minutes": Duration(DurationUnit.SECONDS),
        }
    ),
    words=MappingProxyType(
        {
            "tickets.status": MappingProxyType({"replied": "pending"}),
            "tickets.sla_met": MappingProxyType({"fulfilled": "true", "failed": "false"}),
        }
    ),
    blanks=MappingProxyType({"tickets.sla_met": ("First Response Due", "Resolution Due", "Paused")}),
    scales=MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}), times=5)}),
    confidence=Confidence.DERIVED,
)

EXPORTS = (TICKETS,)
