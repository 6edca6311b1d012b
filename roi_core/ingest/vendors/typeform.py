"""Typeform: responses; hidden fields stand in columns of their own."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Skip
from roi_core.ingest.score_questions import QUESTIONS

RESPONSES = Export(
    id="typeform_responses_csv",
    vendor="typeform",
    title="Typeform responses",
    entity="surveys",
    signature=("Start Date (UTC)", "Submit Date (UTC)", "Network ID"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("#",),
            "surveys.customer_id": ("user_id", "customer_id", "account_id"),
            "surveys.email": ("email",),
            "surveys.ticket_id": ("ticket_id",),
            "surveys.answered_at": ("Submit Date (UTC)",),
        }
    ),
    drift=MappingProxyType({"email": ("Email address", "E-mail")}),
    dates=("YYYY-MM-DD HH:MM:SS",),
    zone="UTC",
    skips=(
        Skip("Response Type", "started|partial", "answers that were not sent"),
        Skip("Submit Date (UTC)", "", "answers that were not sent"),
    ),
    finds=QUESTIONS,
)

EXPORTS = (RESPONSES,)
