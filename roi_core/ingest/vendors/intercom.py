"""Intercom: the conversations dataset of Reports, and the rows of a third-party exporter."""

from types import MappingProxyType

from roi_core.ingest.export import Duration, DurationUnit, Export, Scale, Shape, Skip

_HANDLED_BY = MappingProxyType(
    {
        "assumed resol": "bot",
        "confirmed resol": "bot",
        "routed": "both",
        "escalated": "both",
        "negative feedback": "both",
        "true": "both",
        "false": "human",
    }
)

_STARTED_BY = MappingProxyType(
    {
        "customer": "false",
        "user": "false",
        "lead": "false",
        "contact": "false",
        "reply to workflow/message": "false",
        "admin": "true",
        "teammate": "true",
    }
)
"""Who started it, as "support wrote first"; a customer who answers an automatic message wants something."""

DATASET = Export(
    id="intercom_conversations_dataset_export_reports_chart_dataset_csv",
    vendor="intercom",
    title="Intercom conversations dataset",
    entity="tickets",
    signature=("Conversation ID", "Current conversation state"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Conversation ID",),
            "tickets.subject": ("Title",),
            "tickets.created_at": ("Conversation started at (America/New_York)",),
            "tickets.status": ("Current conversation state",),
            "tickets.team": ("Team currently assigned",),
            "tickets.agent": ("Teammate currently assigned",),
            "tickets.channel": ("Channel",),
            "tickets.type": ("Ticket type",),
            "tickets.category": ("AI Topic", "Topics"),
            "tickets.tags": ("Conversation tag",),
            "tickets.csat_score": ("Conversation rating",),
            "tickets.vendor_first_response_minutes": ("First response time (seconds)",),
            "tickets.email": ("User email",),
            "tickets.company": ("Company name",),
            "tickets.handled_by": ("Fin AI Agent resolution state", "Fin AI Agent involved"),
            "tickets.outbound": ("Started by",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS",),
    durations=MappingProxyType({"tickets.vendor_first_response_minutes": Duration(DurationUnit.SECONDS)}),
    words=MappingProxyType({"tickets.handled_by": _HANDLED_BY, "tickets.outbound": _STARTED_BY}),
    scales=MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}))}),
    warnings=("First response times of this export may leave out time outside office hours; it does not say which.",),
)

MESSAGES = Export(
    id="intercom_conversation_export_by_a_third_party_exporter_message_or_conversation_rows",
    vendor="intercom",
    title="Intercom conversations by a third-party exporter",
    entity="tickets",
    signature=("conversation_id", "message_author_email"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("conversation_id",),
            "tickets.email": ("message_author_email",),
            "tickets.customer_id": ("message_author_user_id",),
            "tickets.company": ("message_author_companies",),
            "tickets.created_at": ("conversation_created_at",),
            "tickets.first_response_at": ("conversation_first_response_at",),
            "tickets.closed_at": ("conversation_closed_at",),
            "tickets.status": ("conversation_state",),
            "tickets.tags": ("conversation_tags",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS UTC",),
    zone="UTC",
    lists=MappingProxyType({"tickets.company": ","}),
    shape=Shape(by=("conversation_id",), order=("message_created_at",), why="further messages of a conversation"),
    skips=(Skip("message_author_type", "admin|teammate|bot|operator", "messages written by support"),),
    warnings=("A conversation in which only support wrote is no contact and is left out.",),
)

EXPORTS = (DATASET, MESSAGES)
