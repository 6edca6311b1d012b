"""The numbers of a chart as a table of text, for *Show as table* and for readers who do not see the chart."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

_USUAL, _MOST = 10, 34
"""Characters that a column of a scrolling table shows without being told, and the most that it is widened to."""
_CHARACTER, _EDGES = 7, 24
"""Pixels of a character, and of both edges of a cell."""


def as_table(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Rows that share their keys, in order, as text columns. An empty sequence gives a table without columns."""
    names = list(rows[0]) if rows else []
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names})


def widths(rows: pa.Table) -> dict[str, int]:
    """Pixels for each column of texts that the usual width would cut, by its name; a longer one ends where it can be opened with a click."""
    longest = {name: _longest(rows.column(name)) for name in rows.column_names if pa.types.is_string(rows.schema.field(name).type)}
    return {name: min(n, _MOST) * _CHARACTER + _EDGES for name, n in longest.items() if n > _USUAL}


def _longest(cells: pa.ChunkedArray) -> int:
    return int(pc.max(pc.utf8_length(cells)).as_py() or 0)
