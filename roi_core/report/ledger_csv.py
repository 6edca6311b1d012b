"""The ledger as CSV: one line a row, numbers as they are, and no cell that a spreadsheet could run."""

import csv
import io

from roi_core.formulas import safe_cell
from roi_core.ledger import Ledger, Line
from roi_core.results import Absent

COLUMNS = (
    "stream",
    "title",
    "kind",
    "amount",
    "low",
    "high",
    "n",
    "absent",
    "grade",
    "grade_word",
    "included",
    "reasons",
    "method",
    "population",
    "overlaps_with",
    "comes_from",
)


def ledger_csv(ledger: Ledger) -> bytes:
    """UTF-8 with a byte order mark (so that spreadsheets read it as such), every cell quoted, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in _cells(line)] for line in ledger)
    return text.getvalue().encode("utf-8-sig")


def _cells(line: Line) -> tuple[str | float | None, ...]:
    amount = line.amount
    numbers = (None, None, None, None) if isinstance(amount, Absent) else (amount.value, amount.low, amount.high, amount.n)
    return (
        line.stream,
        line.title,
        line.kind,
        *numbers,
        f"{amount.reason} {amount.next_step}".strip() if isinstance(amount, Absent) else "",
        line.letter,
        line.word,
        "yes" if line.included else "no",
        " ".join(line.reasons),
        line.method,
        line.population,
        ", ".join(line.overlaps_with),
        line.comes_from,
    )
