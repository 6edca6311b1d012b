"""What a part brings beside the parts that were there: rows that are new, that say something else now, that were there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier, literal


@dataclass(frozen=True, slots=True)
class Arrival:
    """Rows by what they are beside earlier ones of their key: `new` key, known key with something `changed`, or `there` already in every column."""

    new: int = 0
    changed: int = 0
    there: int = 0

    def __add__(self, other: "Arrival") -> "Arrival":
        return Arrival(self.new + other.new, self.changed + other.changed, self.there + other.there)


def arrival(con: Connection, part: Path, earlier: Sequence[Path], key: Sequence[str], columns: Sequence[str]) -> Arrival:
    """Counts the rows of `part` against all of `earlier`. A row without its key is new; a table without a key is compared as a whole, so nothing is changed.

    Only those of `columns` are compared that every part has. Raises duckdb.Error where a part is outside of the connection's folder.
    """
    held = [set(pq.read_schema(path).names) for path in (part, *earlier)]
    shared = [name for name in columns if all(name in names for names in held)]
    keyed = bool(key) and set(key) <= set(shared)
    keys = list(key) if keyed else shared
    if not earlier or not keys:
        return Arrival(new=pq.read_metadata(part).num_rows)
    others = [name for name in shared if name not in keys]
    row = con.execute(_counted(part, earlier, keys, others, whole=not keyed)).fetchone()
    known, there, rows = row or (0, 0, 0)
    return Arrival(int(rows) - int(known), int(known) - int(there), int(there))


def _counted(part: Path, earlier: Sequence[Path], keys: Sequence[str], others: Sequence[str], *, whole: bool) -> str:
    """Rows whose key is known, rows that are known as they are, and all rows."""
    named = [*(f"{_text(name)} AS k{place}" for place, name in enumerate(keys)), *(f"{_text(name)} AS c{place}" for place, name in enumerate(others))]
    chosen = ", ".join(named)
    files = ", ".join(literal(path.resolve()) for path in earlier)
    filled = "true" if whole else " AND ".join(f"n.k{place} <> ''" for place in range(len(keys)))
    same_key = " AND ".join(f"o.k{place} = n.k{place}" for place in range(len(keys)))
    same_row = " AND ".join([same_key, *(f"o.c{place} = n.c{place}" for place in range(len(others)))])
    return f"""
    WITH n AS (SELECT {chosen} FROM read_parquet([{literal(part.resolve())}])),
    o AS (SELECT DISTINCT {chosen} FROM read_parquet([{files}], union_by_name = true))
    SELECT
      count_if({filled} AND EXISTS (SELECT 1 FROM o WHERE {same_key})),
      count_if({filled} AND EXISTS (SELECT 1 FROM o WHERE {same_row})),
      count(*)
    FROM n
    """


def _text(name: str) -> str:
    return f"coalesce(CAST({identifier(name)} AS VARCHAR), '')"
