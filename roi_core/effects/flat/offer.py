"""The columns of a flat file as they are offered to the user: sample values, and the groups that a choice of roles gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from roi_core import engine
from roi_core.cohorts.design import FlatColumns
from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.roles import cast, proposed_headers
from roi_core.effects.flat.rows import read_flat
from roi_core.ingest.flat_roles import contact_count_rank
from roi_core.sentences import say

_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class OfferedColumn:
    """A column by its header with a few of its values, the most frequent first, each with its rows."""

    header: str
    samples: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Customers by a choice of roles: with help, without, how many of all left, and rows that cannot be read."""

    helped: int
    others: int
    left: int
    set_aside: int


def offered_columns(parts: Sequence[Path]) -> tuple[OfferedColumn, ...]:
    """Every column but the customer id, in the order of the file's roles and covariates."""
    with engine.analyst(parts[0].parent.parent) as con:
        engine.attach(con, "flat", parts)
        table = engine.run(con, "flat_rows")
    return tuple(OfferedColumn(header, _samples(column)) for header, column in cast(table, parts, FlatColumns()).columns.items())


def proposed_roles(parts: Sequence[Path]) -> Mapping[str, str | None]:
    """The header that the reader proposed for each role of `FlatColumns`."""
    return proposed_headers(parts)


def offered_counts(parts: Sequence[Path]) -> tuple[str, ...]:
    """Headers of columns of numbers whose name says that they count contacts, the best name first."""
    with engine.analyst(parts[0].parent.parent) as con:
        engine.attach(con, "flat", parts)
        table = engine.run(con, "flat_rows")
    columns = cast(table, parts, FlatColumns()).others
    numbers = [column for column in columns if isinstance(column, NumberColumn)]
    ranked = [(rank, column.header) for column in numbers if (rank := contact_count_rank(column.header)) is not None]
    return tuple(header for _, header in sorted(ranked, key=lambda pair: pair[0]))


def groups(parts: Sequence[Path], chosen: FlatColumns) -> Groups:
    """The sizes of the groups under these roles. Raises NothingToAnalyse, ColumnMissing, DesignRefused as `read_flat` does."""
    rows = read_flat(parts, chosen)
    helped = int(rows.supported.sum())
    return Groups(helped, rows.rows - helped, int(rows.churned.sum()), rows.set_aside)


def _samples(column: FlatColumn) -> tuple[tuple[str, int], ...]:
    if isinstance(column, NumberColumn):
        values, counts = np.unique(column.values[~column.blank], return_counts=True)
        names = [f"{value:,.6g}" for value in values]
    else:
        counts, names = np.bincount(column.codes[~column.blank], minlength=len(column.levels)), _written(column.levels)
    order = sorted(range(len(names)), key=lambda i: -int(counts[i]))[:_SAMPLES]
    return tuple((names[i], int(counts[i])) for i in order)


def _written(levels: Sequence[str]) -> list[str]:
    """The values as texts; those that the reader took as yes and no in these words."""
    answers = {"true": say("flat.yes"), "false": say("flat.no")}
    return [answers[level] for level in levels] if set(levels) <= answers.keys() else list(levels)
