"""A flat file as arrays: who had support, who left, and every other column by its header."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from roi_core import engine
from roi_core.cohorts.design import FlatColumns
from roi_core.effects.flat.columns import FlatColumn, NumberColumn
from roi_core.effects.flat.roles import Cast, cast, flags
from roi_core.errors import NothingToAnalyse


@dataclass(frozen=True, slots=True)
class FlatRows:
    """Customers of a flat file, n rows. `headers` maps a role to the header that plays it; `set_aside` counts unreadable rows.

    `counted` (n,) is there where the column for support holds numbers: supported are those above 0.
    """

    supported: NDArray[np.bool_]
    churned: NDArray[np.bool_]
    satisfaction: NDArray[np.float64] | None
    revenue: NDArray[np.float64] | None
    columns: tuple[FlatColumn, ...]
    headers: dict[str, str]
    set_aside: int
    counted: NDArray[np.float64] | None = None

    @property
    def rows(self) -> int:
        """Number of customers."""
        return len(self.supported)


def read_flat(parts: Sequence[Path], chosen: FlatColumns | None = None) -> FlatRows:
    """The customers whose supported and churned cells are both readable, under the proposed or chosen roles.

    Raises NothingToAnalyse where a role is open or no such row is left, ColumnMissing and DesignRefused for a choice
    that cannot play its role.
    """
    with engine.analyst(parts[0].parent.parent) as con:
        engine.attach(con, "flat", parts)
        table = engine.run(con, "flat_rows")
    roles = cast(table, parts, chosen or FlatColumns())
    (supported, supported_known), (churned, churned_known) = _flags(roles, "supported"), _flags(roles, "churned")
    keep = supported_known & churned_known
    if not keep.any():
        raise NothingToAnalyse.because("No row says both who got help and who left.", "Choose the two columns that say so.")
    return FlatRows(
        supported=supported[keep],
        churned=churned[keep],
        satisfaction=_number(roles, "satisfaction", keep),
        revenue=_number(roles, "revenue", keep),
        columns=tuple(column.rows(keep) for column in roles.others),
        headers={role: header for role, header in roles.headers.items() if header is not None},
        set_aside=int((~keep).sum()),
        counted=_number(roles, "supported", keep),
    )


def _flags(roles: Cast, role: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    column = roles.playing(role)
    if column is None:
        what = "who got help" if role == "supported" else "who left"
        raise NothingToAnalyse.because(f"No column says {what}.", "Choose it among the columns of the file.")
    return flags(column)


def _number(roles: Cast, role: str, keep: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    column = roles.playing(role)
    return column.values[keep] if isinstance(column, NumberColumn) else None
