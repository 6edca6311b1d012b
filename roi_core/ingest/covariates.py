"""Further columns of customers, usage and flat files: kept as x0, x1, ... for adjustment, unless they point to a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells, matches
from roi_core.ingest.headers import words_of

ENTITIES = frozenset({"customers", "usage", "flat"})
_FEW = 50
_PERSONAL = re.compile(
    r"\b(name|surname|e ?mail|phone|mobile|fax|address|street|zip|post ?code|postal code|birth|dob|ssn|iban|ip|passport|description|notes?|comments?)\b"
)


@dataclass(frozen=True, slots=True)
class Covariates:
    """Typed columns x0..xN with the header and type ("number" or "text") of each, and what was left out and why."""

    columns: tuple[tuple[str, pa.Array], ...]
    described: tuple[dict[str, str], ...]
    notes: tuple[str, ...]


def read_covariates(headers: Sequence[str], cells: Sequence[Cells], delimiter: str | None) -> Covariates:
    """A column whose every value is a number becomes numbers; others stay text. Blank columns are left out."""
    columns: list[tuple[str, pa.Array]] = []
    described: list[dict[str, str]] = []
    left_out: list[str] = []
    for header, column in zip(headers, cells, strict=True):
        if not column.filled:
            continue
        if points_to_person(header, column):
            left_out.append(header)
            continue
        numbers = read_numbers(column, delimiter)
        numeric = not numbers.bad and bool(numbers.values.is_valid().to_numpy(zero_copy_only=False).any())
        name = f"x{len(columns)}"
        columns.append((name, column.spread(numbers.values if numeric else column.distinct)))
        described.append({"column": name, "header": header, "type": "number" if numeric else "text"})
    notes = (f"not kept, since they point to single customers: {', '.join(left_out)}",) if left_out else ()
    return Covariates(tuple(columns), tuple(described), notes)


def points_to_person(header: str, cells: Cells) -> bool:
    """E-mail addresses, personal words in the header with many values, or text that is different in most rows."""
    many = len(cells.distinct) > _FEW
    if matches(cells.distinct, r"^[^\s@]+@[^\s@]+\.[^\s@]+$").any():
        return True
    if many and _PERSONAL.search(words_of(header)):
        return True
    return many and 2 * len(cells.distinct) > cells.filled and bool(read_numbers(cells).bad)
