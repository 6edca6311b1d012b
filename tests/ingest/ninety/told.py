"""Inputs of which the table promises a question and the product only tells, each with the reason; the same list stands in DECISIONS.md."""

from collections.abc import Mapping

_BOTH = "both averages are told; leaving rows out by their value is a choice of the analysis, not of the reader"

TOLD: Mapping[str, str] = {
    "13-a-quote-never-closed-before-2M-lines": "only the text of the cell can say where it ends; the line is named",
    "26-ids-that-only-look-different": "forms of one Unicode text are one id; apart, tickets would lose their customer",
    "39-5k": "a cell that hides three digits cannot be read to the cent, so it is set aside",
    "44-negative-handle-time": _BOTH,
    "44-400-hours-of-handle-time": _BOTH,
    "49-seconds-and-milliseconds": "each unit is wrong for the rows of the others, so that no reading is offered and none is read",
    "52-the-future": "both ends may be wrong, the clock of the export or the order of day and month, and the file holds neither",
    "53-exact-copies-of-rows": "a row with an id counts once whatever is answered; all are kept",
}
"""By the id of the case."""
