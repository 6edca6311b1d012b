"""Records that are no data: blank ones, and totals and footers at the end of a file. What may be one is settled by `totals`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from roi_core.ingest.grammar import grammar
from roi_core.ingest.kinds import kind_of
from roi_core.ingest.records import Mask, Records

_TAIL = 20
_NARROW = 2
TOTAL_WORDS = r"(grand |sub)?totals?|sum|summe|gesamt(summe)?|insgesamt|zwischensumme|total g[eé]n[eé]ral|totale"
"""What a line that adds up others begins with, in the languages of the exports; for `re` and RE2, case ignored."""
_TOTAL = re.compile(rf"({TOTAL_WORDS})(\s*[:=].*|\s*\(.*\)|\s+for\s.+)?", re.IGNORECASE)
_STARTS_AS_TOTAL = re.compile(rf"({TOTAL_WORDS})\b", re.IGNORECASE)
_FOOTER = re.compile(
    r"confidential\b|copyright\b|©|\(c\)\s|reporting period\b|page \d+ of"
    r"|(report\s+)?(generated|exported|created|printed)\s+(on|by|at)\b|(report|generated|exported|created|printed)\s.*\b(on|by|at)\b.*\d"
    r"|[\d,.]+ (rows|records)\b|(accrual|cash) basis|end of (report|file)|data as of\b"
    r"|berichtszeitraum\b|reportando (el|o) per[ií]odo\b"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day, [a-z]{3,9}\.? \d{1,2}, \d{4}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NotData:
    """Which records are blank, repeat the header, and are totals or footers (`said` has the first filled cell of each).

    Those in `doubtful` look like one and are as wide as a row: they are not in `mask`, but loaded, and `settle_totals` settles them.
    """

    blank: Mask
    repeated: Mask
    closing: Mask
    said: tuple[str, ...]
    doubtful: Mask

    @property
    def mask(self) -> Mask:
        """All of them."""
        return self.blank | self.repeated | self.closing


def find_not_data(text: memoryview, records: Records, delimiter: str, width: int, header: bytes = b"") -> NotData:
    """Blank records and copies of the `header` anywhere, and closing ones after the last data record."""
    blank = _blank(text, records, delimiter)
    said, doubtful = _closing(text, records, blank, delimiter, width)
    repeated = _repeated(text, records, header)
    return NotData(blank, repeated, _mask(records, said), tuple(said[number] for number in sorted(said)), _mask(records, doubtful) & ~repeated)


def _mask(records: Records, numbers: Collection[int]) -> Mask:
    chosen = np.zeros(len(records), np.bool_)
    chosen[list(numbers)] = True
    return chosen


def _closing(text: memoryview, records: Records, blank: Mask, delimiter: str, width: int) -> tuple[dict[int, str], set[int]]:
    """The first filled cell of every record after the last data record, where those are totals and footers; and those in doubt.

    A line of one cell among them is a footer as well, where it is not as wide as a row, or a blank row and a total or footer part
    it from the data. In doubt is a total as wide as a row, and a footer as wide that stands directly below data.
    """
    filled_first = _all_others_start_filled(records, blank, delimiter)
    labels: dict[int, str] = {}
    titles: dict[int, str] = {}
    last = -1
    for number in _from_the_end(blank):
        cells = _cells(text, records, number, delimiter)
        if label := closing_label(cells, width, filled_first=filled_first):
            labels[number] = label
        elif width > _NARROW and (title := _only_cell(cells)):
            titles[number] = title
        else:
            last = number
            break
    highest = min(labels, default=len(records))
    parted = {n: title for n, title in titles.items() if labels and (records.fields[n] != width or (n > highest and blank[last + 1 : n].any()))}
    start = max(titles.keys() - parted.keys(), default=last)
    said = {number: label for number, label in (labels | parted).items() if number > start}
    full = {n for n in said.keys() - parted.keys() if records.fields[n] == width > 1}
    doubtful = {n for n in full if not is_footer(said[n]) or n == start + 1}
    return {number: label for number, label in said.items() if number not in doubtful}, doubtful


def _cells(text: memoryview, records: Records, number: int, delimiter: str) -> list[str]:
    """The cells of a record; none where it is not well formed."""
    return [] if number in records.faults else grammar(delimiter).cells(bytes(records.raw(text, number)))


def _only_cell(cells: list[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return filled[0] if len(filled) == 1 and cells[0].strip() else ""


def _repeated(text: memoryview, records: Records, header: bytes) -> Mask:
    """Records that are the header row byte for byte, as where files were put one below the other."""
    same: Mask = np.equal(np.diff(records.offsets) - records.ending, len(header)) & bool(header)
    for number in np.flatnonzero(same):
        same[number] = records.raw(text, int(number)) == header
    return same


def _blank(text: memoryview, records: Records, delimiter: str) -> Mask:
    """Records of nothing but delimiters, white space and quotation marks; only those that start so are looked at whole."""
    edge = np.zeros(256, np.bool_)
    edge[[ord(c) for c in f'{delimiter} \t"\r\n']] = True
    blank: Mask = np.equal(np.diff(records.offsets), records.ending)
    maybe = ~blank & edge[records.opening[:, 0]] & edge[records.opening[:, 1]]
    pattern = re.compile(rb'[\s"' + re.escape(delimiter.encode("ascii")) + rb"]*+")
    for number in np.flatnonzero(maybe):
        blank[number] = pattern.fullmatch(records.raw(text, int(number))) is not None
    return blank


def _from_the_end(blank: Mask) -> Iterator[int]:
    yield from (int(n) for n in reversed(np.flatnonzero(~blank)[-_TAIL:]))


def _all_others_start_filled(records: Records, blank: Mask, delimiter: str) -> bool:
    """Whether all filled records but the last start with something, so that a last one without stands out."""
    first = records.opening[~blank, 0][:-1]
    return len(first) > 1 and bool((first != ord(delimiter)).all())


def is_footer(label: str) -> bool:
    """Whether what `closing_label` gives is a footer and no total."""
    return _FOOTER.match(label) is not None


def plain_total(label: str) -> bool:
    """Whether a label says "total" and nothing of whose: `Total`, `Grand total (3 rows)`."""
    return _TOTAL.fullmatch(label) is not None and not re.search(r"\sfor\s", label, re.IGNORECASE)


def group_of(label: str) -> str:
    """`Ann` of `Total for Ann`; "" where the label names no group so."""
    found = re.fullmatch(rf"(?:{TOTAL_WORDS})\s+for\s(.+)", label, re.IGNORECASE)
    return found[found.re.groups].strip() if found else ""


def closing_label(raw: list[str], width: int, *, filled_first: bool) -> str | None:
    """The first filled cell of a record that may close the table, or None where it is a row like any other."""
    cells = [cell.strip() for cell in raw]
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    sparse = len(cells) != width or 2 * len(filled) <= width
    if _TOTAL.fullmatch(filled[0]) or (sparse and _STARTS_AS_TOTAL.match(filled[0])):
        return filled[0]
    prose = len(raw) > 1 and all(cell.startswith(" ") for cell in raw[1:])
    said = ",".join(raw) if prose else filled[0]
    if _FOOTER.match(said) and (prose or (len(filled) <= 2 and (len(cells) != width or width > 2))):
        return said
    if filled_first and not cells[0] and sparse and len(cells) == width and all(kind_of([cell]) == "number" for cell in filled):
        return filled[0]
    return None
