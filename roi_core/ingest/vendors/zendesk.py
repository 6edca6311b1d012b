"""Zendesk: the account export as CSV and as NDJSON, ticket metrics and ratings of the interface, Explore queries, views."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Confidence, Duration, DurationUnit, Export, Scale, Shape

_GOOD_OR_BAD = Scale(
    2,
    MappingProxyType({"good": 2, "bad": 1, "good_with_comment": 2, "bad_with_comment": 1}),
    no_answer=("offered", "unoffered", "not offered"),
    not_asked=("unoffered", "not offered"),
)
_STATUS = MappingProxyType({"tickets.status": MappingProxyType({"on-hold": "pending", "hold": "pending"})})
_MINUTES = Duration(DurationUnit.MINUTES, Clock.CALENDAR, from_created=True)
_NO_BOTS = "Tickets that an AI agent handled alone are left out of this export, so cost per contact looks higher than it is."

ACCOUNT_CSV = Export(
    id="zendesk_account_csv_export_admin_center_reports_export",
    vendor="zendesk",
    title="Zendesk account export, CSV",
    entity="tickets",
    signature=("Requester id", "Satisfaction Score", "Initially assigned at"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Id",),
            "tickets.customer_id": ("Requester id",),
            "tickets.email": ("Requester email",),
            "tickets.domain": ("Requester domain",),
            "tickets.company": ("Organization",),
            "tickets.agent": ("Assignee",),
            "tickets.team": ("Group",),
            "tickets.subject": ("Subject",),
            "tickets.tags": ("Tags",),
            "tickets.status": ("Status",),
            "tickets.priority": ("Priority",),
            "tickets.channel": ("Via",),
            "tickets.type": ("Ticket type",),
            "tickets.created_at": ("Created at",),
            "tickets.updated_at": ("Updated at",),
            "tickets.assigned_at": ("Assigned at",),
            "tickets.due_at": ("Due date",),
            "tickets.resolved_at": ("Solved at",),
            "tickets.vendor_resolution_minutes": ("Full resolution time in minutes",),
            "tickets.vendor_first_response_minutes": ("First reply time in minutes",),
            "tickets.csat_score": ("Satisfaction Score",),
            "tickets.reopens": ("Reopens",),
            "tickets.replies": ("Replies",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS", "D-M-YYYY HH:MM"),
    durations=MappingProxyType({"tickets.vendor_resolution_minutes": _MINUTES, "tickets.vendor_first_response_minutes": _MINUTES}),
    words=_STATUS,
    scales=MappingProxyType({"tickets.csat_score": _GOOD_OR_BAD}),
    warnings=(_NO_BOTS,),
)

ACCOUNT_JSON = Export(
    id="zendesk_full_json_export_ndjson",
    vendor="zendesk",
    title="Zendesk account export, JSON",
    entity="tickets",
    signature=("requester_id", "raw_subject", "satisfaction_rating"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("id",),
            "tickets.customer_id": ("requester_id",),
            "tickets.account_id": ("organization_id",),
            "tickets.agent": ("assignee_id",),
            "tickets.team": ("group_id",),
            "tickets.subject": ("subject",),
            "tickets.status": ("status",),
            "tickets.priority": ("priority",),
            "tickets.type": ("type",),
            "tickets.tags": ("tags",),
            "tickets.channel": ("via",),
            "tickets.created_at": ("created_at",),
            "tickets.updated_at": ("updated_at",),
            "tickets.due_at": ("due_at",),
            "tickets.csat_score": ("satisfaction_rating",),
            "tickets.resolved_at": ("metric_set.solved_at",),
            "tickets.assigned_at": ("metric_set.assigned_at",),
            "tickets.reopens": ("metric_set.reopens",),
            "tickets.replies": ("metric_set.replies",),
            "tickets.vendor_first_response_minutes": ("metric_set.reply_time_in_minutes.calendar",),
            "tickets.vendor_resolution_minutes": ("metric_set.full_resolution_time_in_minutes.calendar",),
        }
    ),
    drift=MappingProxyType({"via": ("via.channel",), "satisfaction_rating": ("satisfaction_rating.score",)}),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    durations=MappingProxyType({"tickets.vendor_resolution_minutes": _MINUTES, "tickets.vendor_first_response_minutes": _MINUTES}),
    words=_STATUS,
    scales=MappingProxyType({"tickets.csat_score": _GOOD_OR_BAD}),
    warnings=(_NO_BOTS, "E-mail addresses stand in the users file of this export; load it as well, or match by requester id."),
    confidence=Confidence.DERIVED,
)

METRICS = Export(
    id="zendesk_ticket_metrics_api_json",
    vendor="zendesk",
    title="Zendesk ticket metrics",
    entity="tickets",
    signature=("ticket_id", "group_stations", "assignee_stations", "initially_assigned_at"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("ticket_id",),
            "tickets.assigned_at": ("assigned_at",),
            "tickets.resolved_at": ("solved_at",),
            "tickets.vendor_first_response_minutes": ("reply_time_in_minutes",),
            "tickets.vendor_resolution_minutes": ("full_resolution_time_in_minutes",),
            "tickets.reopens": ("reopens",),
            "tickets.replies": ("replies",),
        }
    ),
    drift=MappingProxyType(
        {
            "reply_time_in_minutes": ("reply_time_in_minutes.calendar",),
            "full_resolution_time_in_minutes": ("full_resolution_time_in_minutes.calendar",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    durations=MappingProxyType({"tickets.vendor_resolution_minutes": _MINUTES, "tickets.vendor_first_response_minutes": _MINUTES}),
    warnings=("These are times of tickets without their customers: load the ticket export as well.",),
    confidence=Confidence.DERIVED,
)

RATINGS = Export(
    id="zendesk_satisfaction_ratings_api_json_csv_by_script",
    vendor="zendesk",
    title="Zendesk satisfaction ratings",
    entity="surveys",
    signature=("ticket_id", "score", "requester_id"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("id",),
            "surveys.ticket_id": ("ticket_id",),
            "surveys.customer_id": ("requester_id",),
            "surveys.score": ("score",),
            "surveys.comment": ("comment",),
            "surveys.answered_at": ("created_at",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    scales=MappingProxyType({"surveys.score": _GOOD_OR_BAD}),
    constants=MappingProxyType({"surveys.kind": "csat"}),
    shape=Shape(by=("ticket_id",), order=("updated_at", "created_at", "id"), speaks="last", why="earlier ratings of a ticket that was rated again"),
    confidence=Confidence.DERIVED,
)

EXPLORE = Export(
    id="zendesk_explore_query_export_csv_or_excel",
    vendor="zendesk",
    title="Zendesk Explore query",
    entity="tickets",
    signature=("Ticket ID", "Ticket created - Date"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket ID",),
            "tickets.status": ("Ticket status",),
            "tickets.team": ("Ticket group",),
            "tickets.agent": ("Assignee name",),
            "tickets.created_at": ("Ticket created - Timestamp", "Ticket created - Date"),
            "tickets.resolved_at": ("Ticket solved - Timestamp", "Ticket solved - Date"),
            "tickets.channel": ("Ticket channel",),
            "tickets.priority": ("Ticket priority",),
            "tickets.subject": ("Ticket subject",),
            "tickets.type": ("Ticket type",),
            "tickets.company": ("Ticket organisation name",),
            "tickets.product": ("Ticket brand",),
            "tickets.email": ("Requester email",),
            "tickets.customer_id": ("Requester ID",),
        }
    ),
    drift=MappingProxyType(
        {
            "Ticket organisation name": ("Ticket organization name",),
            "Ticket created - Date": ("Ticket created - Timestamp",),
        }
    ),
    dates=("YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SS"),
    words=_STATUS,
    shape=Shape(by=("Ticket ID",), why="further combinations of attributes of a ticket"),
    warnings=("The times of this query are in the time zone of whoever ran it, and its columns were chosen by them.",),
)

VIEW = Export(
    id="zendesk_view_csv_export_agent_workspace",
    vendor="zendesk",
    title="Zendesk view, mapping asked",
    entity="tickets",
    signature=("ID", "Requester", "Requested", "Updated"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("ID",),
            "tickets.subject": ("Subject",),
            "tickets.created_at": ("Requested",),
            "tickets.type": ("Type",),
            "tickets.priority": ("Priority",),
            "tickets.status": ("Status",),
            "tickets.team": ("Group",),
            "tickets.agent": ("Assignee",),
            "tickets.updated_at": ("Updated",),
        }
    ),
    words=_STATUS,
    warnings=("ask: the columns of a view are chosen by whoever made it; check the mapping",),
    confidence=Confidence.GENERAL,
)

EXPORTS = (ACCOUNT_CSV, ACCOUNT_JSON, METRICS, RATINGS, EXPLORE, VIEW)
