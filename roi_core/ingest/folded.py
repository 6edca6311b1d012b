"""Which rows went into the record of another row, and which of their cells that record holds."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows on `lines` (m) went into the record on the line of `into` (m).

    `stands` says by place (m) whose cell under that header the record holds or adds up; a place without an entry has none. `spoiled` has by place
    the lines of all rows of records whose cells are not added up, because one is no number, and `decimals` the decimal sign of cells that are.
    """

    lines: npt.NDArray[np.int64]
    into: npt.NDArray[np.int64]
    stands: Mapping[int, npt.NDArray[np.bool_]]
    spoiled: Mapping[int, npt.NDArray[np.int64]]
    decimals: Mapping[int, str]
