import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.engine import analyst, attach, attach_all, covariates
from roi_core.schema import LOADED


@pytest.fixture
def part(tmp_path):
    def write(name, columns, headers=()):
        listed = [{"column": f"x{i}", "header": header, "type": kind} for i, (header, kind) in enumerate(headers)]
        meta = {b"support_roi": json.dumps({"covariates": listed}).encode()}
        pq.write_table(pa.table(columns).replace_schema_metadata(meta), tmp_path / name)
        return tmp_path / name

    return write


def test_absent_table_is_an_empty_view_with_all_columns():
    con = analyst(None)
    attach_all(con, {})
    for table in LOADED.values():
        found = con.sql(f'SELECT * FROM "{table.name}"').to_arrow_table()  # noqa: S608 the name is declared
        assert found.num_rows == 0
        assert tuple(found.column_names) == (*table.names, "row_no", "file_no", "part_no", "system_no")


def test_types_are_those_of_the_schema():
    con = analyst(None)
    attach_all(con, {})
    described = con.execute("SELECT column_name, column_type FROM (DESCRIBE tickets)").fetchall()
    assert {c.name: c.type.sql for c in LOADED["tickets"].columns} == {
        name: sql for name, sql in described if name not in ("row_no", "file_no", "part_no", "system_no")
    }


def test_parts_with_different_columns_stand_under_each_other(tmp_path, part):
    first = part("a.parquet", {"ticket_id": ["1"], "channel": ["mail"], "row_no": [1], "file_no": [0]})
    second = part("b.parquet", {"ticket_id": ["2"], "priority": ["high"], "row_no": [1], "file_no": [1]})
    con = analyst(tmp_path)
    attach(con, "tickets", [first, second])
    found = con.sql("SELECT ticket_id, channel, priority, created_at, file_no FROM tickets ORDER BY file_no").to_arrow_table().to_pylist()
    assert [tuple(row.values()) for row in found] == [("1", "mail", None, None, 0), ("2", None, "high", None, 1)]


def test_the_same_header_is_the_same_covariate_whatever_its_number(tmp_path, part):
    first = part("a.parquet", {"customer_id": ["1"], "x0": [5.0], "x1": ["north"], "row_no": [1], "file_no": [0]}, [("Seats", "number"), ("Area", "text")])
    second = part("b.parquet", {"customer_id": ["2"], "x0": ["south"], "row_no": [1], "file_no": [1]}, [("Area", "text")])
    con = analyst(tmp_path)
    attach(con, "customers", [first, second])
    assert con.execute("SELECT x0, x1 FROM customers ORDER BY file_no").fetchall() == [(5.0, "north"), (None, "south")]
    assert [(c.column, c.header, c.type) for c in covariates([first, second])] == [("x0", "Seats", "number"), ("x1", "Area", "text")]


def test_a_covariate_that_is_text_in_one_part_is_text(tmp_path, part):
    first = part("a.parquet", {"x0": [5.0], "row_no": [1], "file_no": [0]}, [("Seats", "number")])
    second = part("b.parquet", {"x0": ["many"], "row_no": [1], "file_no": [1]}, [("Seats", "text")])
    con = analyst(tmp_path)
    attach(con, "customers", [first, second])
    assert con.execute("SELECT x0 FROM customers ORDER BY file_no").fetchall() == [("5.0",), ("many",)]
