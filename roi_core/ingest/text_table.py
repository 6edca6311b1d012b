"""A file as read: text cells, the line each row stands on, and what was set aside."""

from dataclasses import dataclass

import pyarrow as pa

from roi_core.ingest.ledger import RowLedger


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be loaded: its first physical line, why, and the record as it stands in the file."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table as text.

    `text` has a string column c0, c1, ... for each header, blank cells as "", and `line`, the physical line (int64).
    `encoding` is a Python codec name; `delimiter` is None where there is one column. A note that starts with "ask:" is
    a question to the user, answered here by the best reading.
    """

    headers: tuple[str, ...]
    text: pa.Table
    ledger: RowLedger
    quarantined: tuple[Quarantined, ...]
    encoding: str
    delimiter: str | None
    notes: tuple[str, ...]
