"""Zendesk's interface and JSON export: one object a line, objects inside of objects, ratings given again."""

import json
from datetime import datetime
from typing import Any

from tests.ingest.exports.example import Example, key, table


def _ticket(number: int, **fields: Any) -> dict[str, Any]:
    plain = {
        "url": f"https://firm.zendesk.example/api/v2/tickets/{number}.json",
        "id": number,
        "external_id": None,
        "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": "2025-05-01T08:00:00Z",
        "updated_at": "2025-05-02T09:30:00Z",
        "generated_timestamp": 1746178200,
        "type": None,
        "subject": "Where is it?",
        "raw_subject": "Where is it?",
        "description": "Two lines,\nand a comma",
        "priority": None,
        "status": "open",
        "recipient": None,
        "requester_id": 901,
        "submitter_id": 901,
        "assignee_id": None,
        "organization_id": None,
        "group_id": None,
        "collaborator_ids": [],
        "follower_ids": [],
        "email_cc_ids": [],
        "forum_topic_id": None,
        "problem_id": None,
        "has_incidents": False,
        "is_public": True,
        "due_at": None,
        "tags": [],
        "custom_fields": [{"id": 11, "value": None}],
        "satisfaction_rating": {"score": "unoffered"},
        "sharing_agreement_ids": [],
        "followup_ids": [],
        "ticket_form_id": 7,
        "brand_id": 8,
        "allow_channelback": False,
        "allow_attachments": True,
    }
    return plain | fields


def _lines(*tickets: dict[str, Any], wrapped: bool = True) -> bytes:
    return "".join(json.dumps({"ticket": ticket} if wrapped else ticket) + "\n" for ticket in tickets).encode()


_JSON = _lines(
    _ticket(
        71,
        via={"channel": "email", "source": {"from": {"address": "ann@fern.example"}, "to": {}, "rel": None}},
        type="incident",
        priority="urgent",
        status="hold",
        assignee_id=31,
        organization_id=501,
        group_id=21,
        due_at="2025-05-03T00:00:00Z",
        tags=["vip", "refund"],
        satisfaction_rating={"score": "good_with_comment", "id": 5, "comment": "thanks"},
    ),
    _ticket(72, status="deleted", requester_id=902),
    _ticket(73, status="closed", satisfaction_rating={"score": "bad", "id": 6}),
)

_SIDE_LOADED = _lines(
    _ticket(
        81,
        status="solved",
        metric_set={
            "solved_at": "2025-05-01T12:00:00Z",
            "assigned_at": "2025-05-01T08:05:00Z",
            "reopens": 1,
            "replies": 2,
            "reply_time_in_minutes": {"calendar": 15, "business": 10},
            "full_resolution_time_in_minutes": {"calendar": 240, "business": 200},
        },
    ),
    wrapped=False,
)


def _metric(number: int, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": 9000 + number,
        "ticket_id": number,
        "created_at": "2025-05-01T08:00:00Z",
        "updated_at": "2025-05-02T09:30:00Z",
        "group_stations": 1,
        "assignee_stations": 1,
        "reopens": 0,
        "replies": 0,
        "assignee_updated_at": None,
        "requester_updated_at": "2025-05-01T08:00:00Z",
        "status_updated_at": "2025-05-02T09:30:00Z",
        "initially_assigned_at": "2025-05-01T08:01:00Z",
        "assigned_at": "2025-05-01T08:02:00Z",
        "solved_at": None,
        "latest_comment_added_at": "2025-05-01T08:30:00Z",
        "reply_time_in_minutes": {"calendar": None, "business": None},
        "first_resolution_time_in_minutes": {"calendar": None, "business": None},
        "full_resolution_time_in_minutes": {"calendar": None, "business": None},
        "agent_wait_time_in_minutes": {"calendar": None, "business": None},
        "requester_wait_time_in_minutes": {"calendar": 60, "business": 60},
        "on_hold_time_in_minutes": {"calendar": 0, "business": 0},
        "url": f"https://firm.zendesk.example/api/v2/ticket_metrics/{9000 + number}.json",
    }
    return plain | fields


_METRICS = json.dumps(
    {
        "ticket_metrics": [
            _metric(
                71,
                solved_at="2025-05-01T20:00:00Z",
                reopens=2,
                replies=4,
                reply_time_in_minutes={"calendar": 30, "business": 25},
                full_resolution_time_in_minutes={"calendar": 720, "business": 300},
            ),
            _metric(72),
        ],
        "next_page": None,
        "count": 2,
    }
).encode()

_RATINGS = table(
    ("id", "assignee_id", "group_id", "reason_id", "requester_id", "ticket_id", "updated_at", "created_at", "url", "score", "reason", "comment"),
    {"id": "5", "requester_id": "901", "ticket_id": "71", "updated_at": "2025-05-03T10:00:00Z", "created_at": "2025-05-03T10:00:00Z", "score": "bad"},
    {"id": "6", "requester_id": "902", "ticket_id": "72", "updated_at": "2025-05-03T11:00:00Z", "created_at": "2025-05-03T11:00:00Z", "score": "offered"},
    {
        "id": "9",
        "requester_id": "901",
        "ticket_id": "71",
        "updated_at": "2025-05-04T10:00:00Z",
        "created_at": "2025-05-04T09:00:00Z",
        "score": "good_with_comment",
        "comment": "all good now",
    },
)

EXAMPLES = (
    Example(
        export="zendesk_full_json_export_ndjson",
        catalogue="zendesk_full_json_export_ndjson",
        name="export-2025-05-01.json",
        content=_JSON,
        rows=(
            {
                "ticket_id": "71",
                "customer_id": key("901"),
                "account_id": key("501"),
                "agent": key("31"),
                "team": "21",
                "status": "pending",
                "priority": "urgent",
                "type": "incident",
                "tags": "vip, refund",
                "channel": "email",
                "created_at": datetime(2025, 5, 1, 8),
                "updated_at": datetime(2025, 5, 2, 9, 30),
                "due_at": datetime(2025, 5, 3),
                "csat_score": 2.0,
                "csat_scale": 2.0,
            },
            {"ticket_id": "72", "status": "deleted", "channel": "web", "csat_score": None},
            {"ticket_id": "73", "status": "closed", "csat_score": 1.0},
        ),
        notes=("derived from an API schema", "requester id"),
    ),
    Example(
        export="zendesk_full_json_export_ndjson",
        catalogue="",
        name="tickets with metric sets.ndjson",
        content=_SIDE_LOADED,
        rows=(
            {
                "ticket_id": "81",
                "resolved_at": datetime(2025, 5, 1, 12),
                "assigned_at": datetime(2025, 5, 1, 8, 5),
                "reopens": 1,
                "replies": 2,
                "vendor_first_response_minutes": 15.0,
                "vendor_resolution_minutes": 240.0,
            },
        ),
    ),
    Example(
        export="zendesk_ticket_metrics_api_json",
        catalogue="zendesk_ticket_metrics_api_json",
        name="ticket_metrics.json",
        content=_METRICS,
        rows=(
            {
                "ticket_id": "71",
                "assigned_at": datetime(2025, 5, 1, 8, 2),
                "resolved_at": datetime(2025, 5, 1, 20),
                "vendor_first_response_minutes": 30.0,
                "vendor_resolution_minutes": 720.0,
                "reopens": 2,
                "replies": 4,
            },
            {"ticket_id": "72", "resolved_at": None, "vendor_first_response_minutes": None, "replies": 0},
        ),
        notes=("no column gives created_at",),
    ),
    Example(
        export="zendesk_satisfaction_ratings_api_json_csv_by_script",
        catalogue="zendesk_satisfaction_ratings_api_json_csv_by_script",
        name="satisfaction_ratings.csv",
        content=_RATINGS,
        rows=(
            {
                "response_id": "9",
                "ticket_id": "71",
                "customer_id": key("901"),
                "kind": "csat",
                "score": 2.0,
                "scale": 2.0,
                "answered_at": datetime(2025, 5, 4, 9),
            },
        ),
        not_data=2,
        notes=("earlier ratings of a ticket that was rated again: 1",),
    ),
)
