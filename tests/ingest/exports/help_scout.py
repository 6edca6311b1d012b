"""Help Scout: objects of its interface in both spellings, spam that its reports leave out, and ratings of which the lowest is the best."""

import json
from datetime import datetime
from typing import Any

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "id", "number", "threads", "type", "folder_id", "status", "state", "subject", "preview", "mailbox_id", "assignee", "created_by", "created_at",
    "updated_at", "closed_by", "closed_at", "user_updated_at", "customer_waiting_since", "source", "tags", "cc", "bcc", "primary_customer",
    "custom_fields",
)  # fmt: skip

_FLAT = table(
    _HEADERS,
    {
        "id": "880001",
        "number": "2043",
        "type": "email",
        "status": "closed",
        "state": "published",
        "subject": "Refund",
        "mailbox_id": "12",
        "assignee": "Sam Oak",
        "created_at": "2025-02-03T08:15:00Z",
        "updated_at": "2025-02-04T10:00:00Z",
        "closed_at": "2025-02-04T09:00:00Z",
        "user_updated_at": "2025-02-04T08:00:00Z",
        "source": "web",
        "tags": "refund, vip",
        "primary_customer": "ann@fern.example",
    },
    {"id": "880002", "number": "2044", "status": "spam", "state": "published", "mailbox_id": "12", "created_at": "2025-02-03T09:00:00Z"},
    {"id": "880003", "number": "2045", "status": "active", "state": "deleted", "mailbox_id": "12", "created_at": "2025-02-03T10:00:00Z"},
)


def _conversation(number: int, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": 880000 + number,
        "number": number,
        "threads": 2,
        "type": "email",
        "folderId": 3,
        "status": "active",
        "state": "published",
        "subject": "Refund",
        "preview": "Hello,\nplease",
        "mailboxId": 12,
        "createdBy": {"id": 71, "type": "customer", "email": "ann@fern.example"},
        "createdAt": "2025-02-03T08:15:00Z",
        "closedBy": 0,
        "closedAt": None,
        "userUpdatedAt": "2025-02-04T08:00:00Z",
        "customerWaitingSince": {"time": "2025-02-03T08:15:00Z", "friendly": "2 days ago"},
        "source": {"type": "email", "via": "customer"},
        "tags": [],
        "cc": [],
        "bcc": [],
        "primaryCustomer": {"id": 71, "type": "customer", "first": "Ann", "email": "ann@fern.example"},
        "customFields": [],
    }
    return plain | fields


_NESTED = json.dumps([_conversation(2046, assignee={"id": 31, "email": "sam@firm.example"}), _conversation(2047, state="draft")]).encode()

_RATING_HEADERS = (
    "thread_id", "conversation_id", "thread_created_at", "rating_id", "rating_customer_id", "rating_customer_name", "rating_comments", "rating_created_at",
    "rating_user_id", "rating_user_name", "type",
)  # fmt: skip
_RATINGS = table(
    _RATING_HEADERS,
    {
        "thread_id": "6001",
        "conversation_id": "880001",
        "thread_created_at": "2025-02-03T12:00:00Z",
        "rating_id": "1",
        "rating_customer_id": "71",
        "rating_comments": "clear, kind",
        "rating_created_at": "2025-02-03T13:00:00Z",
        "type": "email",
    },
    {"thread_id": "6002", "conversation_id": "880002", "rating_id": "3", "rating_customer_id": "72", "rating_created_at": "2025-02-03T14:00:00Z"},
)

_REPORT = json.dumps(
    {
        "results": [
            {
                "number": 2043,
                "threadid": 6003,
                "threadCreatedAt": "2025-02-03T12:00:00Z",
                "id": 880001,
                "type": "email",
                "ratingId": 2,
                "ratingCustomerId": 71,
                "ratingComments": "",
                "ratingCreatedAt": "2025-02-03T13:00:00Z",
                "ratingCustomerName": "Ann Fern",
                "ratingUserId": 31,
                "ratingUserName": "Sam Oak",
            }
        ],
        "page": 1,
        "count": 1,
        "pages": 1,
    }
).encode()

EXAMPLES = (
    Example(
        export="help_scout_conversations_api_shape_report_csv_header_not_found",
        catalogue="help_scout_conversations_api_shape_report_csv_header_not_found",
        name="conversations by a script.csv",
        content=_FLAT,
        rows=(
            {
                "ticket_id": "2043",
                "status": "closed",
                "email": key("ann@fern.example"),
                "agent": key("sam oak"),
                "created_at": datetime(2025, 2, 3, 8, 15),
                "updated_at": datetime(2025, 2, 4, 10),
                "closed_at": datetime(2025, 2, 4, 9),
                "channel": "web",
                "tags": "refund, vip",
            },
            {"ticket_id": "2044", "status": "spam"},
        ),
        not_data=1,
        notes=("conversations that were deleted): 1",),
    ),
    Example(
        export="help_scout_conversations_api_shape_report_csv_header_not_found",
        catalogue="",
        name="conversations.json",
        content=_NESTED,
        rows=(
            {
                "ticket_id": "2046",
                "status": "open",
                "email": key("ann@fern.example"),
                "customer_id": key("71"),
                "agent": key("sam@firm.example"),
                "created_at": datetime(2025, 2, 3, 8, 15),
                "updated_at": datetime(2025, 2, 4, 8),
                "channel": "email",
            },
        ),
        not_data=1,
        notes=("drafts that were never sent): 1",),
    ),
    Example(
        export="help_scout_happiness_ratings_report_api",
        catalogue="help_scout_happiness_ratings_report_api",
        name="ratings by a script.csv",
        content=_RATINGS,
        rows=(
            {
                "response_id": "6001",
                "ticket_id": "880001",
                "customer_id": key("71"),
                "kind": "csat",
                "score": 3.0,
                "scale": 3.0,
                "answered_at": datetime(2025, 2, 3, 13),
            },
            {"response_id": "6002", "score": 1.0},
        ),
        notes=("Rating 1 is the best answer",),
    ),
    Example(
        export="help_scout_happiness_ratings_report_api",
        catalogue="",
        name="ratings.json",
        content=_REPORT,
        rows=({"response_id": "6003", "ticket_id": "2043", "score": 2.0, "scale": 3.0, "answered_at": datetime(2025, 2, 3, 13)},),
    ),
)
