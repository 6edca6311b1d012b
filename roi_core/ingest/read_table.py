"""One table as text rows, whatever it is written in."""

from pathlib import Path

from roi_core.ingest.filetype import head_of, is_json
from roi_core.ingest.json_read import read_json
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.read import read_text
from roi_core.ingest.sheet_card import is_card
from roi_core.ingest.sheet_read import read_sheet
from roi_core.ingest.text_table import TextTable


def read_table(path: Path, name: str, staging: Path, limits: ReadLimits = LIMITS) -> TextTable:
    """A sheet of a workbook, a JSON document or a delimited text, with every record accounted for.

    `name` is what messages call it. Writes only into `staging`. Raises FileRefused.
    """
    if is_card(path, staging):
        return read_sheet(path, name, limits)
    if is_json(head_of(path)):
        return read_json(path, name, staging, limits)
    return read_text(path, name, staging, limits)
