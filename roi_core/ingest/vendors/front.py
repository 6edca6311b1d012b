"""Front: the message rows of an analytics export."""

from types import MappingProxyType

from roi_core.ingest.export import Clock, Duration, DurationUnit, Export, Shape

_BUSINESS = Duration(DurationUnit.SECONDS, Clock.BUSINESS)

MESSAGES = Export(
    id="front_analytics_message_export",
    vendor="front",
    title="Front analytics, messages",
    entity="tickets",
    signature=("Conversation ID", "Segment ID", "Message date"),
    columns=MappingProxyType(
        {
            "tickets.email": ("Contact handle",),
            "tickets.company": ("Account names",),
            "tickets.agent": ("Assignee",),
            "tickets.team": ("Inbox",),
            "tickets.status": ("Status",),
            "tickets.subject": ("Subject",),
            "tickets.tags": ("Tags",),
            "tickets.created_at": ("Segment start",),
            "tickets.closed_at": ("Segment end",),
            "tickets.vendor_first_response_minutes": ("Response time",),
            "tickets.handle_minutes": ("Handle time",),
            "tickets.vendor_resolution_minutes": ("Total reply time",),
            "tickets.outbound": ("Direction",),
        }
    ),
    durations=MappingProxyType(
        {
            "tickets.vendor_first_response_minutes": _BUSINESS,
            "tickets.handle_minutes": Duration(DurationUnit.SECONDS),
            "tickets.vendor_resolution_minutes": _BUSINESS,
        }
    ),
    words=MappingProxyType(
        {
            "tickets.status": MappingProxyType({"archived": "closed", "unassigned": "open"}),
            "tickets.outbound": MappingProxyType({"inbound": "false", "outbound": "true"}),
        }
    ),
    joined=MappingProxyType({"tickets.ticket_id": ("Conversation ID", "Segment")}),
    lists=MappingProxyType({"tickets.company": ","}),
    shape=Shape(
        by=("Conversation ID", "Segment"),
        order=("Message date",),
        earliest=("Segment start",),
        latest=("Segment end", "Total reply time"),
        sums=("Handle time",),
        why="further messages of a segment of a conversation",
    ),
    warnings=(
        "A conversation that came back later is a ticket of its own here: the number of its segment stands behind its id.",
        "Response times leave out time outside business hours where the account has set them.",
    ),
)

EXPORTS = (MESSAGES,)
