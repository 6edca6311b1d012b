"""Rows that are no data as CSV: all of them in a file, the first of each kind where they are kept."""

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa

from roi_core.ingest.dump import left_out_as_csv, write_not_data
from roi_core.ingest.left_out import LeftOut

MANY = 10_002


def further() -> LeftOut:
    """Every second line from the third on; a cell with a delimiter and a quotation mark in it."""
    lines = np.arange(MANY) * 2 + 3
    return LeftOut("further rows", pa.table({"c0": pa.array([f"#{line}" for line in lines]), "c1": pa.repeat('a;"b"', MANY), "line": lines}))


def total() -> LeftOut:
    return LeftOut.of_records("a total", np.array([4], np.int64), ["Total;5"])


def blank() -> LeftOut:
    return LeftOut("", pa.table({"line": [9]}))


def test_a_file_has_all_of_them_by_line_and_blank_ones_are_not_told(tmp_path: Path) -> None:
    write_not_data([further(), total(), blank()], ";", tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:4] == [["line", "what", "raw"], ["3", "further rows", '#3;"a;""b"""'], ["4", "a total", "Total;5"], ["5", "further rows", '#5;"a;""b"""']]
    assert len(rows) == 1 + MANY + 1


def test_ten_thousand_of_a_kind_are_kept_and_how_many_more_there_are() -> None:
    rows = list(csv.reader(io.StringIO(left_out_as_csv([further(), total()], ";"))))
    assert len(rows) == 1 + 10_000 + 1 + 1
    assert rows[-1] == ["20003", "further rows", "and 2 more from this line on, which are not kept: support-roi inspect --dump writes them all"]
    assert rows[-2][0] == "20001"


def test_of_blank_rows_alone_nothing_is_kept() -> None:
    assert left_out_as_csv([blank()], ",") == ""
