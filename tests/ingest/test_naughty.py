"""No string changes on its way through the reader, as a value or as a name."""

import csv
import io
from pathlib import Path

import pytest

from roi_core.engine import reader
from roi_core.ingest.headers import read_header
from roi_core.ingest.read import read_text
from roi_core.ingest.recognise import recognise
from tests.ingest.naughty import NAUGHTY

_MANY = 100


def written(rows: list[list[str]], *, line_end: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=line_end).writerows(rows)
    return out.getvalue().encode()


def test_there_are_as_many_as_the_big_list_has() -> None:
    assert len(NAUGHTY) >= 515


@pytest.mark.parametrize("many", [False, True], ids=["by the grammar", "by the engine"])
def test_every_value_comes_back_identical(many: bool, tmp_path: Path) -> None:
    rows = [[str(number), text, "x"] for number, text in enumerate(NAUGHTY)] * (_MANY // 20 if many else 1)
    path = tmp_path / "values.csv"
    path.write_bytes(written([["id", "value", "end"], *rows]))
    table = read_text(path, path.name, tmp_path)
    assert table.ledger.loaded == len(rows)
    assert table.text.column("c1").to_pylist() == [row[1] for row in rows]


def test_every_value_comes_back_from_a_name(tmp_path: Path) -> None:
    """Names are kept as they are, and never become SQL: columns are c0, c1 and so on."""
    names = list(NAUGHTY)
    path = tmp_path / "names.csv"
    path.write_bytes(written([["id", *names], ["7", *("v" for _ in names)], ["8", *("w" for _ in names)]]))
    table = read_text(path, path.name, tmp_path)
    assert list(table.headers) == ["id", *names]
    assert table.text.column_names == [*(f"c{i}" for i in range(len(names) + 1)), "line"]
    assert all(read_header(name).text == name for name in names)
    found = recognise(table.headers, table.text)
    assert found.entity == ""
    con = reader(tmp_path)
    con.register("names", table.text)
    assert con.execute("select count(*) from names where c1 = 'v'").fetchone() == (1,)
    con.close()
