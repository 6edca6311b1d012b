"""How many surveys were sent and answered, by file, where a file has those without an answer too."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roi_core import engine

SENT = pa.schema({"asked": pa.int64(), "answered": pa.int64(), "first_month": pa.int32(), "last_month": pa.int32()})
"""One row a file; months are month numbers of the first and the last answer, null without one."""


def surveys_sent(parts: Sequence[Path]) -> pa.Table:
    """`SENT` of the typed parts of surveys; a part whose file holds the answers alone says nothing of who was asked."""
    asked = [(part, noted["asked"]) for part in parts if "asked" in (noted := engine.metadata(part))]
    return pa.Table.from_pylist([{"asked": n, "answered": pq.read_metadata(part).num_rows} | _months(part) for part, n in asked], schema=SENT)


def _months(part: Path) -> dict[str, int | None]:
    if "answered_at" not in pq.read_schema(part).names:
        return {"first_month": None, "last_month": None}
    span = pc.min_max(pq.read_table(part, columns=["answered_at"]).column("answered_at")).as_py()
    return {name: at and at.year * 12 + at.month - 1 for name, at in (("first_month", span["min"]), ("last_month", span["max"]))}
