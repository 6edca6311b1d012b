"""Which column of a flat file plays which role: as the reader proposed, or as the user chose instead."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core import engine
from roi_core.cohorts.design import FlatColumns
from roi_core.effects.flat.columns import FlatColumn, LabelColumn, NumberColumn
from roi_core.errors import ColumnMissing, DesignRefused
from roi_core.ingest.words import NO, YES
from roi_core.spine.facts import labels, numbers

ROLES = {
    "id": "customer_id",
    "supported": "supported",
    "churned": "churned",
    "tenure_months": "tenure_months",
    "satisfaction": "satisfaction",
    "revenue": "revenue",
}
"""Role of `FlatColumns` to canonical column of the flat table."""
FLAGS = ("supported", "churned")
_SHOWN_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Cast:
    """Every column of the file by its header, and the header that plays each role, or None."""

    columns: Mapping[str, FlatColumn]
    headers: Mapping[str, str | None]

    def playing(self, role: str) -> FlatColumn | None:
        """The column of a role."""
        header = self.headers[role]
        return None if header is None else self.columns[header]

    @property
    def others(self) -> tuple[FlatColumn, ...]:
        """Columns that may be adjusted for: all but id, supported and churned."""
        taken = {self.headers[role] for role in ("id", *FLAGS)}
        return tuple(column for header, column in self.columns.items() if header not in taken)


def cast(table: pa.Table, parts: Sequence[Path], chosen: FlatColumns) -> Cast:
    """Columns and roles of a flat table. Raises ColumnMissing where a chosen column is not in the file."""
    proposed = proposed_headers(parts)
    columns = {header: _own(table, role, header) for role, header in proposed.items() if header and role != "id"}
    for extra in engine.covariates(parts):
        columns[extra.header] = _column(table, extra.column, extra.header, extra.type)
    wishes = {role: header for role, header in asdict(chosen).items() if header is not None and header != proposed[role]}
    for header in wishes.values():
        if header not in columns:
            raise ColumnMissing.in_file("the file", header, list(columns))
    headers = {role: wishes.get(role) or (None if header in wishes.values() else header) for role, header in proposed.items()}
    return Cast(columns, headers)


def proposed_headers(parts: Sequence[Path]) -> dict[str, str | None]:
    """The header that the reader proposed for each role."""
    noted = engine.metadata(parts[0]).get("roles", {})
    return {role: noted.get(role, {}).get("header") for role in ROLES}


def flags(column: FlatColumn) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """A column as yes or no: (yes, known), each (n,). Counts are yes above 0. Raises DesignRefused for anything else."""
    if isinstance(column, NumberColumn):
        return column.values > 0, ~column.blank
    words = [level.strip().casefold() for level in column.levels]
    strange = [level for level, word in zip(column.levels, words, strict=True) if word not in YES and word not in NO]
    if strange:
        found = ", ".join(strange[:_SHOWN_LEVELS])
        raise DesignRefused.value(column.header, found, "a column of yes and no, or a count; choose another one")
    yes = np.array([*(word in YES for word in words), False])
    return yes[column.codes], column.codes >= 0


def _own(table: pa.Table, role: str, header: str) -> FlatColumn:
    """A column that the reader typed for its role; yes and no become a label again."""
    name = ROLES[role]
    if role in FLAGS:
        said = table.column(name).cast(pa.string())
        return LabelColumn(header, *labels(pa.table({name: said}), name))
    return NumberColumn(header, numbers(table, name))


def _column(table: pa.Table, column: str, header: str, kind: str) -> FlatColumn:
    return NumberColumn(header, numbers(table, column)) if kind == "number" else LabelColumn(header, *labels(table, column))
