"""Rows that are no data: kept as they stand, with their line and what they are, beside those that were set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

RAW = "raw"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of one kind: `label` says what they are, "" for blank ones, of which only the lines are kept.

    `rows` has `line` (int64) and either the text columns c0, c1, ... or `raw`, the record as it stands in the file.
    """

    label: str
    rows: pa.Table

    @classmethod
    def of_records(cls, label: str, lines: npt.NDArray[np.int64], raw: Sequence[str]) -> "LeftOut":
        """Records of a text, as they stand in it."""
        return cls(label, pa.table({RAW: pa.array(raw, pa.string()), "line": pa.array(lines, pa.int64())}))

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """Physical line (from 1) of every row."""
        return np.asarray(self.rows.column("line").to_numpy(), np.int64)

    def raw(self, mark: str) -> pa.ChunkedArray:
        """Each row as one text, its cells with `mark` between."""
        if RAW in self.rows.column_names:
            return self.rows.column(RAW)
        cells = [_quoted(self.rows.column(name), mark) for name in self.rows.column_names if name != "line"]
        return pc.binary_join_element_wise(*cells, mark)


def _quoted(cells: pa.ChunkedArray, mark: str) -> pa.ChunkedArray:
    special = pc.match_substring_regex(cells, rf'["\r\n\x{{{ord(mark):x}}}]')
    if not pc.any(special).as_py():
        return cells
    doubled = pc.binary_join_element_wise('"', pc.replace_substring(cells, '"', '""'), '"', "")
    return pc.if_else(special, doubled, cells)


def lines_of(left_out: Iterable[LeftOut]) -> npt.NDArray[np.int64]:
    """The lines of all of them."""
    return np.concatenate([np.empty(0, np.int64), *(one.lines for one in left_out)])
