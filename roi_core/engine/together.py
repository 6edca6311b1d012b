"""Tables that several connections on one database read: each asks on its own, and of none the other's work in progress is seen."""

from collections.abc import Mapping

import pyarrow as pa

from roi_core.engine.definitions import definition, query_few
from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier

_ARRIVING = "arriving"


def see_together(con: Connection, name: str) -> None:
    """`see` for every connection on the database. Raises duckdb.Error."""
    con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {definition(name)}")


def keep_together(con: Connection, name: str) -> None:
    """`keep` for every connection on the database. Raises duckdb.Error."""
    con.execute(f"CREATE OR REPLACE TABLE {identifier(name)} AS {definition(name)}")


def copy_together(con: Connection, tables: Mapping[str, pa.Table]) -> None:
    """`register` for every connection on the database, as copies. Raises duckdb.Error."""
    for name, table in tables.items():
        con.register(_ARRIVING, table)
        con.execute(f"CREATE OR REPLACE TABLE {identifier(name)} AS SELECT * FROM {_ARRIVING}")
        con.unregister(_ARRIVING)


def beside(con: Connection) -> Connection | None:
    """Another connection on the same database; None where `con` alone can read some of its tables. Raises duckdb.Error."""
    own = query_few(con, "SELECT count(*) AS n FROM duckdb_views() WHERE temporary AND NOT internal")[0]["n"]
    return None if own else con.cursor()
