"""One file as a vendor writes it, and what must be read from it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from roi_core.ingest.keys import keyed_hash
from tests.ingest.text_tables import KEY


@dataclass(frozen=True)
class Example:
    """`content` is the file. `rows` holds, for each record that must be loaded and in its order, the columns that are looked at.

    Every mapped column of the declared export must be filled in at least one row of `content` and looked at in one entry of `rows`,
    but for those in `dropped` (text that is read by rules and not kept). `not_data` and `quarantined` are the other records.
    """

    export: str
    catalogue: str
    name: str
    content: bytes
    rows: tuple[Mapping[str, Any], ...]
    not_data: int = 0
    quarantined: int = 0
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """Texts that must stand in the notes to the user."""


def key(text: str) -> str:
    """What a part holds for an identifier in its normalised form: an e-mail in lower case, a company without its legal form."""
    return keyed_hash(text, KEY)


def table(headers: Sequence[str], *rows: Mapping[str, str], end: str = "\n", mark: str = ",") -> bytes:
    """A file with these headers in order, in UTF-8; a row names only the cells that it fills. Raises ValueError for a header that is not there."""
    file = StringIO()
    writer = csv.DictWriter(file, headers, restval="", lineterminator=end, delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()
