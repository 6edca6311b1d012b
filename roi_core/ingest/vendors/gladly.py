"""Gladly: the Conversation Export report."""

from types import MappingProxyType

from roi_core.ingest.export import Export

CONVERSATIONS = Export(
    id="gladly_conversation_export_report",
    vendor="gladly",
    title="Gladly Conversation Export report",
    entity="tickets",
    signature=("Conversation ID", "Customer ID", "First Closed At"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Conversation ID",),
            "tickets.customer_id": ("Customer ID",),
            "tickets.status": ("Status",),
            "tickets.agent": ("Assigned Agent Name \u2013 Current",),
            "tickets.team": ("Inbox Name \u2013 Current",),
            "tickets.created_at": ("Created At",),
            "tickets.closed_at": ("First Closed At",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SS.000Z", "YYYY-MM-DD HH:MM:SS"),
    words=MappingProxyType(
        {
            "tickets.status": MappingProxyType({"open": "open", "waiting": "pending", "closed": "closed", "merged": "merged"}),
        }
    ),
    warnings=("Customers are given by their Gladly id, without an e-mail address; add the customer export to join conversations to customers.",),
)

EXPORTS = (CONVERSATIONS,)
