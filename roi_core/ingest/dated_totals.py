"""Rows that total a month, a quarter or a year, wherever they stand: no data where the rows above bear it out, else set aside."""

import re

import numpy as np
import numpy.typing as npt

from roi_core.errors import quoted
from roi_core.ingest.cells import matches
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.month_names import month_number
from roi_core.ingest.not_data import TOTAL_WORDS
from roi_core.ingest.text_table import TextTable

_LIKELY = rf"(?i)^\s*(({TOTAL_WORDS})\b.|\S{{2,12}}([ ./-]\d{{1,4}})?\s+({TOTAL_WORDS})\s*[:=]?\s*$)"
"""A first cell that begins or ends with a word for a total (RE2)."""
_WORD = re.compile(rf"\b({TOTAL_WORDS})\b|\b(for|of|in|f[uü]r|im|de|du|del|the|month|year|monat|jahr|mois|mes|per)\b|[:=,()/.-]", re.IGNORECASE)
_PERIOD = re.compile(r"(19|20)\d\d|\d{1,2}|[qh][1-4]|[1-4]q|kw ?\d{1,2}", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,2}")
_OF_WHEN = re.compile(r"month|monat|mois|mes|year|jahr", re.IGNORECASE)
"""A small number alone is a count, `Total: 3`; beside one of these it is a month."""
_FEW, _MOST_ROWS = 1_000, 200_000
"""More rows than these with such a first cell are data, and a table of more rows is no report that a person lays out in periods."""

Rows = npt.NDArray[np.int64]


def dated_totals(table: TextTable) -> tuple[Rows, dict[int, str]]:
    """Rows (from 0, rising) that name a total of a period and hold nothing else but numbers and dates, with the label of each."""
    if not 0 < table.text.num_rows <= _MOST_ROWS or len(table.headers) < 2:
        return np.empty(0, np.int64), {}
    likely = np.flatnonzero(matches(table.text.column("c0"), _LIKELY))
    if len(likely) > _FEW:
        return np.empty(0, np.int64), {}
    labels: dict[int, str] = {}
    for row in likely.tolist():
        label, *others = (table.text.column(f"c{place}")[row].as_py().strip() for place in range(len(table.headers)))
        filled = [cell for cell in others if cell]
        if is_period_total(label) and filled and all(kind_of([cell]) in ("number", "date") for cell in filled):
            labels[row] = label
    return np.array(list(labels), np.int64), labels


def is_period_total(label: str) -> bool:
    """Whether a label is words for a total and of when: `Total March`, `Summe Q1 2024`, `March 2024 total`; `Total Wine` is none."""
    rest = [word for word in _WORD.sub(" ", label).split() if word]
    if all(_COUNT.fullmatch(word) for word in rest) and not _OF_WHEN.search(label):
        return False
    return bool(rest) and all(month_number(word) or _PERIOD.fullmatch(word) for word in rest)


def why_aside(label: str) -> str:
    """The reason for a total that is not the sum of rows above it."""
    return f"looks like the total of a period, and is not the sum of the rows above it: {quoted(label)}"
