from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.engine import Limits, analyst, attach, reader, register
from roi_core.schema import Column, ColumnType

FOREIGN = "secret-of-another-file"


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "s.csv").write_text(f"v\n{FOREIGN}\n")
    pq.write_table(pa.table({"v": [FOREIGN]}), folder / "s.parquet")
    return folder


@pytest.fixture
def inside(tmp_path, outside):
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "own.csv").write_text("v\nown\n")
    (folder / "link.csv").symlink_to(outside / "s.csv")
    return folder


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


@pytest.mark.parametrize("statement", ATTACKS)
@pytest.mark.parametrize("connect", [reader, analyst, lambda _: analyst(None)], ids=["reader", "analyst", "registered only"])
def test_attack_is_refused(connect, statement, inside, outside):
    con = connect(inside)
    with pytest.raises(duckdb.Error):
        con.execute(statement.format(own=inside, out=outside)).fetchall()
    assert sorted(p.name for p in outside.iterdir()) == ["s.csv", "s.parquet"]


@pytest.mark.parametrize("statement", HARMLESS)
@pytest.mark.parametrize("connect", [reader, analyst], ids=["reader", "analyst"])
def test_what_is_answered_tells_nothing_of_another_file(connect, statement, inside, outside):
    with connect(inside) as con:
        try:
            found = repr(con.execute(statement).fetchall())
        except duckdb.PermissionException as refused:
            found = str(refused)
    assert FOREIGN not in found
    assert str(outside) not in found


def test_reader_reads_and_writes_inside_its_folder(inside):
    con = reader(inside)
    assert con.execute("SELECT v FROM read_csv($path, all_varchar=true)", {"path": str(inside / "own.csv")}).fetchall() == [("own",)]
    con.execute(f"COPY (SELECT 1 AS a) TO '{inside}/new.parquet' (FORMAT parquet)")
    assert pq.read_table(inside / "new.parquet").to_pylist() == [{"a": 1}]


def test_a_column_name_is_only_a_name(inside, outside):
    name = f"x\") from read_csv('{outside}/s.csv') --"
    pq.write_table(pa.table({name: ["own"], "row_no": [1], "file_no": [0]}), inside / "p.parquet")
    con = analyst(inside)
    attach(con, "t\"; SELECT '", [inside / "p.parquet"], [Column(name, ColumnType.TEXT, "odd")])
    found = con.execute('SELECT * FROM "t""; SELECT \'"').fetchall()
    assert found == [("own", 1, 0)]


def test_a_part_outside_the_folder_cannot_be_attached(inside, outside):
    con = analyst(inside)
    with pytest.raises(duckdb.Error):
        attach(con, "t", [outside / "s.parquet"], [Column("v", ColumnType.TEXT, "v")])


def test_a_python_variable_is_not_a_table():
    rows = pa.table({"a": [1]})
    with pytest.raises(duckdb.CatalogException):
        analyst(None).execute("SELECT * FROM rows")
    con = analyst(None)
    register(con, {"rows": rows})
    assert con.execute("SELECT a FROM rows").fetchall() == [(1,)]


def test_time_is_utc_and_limits_hold(inside):
    con = analyst(inside, Limits(memory="100MB", threads=1, spill="1MB", seconds=1))
    assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
    with pytest.raises(duckdb.OutOfMemoryException):
        con.execute("CREATE TABLE t AS SELECT range AS a, repeat('x', 100) || range AS s FROM range(5000000)")


def test_a_query_that_takes_too_long_is_ended():
    con = analyst(None, Limits(threads=1, seconds=1))
    with pytest.raises(duckdb.Error, match=r"(?i)interrupt|execution time"):
        con.execute("SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range * b.range = 7").fetchall()


def test_spilled_bytes_stay_inside_the_folder_and_leave_it(inside, tmp_path):
    con = analyst(inside, Limits(memory="60MB", threads=1))
    con.execute("CREATE TABLE t AS SELECT hash(range) AS h, repeat('x', 60) || range AS s FROM range(1500000)")
    assert list(inside.glob("*.spill/*"))
    con.close()
    assert not list(inside.glob("*.spill"))
    assert {p.name for p in tmp_path.iterdir()} == {"inside", "outside"}


def test_a_folder_with_odd_characters_works(tmp_path):
    folder = tmp_path / "it's [1] folder"
    folder.mkdir()
    pq.write_table(pa.table({"v": ["own"]}), folder / "p.parquet")
    con = analyst(folder)
    attach(con, "t", [Path(folder / "p.parquet")], [Column("v", ColumnType.TEXT, "v")])
    assert con.execute("SELECT v, row_no FROM t").fetchall() == [("own", None)]
