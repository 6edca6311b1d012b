"""Help Scout: conversations and happiness ratings of the interface; the headers of its report files are not known."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Scale, Skip

CONVERSATIONS = Export(
    id="help_scout_conversations_api_shape_report_csv_header_not_found",
    vendor="help_scout",
    title="Help Scout conversations",
    entity="tickets",
    signature=("number", "mailbox_id", "primary_customer"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("number",),
            "tickets.subject": ("subject",),
            "tickets.body": ("preview",),
            "tickets.status": ("status",),
            "tickets.email": ("primary_customer",),
            "tickets.customer_id": ("primary_customer.id",),
            "tickets.agent": ("assignee",),
            "tickets.created_at": ("created_at",),
            "tickets.updated_at": ("updated_at", "user_updated_at"),
            "tickets.closed_at": ("closed_at",),
            "tickets.channel": ("source",),
            "tickets.tags": ("tags",),
        }
    ),
    drift=MappingProxyType(
        {
            "mailbox_id": ("mailboxId",),
            "primary_customer": ("primary_customer.email", "primaryCustomer.email"),
            "primary_customer.id": ("primaryCustomer.id",),
            "assignee": ("assignee.email", "assignee.id"),
            "created_at": ("createdAt",),
            "updated_at": ("updatedAt",),
            "user_updated_at": ("userUpdatedAt",),
            "closed_at": ("closedAt",),
            "source": ("source.type",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    skips=(Skip("state", "draft", "drafts that were never sent"), Skip("state", "deleted", "conversations that were deleted")),
    warnings=("Spam is in this file and not in the reports of the vendor; it is marked and does not count.",),
    confidence=Confidence.DERIVED,
)

RATINGS = Export(
    id="help_scout_happiness_ratings_report_api",
    vendor="help_scout",
    title="Help Scout happiness ratings",
    entity="surveys",
    signature=("thread_id", "rating_id", "rating_customer_id"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("thread_id",),
            "surveys.ticket_id": ("number", "conversation_id"),
            "surveys.customer_id": ("rating_customer_id",),
            "surveys.score": ("rating_id",),
            "surveys.comment": ("rating_comments",),
            "surveys.answered_at": ("rating_created_at",),
        }
    ),
    drift=MappingProxyType(
        {
            "thread_id": ("threadid",),
            "conversation_id": ("id",),
            "rating_id": ("ratingId",),
            "rating_customer_id": ("ratingCustomerId",),
            "rating_comments": ("ratingComments",),
            "rating_created_at": ("ratingCreatedAt",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SSZ",),
    zone="UTC",
    scales=MappingProxyType({"surveys.score": Scale(3, MappingProxyType({"1": 3, "2": 2, "3": 1, "great": 3, "okay": 2, "not good": 1}))}),
    constants=MappingProxyType({"surveys.kind": "csat"}),
    warnings=("Rating 1 is the best answer of this vendor and 3 the worst; they are turned round.",),
    confidence=Confidence.DERIVED,
)

EXPORTS = (CONVERSATIONS, RATINGS)
