"""Rows that lack cells at their end: set aside, and filled with blank cells only where the user says so."""

import secrets
from dataclasses import replace
from pathlib import Path

import numpy as np

from roi_core.errors import quoted
from roi_core.ingest.encoding import Decoded, mapped
from roi_core.ingest.questions import Question
from roi_core.ingest.records import Mask, Positions, Records

SUBJECT, ASIDE, FILLED = "short_rows", "aside", "filled"
_SHOWN = 40


def short_rows(records: Records, not_data: Mask, second: int, width: int) -> Positions:
    """Numbers of the well-formed records that are data of the first table, with fewer than `width` cells."""
    return np.flatnonzero((records.fields > 0) & (records.fields < width) & ~not_data & (np.arange(len(records)) < second))


def filled(decoded: Decoded, records: Records, short: Positions, mark: str, width: int, staging: Path) -> Decoded:
    """The text with a delimiter for every cell that a short record lacks, in a file of its own in `staging`; lines keep their number."""
    out = staging / f"{secrets.token_hex(8)}.filled"
    ends, lacking = records.end[short], width - records.fields[short].astype(np.int64)
    position = 0
    with out.open("wb") as target:
        for end, cells in zip(ends.tolist(), lacking.tolist(), strict=True):
            target.write(decoded.text[position:end])
            target.write(mark.encode("ascii") * cells)
            position = end
        target.write(decoded.text[position:])
    added = np.concatenate(([0], np.cumsum(lacking)))
    bad = tuple(replace(line, offset=line.offset + int(added[np.searchsorted(ends, line.offset)])) for line in decoded.bad)
    told = f"rows that lack cells at their end: {len(short):,}, the first on line {records.line[short[0]]}; blank cells stand in for them, as you said."
    return replace(decoded, text=memoryview(mapped(out)), bad=bad, notes=(*decoded.notes, told))


def asks_short(text: memoryview, records: Records, short: Positions, width: int, header: str) -> tuple[Question, ...]:
    """Whether short rows are filled; `header` is the first one of the table."""
    if not len(short):
        return ()
    number = int(short[0])
    shown = quoted(bytes(records.raw(text, number)).decode("utf-8", "replace")[:_SHOWN])
    line = f"line {records.line[number]} {shown}"
    ways = {
        ASIDE: f"{line} has {records.fields[number]} of {width} cells and is set aside",
        FILLED: f"{line} is a row whose last {width - int(records.fields[number])} of {width} cells are blank",
    }
    return (Question.of(SUBJECT, (header,), ways, ASIDE),)
