"""An Excel workbook (XLSX, XLSM): which of its sheets hold a table, found out before any of them is parsed."""

import hashlib
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from roi_core.errors import FileRefused, printable, quoted
from roi_core.ingest.budget import Budget
from roi_core.ingest.cell_refs import MOST_ROWS, column_letters
from roi_core.ingest.limits import LONGEST_NAME
from roi_core.ingest.members import Contents, Member, inside
from roi_core.ingest.sheet_card import NO_ROWS, SheetCard
from roi_core.ingest.sheet_scan import SheetFacts, SheetScan, true_reach
from roi_core.ingest.workbook_book import BOOK, RELATIONS, STRINGS, STYLES, Book, SheetPart, read_book
from roi_core.ingest.workbook_copy import PartCopy
from roi_core.ingest.zip_directory import check_directory

_PARTS = 10_000
_BYTES_A_CELL = 64
_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that was looked at: why it is left out or refused, else its facts and a hash of all that it shows."""

    part: SheetPart
    facts: SheetFacts | None = None
    digest: str = ""
    left_out: str | None = None
    refused: str | None = None


def sheets_in(path: Path, name: str, staging: Path, budget: Budget) -> Contents:
    """Each sheet with a table as a member; the others are named in a note. A sheet that cannot be read is refused alone.

    What is read later is a copy in `staging` of the parts that were checked here. Raises FileRefused.wrong_type and .too_large.
    """
    copy = staging / f"{secrets.token_hex(8)}.part"
    try:
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            check_directory(archive.infolist(), name, budget, _PARTS)
            book = read_book(archive, name)
            sheets = tuple(_looked_at(PartCopy(archive, target, name, budget), book))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused.wrong_type(name, "a damaged Excel workbook (XLSX)") from None
    whole = hashlib.sha256("".join(sheet.digest for sheet in sheets).encode()).hexdigest()
    checked = copy.replace(staging / f"{whole}.xlsx")
    read = _with_a_table(sheets)
    left_out = [f"{quoted(sheet.part.title)} ({sheet.left_out})" for sheet in sheets if sheet.left_out and sheet not in read]
    told = f"left out of {quoted(name)}, as no tables: {', '.join(left_out)}."
    if not read:
        raise FileRefused.wrong_type(name, "an Excel workbook without a table in it" + (f" (it holds {', '.join(left_out)})" if left_out else ""))
    macros = (f"the macros of {quoted(name)} were not run; the values are those last saved.",) if book.macros else ()
    linked = (f"the links of {quoted(name)} to other files were not followed; the values are those last saved.",) if book.linked else ()
    members = tuple(_member(sheet, name, checked, book) for sheet in read)
    return Contents(members, ((told,) if left_out else ()) + macros + linked)


def _looked_at(parts: PartCopy, book: Book) -> Iterator[_Sheet]:
    known = set(parts.archive.namelist())
    shared = {part: parts.copy(part) for part in (_TYPES, _ROOT, BOOK, RELATIONS, STYLES, STRINGS) if part in known}
    shown = shared.get(STYLES, b"") + shared.get(STRINGS, b"")
    done: set[str] = set()
    for sheet in book.sheets:
        if sheet.kind != "worksheet":
            yield _Sheet(sheet, left_out="a chart" if sheet.kind == "chartsheet" else "no worksheet")
            continue
        try:
            if done & {sheet.part, sheet.title.casefold()}:
                raise FileRefused.wrong_type(parts.name, f"an Excel workbook (XLSX) in which two sheets are called {quoted(sheet.title)} or are one part")
            done |= {sheet.part, sheet.title.casefold()}
            yield _scanned(parts, sheet, shown, book)
        except FileRefused as refusal:
            yield _Sheet(sheet, refused=str(refusal))


def _scanned(parts: PartCopy, sheet: SheetPart, shown: bytes, book: Book) -> _Sheet:
    scan = SheetScan(parts.name, book.percent, count_all=bool(sheet.pivots))
    own = parts.copy(sheet.part, scan.feed)
    facts = scan.facts()
    _check_reach(parts, sheet, scan)
    digest = hashlib.sha256(own + shown + sheet.title.encode("utf-8", "replace")).hexdigest()
    return _Sheet(sheet, facts, digest, _why_left_out(sheet, facts))


def _check_reach(parts: PartCopy, sheet: SheetPart, scan: SheetScan) -> None:
    """Refuses a sheet whose used range, cell by cell, would not fit into the memory of the reader."""
    most = parts.budget.limits.resident_bytes // _BYTES_A_CELL
    if scan.rows * scan.columns <= most:
        return
    with parts.archive.open(sheet.part) as source:
        rows, columns, cells = true_reach(iter(partial(source.read, _BLOCK), b""))
    if rows * columns > most or rows > MOST_ROWS:
        raise FileRefused.too_large(inside(parts.name, sheet.title), "its used range", f"{rows:,} x {columns:,} with {cells:,} cells", f"{most:,} cells")


def _why_left_out(sheet: SheetPart, facts: SheetFacts) -> str | None:
    if not facts.filled and not facts.unsaved:
        return "empty"
    if sheet.pivots and facts.filled <= sum(rows * columns for rows, columns in sheet.pivots):
        return "a pivot table"
    return None if facts.has_rows else NO_ROWS


def _with_a_table(sheets: tuple[_Sheet, ...]) -> tuple[_Sheet, ...]:
    """Those that are no more left out, in their order; where no sheet has rows of two cells, those of one column too."""
    read = tuple(sheet for sheet in sheets if sheet.left_out is None)
    return read or tuple(sheet for sheet in sheets if sheet.left_out == NO_ROWS)


def _member(sheet: _Sheet, name: str, workbook: Path, book: Book) -> Member:
    shown = inside(name, printable(sheet.part.title, LONGEST_NAME))
    if sheet.facts is None:
        return Member(shown, refused=sheet.refused)
    notes = tuple(_notes(sheet.part, sheet.facts, book))
    card = SheetCard(sheet.part.title, sheet.digest, "xlsx", sheet.facts.percent, sheet.facts.unsaved, notes)
    return Member(shown, card.write(workbook))


def _notes(sheet: SheetPart, facts: SheetFacts, book: Book) -> Iterator[str]:
    """What a reader of the numbers should know that the cells do not show."""
    if sheet.hidden:
        yield "the sheet is hidden in the workbook; it was read all the same."
    if facts.hidden_rows or facts.hidden_columns:
        yield f"hidden in the sheet and read all the same: {facts.hidden_rows:,} rows and {facts.hidden_columns:,} columns."
    if facts.errors:
        yield f"cells that hold an error such as #N/A or #DIV/0! and were read as blank: {facts.errors:,}."
    if facts.percent:
        yield f"cells that the sheet shows as percent were read so, with their sign: column {', '.join(map(column_letters, sorted(facts.percent)))}."
    if book.from_1904:
        yield "the workbook counts its days from 1904, as on old Macs; its dates were read so."
    if sheet.pivots:
        yield "a pivot table stands in the same sheet; its cells were read as part of the table."
