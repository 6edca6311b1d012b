"""What the parts of one table hold twice: keys that stand in several parts, and whether their rows agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier, literal

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """Keys of the part at `place` (from 0) that stand in other parts too.

    `others` counts them by the place of the other part; `differ` are those whose rows say different things, `columns` where,
    and `examples` the first of them as texts, smallest first.
    """

    place: int
    keys: int
    others: Mapping[int, int]
    differ: int
    columns: Mapping[str, int]
    examples: tuple[str, ...]


def overlaps(con: Connection, parts: Sequence[Path], key: Sequence[str], columns: Sequence[str]) -> tuple[Overlap, ...]:
    """The overlaps of parts that all have the `key`; without one, rows that are the same in every column are one.

    Only those of `columns` are compared that every part has. Raises duckdb.Error where a part is outside of the connection's folder.
    """
    held = [set(pq.read_schema(part).names) for part in parts]
    shared = [name for name in columns if all(name in names for names in held)]
    keys = list(key) or shared
    if len(parts) < 2 or not keys or not set(keys) <= set(shared):
        return ()
    compared = [name for name in shared if name not in keys]
    con.execute(_several(parts, keys, compared))
    found = con.execute(_PAIRS).fetchall()
    return tuple(_overlap(con, place, found, compared) for place in sorted({one for one, _, _ in found}))


_PAIRS = """
SELECT a.place, b.place, count(*) FROM (SELECT DISTINCT place, k FROM several) AS a
INNER JOIN (SELECT DISTINCT place, k FROM several) AS b ON a.k = b.k AND a.place <> b.place GROUP BY a.place, b.place ORDER BY 1, 2
"""


def _several(parts: Sequence[Path], keys: Sequence[str], compared: Sequence[str]) -> str:
    """All rows whose key stands in several parts, with the key as one text. Keys are read alone first: they are small."""
    listed = ", ".join(f"CAST({identifier(name)} AS VARCHAR)" for name in keys)
    text = f"concat_ws(' / ', {listed})" if len(keys) > 1 else listed
    chosen = "".join(f", {identifier(name)}" for name in compared)
    files = [f"read_parquet([{literal(part.resolve())}])" for part in parts]
    held = " UNION ALL ".join(f"SELECT DISTINCT {text} AS k FROM {file}" for file in files)
    rows = " UNION ALL ".join(f"SELECT {place} AS place, {text} AS k{chosen} FROM {file}" for place, file in enumerate(files))
    twice = f"SELECT d.k FROM ({held}) AS d WHERE d.k IS NOT NULL GROUP BY d.k HAVING count(*) > 1"
    return f"CREATE OR REPLACE TEMP TABLE several AS SELECT h.* FROM ({rows}) AS h WHERE h.k IN ({twice})"


def _overlap(con: Connection, place: int, pairs: Sequence[tuple[int, int, int]], compared: Sequence[str]) -> Overlap:
    others = {other: count for one, other, count in pairs if one == place}
    differing = [f"count(DISTINCT coalesce(CAST({identifier(name)} AS VARCHAR), '')) > 1" for name in compared]
    tests = "".join(f", {test} AS d{number}" for number, test in enumerate(differing))
    anywhere = " OR ".join(f"d{number}" for number in range(len(differing))) or "false"
    counted = "".join(f", count_if(d{number})" for number in range(len(differing)))
    by_key = f"SELECT k{tests} FROM several WHERE k IN (SELECT k FROM several WHERE place = {place:d}) GROUP BY k"
    row = con.execute(
        f"SELECT count(*), count_if({anywhere}), (list(k ORDER BY k) FILTER (WHERE {anywhere}))[1:{_EXAMPLES}]{counted} FROM ({by_key}) AS g"
    ).fetchone()
    keys, differ, examples, *each = row or (0, 0, None)
    columns = {name: int(n) for name, n in zip(compared, each, strict=True) if n}
    return Overlap(place, int(keys), others, int(differ), columns, tuple(examples or ()))
