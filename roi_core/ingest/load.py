"""Well-formed records of one width as text columns: by DuckDB, and by the grammar itself where DuckDB counts otherwise or the text is small."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from roi_core.engine import reader
from roi_core.ingest.grammar import grammar
from roi_core.ingest.records import Mask, Positions, Records

_NEVER_A_CELL = "\x01\x02"
_LF, _CR = 10, 13
_SMALL = 1 << 16


def load_text(text: memoryview, records: Records, keep: Mask, delimiter: str, width: int, staging: Path) -> pa.Table:
    """The kept records, in order, as string columns c0, c1, ... with blank cells as "", and `line` (int64)."""
    chosen = np.flatnonzero(keep)
    loaded = _by_engine(text, records, chosen, delimiter, width, staging) if len(chosen) and len(text) > _SMALL else None
    table = loaded if loaded is not None and loaded.num_rows == len(chosen) else _by_grammar(text, records, chosen, delimiter, width)
    return table.append_column("line", pa.array(records.line[chosen], pa.int64()))


def _by_engine(text: memoryview, records: Records, chosen: Positions, delimiter: str, width: int, staging: Path) -> pa.Table | None:
    """What DuckDB reads from the records alone, written to a file of their own; None where it reads nothing.

    `new_line` stays unset: DuckDB 2.0 counts wrong where it is given for CRLF.
    """
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
            columns={f"c{i}": "VARCHAR" for i in range(width)},
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
            out.writelines(bytes(text[records.start[n] : records.end[n]]) + b"\n" for n in chosen)


def _runs(records: Records, chosen: Positions) -> Iterator[tuple[int, int]]:
    breaks = np.flatnonzero(np.diff(chosen) != 1) + 1
    for run in np.split(chosen, breaks):
        yield int(records.start[run[0]]), int(records.next[run[-1]])


def _one_line_end(text: memoryview, records: Records, chosen: Positions) -> bool:
    """Whether all but the last of the file end the same way, and not with a lone CR."""
    ended = chosen[records.next[chosen] > records.end[chosen]]
    if len(ended) < len(chosen) and chosen[-1] != len(records) - 1:
        return False
    long = records.next[ended] - records.end[ended] > 1
    return bool((long.all() or not long.any()) and (np.frombuffer(text, np.uint8)[records.next[ended] - 1] == _LF).all())


def _by_grammar(text: memoryview, records: Records, chosen: Positions, delimiter: str, width: int) -> pa.Table:
    cells = grammar(delimiter).cells
    rows = [cells(bytes(text[records.start[n] : records.end[n]])) for n in chosen]
    columns = [pa.array([row[i] for row in rows], pa.string()) for i in range(width)]
    return pa.table(columns, names=[f"c{i}" for i in range(width)])
