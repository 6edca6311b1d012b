"""Where a second table begins: after blank rows, with a row of names, over columns that hold values above it or over rows of another width."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from roi_core.ingest.grammar import grammar
from roi_core.ingest.kinds import are_names, kind_of
from roi_core.ingest.records import Mask, Records

_BREAKS = 100
_SAMPLE = 50


def second_table(text: memoryview, records: Records, blank: Mask, delimiter: str, width: int) -> int:
    """Number of the record with which a second table begins; as many as there are records where there is one table.

    Only records after the first 100 breaks of blank ones are looked at. A table of another width goes on to the end of the file.
    """
    after = np.flatnonzero(blank[:-1] & ~blank[1:])[:_BREAKS] + 1
    for number in after:
        cells = _cells(text, records, int(number), delimiter)
        above = _above(text, records, blank, int(number), delimiter, width)
        if not number or not are_names(cells, above):
            continue
        same = len(cells) == width and _holds_values(above, cells)
        if same or _goes_on(records.fields[number:][~blank[number:]], width):
            return int(number)
    return len(records)


def _goes_on(fields: npt.NDArray[np.int32], width: int) -> bool:
    """Whether the rows below have their own number of fields, and none that of the table above."""
    return len(fields) > 1 and fields[0] != width and bool((fields == fields[0]).all())


def _holds_values(rows: Sequence[Sequence[str]], names: Sequence[str]) -> bool:
    """Whether a column above holds numbers, dates or addresses, which the row of names does not."""
    return bool(rows) and any(kind_of([row[i] for row in rows]) != "text" for i in range(len(names)))


def _above(text: memoryview, records: Records, blank: Mask, number: int, delimiter: str, width: int) -> list[list[str]]:
    rows = np.flatnonzero(~blank[:number] & (records.fields[:number] == width))[:_SAMPLE]
    return [_cells(text, records, int(row), delimiter) for row in rows]


def _cells(text: memoryview, records: Records, number: int, delimiter: str) -> list[str]:
    return grammar(delimiter).cells(bytes(records.raw(text, number)))
