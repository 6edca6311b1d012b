"""A flat file as arrays: who had support, who left, and every other column by its header."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core import engine
from roi_core.errors import NothingToAnalyse
from roi_core.spine.facts import booleans, labels, numbers


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One further column: a number (n,) with nan where blank, or a label as codes (n,) with -1 where blank and its levels."""

    header: str
    number: NDArray[np.float64] | None
    codes: NDArray[np.int64] | None
    levels: tuple[str, ...] = ()

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Rows without a value, (n,)."""
        if self.number is not None:
            return ~np.isfinite(self.number)
        assert self.codes is not None
        return self.codes < 0

    @property
    def cells(self) -> NDArray[np.int64]:
        """Distinct values as codes (n,), blank -1."""
        if self.codes is not None:
            return self.codes
        assert self.number is not None
        _, codes = np.unique(self.number, return_inverse=True)
        return np.where(self.blank, -1, codes)

    def rows(self, keep: NDArray[np.bool_]) -> "FlatColumn":
        """The same column for some of the rows."""
        number = None if self.number is None else self.number[keep]
        return FlatColumn(self.header, number, None if self.codes is None else self.codes[keep], self.levels)


@dataclass(frozen=True, slots=True)
class FlatRows:
    """Customers of a flat file, n rows. `headers` maps a role to the header that plays it."""

    supported: NDArray[np.bool_]
    churned: NDArray[np.bool_]
    satisfaction: NDArray[np.float64] | None
    revenue: NDArray[np.float64] | None
    columns: tuple[FlatColumn, ...]
    headers: dict[str, str]
    set_aside: int

    @property
    def rows(self) -> int:
        """Number of customers."""
        return len(self.supported)


def read_flat(parts: Sequence[Path]) -> FlatRows:
    """The rows of a flat file whose supported and churned cells are both readable.

    Raises NothingToAnalyse where no such row is left.
    """
    with engine.analyst(parts[0].parent.parent) as con:
        engine.attach(con, "flat", parts)
        table = engine.run(con, "flat_rows")
    known = _known(table, "supported") & _known(table, "churned")
    kept = table.filter(pa.array(known))
    if kept.num_rows == 0:
        raise NothingToAnalyse.because(
            "No row says both who got help and who left.", "Choose the column that says who got help and the one that says who left."
        )
    roles = _roles(parts[0])
    named = [FlatColumn(roles[role], numbers(kept, role), None) for role in ("tenure_months", "satisfaction", "revenue") if _known(kept, role).any()]
    return FlatRows(
        supported=booleans(kept, "supported"),
        churned=booleans(kept, "churned"),
        satisfaction=_number_or_none(kept, "satisfaction"),
        revenue=_number_or_none(kept, "revenue"),
        columns=(*named, *_covariates(kept, parts)),
        headers=roles,
        set_aside=table.num_rows - kept.num_rows,
    )


def _known(table: pa.Table, column: str) -> NDArray[np.bool_]:
    return np.asarray(table.column(column).is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)


def _number_or_none(table: pa.Table, column: str) -> NDArray[np.float64] | None:
    return numbers(table, column) if _known(table, column).any() else None


def _covariates(table: pa.Table, parts: Sequence[Path]) -> list[FlatColumn]:
    return [
        FlatColumn(c.header, numbers(table, c.column), None) if c.type == "number" else FlatColumn(c.header, None, *labels(table, c.column))
        for c in engine.covariates(parts)
    ]


def _roles(part: Path) -> dict[str, str]:
    """Headers by role, as the reader noted them in the part; the role's own name where it did not."""
    named = engine.metadata(part).get("roles", {})
    return {role: named.get(role, role) for role in ("customer_id", "supported", "churned", "tenure_months", "satisfaction", "revenue")}
