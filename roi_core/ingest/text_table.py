"""A file as read: text cells, the line each row stands on, and what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.folded import Folded
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.left_out import LeftOut
from roi_core.ingest.questions import Question
from roi_core.ingest.raw_spans import RawText
from roi_core.ingest.spill import Spill, filtered


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be loaded: its first physical line, why, and the record as it stands in the file."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of a sheet or a JSON document before any of them was moved: the columns of `TextTable.text`."""

    text: pa.Table

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """Physical line (from 1) of every row."""
        return np.asarray(self.text.column("line").to_numpy(), dtype=np.int64)

    def texts(self, place: int) -> pa.Array:
        """The cells under the header at `place` (from 0)."""
        cells = self.text.column(f"c{place}").combine_chunks()
        return cells.cast(pa.string())


@dataclass(frozen=True, slots=True)
class LinePrice:
    """The place (from 0) of the price of one unit whose cells were multiplied by those of the place `units`, and the decimal sign of both as written."""

    price: int
    units: int
    decimal: str
    units_decimal: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table as text.

    `text` has a string column c0, c1, ... for each header, blank cells as "", and `line`, the physical line (int64).
    `encoding` is a Python codec name, or xlsx or xls; `delimiter` is None where there is one column. A note that starts with "ask:" is
    a question to the user, answered here by the best reading; `asks` are those that the user can answer. What is made of the columns is held in `spill`.
    `header_line` is the physical line (from 1) of the headers, None where they stand on no line of their own.
    `left_out` are the rows that are no data, `folded` tells which of them went into another row, and `raw` has the cells before any row was moved.
    `priced` says that a column holds amounts of lines in place of prices.
    """

    headers: tuple[str, ...]
    text: pa.Table
    ledger: RowLedger
    quarantined: tuple[Quarantined, ...]
    encoding: str
    delimiter: str | None
    notes: tuple[str, ...]
    spill: Spill = field(default_factory=Spill)
    asks: tuple[Question, ...] = ()
    header_line: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    folded: Folded | None = None
    raw: RawText | RawTable | None = None
    priced: LinePrice | None = None

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """Physical line (from 1) of every row."""
        return np.asarray(self.text.column("line").to_numpy(), dtype=np.int64)

    def cells(self, place: int) -> pa.ChunkedArray:
        """The trimmed cells under the header at `place` (from 0)."""
        return pc.utf8_trim_whitespace(self.text.column(f"c{place}"))

    def with_cells(self, place: int, cells: pa.Array | pa.ChunkedArray) -> Self:
        """The table with other cells under one header."""
        return replace(self, text=self.text.set_column(place, f"c{place}", cells))

    def select(self, rows: npt.NDArray[np.int64]) -> Self:
        """Some rows for looking at, in the order given; the ledger stays that of the whole table."""
        return replace(self, text=self.text.take(pa.array(rows)))

    def without(self, gone: npt.NDArray[np.bool_], note: str, label: str) -> Self:
        """The table without rows that are not data; `note` and, in few words, `label` say what they are. The same table where none is gone.

        Without a label they are blank, and their lines alone are kept.
        """
        if not gone.any():
            return self
        ledger = self.ledger.not_records(int(gone.sum()))
        left_out = LeftOut(label, self._rows(gone) if label else self.text.select(["line"]).filter(pa.array(gone)))
        return replace(self, text=self._rows(~gone), ledger=ledger, notes=(*self.notes, note), left_out=(*self.left_out, left_out))

    def set_aside(self, reasons: Mapping[int, str]) -> Self:
        """The table with the rows on the given lines in quarantine."""
        if not reasons:
            return self
        gone = pc.is_in(self.text.column("line"), pa.array(list(reasons), pa.int64()))
        rows = self.text.filter(gone).to_pylist()
        mark = self.delimiter or ","
        moved = [Quarantined(line := row.pop("line"), reasons[line], _as_record(list(row.values()), mark)) for row in rows]
        quarantined = tuple(sorted((*self.quarantined, *moved), key=lambda one: one.line))
        kept = self._rows(~np.asarray(gone.to_numpy(), np.bool_))
        return replace(self, text=kept, ledger=self.ledger.set_aside(len(moved)), quarantined=quarantined)

    def _rows(self, keep: npt.NDArray[np.bool_]) -> pa.Table:
        return self.spill.table(filtered(self.text, keep), self.text.schema)


def _as_record(cells: list[str], mark: str) -> str:
    return mark.join(cell if not set(cell) & {mark, '"', "\n", "\r"} else '"' + cell.replace('"', '""') + '"' for cell in cells)


def aside_note(name: str, rows: Sequence[Quarantined]) -> str:
    """What is said of rows that were set aside, in order of their lines, and what to do."""
    many = "1 row was" if len(rows) == 1 else f"{len(rows):,} rows were"
    return (
        f"{many} set aside from {quoted(name)} and can be downloaded; the first is on line {rows[0].line}: {rows[0].reason}. "
        "Correct the rows and load them again, or go on without them."
    )


def no_records_note(why: str, lines: npt.NDArray[np.int64]) -> str:
    """What is said of rows (at least one) that are no records."""
    return f"rows that are no records ({why}): {len(lines):,}, the first on line {lines[0]}"


def nothing_below(columns: int, where: str, line: int) -> str:
    """What is said of a table of headers alone, and what to do."""
    found = f"0 rows, {columns} columns: {where} has a header on line {line} and nothing below it"
    return f"{found}. Export it again over a longer period or without a filter, or go on without it."
