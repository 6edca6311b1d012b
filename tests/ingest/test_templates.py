"""Templates are read back as the table they are of, and say how every column is filled."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from roi_core.errors import TemplateRefused
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.templates import FORMATS, GUIDE, GUIDE_HEADERS, example_rows, guide_rows, write_template
from roi_core.ingest.upload import Choices, Job, messages_of
from roi_core.schema import LOADED, ColumnType, Privacy, Table
from tests.ingest.text_tables import KEY

TABLES = pytest.mark.parametrize("table", LOADED.values(), ids=LOADED.keys())


def reports(content: bytes, name: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / "upload"
    path.write_bytes(content)
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    return [message["report"] for message in messages_of(path, name, job) if "report" in message]


@TABLES
def test_the_csv_is_read_as_its_table_with_every_column_typed(table: Table, tmp_path: Path) -> None:
    (found,) = reports(write_template(table.name, "csv"), "template.csv", tmp_path)
    assert found["entity"] == table.name
    money = found["rows"].pop("money", [])
    assert found["rows"] == {"records": 2, "loaded": 2, "quarantined": 0, "not_data": 0, "unaccounted": 0}
    assert {one["canonical"] for one in money} == {f"{table.name}.{column.name}" for column in table.columns if column.type is ColumnType.MONEY}
    assert all(one["raw"] == one["loaded"] for one in money)
    assert {entry["canonical"] for entry in found["columns"]} == {f"{table.name}.{name}" for name in table.names}
    part = pq.read_table(tmp_path / found["part"])
    kept = {column.name for column in table.columns if column.privacy is not Privacy.DROPPED}
    assert {name for name in kept if part.column(name).null_count == 2} == {"merged_into"} & kept
    assert not [note for note in found["notes"] if "cannot be read" in note]


@TABLES
def test_the_workbook_is_read_as_its_table_without_a_row_and_its_guide_as_no_data(table: Table, tmp_path: Path) -> None:
    data, guide = reports(write_template(table.name, "xlsx"), "template.xlsx", tmp_path)
    assert (data["entity"], data["rows"]["records"]) == (table.name, 0)
    assert {entry["canonical"] for entry in data["columns"]} == {f"{table.name}.{name}" for name in table.names}
    assert (guide["export"], guide["entity"], guide["part"]) == ("template_guide", None, None)
    assert guide["rows"]["not_data"] == guide["rows"]["records"] == len(table.columns)


@TABLES
def test_the_guide_has_a_row_a_column_and_says_what_must_be_there(table: Table) -> None:
    rows = guide_rows(table)
    assert [row[0] for row in rows] == list(table.names)
    assert {len(row) for row in rows} == {len(GUIDE_HEADERS)}
    said = {row[0]: row[GUIDE_HEADERS.index("required")] for row in rows}
    assert {name for name, required in said.items() if required == "yes"} == set(table.required)
    assert {name for name, required in said.items() if required.startswith("one of ")} == {name for names in table.one_of for name in names}


@TABLES
def test_examples_are_invented_and_in_the_order_of_time(table: Table) -> None:
    assert next(csv.reader(io.StringIO(write_template(table.name, "csv").decode("utf-8-sig")))) == list(table.names)
    for row in example_rows(table):
        times = [cell for cell, column in zip(row, table.columns, strict=True) if column.type is ColumnType.TIMESTAMP and cell]
        assert times == sorted(times)
        assert all(".example" in cell for cell, column in zip(row, table.columns, strict=True) if column.name in {"email", "domain"})
        assert all("example" in cell.lower() for cell, column in zip(row, table.columns, strict=True) if column.name.endswith("_id") and column.values == ())


@pytest.mark.parametrize("format", FORMATS)
def test_a_template_is_the_same_bytes_each_time(format: str) -> None:
    assert write_template("costs", format) == write_template("costs", format)


@pytest.mark.parametrize(("table", "format", "said"), [("cost", "csv", "table"), ("costs", "pdf", "csv, xlsx")])
def test_what_does_not_exist_is_refused_with_what_does(table: str, format: str, said: str) -> None:
    with pytest.raises(TemplateRefused, match=said):
        write_template(table, format)


def test_the_guide_is_the_second_sheet() -> None:
    assert GUIDE.encode() in _member(write_template("costs", "xlsx"), "xl/workbook.xml")


def _member(content: bytes, name: str) -> bytes:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as book:
        return book.read(name)
