"""Columns of a flat file: numbers, and labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers (n,), nan where blank."""

    header: str
    values: NDArray[np.float64]

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Rows without a value, (n,)."""
        return ~np.isfinite(self.values)

    @property
    def cells(self) -> NDArray[np.int64]:
        """Distinct values as codes (n,), blank -1."""
        codes = np.unique(self.values, return_inverse=True)[1]
        return np.where(self.blank, -1, codes)

    def rows(self, keep: NDArray[np.bool_]) -> "NumberColumn":
        """The same column for some of the rows."""
        return NumberColumn(self.header, self.values[keep])


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """A column of labels as codes (n,), -1 where blank, with its levels."""

    header: str
    codes: NDArray[np.int64]
    levels: tuple[str, ...]

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Rows without a value, (n,)."""
        return self.codes < 0

    @property
    def cells(self) -> NDArray[np.int64]:
        """Distinct values as codes (n,), blank -1."""
        return self.codes

    def rows(self, keep: NDArray[np.bool_]) -> "LabelColumn":
        """The same column for some of the rows."""
        return LabelColumn(self.header, self.codes[keep], self.levels)


FlatColumn = NumberColumn | LabelColumn
