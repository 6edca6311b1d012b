"""Typed parts written by hand, as the reader would publish them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def write_part(folder: Path, table: str, columns: dict[str, Any], file_no: int = 0) -> tuple[Path, ...]:
    """One part of a table under `folder`, with row and file numbers."""
    rows = len(next(iter(columns.values())))
    place = folder / "tables" / table
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{file_no}.parquet"
    pq.write_table(pa.table({**columns, "row_no": list(range(rows)), "file_no": [file_no] * rows}), path)
    return (path,)


def at(text: str | None) -> datetime | None:
    """`2025-01-31 23:59` as a naive UTC timestamp, None as None."""
    return datetime.fromisoformat(text) if text else None


def times(*texts: str | None) -> pa.Array:
    """A timestamp column."""
    return pa.array([at(t) for t in texts], pa.timestamp("us"))
