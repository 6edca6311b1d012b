"""The currency of amounts where no column has it: the sign beside them, else the one in brackets in their header."""

import pyarrow as pa

from roi_core.ingest.amounts import currencies_in, currency_of, signs_beside
from roi_core.ingest.cells import Cells
from roi_core.ingest.headers import Header


def currency_beside(cells: Cells, header: Header) -> tuple[pa.Array | None, tuple[str, ...]]:
    """The currency of each distinct amount, null where none stands beside it, and what to ask; None where nothing says one.

    Several signs are several currencies. One alone counts where it is known, and holds for amounts without it too. A bare `$` is asked about.
    """
    several = currencies_in(cells)
    if several is not None:
        return several, ()
    written = signs_beside(cells)
    signs = set() if written is None else set(written.to_pylist()) - {None}
    named = {currency_of(sign) for sign in signs} or {currency_of(header.unit)}
    if len(named) != 1 or (found := named.pop()) is None:
        return None, ()
    bare = (signs or {header.unit}) == {"$"}
    note = f"ask: {header.text}: $ is read as USD, the currency that uses it most; write CAD or AUD beside the amounts where it is another"
    return pa.array([found] * len(cells.distinct), pa.string()), (note,) if bare else ()
