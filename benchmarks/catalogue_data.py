"""A large company as the derived and the typed tables in Parquet: contacts in their order in time, and the tickets that they were made from."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.metrics.connection import derived_schema, loaded_schema

_MONTHS, _FIRST_MONTH, _FIRST_S, _MONTH_S = 24, 2024 * 12, 1_704_067_200, 2_629_800
_AT_ONCE = 500_000
_TICKETS_A_CUSTOMER = 25
_CHANNELS, _CATEGORIES, _PRIORITIES = ("email", "chat", "phone", "web"), tuple(f"category {i}" for i in range(12)), ("low", "normal", "high", "urgent")
_AGENTS, _TEAMS, _HANDLED = tuple(f"agent {i}" for i in range(60)), ("first line", "second line", "billing"), ("human", "bot", "both")


def write(folder: Path, tickets: int) -> dict[str, Path]:
    """Writes spine, contacts and typed tickets; gives the file of each. A customer writes 25 times in two years."""
    draw, customers = np.random.default_rng(1), tickets // _TICKETS_A_CUSTOMER
    paths = {name: folder / f"{name}.parquet" for name in ("spine", "contacts")} | {"tickets": folder / "tables" / "tickets" / "all.parquet"}
    paths["tickets"].parent.mkdir(parents=True)
    pq.write_table(_spine(customers, draw), paths["spine"])
    with pq.ParquetWriter(paths["contacts"], derived_schema("contacts"), compression="lz4") as contacts, _tickets_writer(paths["tickets"]) as typed:
        for first in range(0, tickets, _AT_ONCE):
            for writer, table in zip((contacts, typed), _rows(first, min(_AT_ONCE, tickets - first), tickets, customers, draw), strict=True):
                writer.write_table(table)
    return paths


def _tickets_writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, _ticket_schema(), compression="zstd")


def _ticket_schema() -> pa.Schema:
    return pa.schema([field for field in loaded_schema("tickets") if field.name not in ("part_no", "system_no")])


def _spine(customers: int, draw: np.random.Generator) -> pa.Table:
    numbers = np.arange(customers)
    given = {
        "customer_no": numbers,
        "customer_key": [f"key of customer {i}" for i in numbers],
        "cluster_no": numbers,
        "segment": _words(("small", "middle", "large"), draw, customers),
        "plan": _words(("free", "pro"), draw, customers),
        "country": _words(("DE", "FR", "US"), draw, customers),
        "currency": ["USD"] * customers,
        "started_s": np.full(customers, _FIRST_S),
        "started_month": np.full(customers, _FIRST_MONTH),
    }
    return _typed(given, derived_schema("spine"), customers)


def _rows(first: int, rows: int, tickets: int, customers: int, draw: np.random.Generator) -> Iterator[pa.Table]:
    """The same rows as contacts and as typed tickets, in the order of their creation."""
    at = _FIRST_S + np.sort(draw.uniform(first, first + rows, rows)) / tickets * (_MONTHS * _MONTH_S - 86_400)
    created, number = at.astype(np.int64), np.arange(first, first + rows)
    reply, done = _minutes(draw, rows, 4, 0.9), _minutes(draw, rows, 7, 0.85)
    days = created.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    shared = {name: _words(words, draw, rows) for name, words in (("channel", _CHANNELS), ("category", _CATEGORIES), ("priority", _PRIORITIES))}
    shared |= {"agent": _words(_AGENTS, draw, rows), "team": _words(_TEAMS, draw, rows), "handled_by": _words(_HANDLED, draw, rows)}
    measured = {"first_response_minutes": reply, "resolution_minutes": done, "handle_minutes": _minutes(draw, rows, 2, 0.7), "csat": _scores(draw, rows)}
    flags = {name: draw.random(rows) < share for name, share in (("replied", 0.9), ("resolved", 0.85), ("recontact_7d", 0.2), ("reopened", 0.1))}
    flags |= {"replied_7d": flags["replied"], "escalated": draw.random(rows) < 0.1, "asks_to_cancel": draw.random(rows) < 0.01}
    counted = {"ticket_no": number, "part_no": np.zeros(rows, np.int64), "row_no": number, "customer_no": draw.integers(0, customers, rows)}
    placed = {"month": days + 1970 * 12, "created_s": created, "load": draw.integers(1, 120, rows).astype(float)}
    yield _typed(counted | placed | shared | measured | flags, derived_schema("contacts"), rows)
    times = {"created_at": created * 1_000_000, "first_response_at": None, "assigned_at": (created + 60 * draw.integers(1, 500, rows)) * 1_000_000}
    more = {"ticket_id": np.char.add("T", number.astype(str)), "row_no": number, "file_no": np.zeros(rows, np.int64), "sla_met": draw.random(rows) < 0.8}
    more |= {"replies": draw.integers(0, 6, rows), "reopens": draw.integers(0, 2, rows), "language": _words(("en", "de"), draw, rows)}
    more |= {"vendor_first_response_minutes": reply, "vendor_resolution_minutes": done}
    yield _typed(shared | times | more, _ticket_schema(), rows)


def _minutes(draw: np.random.Generator, rows: int, log_mean: float, known: float) -> pa.Array:
    """Whole seconds as minutes, of which a share is known."""
    return pa.array(np.round(np.exp(draw.normal(log_mean, 1.2, rows)) * 60) / 60, mask=draw.random(rows) > known)


def _scores(draw: np.random.Generator, rows: int) -> pa.Array:
    return pa.array(draw.integers(0, 5, rows) / 4, mask=draw.random(rows) > 0.3)


def _words(words: tuple[str, ...], draw: np.random.Generator, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(draw.integers(0, len(words), rows).astype(np.int8), list(words)).cast(pa.string())


def _typed(given: dict[str, object], schema: pa.Schema, rows: int) -> pa.Table:
    columns = [pa.nulls(rows, field.type) if given.get(field.name) is None else pa.array(given[field.name]).cast(field.type) for field in schema]
    return pa.table(columns, schema=schema)
