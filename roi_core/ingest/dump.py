"""What was loaded and what was set aside, as files the user can open: `support-roi inspect --dump`."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from roi_core.ingest.left_out import LeftOut
from roi_core.ingest.text_table import Quarantined

LOADED, QUARANTINED, NOT_DATA = ".loaded.csv", ".quarantined.csv", ".not_data.csv"
_NO_DATA_HEADER = ("line", "what", "raw")
_LONGEST_STEM = 180


def write_loaded(headers: Sequence[str], rows: pa.Table, path: Path) -> None:
    """Every loaded row as read: UTF-8, comma, all cells quoted, LF, headers first. `rows` has c0, c1, ... and `line`.

    Arrow 26 writes zero bytes for a batch without rows.
    """
    with path.open("wb") as out:
        out.write(as_csv([headers]).encode("utf-8"))
        for batch in rows.drop_columns(["line"]).to_batches():
            if batch.num_rows:
                pc.write_csv(batch, out, pc.WriteOptions(include_header=False, quoting_style="all_valid"))


def write_quarantined(rows: Iterable[Quarantined], path: Path) -> None:
    """Every row that was set aside: line, reason, raw."""
    path.write_bytes(quarantine_as_csv(rows).encode("utf-8"))


def quarantine_as_csv(rows: Iterable[Quarantined]) -> str:
    """Line, reason and raw text of the rows that were set aside, as CSV with a header."""
    return as_csv([("line", "reason", "raw"), *((row.line, row.reason, row.raw) for row in rows)])


def left_out_as_csv(left_out: Iterable[LeftOut], mark: str) -> str:
    """Line, what the row is, and its text, as CSV with a header; by line. "" where there is nothing but blank rows."""
    rows = sorted(_told(left_out, mark), key=lambda row: row[0])
    return as_csv([_NO_DATA_HEADER, *rows]) if rows else ""


def write_not_data(left_out: Iterable[LeftOut], mark: str, path: Path) -> None:
    """The same as a file, which has its header at least."""
    path.write_bytes((left_out_as_csv(left_out, mark) or as_csv([_NO_DATA_HEADER])).encode("utf-8"))


def _told(left_out: Iterable[LeftOut], mark: str) -> Iterator[tuple[int, str, str]]:
    for one in left_out:
        if one.label:
            for line, raw in zip(one.lines.tolist(), one.raw(mark).to_pylist(), strict=True):
                yield line, one.label, raw


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, all cells quoted, LF."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def stem_beside(others: set[str], file: str) -> str:
    """The stem of a file name, with -2, -3 and so on where one of the others has it; added to them."""
    base = "".join(c if c.isprintable() else "_" for c in file.replace("\\", "/").rpartition("/")[2])
    stem = Path(base).stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore") or "table"
    names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    free = next(name for name in names if name not in others)
    others.add(free)
    return free
