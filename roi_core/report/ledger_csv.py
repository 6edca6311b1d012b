"""The ledger as CSV: one line a row, numbers as they are, and no cell that a spreadsheet could run."""

import csv
import io

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
_RUNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_CONTROLS = frozenset("\t\r\n\0")
_UNSEEN = "\ufeff\u200b\u200e\u200f\u2060"


def ledger_csv(ledger: Ledger) -> bytes:
    """UTF-8 with a byte order mark (so that spreadsheets read it as such), every cell quoted, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in _cells(line)] for line in ledger)
    return text.getvalue().encode("utf-8-sig")


def safe_cell(value: str | float | None) -> str:
    """A number as it is written in Python; a text that could start a formula behind an apostrophe (OWASP, CSV injection)."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)
    seen = value.lstrip(_UNSEEN).lstrip().lstrip(_UNSEEN)
    return f"'{value}" if value[:1] in _CONTROLS or seen[:1] in _RUNS else value


def _cells(line: Line) -> tuple[str | float | None, ...]:
    amount = line.amount
    numbers = (None, None, None, None) if isinstance(amount, Absent) else (amount.value, amount.low, amount.high, amount.n)
    return (
        line.stream,
        line.title,
        line.kind,
        *numbers,
        f"{amount.reason} {amount.next_step}".strip() if isinstance(amount, Absent) else "",
        str(line.grade),
        line.word,
        "yes" if line.included else "no",
        " ".join(line.reasons),
        line.method,
        line.population,
        ", ".join(line.overlaps_with),
        line.comes_from,
    )
