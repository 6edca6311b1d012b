"""Report layouts: the name of a group stands once above its rows, and a total below them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask, matches
from roi_core.ingest.text_table import TextTable

_TOTAL = r"(?i)^\s*((sub|grand )?total|total for\s.+)\s*$"
_NAMED_TOTAL = r"(?i)^total\s+(for\s+)?"


def fill_down(text: TextTable, place: int) -> TextTable:
    """Writes the name of a group into the cells of its rows; the rows of names and of totals are no data.

    A row of a name has nothing else. Rows below a total and above the next name belong to no group and are set aside.
    """
    names = text.cells(place)
    named = mask(pc.not_equal(names, ""))
    if not named.any():
        return text
    alone = _is_alone(text, place)
    total = named & _is_total(names, alone)
    heading = named & ~total & alone
    group, known = _last_named(named, total)
    filled = text.with_cells(place, pc.if_else(pa.array(named | ~known), names, names.take(pa.array(group))))
    lost = ~named & ~known
    reasons = dict.fromkeys(text.lines[lost].tolist(), "stands under no group, so it cannot be told whose it is")
    gone = total | heading
    if not gone.any():
        return filled.set_aside(reasons)
    first = int(text.lines[gone.argmax()])
    note = f"rows that name a group: {int(heading.sum()):,}, and rows that total one: {int(total.sum()):,}; the first on line {first}"
    return filled.without(gone, note, "the name or the total of a group").set_aside(reasons)


def _is_total(names: pa.ChunkedArray, alone: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """`TOTAL`, `Total for Ann`, and `Total Ann` where a group Ann stands; a company whose name starts so is none.

    `Total Wine` below a group Wine is the name of a group of its own where nothing stands beside it.
    """
    rest = pc.replace_substring_regex(names, _NAMED_TOTAL, "")
    of_a_group = mask(pc.and_(pc.is_in(rest, pc.unique(names)), pc.not_equal(rest, names)))
    return matches(names, _TOTAL) | (of_a_group & ~alone)


def _is_alone(text: TextTable, place: int) -> npt.NDArray[np.bool_]:
    alone = np.ones(text.text.num_rows, np.bool_)
    for other in range(len(text.headers)):
        if other != place:
            alone &= mask(pc.equal(text.cells(other), ""))
    return alone


def _last_named(named: npt.NDArray[np.bool_], total: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """For every row the last named row up to it, and whether that one names a group."""
    last = np.maximum.accumulate(np.where(named, np.arange(len(named)), -1))
    group = np.maximum(last, 0)
    return group, (last >= 0) & ~total[group]
