"""Companies of a few rows in which every link can be counted by hand: keys are plain words, as hashes would be."""

from collections.abc import Mapping
from pathlib import Path

from roi_core.spine import Decisions, Facts, build_facts
from tests.typed_tables import times, write_part

Columns = dict[str, object]
Tables = Mapping[str, tuple[Path, ...]]

CUSTOMERS: Columns = {
    "customer_id": ["acme", "bolt", "cog"],
    "email": ["pay@acme", "pay@bolt", "pay@cog"],
    "domain": ["acme.example", "bolt.example", "cog.example"],
    "company": ["acme", "bolt", "cog"],
    "started_at": times("2025-01-01", "2025-01-02", "2025-01-03"),
}
SUBSCRIPTIONS: Columns = {
    "subscription_id": ["s1", "s2", "s3"],
    "customer_id": ["acme", "bolt", "cog"],
    "started_at": times("2025-01-01", "2025-01-02", "2025-01-03"),
    "mrr": [10.0, 20.0, 30.0],
    "currency": ["usd", "usd", "usd"],
    "interval": ["month", "month", "month"],
}


def tables(folder: Path, **given: Columns) -> Tables:
    """Three customers with a subscription each, and what is given beside or instead."""
    whole = {"customers": CUSTOMERS, "subscriptions": SUBSCRIPTIONS} | given
    return {name: write_part(folder, name, columns) for name, columns in whole.items()}


def tickets(**keys: list[object]) -> Columns:
    """Tickets with these keys, an hour apart in February 2025."""
    n = len(next(iter(keys.values())))
    return {"ticket_id": [f"t{i}" for i in range(n)], "created_at": times(*[f"2025-02-{i // 24 + 1:02}T{i % 24:02}:00" for i in range(n)]), **keys}


def linked(found: Tables, decisions: Decisions | None = None) -> Facts:
    """The facts, under decisions where there are any."""
    return build_facts(found, decisions or Decisions())


def owners(facts: Facts) -> list[str | None]:
    """The customer of every contact, in the order of the tickets."""
    keys = facts.spine.column("customer_key").to_pylist()
    return [keys[number] for number in facts.contacts.column("customer_no").to_pylist()]
