"""The sample company as five vendors and a list of its own would export it: Zendesk, Chargebee, Stripe, Delighted, HubSpot."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.ingest.exports.chargebee import HEADERS as CHARGEBEE
from tests.ingest.exports.example import table
from tests.ingest.exports.hubspot import COMPANY_HEADERS as HUBSPOT
from tests.ingest.exports.zendesk import CSV_HEADERS as ZENDESK

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data" / "harbour_desk.zip"
Row = Mapping[str, str]


def five_vendors() -> list[tuple[str, bytes]]:
    """Name and content of each file."""
    with zipfile.ZipFile(SAMPLE) as sample:
        return [(name, table(headers, *map(row, _rows(sample, member)))) for name, member, headers, row in _FILES]


def own_usage() -> tuple[str, bytes]:
    """A list that no vendor writes, under names of its own."""
    with zipfile.ZipFile(SAMPLE) as sample:
        return "weekly.csv", table(("Client ref", "Snapshot", "Sign-ins", "Mood"), *map(_usage, _rows(sample, "usage.csv")))


def _rows(sample: zipfile.ZipFile, member: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sample.read(member).decode("utf-8-sig"))))


def _ticket(row: Row) -> Row:
    score = {"Extremely satisfied": "Good", "Mostly satisfied": "Good"}.get(row["Survey results"], "Bad" if row["Survey results"] else "")
    return {
        "Id": row["Ticket ID"],
        "Requester": row["Full name"],
        "Requester email": row["Contact ID"],
        "Organization": row["Company Name"],
        "Subject": row["Subject"],
        "Status": {"Resolved": "Solved"}.get(row["Status"], row["Status"]),
        "Priority": row["Priority"],
        "Via": row["Source"],
        "Ticket type": "Problem",
        "Group": row["Group"],
        "Assignee": row["Agent"],
        "Created at": row["Created time"],
        "Updated at": row["Last update time"],
        "Solved at": row["Resolved time"],
        "Satisfaction Score": score or "Not Offered",
        "Replies": row["Agent interactions"],
        "Ticket Category [list]": row["Type"],
    }


def _subscription(row: Row) -> Row:
    return {
        "subscriptions.id": row["id"],
        "customers.id": row["Customer ID"],
        "customers.email": row["Customer Email"],
        "subscriptions.plan_id": f"{row['Plan'].lower()}-monthly",
        "subscriptions.plan_quantity": row["Quantity"],
        "subscriptions.plan_unit_price": row["Amount"],
        "subscriptions.status": "Cancelled" if row["Ended At (UTC)"] else "Active",
        "subscriptions.started_at": f"{row['Start (UTC)']}:00",
        "subscriptions.cancelled_at": f"{row['Ended At (UTC)']}:00" if row["Ended At (UTC)"] else "",
        "addresses.company": row["Customer Name"],
    }


def _answer(row: Row) -> Row:
    when, sent = (str(int(datetime.fromisoformat(row[name]).replace(tzinfo=UTC).timestamp())) for name in ("answered_at", "sent_at"))
    names = {"id": row["response_id"], "person.email": row["email"], "survey_type": row["kind"], "score": row["score"]}
    return {**names, "permalink": f"https://d.example/r/{row['response_id']}", "created_at": sent, "updated_at": when}


def _company(row: Row) -> Row:
    domain = row["Email"].partition("@")[2]
    return {"Record ID": row["id"], "Company name": row["Name"], "Company Domain Name": domain, "Industry": row["tag (metadata)"]}


def _usage(row: Row) -> Row:
    return {"Client ref": row["customer_id"], "Snapshot": row["as_of"], "Sign-ins": row["usage"], "Mood": row["health"]}


_DELIGHTED = (
    "id", "person", "person.email", "survey_type", "score", "comment", "permalink", "created_at", "updated_at", "person_properties", "notes", "tags",
    "additional_answers",
)  # fmt: skip
_STRIPE = (
    "id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Plan", "Status", "Total Spend", "Payment Count", "Refunded Volume",
    "Dispute Losses", "tag (metadata)",
)  # fmt: skip
_FILES: tuple[tuple[str, str, tuple[str, ...], Callable[[Row], Row]], ...] = (
    ("zendesk.csv", "freshdesk_tickets.csv", ZENDESK, _ticket),
    ("chargebee.csv", "stripe_subscriptions.csv", CHARGEBEE, _subscription),
    ("stripe.csv", "stripe_customers.csv", _STRIPE, dict),
    ("delighted.csv", "surveys.csv", _DELIGHTED, _answer),
    ("hubspot.csv", "stripe_customers.csv", HUBSPOT, _company),
)
