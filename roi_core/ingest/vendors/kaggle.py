"""The "customer support tickets" of Kaggle, the commonest demonstration file, with underscores or blanks in its headers."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Scale

_SCALES = MappingProxyType({"tickets.csat_score": Scale(5, MappingProxyType({}))})
_WARNINGS = ("ask: this file says when tickets were answered and resolved, often in the wrong order, and not when they were opened: no duration can be taken.",)

TICKETS = Export(
    id="public_data_set_kaggle_customer_support_tickets_underscored_copy",
    vendor="public_data_set",
    title="customer support tickets of Kaggle, underscores in its headers",
    entity="tickets",
    signature=("Ticket_ID", "Ticket_Channel"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket_ID",),
            "tickets.email": ("Customer_Email",),
            "tickets.subject": ("Ticket_Subject",),
            "tickets.priority": ("Ticket_Priority",),
            "tickets.type": ("Ticket_Type",),
            "tickets.channel": ("Ticket_Channel",),
            "tickets.product": ("Product_Purchased",),
            "tickets.first_response_at": ("First_Response_Time",),
            "tickets.resolved_at": ("Time_to_Resolution",),
            "tickets.csat_score": ("Customer_Satisfaction_Rating",),
        }
    ),
    dates=("YYYY-MM-DD H:MM", "YYYY-MM-DD HH:MM:SS"),
    scales=_SCALES,
    warnings=_WARNINGS,
)

SPACED = Export(
    id="kaggle_support_tickets_spaced",
    vendor="public_data_set",
    title="customer support tickets of Kaggle, blanks in its headers",
    entity="tickets",
    signature=("Ticket ID", "Customer Name", "Ticket Channel", "Time to Resolution"),
    columns=MappingProxyType(
        {
            **{canonical: tuple(header.replace("_", " ") for header in headers) for canonical, headers in TICKETS.columns.items()},
            "tickets.status": ("Ticket Status",),
        }
    ),
    dates=TICKETS.dates,
    words=MappingProxyType({"tickets.status": MappingProxyType({"pending customer response": "pending"})}),
    scales=_SCALES,
    warnings=_WARNINGS,
    confidence=Confidence.GENERAL,
)

EXPORTS = (TICKETS, SPACED)
