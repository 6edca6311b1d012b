from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.engine import Limits, analyst, attach, reader, register
from roi_core.schema import Column, ColumnType
from tests.engine.attacks import ATTACKS, CONNECTIONS, HARMLESS, asked, attacked, own_files
from tests.engine.builders import other_files


@pytest.fixture
def outside(tmp_path):
    return other_files(tmp_path / "outside")


@pytest.fixture
def inside(tmp_path, outside):
    return own_files(tmp_path / "inside", outside)


@pytest.mark.parametrize("statement", ATTACKS)
@pytest.mark.parametrize("connection", CONNECTIONS)
def test_attack_is_refused(connection, statement, inside, outside):
    assert attacked(CONNECTIONS[connection], statement, inside, outside) == []


@pytest.mark.parametrize("statement", HARMLESS)
@pytest.mark.parametrize("connection", ["reader", "analyst"])
def test_what_is_answered_tells_nothing_of_another_file(connection, statement, inside, outside):
    assert asked(CONNECTIONS[connection], statement, inside, outside) == []


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
