"""Text tables for tests: what the reader would hand on for a few rows, or for a file of the shared data."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from roi_core.ingest.cells import Cells
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.text_table import TextTable

KEY = b"k" * 32


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> TextTable:
    columns = {f"c{i}": pa.array([row[i] for row in rows], pa.string()) for i in range(len(headers))}
    columns["line"] = pa.array(range(2, len(rows) + 2), pa.int64())
    return TextTable(tuple(headers), pa.table(columns), RowLedger(len(rows), len(rows), 0, 0), (), "utf-8", delimiter, ())


def from_csv(path: Path) -> TextTable:
    with path.open(encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file)
    return text_table(headers, rows)


def cells(*values: str) -> Cells:
    return Cells.of(pa.chunked_array([pa.array(values, pa.string())]), np.arange(2, len(values) + 2))
