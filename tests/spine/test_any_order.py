"""The same rows give the same facts to the last bit, in whatever order and parts they stand, on one thread or two."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from roi_core import engine
from roi_core.engine.embedded import PAGE, Limits
from roi_core.spine import Facts, build_facts

CUSTOMERS, INVOICES, TICKETS, USAGE = 300, 9_000, 3_000, 3_000
START, DAY = np.datetime64("2025-01-01T00:00:00", "us"), np.timedelta64(86_400_000_000, "us")
WHOLE_FILES = frozenset({"costs"})
"""Of two parts of these the one loaded last stands in for the other."""


def company() -> dict[str, pa.Table]:
    """Amounts in cents, several bills a month, refunds in payments, tickets in several states, two files of usage that differ."""
    rng = np.random.default_rng(7)

    def keys(n: int) -> list[str]:
        return [f"c{k}" for k in rng.integers(0, CUSTOMERS, n)]

    def days(n: int, last: float = 300) -> pa.Array:
        return pa.array(START + (rng.random(n) * last * 86_400).astype("timedelta64[s]"), pa.timestamp("us"))

    def cents(n: int, most: int = 1_000_000) -> np.ndarray:
        return rng.integers(1, most, n) / 100

    every = [f"c{k}" for k in range(CUSTOMERS)]
    ids = rng.integers(0, TICKETS * 9 // 10, TICKETS)
    began = START + ids * np.timedelta64(9_000_000_000, "us")
    bills = np.arange(INVOICES)
    tables = {
        "customers": {"customer_id": every, "email": [f"e-{k}" for k in every], "started_at": days(CUSTOMERS, 30)},
        "subscriptions": {
            "subscription_id": [f"s{k}" for k in range(3 * CUSTOMERS)],
            "customer_id": every * 3,
            "started_at": days(3 * CUSTOMERS, 30),
            "mrr": cents(3 * CUSTOMERS) / 3,
            "currency": ["usd"] * 3 * CUSTOMERS,
            "interval": ["month", "year", "month"] * CUSTOMERS,
        },
        "invoices": {
            "invoice_id": [f"i{k // 4}" for k in bills],
            "payment_row_id": [f"p{k}" if k % 4 else None for k in bills],
            "customer_id": np.repeat(keys(INVOICES // 4), 4),
            "issued_at": days(INVOICES),
            "amount": cents(INVOICES),
            "refunded": pa.array(cents(INVOICES, 900), mask=bills % 4 == 0),
            "status": ["paid"] * INVOICES,
            "currency": ["usd"] * INVOICES,
        },
        "tickets": {
            "ticket_id": [f"t{k}" for k in ids],
            "email": [f"e-c{k % CUSTOMERS}" for k in ids],
            "created_at": pa.array(began, pa.timestamp("us")),
            "updated_at": pa.array(began + rng.integers(0, 5, TICKETS) * DAY, pa.timestamp("us")),
            "resolved_at": pa.array(began + rng.integers(1, 500_000, TICKETS).astype("timedelta64[s]"), pa.timestamp("us")),
            "handle_minutes": rng.random(TICKETS) * 60,
        },
        "usage": {
            "customer_id": keys(USAGE),
            "as_of": pa.array(START + rng.integers(0, 40, USAGE) * 7 * DAY, pa.timestamp("us")),
            "usage": rng.random(USAGE),
            "health": pa.array(rng.random(USAGE), mask=rng.random(USAGE) < 0.3),
        },
        "costs": {"month": [2025 * 12 + k % 9 for k in range(900)], "component": ["salaries", "tools"] * 450, "amount": cents(900)},
    }
    return {name: _of_two_files(pa.table(columns), one=name in WHOLE_FILES) for name, columns in tables.items()}


def _of_two_files(table: pa.Table, *, one: bool) -> pa.Table:
    rows = np.arange(table.num_rows)
    files = np.zeros_like(rows) if one else rows * 2 // max(table.num_rows, 1)
    return table.append_column("row_no", pa.array(rows)).append_column("file_no", pa.array(files))


def written(folder: Path, tables: dict[str, pa.Table], seed: int | None) -> dict[str, tuple[Path, ...]]:
    """The parts of every table: a part a file, or its rows shuffled over up to four parts that are loaded in any order."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, table in tables.items():
        order = np.arange(table.num_rows) if seed is None else rng.permutation(table.num_rows)
        pieces = 1 if name in WHOLE_FILES or seed is None else int(rng.integers(1, 5))
        (folder / name).mkdir(parents=True)
        parts = []
        for place, rows in enumerate(np.array_split(order, pieces)):
            parts.append(folder / name / f"{place}.parquet")
            pq.write_table(table.take(pa.array(rows)), parts[-1], row_group_size=500)
        found[name] = tuple(parts)
    return found


def facts_of(tables: dict[str, pa.Table], seed: int | None, threads: int) -> Facts:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "page_limits", lambda _parts: Limits(memory=PAGE.memory, threads=threads))
        return build_facts(written(Path(folder), tables, seed))


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    return company()


@pytest.fixture(scope="module")
def expected(tables: dict[str, pa.Table]) -> Facts:
    return facts_of(tables, None, 1)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 2**32 - 1), threads=st.sampled_from([1, 2]))
def test_facts_are_the_same_bit_for_bit(tables: dict[str, pa.Table], expected: Facts, seed: int, threads: int) -> None:
    found = facts_of(tables, seed, threads)
    for name in ("spine", "person_months", "contacts"):
        assert _without_place(getattr(found, name)).equals(_without_place(getattr(expected, name))), name
    assert (found.linkage, found.costs) == (expected.linkage, expected.costs)


def _without_place(table: pa.Table) -> pa.Table:
    """Which part holds a row is what differs; it is looked up, and no number follows from it."""
    return table.drop_columns([name for name in ("part_no",) if name in table.column_names])


def test_the_company_has_what_could_differ(expected: Facts) -> None:
    assert expected.contacts.num_rows > 1_500
    assert (expected.linkage.revenue.total or 0.0) > 1e6
    assert {row.component for row in expected.costs} == {"salaries", "tools"}
    months = expected.person_months
    assert months.num_rows > 1_000
    assert months.column("usage").null_count < months.num_rows / 2
