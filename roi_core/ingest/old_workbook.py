"""An old Excel workbook (XLS): its sheets that hold a table. What else stands in such a container is refused by name."""

import hashlib
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from roi_core.errors import FileRefused, printable, quoted
from roi_core.ingest.limits import LONGEST_NAME
from roi_core.ingest.members import Contents, Member, inside
from roi_core.ingest.sheet_card import NO_ROWS, SheetCard

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROTECTED = "a password-protected Office file"
_HEAD_ROWS = 2_000


def sheets_in_old(path: Path, name: str, staging: Path) -> Contents:
    """Each sheet with a table as a member; the others are named in a note. Raises FileRefused.wrong_type."""
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise FileRefused.wrong_type(name, _PROTECTED)
    digest = hashlib.sha256(data).hexdigest()
    copy = staging / f"{digest}.xls"
    shutil.copyfile(path, copy)
    try:
        with CalamineWorkbook.from_path(copy) as workbook:
            looked_at = [(sheet, _why_left_out(workbook, sheet)) for sheet in workbook.sheets_metadata]
    except PasswordError:
        raise FileRefused.wrong_type(name, _PROTECTED) from None
    except (CalamineError, OSError):
        raise FileRefused.wrong_type(name, "an old Office file without a workbook that can be read") from None
    read = [sheet for sheet, why in looked_at if not why] or [sheet for sheet, why in looked_at if why == NO_ROWS]
    left_out = ", ".join(f"{quoted(sheet.name)} ({why})" for sheet, why in looked_at if sheet not in read)
    members = tuple(_member(sheet, name, digest, copy) for sheet in read)
    if not members:
        raise FileRefused.wrong_type(name, "an Excel workbook (XLS) without a table in it" + (f" (it holds {left_out})" if left_out else ""))
    return Contents(members, (f"left out of {quoted(name)}, as no tables: {left_out}.",) if left_out else ())


def _why_left_out(workbook: CalamineWorkbook, sheet: SheetMetadata) -> str | None:
    if sheet.typ is not SheetTypeEnum.WorkSheet:
        return "a chart" if sheet.typ is SheetTypeEnum.ChartSheet else "no worksheet"
    cells = workbook.get_sheet_by_name(sheet.name)
    if cells.start is None:
        return "empty"
    return None if any(_filled(cells)) else NO_ROWS


def _filled(sheet: CalamineSheet) -> Iterator[bool]:
    return (sum(cell != "" for cell in row) > 1 for row in islice(sheet.iter_rows(), _HEAD_ROWS))


def _member(sheet: SheetMetadata, name: str, digest: str, workbook: Path) -> Member:
    hidden = ("the sheet is hidden in the workbook; it was read all the same.",) if sheet.visible is not SheetVisibleEnum.Visible else ()
    own = hashlib.sha256(f"{digest}{sheet.name}".encode("utf-8", "replace")).hexdigest()
    card = SheetCard(sheet.name, own, "xls", {}, {}, hidden)
    return Member(inside(name, printable(sheet.name, LONGEST_NAME)), card.write(workbook))
