"""Further columns of customers, usage and flat files: kept as x0, x1, ... for adjustment, unless they point to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.cells import Cells
from roi_core.ingest.person_names import KEEP, SUBJECT, asks_names, names_in, note_of
from roi_core.ingest.personal import points_to_person
from roi_core.ingest.questions import Question, key_of

_NOTHING: Mapping[str, str] = MappingProxyType({})
ENTITIES = frozenset({"customers", "usage", "flat"})
_MOST_LEVELS = 40
_RARE = 5
_MOST_RARE = 0.2


@dataclass(frozen=True, slots=True)
class Covariates:
    """Typed columns x0..xN with the header and type ("number" or "text") of each, what was left out and why, and what is asked of it."""

    columns: tuple[tuple[str, pa.Array], ...]
    described: tuple[dict[str, str], ...]
    notes: tuple[str, ...]
    asks: tuple[Question, ...] = ()


def read_covariates(headers: Sequence[str], cells: Sequence[Cells], delimiter: str | None, said: Mapping[str, str] = _NOTHING) -> Covariates:
    """A column whose every value is a number becomes numbers; of the others, those with few levels become text.

    Blank columns are left out, and so is what points to a person. Names of people are, unless the user `said` that they are none.
    A level of fewer than 5 rows is stored as null.
    """
    columns: list[tuple[str, pa.Array]] = []
    described: list[dict[str, str]] = []
    personal: list[str] = []
    rare: list[str] = []
    named: dict[str, int] = {}
    for header, column in zip(headers, cells, strict=True):
        if not column.filled:
            continue
        if points_to_person(header, column):
            personal.append(header)
        elif (rows := _named(header, column, said)) > 0:
            named[header] = rows
        elif (values := _numbers(column, delimiter) or _levels(column)) is None:
            rare.append(header)
        else:
            name = f"x{len(columns)}"
            columns.append((name, column.spread(values)))
            described.append({"column": name, "header": header, "type": "text" if pa.types.is_string(values.type) else "number"})
    asks = tuple(asks_names(header) for header in named if key_of(SUBJECT, header) not in said)
    notes = (*_notes(personal, rare), *(note_of(header, rows) for header, rows in named.items()))
    return Covariates(tuple(columns), tuple(described), notes, asks)


def _named(header: str, cells: Cells, said: Mapping[str, str]) -> int:
    """Rows with the name of a person."""
    found = names_in(cells) if said.get(key_of(SUBJECT, header)) != KEEP else np.zeros(0, np.bool_)
    return int(cells.counts()[found].sum()) if found.any() else 0


def _numbers(column: Cells, delimiter: str | None) -> pa.Array | None:
    numbers = read_numbers(column, delimiter)
    return None if numbers.bad or numbers.values.null_count == len(numbers.values) else numbers.values


def _levels(column: Cells) -> pa.Array | None:
    """The distinct values, rare ones as null; None where they are too many, or rare ones too common."""
    rare = column.counts() < _RARE
    if len(rare) > _MOST_LEVELS or column.counts()[rare].sum() > _MOST_RARE * column.filled:
        return None
    return pa.array(np.where(rare, None, column.distinct.to_numpy(zero_copy_only=False)), pa.string())


def _notes(personal: Sequence[str], rare: Sequence[str]) -> tuple[str, ...]:
    notes = (f"not kept, since they point to single customers: {', '.join(personal)}",) if personal else ()
    few = f"not kept, since too few rows share a value (at most {_MOST_LEVELS} values, most of them on {_RARE} rows or more): {', '.join(rare)}"
    return (*notes, few) if rare else notes
