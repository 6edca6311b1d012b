"""Harbour Desk as its exports would have been on an earlier day: rows that began later are not there, moments that came later are blank."""

import csv
import io
import zipfile
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data" / "harbour_desk.zip"
_BEGINS = {
    "freshdesk_tickets.csv": "Created time",
    "stripe_customers.csv": "Created (UTC)",
    "stripe_subscriptions.csv": "Created (UTC)",
    "stripe_invoices.csv": "Date (UTC)",
    "surveys.csv": "answered_at",
    "costs.csv": "month",
    "usage.csv": "as_of",
}
_ENDS = ("Ended At (UTC)", "Canceled At (UTC)", "Cancellation Reason")

File = tuple[str, bytes]


def whole() -> list[File]:
    """All of its exports."""
    with zipfile.ZipFile(SAMPLE) as archive:
        return [(name, archive.read(name)) for name in _BEGINS]


def until(day: str) -> list[File]:
    """The same exports as of a day (ISO 8601)."""
    return [(f"early_{name}", _rewritten([_as_of(row, day) for row in _rows(content) if "" < row[_BEGINS[name]] < day])) for name, content in whole()]


def late_cancellation(customer: str, ended: str) -> File:
    """The billing export of some days later, in which the one subscription of a customer ended on an earlier day."""
    late = {"Status": "canceled", "Canceled At (UTC)": ended, "Ended At (UTC)": ended}
    rows = _rows(dict(whole())["stripe_subscriptions.csv"])
    return "late.csv", _rewritten([{**row, **late} if row["Customer ID"] == customer else row for row in rows])


def stayed(day: str) -> str:
    """A customer of one subscription that began before a day and has not ended."""
    rows = _rows(dict(whole())["stripe_subscriptions.csv"])
    times = [row["Customer ID"] for row in rows]
    return next(row["Customer ID"] for row in rows if row["Created (UTC)"] < day and not row["Ended At (UTC)"] and times.count(row["Customer ID"]) == 1)


def _as_of(row: dict[str, str], day: str) -> dict[str, str]:
    """What a row said on that day."""
    if "Ended At (UTC)" in row and row["Ended At (UTC)"] >= day:
        return {**row, "Status": "active", **dict.fromkeys(_ENDS, "")}
    return {name: "" if name in ("Resolved time", "Closed time") and value >= day else value for name, value in row.items()}


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _rewritten(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
