"""What was loaded and what was set aside, as files the user can open: `support-roi inspect --dump`."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from roi_core.ingest.left_out import LeftOut
from roi_core.ingest.text_table import Quarantined

LOADED, QUARANTINED, NOT_DATA = ".loaded.csv", ".quarantined.csv", ".not_data.csv"
_NO_DATA_HEADER = ["line", "what", "raw"]
_LONGEST_STEM = 180
_MOST_KEPT = 10_000


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
    """Line, what the row is, and its text, as CSV with a header; by line. "" where there is nothing but blank rows.

    Of each kind the first 10,000 rows; a last one then says how many more there are.
    """
    rows = [piece for one in left_out if one.label for piece in _first_of(one, mark)]
    return f"{as_csv([_NO_DATA_HEADER])}{_by_line(rows).decode()}" if rows else ""


def write_not_data(left_out: Iterable[LeftOut], mark: str, path: Path) -> None:
    """All of them as a file, which has its header at least."""
    rows = [_told(one, mark) for one in left_out if one.label]
    path.write_bytes(as_csv([_NO_DATA_HEADER]).encode() + (_by_line(rows) if rows else b""))


def _first_of(one: LeftOut, mark: str) -> Iterator[pa.Table]:
    yield _told(replace(one, rows=one.rows.slice(0, _MOST_KEPT)), mark)
    if (more := one.rows.num_rows - _MOST_KEPT) > 0:
        said = f"and {more:,} more from this line on, which are not kept: support-roi inspect --dump writes them all"
        yield _told(LeftOut.of_records(one.label, one.lines[_MOST_KEPT : _MOST_KEPT + 1], [said]), mark)


def _told(one: LeftOut, mark: str) -> pa.Table:
    return pa.table([one.rows.column("line"), pa.repeat(one.label, one.rows.num_rows), one.raw(mark)], _NO_DATA_HEADER)


def _by_line(rows: Sequence[pa.Table]) -> bytes:
    """Rows as CSV without a header, all cells quoted, LF."""
    out = pa.BufferOutputStream()
    for batch in pa.concat_tables(rows).sort_by("line").to_batches():
        pc.write_csv(batch, out, pc.WriteOptions(include_header=False, quoting_style="all_valid"))
    return bytes(out.getvalue())


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
