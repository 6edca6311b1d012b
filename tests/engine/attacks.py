"""Statements that try to read, write or unlock what is not theirs, and what they bring about on each kind of connection."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from roi_core.engine import Connection, analyst, reader
from tests.engine.builders import FOREIGN, OUTSIDE

Connect = Callable[[Path], Connection]

ATTACKS = [
    "SELECT * FROM read_csv('{out}/s.csv')",
    "SELECT * FROM read_csv('{own}/../outside/s.csv')",
    "SELECT * FROM read_csv('{own}/link.csv')",
    "SELECT * FROM read_csv_auto('{out}/s.csv')",
    "SELECT * FROM sniff_csv('{out}/s.csv')",
    "SELECT * FROM read_text('{out}/s.csv')",
    "SELECT * FROM read_blob('{out}/s.csv')",
    "SELECT * FROM read_json('{out}/s.csv')",
    "SELECT * FROM read_parquet('{out}/s.parquet')",
    "SELECT * FROM parquet_metadata('{out}/s.parquet')",
    "SELECT * FROM glob('{out}/*')",
    "SELECT * FROM '{out}/s.csv'",
    'SELECT * FROM "{out}/s.csv"',
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_csv('https://example.com/a.csv')",
    "COPY (SELECT 1) TO '{out}/new.csv'",
    "COPY (SELECT 1) TO '{out}/new.parquet'",
    "CREATE TABLE t AS FROM read_csv('{out}/s.csv')",
    "ATTACH '{out}/new.duckdb'",
    "ATTACH '{out}/new.sqlite' (TYPE sqlite)",
    "EXPORT DATABASE '{out}/dump'",
    "IMPORT DATABASE '{out}/dump'",
    "INSTALL httpfs",
    "INSTALL httpfs FROM community",
    "LOAD httpfs",
    "LOAD '{out}/evil.duckdb_extension'",
    "SET enable_external_access=true",
    "SET allowed_directories=['/']",
    "SET lock_configuration=false",
    "SET memory_limit='100GB'",
    "SET autoload_known_extensions=true",
    "SET temp_directory='{out}'",
    "RESET memory_limit",
    "PRAGMA enable_profiling",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
    "SELECT * FROM read_csv(['{own}/own.csv', '{out}/s.csv'], union_by_name=true)",
    "CREATE VIEW w AS SELECT * FROM read_csv('{out}/s.csv')",
    "CREATE VIEW w AS SELECT * FROM read_parquet('{out}/*.parquet')",
    "SELECT * FROM read_json_objects('{out}/s.csv')",
    "SELECT * FROM read_ndjson_objects('{out}/s.csv')",
    "SELECT * FROM parquet_scan('file://{out}/s.parquet')",
    "SELECT * FROM parquet_schema('{out}/s.parquet')",
    "SELECT * FROM parquet_kv_metadata('{out}/s.parquet')",
    "SELECT * FROM query('SELECT * FROM read_csv(''{out}/s.csv'')')",
    "SELECT * FROM query_table('{out}/s.csv')",
    "CREATE MACRO m() AS TABLE SELECT * FROM read_csv('{out}/s.csv'); SELECT * FROM m()",
    "COPY (SELECT 1) TO '{own}/../outside/new.csv'",
    "COPY (SELECT 1) TO '{out}' (FORMAT csv, PARTITION_BY (a))",
    "ATTACH 'file:{out}/new.duckdb' AS d",
    "FORCE INSTALL postgres",
    "UPDATE EXTENSIONS",
    "SET allowed_paths=['/etc/passwd']",
    "SET secret_directory='{out}'",
    "SET extension_directory='{out}'",
    "SET log_query_path='{out}/log'",
    "SET profiling_output='{out}/profile'",
    "CALL enable_logging(storage := 'file', storage_path := '{out}/log')",
    "SELECT getenv('HOME')",
]

HARMLESS = [
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_logs",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM duckdb_temporary_files()",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM duckdb_extensions()",
    "SELECT current_setting('allowed_directories')",
    "PRAGMA database_list",
]
"""What a hardened connection still answers: nothing of any file, and nothing of the machine beyond its own folder."""

CONNECTIONS: dict[str, Connect] = {"reader": reader, "analyst": analyst, "registered only": lambda _: analyst(None)}


def own_files(folder: Path, outside: Path) -> Path:
    """A folder in which a connection may read, with a link that leads out of it."""
    folder.mkdir()
    (folder / "own.csv").write_text("v\nown\n")
    (folder / "link.csv").symlink_to(outside / "s.csv")
    return folder


def attacked(connect: Connect, statement: str, inside: Path, outside: Path) -> list[str]:
    """What an attack brought about: it was answered, or something stands in the other folder."""
    with connect(inside) as con:
        try:
            faults = [f"{statement} gave {con.execute(statement.format(own=inside, out=outside)).fetchall()}"]
        except duckdb.Error:
            faults = []
    return faults if tuple(sorted(path.name for path in outside.iterdir())) == OUTSIDE else [*faults, f"{statement} wrote outside of its folder"]


def asked(connect: Connect, statement: str, inside: Path, outside: Path) -> list[str]:
    """What a question that is answered, or refused, tells of another file or its place."""
    with connect(inside) as con:
        try:
            found = repr(con.execute(statement).fetchall())
        except duckdb.PermissionException as refused:
            found = str(refused)
    return [f"{statement} told {text}" for text in (FOREIGN, str(outside)) if text in found]
