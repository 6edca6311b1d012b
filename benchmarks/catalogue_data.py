"""A large company as the derived and the typed tables in Parquet: contacts in their order in time, and the tickets that they were made from."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.metrics.connection import derived_schema, loaded_schema

MONTHS = 36
TICKETS_A_CUSTOMER = 10
_FIRST_MONTH, _FIRST_S, _MONTH_S, _DAY_S = 2022 * 12, 1_640_995_200, 2_629_800, 86_400
_AT_ONCE, _ROW_GROUP = 500_000, 122_880
_CHANNELS, _PRIORITIES = ("email", "chat", "phone", "web"), ("low", "normal", "high", "urgent")
_TEAMS, _HANDLED = ("first", "second", "billing"), ("human", "bot")
_CATEGORIES, _AGENTS = tuple(f"category {i}" for i in range(12)), tuple(f"{i:032x}" for i in range(60))


def write(folder: Path, tickets: int) -> Mapping[str, Path]:
    """Writes spine, contacts and typed tickets; gives the file of each. A tenth as many customers, of whom a few write far more often than the others."""
    draw, customers = np.random.default_rng(1), tickets // TICKETS_A_CUSTOMER
    paths = {name: folder / name / "all.parquet" for name in ("spine", "contacts", "tickets")}
    for path in paths.values():
        path.parent.mkdir(parents=True)
    pq.write_table(_spine(customers, draw), paths["spine"], compression="zstd")
    with _writer(paths["contacts"], derived_schema("contacts")) as contacts, _writer(paths["tickets"], _ticket_schema()) as typed:
        for first in range(0, tickets, _AT_ONCE):
            for writer, table in zip((contacts, typed), _rows(range(first, min(first + _AT_ONCE, tickets)), tickets, customers, draw), strict=True):
                writer.write_table(table, row_group_size=_ROW_GROUP)
    return paths


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="zstd")


def _ticket_schema() -> pa.Schema:
    return pa.schema([field for field in loaded_schema("tickets") if field.name not in ("part_no", "system_no")])


def _spine(customers: int, draw: np.random.Generator) -> pa.Table:
    numbers = np.arange(customers)
    given = {
        "customer_no": numbers,
        "customer_key": [f"{i:032x}" for i in range(customers)],
        "cluster_no": numbers,
        "segment": _words(("small", "middle", "large"), draw, customers),
        "plan": _words(("free", "pro"), draw, customers),
        "country": _words(("DE", "FR", "US"), draw, customers),
        "currency": ["USD"] * customers,
        "started_s": np.full(customers, _FIRST_S),
        "started_month": np.full(customers, _FIRST_MONTH),
    }
    return _typed(given, derived_schema("spine"), customers)


def _rows(numbers: range, tickets: int, customers: int, draw: np.random.Generator) -> Iterator[pa.Table]:
    """The same rows as contacts and as typed tickets, in the order of their creation."""
    rows, row_no = len(numbers), np.arange(numbers.start, numbers.stop)
    created = (_FIRST_S + np.sort(draw.uniform(numbers.start, numbers.stop, rows)) / tickets * (MONTHS * _MONTH_S - _DAY_S)).astype(np.int64)
    reply, done = _minutes(draw, rows, 4, 0.9), _minutes(draw, rows, 7, 0.97)
    handled = {"channel": _CHANNELS, "category": _CATEGORIES, "priority": _PRIORITIES, "agent": _AGENTS, "team": _TEAMS, "handled_by": _HANDLED}
    shared = {name: _words(words, draw, rows) for name, words in handled.items()}
    writers = (customers * draw.random(rows) ** 1.5).astype(np.int64)
    contact: dict[str, object] = {"ticket_no": row_no, "part_no": np.zeros(rows, np.int64), "row_no": row_no, "customer_no": writers, "created_s": created}
    contact |= {"month": created.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) + 1970 * 12, "load": draw.integers(1, 120, rows)}
    contact |= {"first_response_minutes": reply, "resolution_minutes": done, "handle_minutes": _minutes(draw, rows, 2, 0.7), "csat": _scores(draw, rows)}
    contact |= _flags(draw, rows) | {"resolved": done.is_valid().to_numpy(zero_copy_only=False) | (draw.random(rows) < 0.5)}
    yield _typed({**contact, **shared}, derived_schema("contacts"), rows)
    ticket: dict[str, object] = {
        "ticket_id": np.char.add("T", row_no.astype(str)),
        "row_no": row_no,
        "file_no": np.zeros(rows, np.int64),
        "created_at": created * 1_000_000,
    }
    ticket |= {"assigned_at": (created + 60 * draw.integers(1, 500, rows)) * 1_000_000, "due_at": (created + 2 * _DAY_S) * 1_000_000}
    ticket |= {"resolved_at": (created + draw.integers(1, 4 * _DAY_S, rows)) * 1_000_000, "language": _words(("en", "de"), draw, rows)}
    ticket |= {"replies": draw.integers(0, 6, rows), "reopens": draw.integers(0, 2, rows), "sla_met": draw.random(rows) < 0.8}
    ticket |= {"vendor_first_response_minutes": reply, "vendor_resolution_minutes": done}
    yield _typed({**shared, **ticket}, _ticket_schema(), rows)


def _flags(draw: np.random.Generator, rows: int) -> dict[str, object]:
    shares = {"replied": 0.9, "recontact_7d": 0.2, "reopened": 0.1, "escalated": 0.1, "asks_to_cancel": 0.01}
    return {name: draw.random(rows) < share for name, share in shares.items()}


def _minutes(draw: np.random.Generator, rows: int, log_mean: float, known: float) -> pa.Array:
    """Whole seconds as minutes, of which a share is known."""
    return pa.array(np.round(np.exp(draw.normal(log_mean, 1.2, rows)) * 60) / 60, mask=draw.random(rows) > known)


def _scores(draw: np.random.Generator, rows: int) -> pa.Array:
    return pa.array(draw.integers(0, 5, rows) / 4, mask=draw.random(rows) > 0.3)


def _words(words: tuple[str, ...], draw: np.random.Generator, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(draw.integers(0, len(words), rows).astype(np.int8), list(words)).cast(pa.string())


def _typed(given: Mapping[str, object], schema: pa.Schema, rows: int) -> pa.Table:
    columns = [pa.nulls(rows, field.type) if field.name not in given else pa.array(given[field.name]).cast(field.type, safe=False) for field in schema]
    return pa.table(columns, schema=schema)
