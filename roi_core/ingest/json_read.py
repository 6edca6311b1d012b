"""A JSON document as text rows, with every record accounted for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from roi_core.errors import FileRefused, quoted
from roi_core.ingest.encoding import Decoded, decode
from roi_core.ingest.json_columns import Columns
from roi_core.ingest.json_text import Record, has_lines, line_records, list_records, too_deep
from roi_core.ingest.json_values import Path as Keys
from roi_core.ingest.json_values import TooDeep, Unusable, cells_of
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.text_table import Quarantined, RawTable, TextTable


@dataclass(slots=True)
class _Read:
    """What was read so far. A record is (number, line), from 1."""

    columns: Columns = field(default_factory=Columns)
    records: int = 0
    blank: list[int] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    aside: list[tuple[int, int, str, str]] = field(default_factory=list)


def read_json(path: Path, name: str, staging: Path, limits: ReadLimits) -> TextTable:
    """Reads a list of objects, or one object a line; `name` is what messages call it. Keys of objects inside are joined by points.

    Records that cannot be a row are quarantined. Raises FileRefused.empty, .wrong_type and .too_large.
    """
    decoded = decode(path, name, staging)
    lines = has_lines(decoded.text, name)
    records = line_records(decoded.text, name) if lines else list_records(str(decoded.text, "utf-8"), name)
    found = _Read()
    bad = _bad_lines(decoded)
    for record in records:
        _take(record, bad, found, name, limits)
    if not found.kept:
        raise _no_table(found, name)
    return _table(found, decoded, name)


def _take(record: Record, bad: dict[int, str], found: _Read, name: str, limits: ReadLimits) -> None:
    found.records += 1
    if not record.raw.strip():
        found.blank.append(record.line)
        return
    if len(record.raw) > limits.record_bytes and record.fault is None:
        raise FileRefused.too_large(name, f"the record on line {record.line}", f"{len(record.raw):,} characters", f"{limits.record_bytes:,}")
    try:
        cells = _cells(record, bad)
    except Unusable as why:
        reason = f"{why} (column {record.column:,})" if record.column > 1 else str(why)
        found.aside.append((found.records, record.line, reason, record.raw))
        return
    except TooDeep:
        raise too_deep(name) from None
    found.columns.add(cells)
    found.kept.append((found.records, record.line))
    if len(found.columns.paths) > limits.columns:
        raise FileRefused.too_large(name, "the number of different keys", f"over {limits.columns:,}", f"{limits.columns:,}")


def _cells(record: Record, bad: dict[int, str]) -> dict[Keys, str]:
    if bad and (line := next((n for n in range(record.line, record.line + record.raw.count("\n") + 1) if n in bad), None)):
        raise Unusable(bad[line])
    if record.fault:
        raise Unusable(record.fault)
    return cells_of(record.value, escaped="\\u" in record.raw)


def _bad_lines(decoded: Decoded) -> dict[int, str]:
    """Why a line is not text, by its number."""
    if not decoded.bad:
        return {}
    ends = np.flatnonzero(np.frombuffer(decoded.text, np.uint8) == ord("\n"))
    return {int(np.searchsorted(ends, line.offset)) + 1: line.reason for line in decoded.bad}


def _no_table(found: _Read, name: str) -> FileRefused:
    if not found.aside:
        return FileRefused.wrong_type(name, "a JSON document with an empty list")
    _, line, why, _ = found.aside[0]
    return FileRefused.wrong_type(name, f"a JSON document without a record that can be a row (the first, on line {line:,}, {why})")


def _table(found: _Read, decoded: Decoded, name: str) -> TextTable:
    """Lines are those of the file where no two records share one, else the numbers of the records."""
    starts = sorted([line for _, line in found.kept] + [line for _, line, *_ in found.aside])
    by_line = len(set(starts)) == len(starts)
    lines = [line if by_line else number for number, line in found.kept]
    aside = tuple(Quarantined(line if by_line else number, why, raw) for number, line, why, raw in found.aside)
    columns = found.columns.table()
    headers, wrapper = _headers(list(columns))
    text = pa.table([*columns.values(), pa.array(lines, pa.int64())], names=[*(f"c{i}" for i in range(len(headers))), "line"])
    ledger = RowLedger(found.records, text.num_rows, len(aside), len(found.blank))
    notes = (*decoded.notes, *_notes(found, wrapper, aside, name, by_line=by_line))
    return TextTable(headers, text, ledger, aside, decoded.encoding, None, notes, raw=RawTable(text))


def _headers(paths: list[Keys]) -> tuple[tuple[str, ...], str]:
    """The names, without the one key under which every record stands, and that key."""
    first = {path[0] for path in paths}
    wrapped = len(first) == 1 and all(len(path) > 1 for path in paths)
    return tuple(".".join(path[wrapped:]) for path in paths), first.pop() if wrapped else ""


def _notes(found: _Read, wrapper: str, aside: tuple[Quarantined, ...], name: str, *, by_line: bool) -> Iterator[str]:
    if not by_line:
        yield "several records stand on one line of the file; the lines named here count records, from 1."
    if wrapper:
        yield f"every record stands in {quoted(wrapper)}; that name was left off the columns."
    if found.blank:
        yield f"{len(found.blank):,} blank {'line' if len(found.blank) == 1 else 'lines'} left out, the first on line {found.blank[0]}."
    if aside:
        rows = "1 record was" if len(aside) == 1 else f"{len(aside):,} records were"
        yield f"{rows} set aside from {quoted(name)} and can be downloaded; the first is on line {aside[0].line}: {aside[0].reason}."
