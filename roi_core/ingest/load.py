"""Well-formed records of one width as text columns, some megabytes at a time.

Arrow parts blocks whose quotation marks all stand where RFC 4180 wants them, DuckDB the others, and the grammar itself what is
small or what these two count otherwise than the index of the records does.
"""

import codecs
import secrets
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from roi_core.ingest.encoding import let_go
from roi_core.ingest.grammar import grammar
from roi_core.ingest.records import Mask, Positions, Records
from roi_core.ingest.spill import Spill

BLOCK_BYTES = 1 << 26
"""About how much text is parted together; it changes memory and speed alone."""

_NEVER_A_CELL = "\x01\x02"
_LF, _QUOTE = 10, 34
_SMALL = 1 << 16
_FEW = 10_000
_PIECE = 1 << 22


def load_text(text: memoryview, records: Records, keep: Mask, delimiter: str, width: int, staging: Path, spill: Spill, *, spaced: bool = False) -> pa.Table:
    """The kept records, in order, as string columns c0, c1, ... with blank cells as "", and `line` (int64).

    With `spaced` cells come without the blank that follows every delimiter. What is large is held in `spill`.
    """
    names = [f"c{i}" for i in range(width)]
    schema = pa.schema([*((name, pa.string()) for name in names), ("line", pa.int64())])
    return spill.table(_blocks(text, records, keep, delimiter, schema, staging, spaced=spaced), schema)


def _blocks(text: memoryview, records: Records, keep: Mask, delimiter: str, schema: pa.Schema, staging: Path, *, spaced: bool) -> Iterator[pa.Table]:
    names = schema.names[:-1]
    for first, last in _cuts(records):
        part = records.slice(first, last)
        chosen = np.flatnonzero(keep[first:last])
        if not len(chosen):
            continue
        columns = _parted(text, part, chosen, delimiter, names, staging).columns
        cells = [pc.utf8_ltrim(column, " ") for column in columns] if spaced else columns
        yield pa.table([*cells, pa.array(part.line[chosen], pa.int64())], schema)
        let_go(text)


def _cuts(records: Records) -> Iterator[tuple[int, int]]:
    """First record, and record after the last, of every block."""
    bytes_ = np.arange(records.offsets[0], records.offsets[-1], BLOCK_BYTES)
    bounds = [*np.unique(np.searchsorted(records.start, bytes_)).tolist(), len(records)]
    yield from pairwise(bounds)


def _parted(text: memoryview, records: Records, chosen: Positions, delimiter: str, names: list[str], staging: Path) -> pa.Table:
    loaded = None
    if int(records.offsets[-1] - records.offsets[0]) > _SMALL:
        walked = bool(records.walked[chosen].any())
        loaded = _by_engine(text, records, chosen, delimiter, names, staging) if walked else _by_arrow(text, records, chosen, delimiter, names)
    return loaded if loaded is not None and loaded.num_rows == len(chosen) else _by_grammar(text, records, chosen, delimiter, names)


def _by_arrow(text: memoryview, records: Records, chosen: Positions, delimiter: str, names: list[str]) -> pa.Table | None:
    """What Arrow reads from the text as it is mapped, or from a copy without the records that are left out; None where it reads nothing.

    It does not look whether the text is UTF-8, which `decode` has seen to, nor for quotation marks where there are none.
    """
    if _skips_itself(records, chosen, len(names)):
        whole = text[int(records.offsets[0]) : int(records.offsets[-1])]
    else:
        whole = memoryview(b"".join(text[start:stop] for start, stop in _runs(records, chosen)))
    if bytes(whole[:3]) == codecs.BOM_UTF8:
        whole = memoryview(b"\n" + whole.tobytes())
    quoted = bool((np.frombuffer(whole, np.uint8) == _QUOTE).any())
    over_lines = quoted and _go_over_lines(text, records)
    try:
        return pv.read_csv(
            pa.py_buffer(whole),
            pv.ReadOptions(column_names=names, block_size=_PIECE),
            pv.ParseOptions(delimiter=delimiter, quote_char=quoted and '"', newlines_in_values=over_lines, invalid_row_handler=lambda _: "skip"),
            pv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None


def _skips_itself(records: Records, chosen: Positions, width: int) -> bool:
    """Whether all records that are left out are few, in order, and of another width, so that Arrow leaves them out too."""
    left_out = np.ones(len(records), np.bool_)
    left_out[chosen] = False
    return len(records) - len(chosen) <= _FEW and not records.walked[left_out].any() and bool((records.fields[left_out] != width).all())


def _go_over_lines(text: memoryview, records: Records) -> bool:
    """Whether any record but a blank one may stand on several lines; looking for that takes Arrow half as long again."""
    last = bytes(records.raw(text, len(records) - 1))
    return bool((np.diff(records.line) != 1).any()) or b"\n" in last or b"\r" in last


def _by_engine(text: memoryview, records: Records, chosen: Positions, delimiter: str, names: list[str], staging: Path) -> pa.Table | None:
    """What DuckDB reads from the records alone, written to a file of their own; None where it reads nothing.

    `new_line` stays unset: DuckDB 2.0 counts wrong where it is given for CRLF.
    """
    import duckdb

    from roi_core.engine import reader

    path = staging / f"{secrets.token_hex(8)}.records"
    _write_records(text, records, chosen, path)
    con = reader(staging)
    try:
        return con.read_csv(
            str(path.resolve()),
            header=False,
            delimiter=delimiter,
            quotechar='"',
            escapechar='"',
            columns=dict.fromkeys(names, "VARCHAR"),
            auto_detect=False,
            strict_mode=True,
            store_rejects=True,
            rejects_limit=0,
            na_values=[_NEVER_A_CELL],
        ).to_arrow_table()
    except duckdb.Error:
        return None
    finally:
        con.close()
        path.unlink()


def _write_records(text: memoryview, records: Records, chosen: Positions, path: Path) -> None:
    """Runs of records as they stand; with mixed line ends one record a line."""
    with path.open("wb") as out:
        if _one_line_end(text, records, chosen):
            out.writelines(text[start:stop] for start, stop in _runs(records, chosen))
        else:
            out.writelines(bytes(records.raw(text, n)) + b"\n" for n in chosen)


def _runs(records: Records, chosen: Positions) -> Iterator[tuple[int, int]]:
    breaks = np.flatnonzero(np.diff(chosen) != 1) + 1
    for run in np.split(chosen, breaks):
        yield int(records.offsets[run[0]]), int(records.offsets[run[-1] + 1])


def _one_line_end(text: memoryview, records: Records, chosen: Positions) -> bool:
    """Whether all but the last of the file end the same way, and not with a lone CR."""
    ended = chosen[records.ending[chosen] > 0]
    if len(ended) < len(chosen) and chosen[-1] != len(records) - 1:
        return False
    long = records.ending[ended] > 1
    return bool((long.all() or not long.any()) and (np.frombuffer(text, np.uint8)[records.next[ended] - 1] == _LF).all())


def _by_grammar(text: memoryview, records: Records, chosen: Positions, delimiter: str, names: list[str]) -> pa.Table:
    cells = grammar(delimiter).cells
    rows = [cells(bytes(records.raw(text, n))) for n in chosen]
    return pa.table([pa.array([row[i] for row in rows], pa.string()) for i in range(len(names))], names=names)
