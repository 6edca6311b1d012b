"""Lines of a cost sheet that add up others: counted beside them, every cost would count twice."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import matches
from roi_core.ingest.not_data import TOTAL_WORDS
from roi_core.ingest.sources import Source

_CENT = 0.01
_TOTAL = rf"(?i)^({TOTAL_WORDS})\b"


def cost_totals(
    sources: Mapping[str, Source], columns: Mapping[str, pa.Array], lines: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]
) -> tuple[tuple[int, str], ...]:
    """(line, reason) of every kept row whose component says "total" in a month that has other components.

    A sheet that holds nothing but a total for a month has its cost there.
    """
    component = sources.get("component")
    if component is None or "month" not in columns or "amount" not in columns:
        return ()
    named = np.append(matches(component.cells.distinct, _TOTAL), False)[component.cells.codes] & kept
    if not named.any():
        return ()
    months = np.asarray(pc.fill_null(columns["month"].cast(pa.int64()), -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    amounts = np.asarray(pc.fill_null(columns["amount"], 0.0).to_numpy(zero_copy_only=False), dtype=np.float64)
    aside = []
    for row in np.flatnonzero(named):
        others = kept & ~named & (months == months[row])
        if others.any():
            said = quoted(component.cells.distinct[int(component.cells.codes[row])].as_py())
            same = abs(float(amounts[others].sum()) - float(amounts[row])) < _CENT
            why = "is the sum of the other costs of its month" if same else "looks like a total, but is not the sum of the other costs of its month"
            aside.append((int(lines[row]), f"{said} {why}, so it is not counted beside them"))
    return tuple(aside)
