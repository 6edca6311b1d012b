"""A list in which every row has ended: of an export of those who left alone nothing can be said about staying."""

from collections.abc import Mapping

import pyarrow as pa

from roi_core.errors import quoted
from roi_core.ingest.sources import Source

_ENDS: Mapping[str, str] = {"subscriptions": "ended_at", "customers": "churned_at"}
_FEW = 20
"""Among fewer rows all may have ended by chance."""


def all_ended(entity: str, sources: Mapping[str, Source], columns: Mapping[str, pa.Array]) -> tuple[str, ...]:
    """A question where the column of the end (n rows) is filled in every row."""
    end = _ENDS.get(entity, "")
    if end not in sources or end not in columns or columns[end].null_count or len(columns[end]) < _FEW:
        return ()
    header, rows = quoted(sources[end].header.text), f"{len(columns[end]):,}"
    return (
        f"ask: has everybody left? {header} holds a day in all {rows} rows. Where others are still there, export them too; where it is another day, say so",
    )
