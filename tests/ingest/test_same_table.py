"""One table written as CSV, as a workbook, as JSON and in archives of these is one table."""

import csv
import datetime as dt
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.companies import write_sample
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.run import Order, read_files
from tests.ingest.archives import zipped
from tests.ingest.workbooks import of_rows

pytestmark = pytest.mark.usefixtures("read_here")

Table = list[list[str]]


def _typed(header: str, text: str) -> object:
    """As Excel would hold it: whole numbers and times as such, blank as nothing."""
    if text.isdigit() and text == str(int(text)):
        return int(text)
    return dt.datetime.fromisoformat(text) if header.endswith(" time") and text else text or None


def _workbook(rows: Table) -> bytes:
    return of_rows(Tickets=[rows[0], *([_typed(header, text) for header, text in zip(rows[0], row, strict=True)] for row in rows[1:])])


def _list(rows: Table) -> bytes:
    return json.dumps({"tickets": [dict(zip(rows[0], row, strict=True)) for row in rows[1:]], "count": len(rows) - 1}, indent=1).encode()


def _lines(rows: Table) -> bytes:
    return b"".join(json.dumps({"ticket": dict(zip(rows[0], row, strict=True))}).encode() + b"\n" for row in rows[1:])


WAYS: dict[str, Callable[[Table], bytes]] = {
    "t.xlsx": _workbook,
    "t.json": _list,
    "t.ndjson": _lines,
    "x.zip": lambda rows: zipped({"a/t.xlsx": _workbook(rows)}),
    "t.ndjson.gz": lambda rows: gzip.compress(_lines(rows)),
}


def _part(name: str, data: bytes, staging: Path) -> pa.Table:
    (entry,) = read_files([(name, data)], staging, Order(b"k" * 32), None, LIMITS)
    assert entry["rows"]["loaded"] == entry["rows"]["records"] > 100
    return pq.read_table(staging / entry["part"]).drop_columns(["file_no"])


@pytest.mark.parametrize("name", WAYS)
def test_every_way_gives_the_part_that_csv_gives(name: str, tmp_path: Path) -> None:
    write_sample(tmp_path, "saas", customers=60, seed=3)
    path = tmp_path / "freshdesk_tickets.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    known = _part("t.csv", path.read_bytes(), tmp_path)
    found = _part(name, WAYS[name](rows), tmp_path)
    assert found.column_names == known.column_names
    for column in known.column_names:
        assert found.column(column).equals(known.column(column)), column
