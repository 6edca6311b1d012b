"""ServiceNow: incident lists by column name and by column label, and the log of every change of an incident."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Duration, DurationUnit, Export, Shape

_STATUS = MappingProxyType(
    {
        "work in progress": "open",
        "awaiting user info": "pending",
        "awaiting problem": "pending",
        "awaiting vendor": "pending",
        "awaiting evidence": "pending",
        "canceled": "closed",
        "cancelled": "closed",
        "1": "open",
        "2": "open",
        "3": "pending",
        "6": "resolved",
        "7": "closed",
        "8": "closed",
    }
)
_NAMELESS = "The person who asked is given by name only; add the list of users to join incidents to customers."

INCIDENTS = Export(
    id="servicenow_incident_list_export_column_names",
    vendor="servicenow",
    title="ServiceNow incident list, column names",
    entity="tickets",
    signature=("number", "opened_at", "short_description"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("number",),
            "tickets.subject": ("short_description",),
            "tickets.status": ("state",),
            "tickets.priority": ("priority",),
            "tickets.type": ("category",),
            "tickets.category": ("subcategory",),
            "tickets.channel": ("contact_type",),
            "tickets.team": ("assignment_group",),
            "tickets.agent": ("assigned_to",),
            "tickets.company": ("company",),
            "tickets.created_at": ("opened_at",),
            "tickets.resolved_at": ("resolved_at",),
            "tickets.closed_at": ("closed_at",),
            "tickets.updated_at": ("sys_updated_on",),
            "tickets.due_at": ("due_date",),
            "tickets.vendor_resolution_minutes": ("calendar_duration",),
            "tickets.reopens": ("reopen_count",),
            "tickets.sla_met": ("made_sla",),
        }
    ),
    drift=MappingProxyType({"state": ("incident_state",), "sys_updated_on": ("sys_updated_at",)}),
    dates=("YYYY-MM-DD HH:MM:SS", "M/D/YYYY H:MM"),
    durations=MappingProxyType({"tickets.vendor_resolution_minutes": Duration(DurationUnit.SECONDS, Clock.CALENDAR)}),
    words=MappingProxyType({"tickets.status": _STATUS}),
    warnings=(_NAMELESS,),
)

LABELLED_INCIDENTS = Export(
    id="servicenow_incident_list_export_column_labels",
    vendor="servicenow",
    title="ServiceNow incident list, column labels",
    entity="tickets",
    signature=("Number", "State", "Assigned to"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Number",),
            "tickets.subject": ("Short description",),
            "tickets.status": ("State",),
            "tickets.priority": ("Priority", "Urgency"),
            "tickets.type": ("Category", "Incident CI type"),
            "tickets.category": ("Subcategory",),
            "tickets.team": ("Assignment Group",),
            "tickets.agent": ("Assigned to",),
            "tickets.company": ("Company",),
            "tickets.created_at": ("Opened", "Created"),
            "tickets.resolved_at": ("Resolved",),
            "tickets.closed_at": ("Closed",),
            "tickets.updated_at": ("Updated", "Last update"),
        }
    ),
    dates=("DD-MM-YYYY HH:MM:SS", "MM-DD-YYYY HH:MM:SS", "YYYY-MM-DD HH:MM:SS"),
    words=MappingProxyType({"tickets.status": _STATUS}),
    warnings=(_NAMELESS,),
)

INCIDENT_LOG = Export(
    id="servicenow_incident_audit_log_uci_enriched_event_log",
    vendor="servicenow",
    title="ServiceNow incident log, one row per change",
    entity="tickets",
    signature=("number", "sys_mod_count", "made_sla"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("number",),
            "tickets.customer_id": ("caller_id",),
            "tickets.status": ("incident_state",),
            "tickets.priority": ("priority",),
            "tickets.type": ("category",),
            "tickets.category": ("subcategory",),
            "tickets.channel": ("contact_type",),
            "tickets.team": ("assignment_group",),
            "tickets.agent": ("assigned_to",),
            "tickets.created_at": ("opened_at",),
            "tickets.resolved_at": ("resolved_at",),
            "tickets.closed_at": ("closed_at",),
            "tickets.updated_at": ("sys_updated_at",),
            "tickets.reopens": ("reopen_count",),
            "tickets.sla_met": ("made_sla",),
        }
    ),
    drift=MappingProxyType({"incident_state": ("ident_state", "state"), "sys_updated_at": ("sys_updated_on",)}),
    dates=("D-M-YYYY HH:MM", "D/M/YYYY HH:MM"),
    words=MappingProxyType({"tickets.status": _STATUS}),
    blanks=MappingProxyType(
        {
            "tickets.customer_id": ("?",),
            "tickets.status": ("?", "-100"),
            "tickets.priority": ("?",),
            "tickets.type": ("?",),
            "tickets.category": ("?",),
            "tickets.channel": ("?",),
            "tickets.team": ("?",),
            "tickets.agent": ("?",),
        }
    ),
    shape=Shape(by=("number",), order=("sys_mod_count", "sys_updated_at"), speaks="last", why="earlier states of an incident"),
    warnings=("Callers are numbers of the helpdesk itself; they join to customers only where these have the same numbers.",),
)

EXPORTS = (INCIDENTS, LABELLED_INCIDENTS, INCIDENT_LOG)
