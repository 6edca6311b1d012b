"""Kustomer: the data export of conversations."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Scale

CONVERSATIONS = Export(
    id="kustomer_conversation_data_export",
    vendor="kustomer",
    title="Kustomer conversation data export",
    entity="tickets",
    signature=("ID", "Queue Name", "Snooze Status", "Satisfaction Rating"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("ID",),
            "tickets.subject": ("Subject", "Name"),
            "tickets.body": ("Preview",),
            "tickets.team": ("Queue Name",),
            "tickets.channel": ("Channels",),
            "tickets.status": ("Status",),
            "tickets.csat_score": ("Satisfaction Rating",),
        }
    ),
    words=MappingProxyType({"tickets.status": MappingProxyType({"open": "open", "snoozed": "pending", "done": "resolved"})}),
    scales=MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}))}),
    lists=MappingProxyType({"tickets.channel": ","}),
    warnings=(
        "Satisfaction Rating (1 to 5) is read; Satisfaction and Satisfaction Score hold the same answers on other scales.",
        "External ID is the conversation in another system, not the customer; add customer columns to the export to join it to customers.",
    ),
)

EXPORTS = (CONVERSATIONS,)
