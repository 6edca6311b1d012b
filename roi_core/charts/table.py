"""The numbers of a chart as a table of text, for *Show as table* and for readers who do not see the chart."""

from collections.abc import Mapping, Sequence

import pyarrow as pa


def as_table(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Rows that share their keys, in order, as text columns. An empty sequence gives a table without columns."""
    names = list(rows[0]) if rows else []
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names})
