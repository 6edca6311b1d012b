"""The SQL definitions: one named SELECT a file, in the portable subset, run with bound parameters."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier

_PARSED: dict[str, duckdb.Statement] = {}

Parameter = str | int | float | bool | list[str] | list[int] | list[float] | None


@cache
def definition(name: str) -> str:
    """The text of `sql/<name>.sql`. Raises KeyError where there is none."""
    if name not in definition_names():
        raise KeyError(f"no definition {name}; there are {', '.join(definition_names())}")
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@cache
def definition_names() -> tuple[str, ...]:
    """Names of all definitions, sorted."""
    files = resources.files(__package__).joinpath("sql").iterdir()
    return tuple(sorted(file.name.removesuffix(".sql") for file in files if file.name.endswith(".sql")))


def run(con: Connection, name: str, **params: Parameter) -> pa.Table:
    """The rows of a definition as an Arrow table. Raises duckdb.Error."""
    return _query(con, _parsed(con, definition(name)), **params)


def run_few(con: Connection, name: str, **params: Parameter) -> list[dict[str, Any]]:
    """The rows of a definition that gives few of them, by column name. Planned once, where `run` plans twice for rows that are handed on without a copy.

    Raises duckdb.Error.
    """
    return _rows(con, _parsed(con, definition(name)), params)


def keep(con: Connection, name: str, *aliases: str) -> None:
    """Keep the rows of a definition in the engine, under its name and others, for the definitions that read them. Raises duckdb.Error."""
    con.execute(_parsed(con, f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {definition(name)}"))
    for alias in aliases:
        con.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(alias)} AS SELECT * FROM {identifier(name)}")


def is_there(con: Connection, name: str) -> bool:
    """Whether rows are kept, or can be seen, under that name. Raises duckdb.Error."""
    found = "SELECT 1 FROM duckdb_tables() WHERE table_name = $name UNION ALL SELECT 1 FROM duckdb_views() WHERE view_name = $name"
    return bool(query_few(con, found, name=name))


def see(con: Connection, name: str) -> None:
    """Make the rows of a definition readable under its name, worked out anew by whoever reads them. Raises duckdb.Error."""
    con.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS {definition(name)}")


def drop(con: Connection, names: Iterable[str]) -> None:
    """Let go of rows that were kept, once nothing reads them any more. Raises duckdb.Error."""
    for name in names:
        con.execute(f"DROP TABLE {identifier(name)}")


def query(con: Connection, sql: str, **params: Parameter) -> pa.Table:
    """The rows of a SELECT that this package composed, as an Arrow table; `params` are bound by name. Raises duckdb.Error."""
    return _query(con, sql, **params)


def query_few(con: Connection, sql: str, **params: Parameter) -> list[dict[str, Any]]:
    """The few rows of a SELECT that this package composed, by column name; `params` are bound by name. Raises duckdb.Error."""
    return _rows(con, sql, params)


def _rows(con: Connection, sql: str | duckdb.Statement, params: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    answer = con.execute(sql, dict(params) or None)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _query(con: Connection, sql: str | duckdb.Statement, **params: Parameter) -> pa.Table:
    return con.sql(sql, params=params or None).to_arrow_table()


def _parsed(con: Connection, sql: str) -> duckdb.Statement:
    """A statement that this package composed of a definition, parsed once a process: that is a tenth of the time of the facts of a small company."""
    if sql not in _PARSED:
        (_PARSED[sql],) = con.extract_statements(sql)
    return _PARSED[sql]
