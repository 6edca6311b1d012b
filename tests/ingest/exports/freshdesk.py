"""Freshdesk: business hours as text past 24 hours, zeros that mean two things, a header that stands twice, dates after a spreadsheet."""

import json
from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time", "Due by Time", "Resolved time", "Closed time",
    "Last update time", "Initial response time", "Time tracked", "First response time (in hrs)", "Resolution time (in hrs)", "Agent interactions",
    "Customer interactions", "Resolution status", "First response status", "Tags", "Survey results", "Association type", "Product",
    "Every response status", "Full name", "Contact ID", "Company Name", "Region",
)  # fmt: skip

_TICKETS = table(
    _HEADERS,
    {
        "Ticket ID": "10231",
        "Subject": "Printer, again",
        "Status": "Resolved",
        "Priority": "Urgent",
        "Source": "Email",
        "Type": "Incident",
        "Agent": "Sam Oak",
        "Group": "Support",
        "Created time": "2024-02-29 17:45:10",
        "Due by Time": "2024-03-04 17:45:10",
        "Resolved time": "2024-05-30 11:00:00",
        "Closed time": "2024-06-01 11:00:00",
        "Last update time": "2024-06-01 11:00:00",
        "Initial response time": "2024-02-29 18:05:10",
        "Time tracked": "01:30",
        "First response time (in hrs)": "00:00:00",
        "Resolution time (in hrs)": "1406:07:30",
        "Agent interactions": "4",
        "Customer interactions": "3",
        "Resolution status": "SLA Violated",
        "Tags": "printer,vip",
        "Survey results": "Extremely satisfied",
        "Product": "Press",
        "Full name": "Ann Fern",
        "Contact ID": "Ann@Fern.example",
        "Company Name": "Fern Bakery GmbH",
        "Region": "EU",
    },
    {
        "Ticket ID": "10232",
        "Status": "Waiting on Third Party",
        "Priority": "Low",
        "Source": "Outbound Email",
        "Agent": "No Agent",
        "Group": "No Group",
        "Created time": "2024-03-01 08:00:00",
        "First response time (in hrs)": "00:00:00",
        "Resolution status": "Within SLA",
        "Survey results": "Slightly dissatisfied",
        "Product": "No Product",
        "Contact ID": "bo@gmail.com",
    },
    {"Ticket ID": "10233", "Status": "Fixed/Waiting for Release", "Created time": "2024-03-02 08:00:00"},
    end="\r\n",
)

_RESAVED = table(
    _HEADERS,
    {"Ticket ID": "7", "Status": "Open", "Created time": "14/01/2025 15:31", "Resolved time": "02/02/2025 9:05"},
    {"Ticket ID": "8", "Status": "Open", "Created time": "03/02/2025 15:31"},
    mark=";",
)

_RATINGS = json.dumps(
    [
        {
            "id": 301,
            "survey_id": 5,
            "user_id": 77,
            "agent_id": 31,
            "feedback": "quick",
            "group_id": None,
            "ticket_id": 10231,
            "created_at": "2024-06-02T09:00:00Z",
            "updated_at": "2024-06-02T09:00:00Z",
            "ratings": {"default_question": 103, "question_9": -101},
        },
        {
            "id": 302,
            "survey_id": 5,
            "user_id": 78,
            "agent_id": None,
            "feedback": None,
            "group_id": None,
            "ticket_id": 10232,
            "created_at": "2024-06-03T09:00:00Z",
            "updated_at": "2024-06-03T09:00:00Z",
            "ratings": {"default_question": -102},
        },
    ]
).encode()

EXAMPLES = (
    Example(
        export="freshdesk_ticket_export",
        catalogue="freshdesk_ticket_export",
        name="80000000001_tickets-June-01-2024.csv",
        content=_TICKETS,
        rows=(
            {
                "ticket_id": "10231",
                "status": "resolved",
                "priority": "Urgent",
                "channel": "Email",
                "type": "Incident",
                "agent": key("sam oak"),
                "team": "Support",
                "created_at": datetime(2024, 2, 29, 17, 45, 10),
                "due_at": datetime(2024, 3, 4, 17, 45, 10),
                "resolved_at": datetime(2024, 5, 30, 11),
                "closed_at": datetime(2024, 6, 1, 11),
                "updated_at": datetime(2024, 6, 1, 11),
                "first_response_at": datetime(2024, 2, 29, 18, 5, 10),
                "handle_minutes": 90.0,
                "vendor_first_response_minutes": 0.0,
                "vendor_resolution_minutes": 84367.5,
                "replies": 4,
                "sla_met": False,
                "tags": "printer,vip",
                "csat_score": 7.0,
                "csat_scale": 7.0,
                "product": "Press",
                "email": key("ann@fern.example"),
                "domain": key("fern.example"),
                "company": key("fern bakery"),
            },
            {
                "status": "pending",
                "agent": None,
                "team": None,
                "product": None,
                "outbound": True,
                "first_response_at": None,
                "vendor_first_response_minutes": 0.0,
                "sla_met": True,
                "csat_score": 3.0,
                "domain": None,
            },
            {"ticket_id": "10233", "status": "pending", "csat_score": None, "csat_scale": None},
        ),
        notes=("counts business hours, not calendar time", "words of your own"),
    ),
    Example(
        export="freshdesk_ticket_export",
        catalogue="",
        name="tickets saved by a spreadsheet.csv",
        content=_RESAVED,
        rows=(
            {"created_at": datetime(2025, 1, 14, 15, 31), "resolved_at": datetime(2025, 2, 2, 9, 5)},
            {"created_at": datetime(2025, 2, 3, 15, 31), "resolved_at": None},
        ),
        notes=("day before month",),
    ),
    Example(
        export="freshdesk_satisfaction_ratings_api",
        catalogue="freshdesk_satisfaction_ratings_api",
        name="satisfaction_ratings.json",
        content=_RATINGS,
        rows=(
            {
                "response_id": "301",
                "ticket_id": "10231",
                "customer_id": key("77"),
                "kind": "csat",
                "score": 7.0,
                "scale": 7.0,
                "answered_at": datetime(2024, 6, 2, 9),
            },
            {"response_id": "302", "ticket_id": "10232", "score": 2.0},
        ),
        notes=("seven answers from best to worst",),
    ),
    Example(
        export="freshdesk_satisfaction_ratings_api",
        catalogue="",
        name="ratings by a script.csv",
        content=table(
            ("id", "survey_id", "ticket_id", "user_id", "ratings", "feedback", "created_at", "updated_at", "agent_id", "group_id"),
            {"id": "303", "survey_id": "5", "ticket_id": "10233", "user_id": "79", "ratings": "100", "created_at": "2024-06-04T09:00:00Z"},
        ),
        rows=({"response_id": "303", "score": 4.0, "scale": 7.0, "answered_at": datetime(2024, 6, 4, 9)},),
    ),
)
