"""Qualtrics: responses, with two further header rows of question texts and import ids."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Shape, Skip
from roi_core.ingest.score_questions import QUESTIONS

RESPONSES = Export(
    id="qualtrics_responses_csv",
    vendor="qualtrics",
    title="Qualtrics responses",
    entity="surveys",
    signature=("StartDate", "ResponseId", "RecordedDate"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("ResponseId",),
            "surveys.customer_id": ("ExternalReference",),
            "surveys.email": ("RecipientEmail",),
            "surveys.ticket_id": ("ticket_id",),
            "surveys.answered_at": ("RecordedDate",),
        }
    ),
    drift=MappingProxyType({"ticket_id": ("TicketId", "ticketID")}),
    dates=("YYYY-MM-DD HH:MM:SS",),
    shape=Shape(header_rows=2),
    skips=(
        Skip("Status", "survey preview|survey test|1|2", "previews of the survey"),
        Skip("Finished", "false|0", "answers that were not sent"),
    ),
    finds=QUESTIONS,
)

EXPORTS = (RESPONSES,)
