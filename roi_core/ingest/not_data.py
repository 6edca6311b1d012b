"""Records that are no data: blank ones, and totals and footers at the end of a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roi_core.ingest.grammar import grammar
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.records import Mask, Records

_TAIL = 20
_TOTAL_WORDS = r"(grand |sub)?totals?|sum|summe|gesamt(summe)?|insgesamt|zwischensumme|total g[eé]n[eé]ral|totale"
_TOTAL = re.compile(rf"({_TOTAL_WORDS})(\s*[:=].*|\s*\(.*\)|\s+for\s.+)?", re.IGNORECASE)
_STARTS_AS_TOTAL = re.compile(rf"({_TOTAL_WORDS})\b", re.IGNORECASE)
_FOOTER = re.compile(
    r"confidential\b|copyright\b|©|\(c\)\s|reporting period\b|(report|generated|exported|created|printed)\s.*\b(on|by|at)\b|page \d+ of"
    r"|[\d,.]+ (rows|records)\b|(accrual|cash) basis|end of (report|file)|data as of\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NotData:
    """Which records are blank, and which are totals or footers (`said` has the first filled cell of each)."""

    blank: Mask
    closing: Mask
    said: tuple[str, ...]

    @property
    def mask(self) -> Mask:
        """All of them."""
        return self.blank | self.closing


def find_not_data(text: memoryview, records: Records, delimiter: str, width: int) -> NotData:
    """Blank records anywhere, and closing ones after the last data record."""
    blank = _blank(text, records, delimiter)
    closing = np.zeros(len(records), np.bool_)
    said: list[str] = []
    filled_first = _all_others_start_filled(text, records, blank, delimiter)
    for number in _from_the_end(blank):
        label = _closing_label(text, records, number, delimiter, width, filled_first=filled_first)
        if label is None:
            break
        closing[number] = True
        said.append(label)
    return NotData(blank, closing, tuple(reversed(said)))


def _blank(text: memoryview, records: Records, delimiter: str) -> Mask:
    """Records of nothing but delimiters, white space and quotation marks; only those that start so are looked at whole."""
    edge = np.zeros(256, np.bool_)
    edge[[ord(c) for c in f'{delimiter} \t"\r\n']] = True
    bytes_ = np.frombuffer(text, np.uint8)
    blank = np.equal(records.start, records.end)
    last = max(len(bytes_) - 1, 0)
    maybe = ~blank & edge[bytes_[np.minimum(records.start, last)]] & edge[bytes_[np.minimum(records.start + 1, last)]]
    pattern = re.compile(rb'[\s"' + re.escape(delimiter.encode("ascii")) + rb"]*+")
    for number in np.flatnonzero(maybe):
        blank[number] = pattern.fullmatch(text[records.start[number] : records.end[number]]) is not None
    return blank


def _from_the_end(blank: Mask) -> Iterator[int]:
    yield from (int(n) for n in reversed(np.flatnonzero(~blank)[-_TAIL:]))


def _all_others_start_filled(text: memoryview, records: Records, blank: Mask, delimiter: str) -> bool:
    """Whether all filled records but the last start with something, so that a last one without stands out."""
    starts = records.start[~blank][:-1]
    return len(starts) > 1 and bool((np.frombuffer(text, np.uint8)[starts] != ord(delimiter)).all())


def _closing_label(text: memoryview, records: Records, number: int, delimiter: str, width: int, *, filled_first: bool) -> str | None:
    """The first filled cell of a record that closes the table, or None where it is a row like any other."""
    if number in records.faults:
        return None
    cells = [cell.strip() for cell in grammar(delimiter).cells(bytes(text[records.start[number] : records.end[number]]))]
    filled = [cell for cell in cells if cell]
    sparse = len(cells) != width or 2 * len(filled) <= width
    if _TOTAL.fullmatch(filled[0]) or (sparse and _STARTS_AS_TOTAL.match(filled[0])):
        return filled[0]
    if _FOOTER.match(filled[0]) and len(filled) <= 2 and (len(cells) != width or width > 2):
        return filled[0]
    if filled_first and not cells[0] and sparse and len(cells) == width and all(kind_of([cell]) == "number" for cell in filled):
        return filled[0]
    return None
