"""The question which currency of a file of amounts is read, and the rows that an answer leaves out."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import mask
from roi_core.ingest.questions import Question

SUBJECT, ALL = "currency", "all"
ASKED_OF = frozenset({"invoices", "orders", "mrr_movements", "costs"})
"""Tables whose rows are amounts: who pays in another currency is a customer all the same, and is not left out."""

_MOST = 5
_SHOWN = 2


def asks_currency(entity: str, header: str, rows: Mapping[str, int]) -> tuple[Question, ...]:
    """All currencies, kept apart, or one of the most frequent alone; `rows` counts them by currency, the most frequent first."""
    if entity not in ASKED_OF or len(rows) < 2:
        return ()
    alone = {code: f"only rows in {code} ({n:,} of {sum(rows.values()):,}); the others are set aside" for code, n in list(rows.items())[:_MOST]}
    return (Question.of(SUBJECT, (header,), {ALL: f"all rows; amounts in {', '.join(rows)} are never added", **alone}, ALL),)


def counted_by_line(currency: pa.Array | pa.ChunkedArray, rows: Mapping[str, int], lines: npt.NDArray[np.int64]) -> str:
    """`USD 3 rows (lines 2, 4, ...), EUR 1 row (line 3)`: how often each currency stands in the file, and where first, the most frequent five in lines."""
    return ", ".join(
        f"{code} {n:,} {'row' if n == 1 else 'rows'}{_where(currency, code, lines) if place < _MOST else ''}" for place, (code, n) in enumerate(rows.items())
    )


def _where(currency: pa.Array | pa.ChunkedArray, code: str, lines: npt.NDArray[np.int64]) -> str:
    found = lines[np.flatnonzero(mask(pc.fill_null(pc.equal(currency, code), fill_value=False)))]
    shown = ", ".join(f"{line:,}" for line in found[:_SHOWN])
    return f" ({'line' if len(found) == 1 else 'lines'} {shown}{', ...' if len(found) > _SHOWN else ''})"


def chosen(entity: str, said: Mapping[str, str], rows: Mapping[str, int]) -> str | None:
    """The one currency that the user wants read, where the file has it beside others."""
    code = said.get(SUBJECT)
    return code if entity in ASKED_OF and len(rows) > 1 and code in rows else None


def of_another(code: str | None, currency: pa.Array | None, lines: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]) -> tuple[tuple[int, str], ...]:
    """(line, reason) of every kept row in another currency than `code`; a row that names none stays."""
    if code is None or currency is None:
        return ()
    other = mask(pc.fill_null(pc.not_equal(currency, code), fill_value=False)) & kept
    return tuple((int(lines[row]), f"is in {currency[int(row)].as_py()}; only {code} is read, as you said") for row in np.flatnonzero(other))
