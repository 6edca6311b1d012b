"""Quoted cells that go on over lines of which each, taken by itself, is a whole row: by RFC 4180 one record, and maybe several that lost rows.

Two quotation marks that were never meant to quote, in different rows, read as one cell that takes the rows between them into it.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from roi_core.errors import quoted
from roi_core.ingest.apostrophes import Body
from roi_core.ingest.grammar import grammar
from roi_core.ingest.marks import line_cells
from roi_core.ingest.records import Mask, Records

_LINE_END = re.compile(rb"\r\n|\n|\r")
_SAMPLE = 50
_LOOKED = 1_000


def told_swallowed(text: memoryview, records: Records, not_data: Mask, delimiter: str, width: int, name: str) -> Iterator[str]:
    """A question about the records whose lines may be rows of their own, which names the lines of the first; nothing where there is none.

    Of each line the number of cells and the look of its ids, numbers, dates and addresses must be those of a row. At most 1,000 records are looked at.
    """
    likely = np.flatnonzero(records.whole_lines & (records.fields == width) & ~not_data)
    if not len(likely):
        return
    single = np.flatnonzero(~records.whole_lines & (records.fields == width) & ~not_data)[:_SAMPLE]
    rows = [grammar(delimiter).cells(bytes(records.raw(text, int(number)))) for number in single]
    body = Body.of([[""] * width, *rows], width, named=False)
    found = [(int(number), lines) for number in likely[:_LOOKED] if (lines := _rows_in(bytes(records.raw(text, int(number))), delimiter, body))]
    if found:
        number, lines = found[0]
        first = int(records.line[number])
        others = f" {len(found) - 1:,} more rows are like it." if len(found) > 1 else ""
        yield (
            f"ask: {quoted(name)}, lines {first:,} to {first + lines - 1:,}: one row or several? A quotation mark opens a cell on the first of these "
            f"{lines:,} lines and one closes it on the last, so they were read as one row, yet each of them has the {width} cells of a row.{others} "
            "If they are rows of their own, double or take out the quotation marks in them, and load the file again."
        )


def _rows_in(record: bytes, delimiter: str, body: Body) -> int:
    """Over how many lines a record goes, if each of them could be a row; else 0."""
    lines = _LINE_END.split(record)
    rows: Sequence[list[str]] = [line_cells(line, delimiter) for line in lines if line.strip()]
    alike = all(len(row) == body.width for row in rows) and (body.holds(rows) or not any(body.looks))
    return len(lines) if alike else 0
