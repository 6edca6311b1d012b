"""One sheet of a workbook as text rows, with every row accounted for."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from roi_core.errors import FileRefused, quoted
from roi_core.ingest import header_asked, one_or_two
from roi_core.ingest.cell_refs import Runs, column_letters
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.limits import ReadLimits
from roi_core.ingest.questions import NOTHING_SAID
from roi_core.ingest.sheet_card import SheetCard
from roi_core.ingest.sheet_cells import SheetText, sheet_text
from roi_core.ingest.sheet_head import Area, SheetHead, find_head
from roi_core.ingest.sheet_rows import longest_row, rows_of_table
from roi_core.ingest.text_table import RawTable, TextTable, nothing_below

_HEAD_ROWS = 500


def read_sheet(path: Path, name: str, limits: ReadLimits, said: Mapping[str, str] = NOTHING_SAID) -> TextTable:
    """Reads the sheet that a card in staging describes; `name` is what messages call it. Lines are rows of the sheet.

    `said` holds answers: which row names the columns, one table or two.
    Rows with a formula that has no saved value are set aside. Raises FileRefused.wrong_type and .too_large.
    """
    card = SheetCard.read(path)
    try:
        with CalamineWorkbook.from_path(card.workbook(path)) as workbook:
            sheet = workbook.get_sheet_by_name(card.sheet)
            merged = _areas(sheet)
            cells = sheet_text(sheet.iter_rows(), (sheet.start or (0, 0))[1] + 1, sheet.width, card.percent)
    except (CalamineError, OSError):
        raise FileRefused.wrong_type(name, "a damaged sheet of a workbook") from None
    if not cells.rows:
        raise FileRefused.empty(name, 0)
    head = find_head(_rows(cells, _HEAD_ROWS), merged).as_said(said.get(header_asked.SUBJECT, ""))
    table = _table(cells, head, card, name, limits)
    longest, line = longest_row(table.text)
    if longest > limits.record_bytes:
        raise FileRefused.too_large(name, f"the row on line {line}", f"{longest:,} bytes", f"{limits.record_bytes:,} bytes")
    return _without_unsaved(rows_of_table(table, whole=said.get(one_or_two.SUBJECT) == one_or_two.ONE), card.unsaved)


def _areas(sheet: CalamineSheet) -> tuple[Area, ...]:
    """Merged cells, their columns counted from the first one that is used."""
    left = (sheet.start or (0, 0))[1]
    return tuple(((top, first - left), (bottom, last - left)) for (top, first), (bottom, last) in sheet.merged_cell_ranges or ())


def _rows(cells: SheetText, count: int) -> list[list[str]]:
    columns = [column.slice(0, count).to_pylist() for column in cells.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _table(cells: SheetText, head: SheetHead, card: SheetCard, name: str, limits: ReadLimits) -> TextTable:
    """All rows below the header, in the columns that have a name or a value."""
    below = [column.slice(head.data) for column in cells.columns]
    kept = [place for place, column in enumerate(below) if head.names[place].strip() or _has_values(column)]
    if len(kept) > limits.columns:
        raise FileRefused.too_large(name, "the number of columns", f"{len(kept):,}", f"{limits.columns:,}")
    rows = cells.rows - head.data
    text = pa.table({f"c{i}": below[place] for i, place in enumerate(kept)})
    text = text.append_column("line", pa.array(np.arange(head.data + 1, cells.rows + 1), pa.int64()))
    headers = tuple(head.names[place] for place in kept)
    unnamed = [column_letters(cells.first + place) for place in kept if not head.names[place].strip()]
    notes = [*card.notes, *head.notes, *([f"no name in the header row: column {', '.join(unnamed)}."] if unnamed else ())]
    if cells.too_long:
        notes.append(f"ask: numbers of more than 15 digits: {cells.too_long:,}. Excel keeps 15, so ids among them may have changed; export them as text.")
    if not rows:
        notes.append(nothing_below(len(headers), quoted(name), head.data))
    ledger, asks = RowLedger(rows, rows, 0, 0), (head.question,) if head.question else ()
    named_on = None if head.is_numbered else head.data
    return TextTable(headers, text, ledger, (), card.kind, None, tuple(notes), asks=asks, header_line=named_on, raw=RawTable(text))


def _has_values(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())


def _without_unsaved(table: TextTable, unsaved: Runs) -> TextTable:
    """Sets aside the rows with a formula that the workbook holds no value of: nobody knows what it would show."""
    cells = sorted((row, column) for column, runs in unsaved.items() for first, last in runs for row in range(first, last + 1))
    lines = set(table.lines.tolist())
    reasons = {row: f"the formula in {column_letters(column)}{row} has no saved value" for row, column in reversed(cells) if row in lines}
    if not reasons:
        return table
    first = min(reasons)
    counted = sum(row in reasons for row, _ in cells)
    told = f"formulas without a saved value: {counted:,}, the first on line {first}: {reasons[first]}. Their rows were set aside."
    aside = table.set_aside(reasons)
    return replace(aside, notes=(*aside.notes, f"{told} Open the workbook in Excel, save it and load it again."))
