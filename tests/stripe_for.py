"""Stripe files for the people of a real ticket export: invented customers and subscriptions under their e-mail addresses and companies."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from roi_core.companies.stripe import CUSTOMERS, SUBSCRIPTIONS
from roi_core.companies.table import Table, with_blanks

NEVER_WROTE = 500
END = date(2025, 9, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One customer to be: when the subscription started, and when it ended."""

    email: str
    company: str
    started: date
    ended: date | None
    amount: float


def stripe_files(tickets: Path) -> list[tuple[str, bytes]]:
    """Customers and subscriptions, as (name, bytes): everybody who wrote, and as many others as make a comparison."""
    people = [*_writers(tickets), *_silent()]
    return [(table.file, table.text().encode()) for table in (_customers(people), _subscriptions(people))]


def _writers(tickets: Path) -> Iterator[Person]:
    luck = random.Random(7)
    with tickets.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    wrote: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        wrote.setdefault(row["Contact ID"], []).append(row)
    for email, own in sorted(wrote.items()):
        last = date.fromisoformat(max(row["Created time"] for row in own)[:10])
        left = last + timedelta(days=luck.randint(20, 190)) if luck.random() < 0.45 else None
        yield Person(email, own[0]["Company Name"], date(2023, 1, 1) + timedelta(days=luck.randint(0, 200)), left, luck.choice([450.0, 1200.0, 3000.0]))


def _silent() -> Iterator[Person]:
    luck = random.Random(8)
    for i in range(NEVER_WROTE):
        left = date(2023, 9, 1) + timedelta(days=luck.randint(0, 720)) if luck.random() < 0.9 else None
        started = date(2025 if i % 8 == 0 else 2023, 1, 1) + timedelta(days=luck.randint(0, 230))
        left = None if left and left <= started else left
        yield Person(f"silent{i}@quiet{i % 90}.example", f"Quiet {i % 90} Ltd", started, left, luck.choice([450.0, 1200.0, 3000.0]))


def _customers(people: Sequence[Person]) -> Table:
    filled = {
        "id": [f"cus_{i:08d}" for i in range(len(people))],
        "Email": [person.email for person in people],
        "Name": [person.company for person in people],
        "Created (UTC)": [f"{person.started} 09:00" for person in people],
        "Status": ["active" if person.ended is None else "canceled" for person in people],
        "Total Spend": [f"{person.amount * 12:.2f}" for person in people],
    }
    return Table("stripe_customers.csv", with_blanks(CUSTOMERS, len(people), filled))


def _subscriptions(people: Sequence[Person]) -> Table:
    period = [person.ended or END for person in people]
    filled = {
        "id": [f"sub_{i:08d}" for i in range(len(people))],
        "Customer ID": [f"cus_{i:08d}" for i in range(len(people))],
        "Customer Email": [person.email for person in people],
        "Customer Name": [person.company for person in people],
        "Plan": [f"Plan {person.amount:.0f}" for person in people],
        "Quantity": ["1"] * len(people),
        "Currency": ["usd"] * len(people),
        "Interval": ["month"] * len(people),
        "Amount": [f"{person.amount:.2f}" for person in people],
        "Status": ["active" if person.ended is None else "canceled" for person in people],
        "Created (UTC)": [f"{person.started} 09:00" for person in people],
        "Start (UTC)": [f"{person.started} 09:00" for person in people],
        "Start Date (UTC)": [f"{person.started} 09:00" for person in people],
        "Current Period Start (UTC)": [f"{day} 00:00" for day in period],
        "Current Period End (UTC)": [f"{day} 00:00" for day in period],
        "Canceled At (UTC)": [f"{person.ended} 10:00" if person.ended else "" for person in people],
        "Ended At (UTC)": [f"{person.ended} 10:00" if person.ended else "" for person in people],
    }
    return Table("stripe_subscriptions.csv", with_blanks(SUBSCRIPTIONS, len(people), filled))
