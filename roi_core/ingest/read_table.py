"""One table as text rows, whatever it is written in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from roi_core.errors import FileRefused, quoted
from roi_core.ingest.filetype import head_of, is_json
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.questions import NOTHING_SAID
from roi_core.ingest.read import Places, nowhere, read_text
from roi_core.ingest.sheet_card import is_card
from roi_core.ingest.text_table import TextTable

_PROMISED = MappingProxyType({**dict.fromkeys((".xlsx", ".xlsm", ".xls"), "Excel"), ".json": "JSON", **dict.fromkeys((".csv", ".tsv"), "text")})
"""What a file is by the end of its name."""


def read_table(path: Path, name: str, staging: Path, limits: ReadLimits = LIMITS, said: Mapping[str, str] = NOTHING_SAID, noted: Places = nowhere) -> TextTable:
    """A sheet of a workbook, a JSON document or a delimited text, with every record accounted for.

    `name` is what messages call it; `said` holds answers to the questions that a text or a sheet leaves open; `noted` is as of `read_text`.
    Writes only into `staging`.
    Raises FileRefused; one of too many rows is never cut.
    """
    text = _read(path, name, staging, limits, said, noted)
    text = replace(text, notes=(*text.notes, *_of_another_kind(path, name, staging)))
    if limits.rows is not None and text.ledger.records > limits.rows:
        raise FileRefused.too_large(name, "the number of rows", f"{text.ledger.records:,}", f"{limits.rows:,}")
    return text


def _of_another_kind(path: Path, name: str, staging: Path) -> tuple[str, ...]:
    """A note where the name promises another kind of file than the content is: the content counts, and the user may have meant another file."""
    if is_card(path, staging):
        return ()
    kind = "JSON" if is_json(head_of(path)) else "text"
    promised = _PROMISED.get(Path(name).suffix.lower(), kind)
    return () if promised == kind else (f"the name {quoted(name)} says {promised}, the content is {kind}: it is read as {kind}",)


def _read(path: Path, name: str, staging: Path, limits: ReadLimits, said: Mapping[str, str], noted: Places) -> TextTable:
    if is_card(path, staging):
        from roi_core.ingest.sheet_read import read_sheet

        return read_sheet(path, name, limits, said)
    if is_json(head_of(path)):
        from roi_core.ingest.json_read import read_json

        return read_json(path, name, staging, limits)
    return read_text(path, name, staging, limits, said, noted)
