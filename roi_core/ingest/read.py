"""From the bytes of one file to text rows, with every record accounted for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from roi_core.errors import FileRefused, quoted
from roi_core.ingest import apostrophes, header_asked, letters, one_or_two, swallowed
from roi_core.ingest.dialects import Plain, as_plain
from roi_core.ingest.encoding import LARGE_TEXT, Decoded, decode
from roi_core.ingest.filetype import refuse_other_types
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.left_out import LeftOut
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.load import load_text
from roi_core.ingest.not_data import NotData, find_not_data
from roi_core.ingest.questions import NOTHING_SAID, Question
from roi_core.ingest.raw_spans import RawText
from roi_core.ingest.records import Mask, Positions, Records, index_records
from roi_core.ingest.second_table import second_table
from roi_core.ingest.short_rows import FILLED, asks_short, filled, short_rows
from roi_core.ingest.short_rows import SUBJECT as SHORT
from roi_core.ingest.sniff import Dialect, readings_of, sniff
from roi_core.ingest.spill import Spill
from roi_core.ingest.swallowed import NONE, Swallowed, find_swallowed, parted
from roi_core.ingest.text_table import Quarantined, TextTable, aside_note, nothing_below
from roi_core.ingest.totals import TOTAL, settle_totals

__all__ = ["Quarantined", "TextTable", "read_text"]

_REPEATED = "the header row once more"
_NEVER_CLOSED = "and is never closed"


Places = Callable[[Sequence[str]], tuple[int, ...]]
"""Headers to the places (from 0) of some of them."""


def nowhere(headers: Sequence[str]) -> tuple[int, ...]:
    """No place, whatever the headers."""
    del headers
    return ()


def read_text(path: Path, name: str, staging: Path, limits: ReadLimits = LIMITS, said: Mapping[str, str] = NOTHING_SAID, noted: Places = nowhere) -> TextTable:
    """Reads one delimited text file; `name` is what messages call it. Writes only into `staging`.

    Ragged and malformed records are quarantined with their line and the reason, never cut, and padded only where the user said so.
    `said` holds answers to the questions that the text itself leaves open: encoding, header row, one table or two, cells over lines,
    short rows.
    Where the cells at the places of `noted` stand in the bytes is kept in `raw`.
    Raises FileRefused.empty, .no_value, .wrong_type, .too_large and .unclosed_quote.
    """
    refuse_other_types(path, name)
    decoded = decode(path, name, staging, said.get(letters.SUBJECT, ""))
    readings = readings_of(decoded.text)
    plain = as_plain(decoded, readings, staging, said)
    if plain.delimiter:
        readings = readings_of(plain.decoded.text)
    dialect = _as_said(sniff(plain.decoded.text, readings, name, limits), said)
    mark = dialect.delimiter or ","
    places = noted(dialect.headers)
    cut = _cut_as_said(plain, dialect, name, limits, said, places, staging)
    decoded, records, not_data, second = cut.decoded, cut.records, cut.not_data, cut.second
    reasons = _reasons(decoded, dialect, records, not_data.mask, second)
    keep = ~not_data.mask
    keep[list(reasons)] = False
    spill = Spill(staging if len(decoded.text) > LARGE_TEXT else None)
    text = load_text(decoded.text, records, keep, mark, dialect.width, staging, spill, spaced=dialect.spaced)
    quarantined = tuple(_quarantined(decoded, records, reasons))
    ledger = RowLedger(len(records), text.num_rows, len(quarantined), int(not_data.mask.sum()))
    notes = (*decoded.notes, *dialect.notes, *_notes(dialect, records, not_data, name), *_two_tables(name, records, second))
    notes = (*notes, *cut.over.told(decoded.text, records, dialect.width, name))
    asks = (*_asks(plain, dialect, records, second), *cut.asks(dialect))
    delimiter = plain.delimiter or dialect.delimiter
    left_out, raw = tuple(_left_out(decoded, records, not_data)), RawText(decoded.text, records, mark, dialect.width, places)
    table = TextTable(dialect.headers, text, ledger, quarantined, decoded.encoding, delimiter, notes, spill, asks, dialect.header_line, left_out, raw=raw)
    table = settle_totals(table, set(records.line[not_data.doubtful & keep].tolist()))
    return replace(table, notes=(*table.notes, *_aside_notes(name, table.quarantined)))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text in records: which are no data, with which a second table begins, which lack cells, and which may be several."""

    decoded: Decoded
    records: Records
    not_data: NotData
    second: int
    short: Positions
    over: Swallowed

    def asks(self, dialect: Dialect) -> tuple[Question, ...]:
        """What its records leave open."""
        text, header = self.decoded.text, dialect.headers[0]
        return (*self.over.asks(text, self.records, header), *asks_short(text, self.records, self.short, dialect.width, header))


def _cut_as_said(plain: Plain, dialect: Dialect, name: str, limits: ReadLimits, said: Mapping[str, str], places: tuple[int, ...], staging: Path) -> _Cut:
    """The text of which lines are rows, and short rows are filled, where the user has said so."""
    decoded, mark, width, over = plain.decoded, dialect.delimiter or ",", dialect.width, NONE
    records, not_data, second = _cut(decoded, dialect, name, limits, said, places)
    if plain.delimiter is None:
        over = find_swallowed(decoded.text, records, not_data.mask, mark, width, said.get(swallowed.SUBJECT, ""))
    if len(over.numbers) and said.get(swallowed.SUBJECT) == swallowed.ROWS:
        decoded, over = parted(decoded, records, over, mark, staging), NONE
        records, not_data, second = _cut(decoded, dialect, name, limits, said, places)
    short = short_rows(records, not_data.mask, second, width)
    if len(short) and said.get(SHORT) == FILLED:
        decoded, short = filled(decoded, records, short, mark, width, staging), short[:0]
        records, not_data, second = _cut(decoded, dialect, name, limits, said, places)
    return _Cut(decoded, records, not_data, second, short, over)


def _cut(decoded: Decoded, dialect: Dialect, name: str, limits: ReadLimits, said: Mapping[str, str], places: tuple[int, ...]) -> tuple[Records, NotData, int]:
    """The records below the header, which of them are no data, and the number of the one with which a second table begins."""
    mark, width = dialect.delimiter or ",", dialect.width
    records = index_records(decoded.text, dialect.data, dialect.line, mark, width, name, places=places)
    _refuse_long_records(records, name, limits)
    not_data = find_not_data(decoded.text, records, mark, width, dialect.header)
    one = said.get(one_or_two.SUBJECT) == one_or_two.ONE
    return records, not_data, len(records) if one else second_table(decoded.text, records, not_data.blank, mark, width)


def _refuse_long_records(records: Records, name: str, limits: ReadLimits) -> None:
    sizes = np.diff(records.offsets) - records.ending
    if len(sizes) and sizes.max() > limits.record_bytes:
        longest = int(sizes.argmax())
        raise FileRefused.too_large(name, f"the row on line {records.line[longest]}", f"{sizes[longest]:,} bytes", f"{limits.record_bytes:,} bytes")


def _reasons(decoded: Decoded, dialect: Dialect, records: Records, not_data: Mask, second: int) -> dict[int, str]:
    """Why each record is set aside, by its number; those that are no data are not in it. From record `second` on stands another table."""
    numbers = np.arange(len(records))
    wrong = np.flatnonzero((records.fields != dialect.width) & ~not_data & (numbers < second))
    reasons = {int(n): _why(int(n), dialect, records) for n in wrong}
    reasons |= {int(n): f"belongs to a second table that starts on line {records.line[second]}" for n in np.flatnonzero(~not_data & (numbers >= second))}
    for line in decoded.bad:
        number = int(np.searchsorted(records.start, line.offset, side="right")) - 1
        if number >= 0 and not not_data[number]:
            reasons.setdefault(number, line.reason)
    last = len(records) - 1
    if last in reasons and not records.ending[last]:
        reasons[last] += "; the file ends inside this row, so the export may have been cut off"
    return dict(sorted(reasons.items()))


def _why(number: int, dialect: Dialect, records: Records) -> str:
    if (fault := records.faults.get(number)) is None:
        return f"{records.fields[number]} fields where the header has {dialect.width}"
    if fault.cell is None:
        return "follows a quotation mark that was left open, so it cannot be told where this row begins"
    where = _column(dialect, fault.cell)
    if fault.open:
        return f"a quotation mark opens in {where} {_NEVER_CLOSED}"
    return f"a quotation mark in {where} is neither closed nor doubled"


def _column(dialect: Dialect, cell: int) -> str:
    return f"column {cell + 1} ({quoted(dialect.headers[cell])})" if cell < dialect.width else f"column {cell + 1}"


def _quarantined(decoded: Decoded, records: Records, reasons: dict[int, str]) -> Iterator[Quarantined]:
    for number, reason in reasons.items():
        raw = bytes(records.raw(decoded.text, number))
        yield Quarantined(int(records.line[number]), reason, raw.decode("utf-8", "replace"))


def _left_out(decoded: Decoded, records: Records, not_data: NotData) -> Iterator[LeftOut]:
    """Blank records by their lines alone, the others as they stand."""
    for label, rows in (("", not_data.blank), (TOTAL, not_data.closing & ~not_data.blank), (_REPEATED, not_data.repeated & ~not_data.closing)):
        if rows.any():
            numbers = np.flatnonzero(rows)
            raw = [bytes(records.raw(decoded.text, int(n))).decode("utf-8", "replace") for n in numbers] if label else [""] * len(numbers)
            yield LeftOut.of_records(label, records.line[numbers].astype(np.int64), raw)


def _notes(dialect: Dialect, records: Records, not_data: NotData, name: str) -> Iterator[str]:
    if not len(records):
        yield nothing_below(dialect.width, quoted(name), dialect.header_line or dialect.line)
    if blank := int(not_data.blank.sum()):
        yield f"{blank:,} blank {'row' if blank == 1 else 'rows'} left out, the first on line {records.line[not_data.blank.argmax()]}."
    for number, said in zip(np.flatnonzero(not_data.closing), not_data.said, strict=True):
        yield f"line {records.line[number]} closes the table and is not a row: {quoted(said)}."
    if not_data.repeated.any():
        times = int(not_data.repeated.sum())
        yield f"the header row stands {times:,} more {'time' if times == 1 else 'times'}, first on line {records.line[not_data.repeated.argmax()]}; left out."


def _aside_notes(name: str, quarantined: tuple[Quarantined, ...]) -> Iterator[str]:
    if quarantined:
        yield aside_note(name, quarantined)
    yield from (_open_quote(name, row) for row in quarantined if row.reason.endswith(_NEVER_CLOSED))


def _two_tables(name: str, records: Records, second: int) -> tuple[str, ...]:
    if second == len(records):
        return ()
    where = f"ask: two tables? The first was read; a second one starts on line {records.line[second]} of {quoted(name)}, and its rows were set aside."
    one = f"or take out the blank rows above line {records.line[second]} if it is one table"
    return (f"{where} Save it as a file of its own to load it too, {one}.",)


def _as_said(dialect: Dialect, said: Mapping[str, str]) -> Dialect:
    other = dialect.otherwise
    return other.dialect if other and said.get(header_asked.SUBJECT) == other.answer else dialect


def _asks(plain: Plain, dialect: Dialect, records: Records, second: int) -> tuple[Question, ...]:
    """What the text leaves open, before anybody knows which table it is."""
    first = dialect.headers[0]
    header = (dialect.otherwise.question,) if dialect.otherwise else ()
    tables = (one_or_two.asks_tables(int(records.line[second]), first),) if second < len(records) else ()
    return (
        *letters.asks_encoding(plain.decoded.readings, first),
        *apostrophes.asks_cells(plain.doubtful, first),
        *apostrophes.asks_marks(plain.wrapped, first),
        *header,
        *tables,
    )


def _open_quote(name: str, row: Quarantined) -> str:
    return (
        f"ask: {quoted(name)}, line {row.line}: {row.reason}. The rows below it were read as rows of their own; "
        "close or double the mark in that line if they are part of its text."
    )
