"""Where metrics are asked: the derived tables of a company, the loaded ones beside them, and the tables of metrics over both."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.engine import (
    IN_ORDER,
    Connection,
    analyst,
    attach,
    copy_together,
    definition,
    is_there,
    keep,
    keep_together,
    lay,
    query_few,
    register,
    see,
    see_together,
)
from roi_core.metrics.tables import TABLES
from roi_core.schema import DERIVED, LOADED

_ARROW = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}
SENT = pa.schema({"asked": pa.int64(), "answered": pa.int64(), "first_month": pa.int32(), "last_month": pa.int32()})
COSTS = pa.schema({"month": pa.int32(), "component": pa.string(), "amount": pa.float64()})
_KEPT_UP_TO = 2_000_000
"""Rows in all tables up to which a table of metrics is worked out when it is first asked and held; above, each question works it out anew."""
_COPIED_UP_TO = 100_000
"""Rows of a table in memory up to which a large company has a copy of it, which is what several connections can read."""
_READ = re.compile(r"\b(?:from|join) metric_([a-z_]+)")
_LATEST_MONTH = 2100 * 12
_MONTHS_OF_ROWS = "SELECT min(m.month) AS first, max(m.month) AS last FROM (SELECT month FROM contacts UNION ALL SELECT month FROM person_months) AS m"

_MONTHS_OF_ORDERS = """
    SELECT
      CAST(min(extract(year FROM o.ordered_at) * 12 + extract(month FROM o.ordered_at)) AS INTEGER) - 1 AS first,
      CAST(max(extract(year FROM o.ordered_at) * 12 + extract(month FROM o.ordered_at)) AS INTEGER) - 1 AS last
    FROM orders AS o
"""


def connect(tables: Mapping[str, pa.Table | Path], parts: Mapping[str, Sequence[Path]] | None = None, of: Collection[str] = TABLES) -> Connection:
    """An analyst connection on derived tables, costs (month, component, amount) and surveys_sent; those not given are empty.

    A derived table may be given as its Parquet file, which is then read as it is asked. `parts` are the typed files of the loaded tables, whose rows
    `contacts` names by part and row; `tables` may hold loaded ones as well. Files stand two folders below the one that is read.
    Only the tables of metrics named in `of` can be asked. Raises duckdb.Error.
    """
    held = {name: table for name, table in tables.items() if isinstance(table, pa.Table)}
    laid = {name: path for name, path in tables.items() if isinstance(path, Path)}
    needed = dict.fromkeys(name for table in TABLES.values() if table.name in of for name in table.loaded)
    given = {name: found for name in needed if (found := (parts or {}).get(name))}
    files = [*laid.values(), *(one for found in given.values() for one in found)]
    rows = sum(table.num_rows for table in held.values()) + sum(pq.read_metadata(one).num_rows for one in files)
    con = analyst(files[0].parent.parent if files else None, IN_ORDER)
    for name in needed:
        if name not in tables:
            attach(con, name, given.get(name, ()))
    for name, path in laid.items():
        lay(con, name, path, DERIVED[name].columns)
    complete = _registered(held, laid)
    if rows > _KEPT_UP_TO:
        few = {name: table for name, table in complete.items() if table.num_rows <= _COPIED_UP_TO}
        register(con, {name: table for name, table in complete.items() if name not in few})
        copy_together(con, few)
        copy_together(con, {"calendar": _calendar(con, ordered="orders" in needed)})
        _share(con, needed, of)
    else:
        register(con, complete)
        register(con, {"calendar": _calendar(con, ordered="orders" in needed)})
        if "customers" in needed:
            keep(con, "metric_addresses")
        if "surveys" in needed:
            see(con, "scale_bottoms")
    return con


def _share(con: Connection, needed: Collection[str], of: Collection[str]) -> None:
    """What every connection on the database reads of a large company."""
    if "customers" in needed:
        keep_together(con, "metric_addresses")
    if "surveys" in needed:
        see_together(con, "scale_bottoms")
    keep_together(con, "metric_recorded")
    keep_together(con, "metric_recurring")
    for name in TABLES:
        if name in of:
            see_together(con, f"metric_{name}")


def ready(con: Connection, table: str) -> str:
    """The name under which a table of metrics can be read on a connection of `connect`; it is worked out where it is not there yet. Raises duckdb.Error."""
    name = f"metric_{table}"
    if not is_there(con, name):
        for other in dict.fromkeys(_READ.findall(definition(name))):
            ready(con, other)
        keep(con, name)
    return name


def _registered(held: Mapping[str, pa.Table], elsewhere: Collection[str]) -> dict[str, pa.Table]:
    """Tables in memory, complete, and an empty one in place of each that is nowhere."""
    schemas = {name: derived_schema(name) for name in DERIVED} | {"costs": COSTS, "surveys_sent": SENT}
    empty = {name: schema.empty_table() for name, schema in schemas.items() if name not in elsewhere}
    return empty | {name: _completed(table, schemas[name]) if name in DERIVED else table for name, table in held.items()}


def _completed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """With the columns that it lacks as unknown: of people who only wrote, less is known than of customers."""
    for field in schema:
        if field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table


def derived_schema(name: str) -> pa.Schema:
    """A derived table as it is kept."""
    return pa.schema({c.name: _ARROW[c.type.sql] for c in DERIVED[name].columns})


def loaded_schema(name: str) -> pa.Schema:
    """A loaded table as it is read: its columns and the place of each row."""
    columns = {c.name: _ARROW[c.type.sql] for c in LOADED[name].columns}
    return pa.schema({**columns, "row_no": pa.int64(), "file_no": pa.int64(), "part_no": pa.int64(), "system_no": pa.int64()})


def _calendar(con: Connection, *, ordered: bool) -> pa.Table:
    """Months of contacts and customers, of orders where there are neither, with the second at which each starts, and ends."""
    first, last = query_few(con, _MONTHS_OF_ROWS)[0].values()
    if first is None and ordered:
        first, last = query_few(con, _MONTHS_OF_ORDERS)[0].values()
    months = range(0) if first is None else range(first, min(last, _LATEST_MONTH) + 1)
    starts = [_start_s(month) for month in months]
    ends = [_start_s(month + 1) for month in months]
    return pa.table({"month": pa.array(months, pa.int32()), "start_s": pa.array(starts, pa.int64()), "end_s": pa.array(ends, pa.int64())})


def _start_s(month: int) -> int:
    first = pa.scalar(f"{month // 12:04d}-{month % 12 + 1:02d}-01").cast(pa.date32())
    return int(first.cast(pa.int32()).as_py()) * 86_400
