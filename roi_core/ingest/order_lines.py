"""Files with a row for each line of an order or a bill: the lines of one are one record, and its amount is that of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from roi_core.errors import quoted
from roi_core.ingest.export import Shape
from roi_core.ingest.fold import fold
from roi_core.ingest.header_words import tokens
from roi_core.ingest.line_amounts import line_amounts
from roi_core.ingest.line_records import Several, codes_of, records_of
from roi_core.ingest.questions import Question
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.sums import Numbers
from roi_core.ingest.text_table import TextTable
from roi_core.schema import LOADED, Lines

SUBJECT, LINES, TIMES, STATES = "lines", "lines", "times", "states"
"""The question what rows with one number are, and its answers; `times` are lines whose amount is the price of one unit."""

_STATES_OF = ("status", "paid_at", "payment_row_id")
"""Columns that differ between the states of one order or bill."""
_MOSTLY, _NEARLY_ALL, _COMMON = 0.5, 0.95, 0.2
_SAME = 0.011
"""An amount that was rounded to cents is that of its line up to this."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file of orders or bills: its table, the columns of its lines, the place of each column that stands once, and what was said of it."""

    text: TextTable
    recognition: Recognition
    key: str
    lines: Lines
    places: Mapping[str, int]

    @classmethod
    def of(cls, text: TextTable, recognition: Recognition) -> "_Read | None":
        """None where the file has no lines, or two headers for what a line is made of: which of them counts is settled row by row."""
        schema = LOADED.get(recognition.entity)
        if schema is None or schema.lines is None:
            return None
        named = [canonical.partition(".")[2] for canonical in recognition.mapping.values()]
        lines = schema.lines
        if any(named.count(name) > 1 for name in (schema.key[0], lines.units, lines.price, lines.amount)) or schema.key[0] not in named:
            return None
        return cls(text, recognition, schema.key[0], lines, dict(zip(named[::-1], list(recognition.mapping)[::-1], strict=True)))

    @property
    def number(self) -> int:
        """The place of the number of an order or bill."""
        return self.places[self.key]

    @property
    def is_priced(self) -> bool:
        """Whether units and the price of one are mapped."""
        return self.lines.units in self.places and self.lines.price in self.places

    def records(self, text: TextTable) -> npt.NDArray[np.int64]:
        """The record of every row of the table, or of a part of it."""
        return records_of(text, self.number, self.places.get(self.lines.time), self.places, self.recognition.mapping)

    def several(self) -> Several:
        """Rows of records with more than one. Where no number stands twice, buyers and days need no look."""
        number = codes_of(self.text, self.number)
        repeats = np.bincount(number[number >= 0]).max(initial=0) > 1
        return Several.of(self.records(self.text) if repeats else np.arange(len(number)))


def with_lines(text: TextTable, recognition: Recognition) -> tuple[TextTable, Recognition]:
    """One row an order or a bill, and the recognition with the amount where only the price of one unit was mapped.

    Vendors declare the lines of their own exports (`Shape`); this is for files that a user mapped, templates, and exports that give a price alone.
    """
    read = _Read.of(text, recognition)
    if read is None:
        return text, recognition
    amount = read.places.get(read.lines.amount)
    if amount is None and read.is_priced:
        several = read.several()
        text, way = _states_or_lines(read, several)
        priced = _priced(replace(read, text=text), read.places[read.lines.price])
        return (_in_one(priced, several) if way == LINES else priced.text), priced.recognition
    ours = recognition.declaration is None or recognition.declaration.vendor == "plain"
    if amount is None or not ours:
        return text, recognition
    several = read.several()
    text, way = _told(read, amount, several)
    if way == STATES:
        return text, recognition
    read = replace(read, text=text)
    return _in_one(_priced(read, amount) if way == TIMES else read, several), recognition


def _priced(read: _Read, price: int) -> _Read:
    """The amount of every line in place of the price of one unit."""
    text, recognition, units = read.text, read.recognition, read.places[read.lines.units]
    found = line_amounts(text, price, units, recognition.said)
    note = f"the amount of a row is {text.headers[units]} times {text.headers[price]}"
    changed = replace(text.with_cells(price, found.texts), priced=found.price, notes=(*text.notes, note, *found.notes), asks=(*text.asks, *found.asks))
    amount = f"{recognition.entity}.{read.lines.amount}"
    mapping = MappingProxyType({**recognition.mapping, price: amount})
    return replace(read, text=changed, recognition=replace(recognition, mapping=mapping), places={**read.places, read.lines.amount: price})


def _states_or_lines(read: _Read, several: Several) -> tuple[TextTable, str]:
    """What rows of one record are that have units and a price: lines, unless they differ in their state alone."""
    text = read.text
    if not len(several.rows):
        return text, LINES
    if (said := read.recognition.said.get(SUBJECT)) in (LINES, STATES):
        return text, said or LINES
    states = [read.places[name] for name in _STATES_OF if name in read.places]
    if _share(_any_differs(text, several, states)) < _MOSTLY:
        return text, LINES
    others = [place for place in range(len(text.headers)) if place not in states]
    if _share(_any_differs(text, several, others)) >= _MOSTLY:
        return text, LINES
    amounts = line_amounts(text, read.places[read.lines.price], read.places[read.lines.units], read.recognition.said).values
    return _asked(read, several, {LINES: amounts, STATES: amounts}, STATES), STATES


def _told(read: _Read, amount: int, several: Several) -> tuple[TextTable, str]:
    """What rows of one record are that have an amount, by what was said, by the price of their units, or by what differs; asked where that leaves it open."""
    text, said = read.text, read.recognition.said
    if not len(several.rows):
        return text, STATES
    units = read.places.get(read.lines.units)
    ways = (LINES, STATES) if units is None or read.is_priced else (LINES, TIMES, STATES)
    if said.get(SUBJECT) in ways:
        return text, said[SUBJECT]
    amounts = Numbers.of(text, amount, said).values
    if read.is_priced:
        found = line_amounts(text, read.places[read.lines.price], read.places[read.lines.units], said).values
        if _share(np.abs(found - amounts)[several.rows] < _SAME) >= _NEARLY_ALL:
            return text, LINES
    states = [read.places[name] for name in (*_STATES_OF, "refunded") if name in read.places]
    is_rare = several.share < _COMMON
    if is_rare or _share(several.differ(amounts[several.rows])) < _MOSTLY or _share(_any_differs(text, several, states)) >= _MOSTLY:
        return text, STATES
    values = {LINES: amounts, STATES: amounts}
    if TIMES in ways and units is not None:
        values[TIMES] = line_amounts(text, amount, units, said).values
    best = TIMES if TIMES in values and tokens(text.headers[amount])[-1:] == ("price",) else LINES
    return _asked(read, several, values, best), best


def _any_differs(text: TextTable, several: Several, places: list[int]) -> npt.NDArray[np.bool_]:
    """Of each record, whether its rows differ under any of the headers."""
    differs = np.zeros(int(several.codes.max(initial=-1)) + 1, np.bool_)
    for place in places:
        differs |= several.differ(codes_of(text, place)[several.rows])
    return differs


def _share(chosen: npt.NDArray[np.bool_]) -> float:
    return float(chosen.mean()) if len(chosen) else 0.0


def _asked(read: _Read, several: Several, values: Mapping[str, _Floats], best: str) -> TextTable:
    """The table with the question, whose example is the first record all of whose rows have an amount."""
    text, header = read.text, read.text.headers[read.number]
    whole = np.ones(int(several.codes.max()) + 1, np.bool_)
    whole[several.codes[np.isnan(values[LINES][several.rows])]] = False
    rows = several.rows[several.codes == int(np.argmax(whole))]
    name = quoted(text.cells(read.number)[int(rows[0])].as_py())
    ways = {LINES: f"{name} has {len(rows)} lines and costs {np.nansum(values[LINES][rows]):,.2f}"}
    if TIMES in values:
        ways[TIMES] = f"{name} has {len(rows)} lines, each with the price of one unit, and costs {np.nansum(values[TIMES][rows]):,.2f}"
    ways[STATES] = f"{name} stands there in {len(rows)} states, of which one counts"
    said = {LINES: "lines whose amounts are added up", TIMES: "lines of units times price that are added up", STATES: "states of which one counts"}[best]
    note = f"ask: {header}: rows of one buyer and day with the same number are read as {said}"
    return replace(text, asks=(*text.asks, Question.of(SUBJECT, (header,), ways, best)), notes=(*text.notes, note))


def _in_one(read: _Read, several: Several) -> TextTable:
    """One row a record: units and amounts added up, and what was paid back where it differs from line to line."""
    text, number = _in_one_currency(read, several), read.number
    if text is not read.text:
        read = replace(read, text=text)
        several = read.several()
    if not len(several.rows):
        return text
    names = [name for name in (read.lines.units, read.lines.amount) if name in read.places]
    summed = [read.places[name] for name in names]
    if (refunded := read.places.get("refunded")) is not None and several.differ(Numbers.of(text, refunded, read.recognition.said).values[several.rows]).any():
        summed.append(refunded)
    by_header = {text.headers[place]: place for place in (number, *summed)}
    shape = Shape(by=(text.headers[number],), sums=tuple(text.headers[place] for place in summed), why="further lines of an order or a bill")
    text = replace(text, notes=(*text.notes, *_of_states(read, several), *_again(read, several)))
    return fold(text, shape, by_header, read.recognition.mapping, read.recognition.said, read.records)


def _in_one_currency(read: _Read, several: Several) -> TextTable:
    """The table without the records whose lines name several currencies in a column of their own; the same table where there are none."""
    place = read.places.get("currency")
    if place is None or not len(several.rows):
        return read.text
    mixed = several.differ(codes_of(read.text, place)[several.rows])[several.codes]
    reason = f"{read.text.headers[place]}: the lines of this record are in several currencies, which are never added up"
    return read.text.set_aside(dict.fromkeys(read.text.lines[several.rows[mixed]].tolist(), reason))


def _of_states(read: _Read, several: Several) -> tuple[str, ...]:
    """A note where the lines of one order are in several states: the first of them speaks."""
    place = read.places.get("status")
    many = 0 if place is None else int(several.differ(codes_of(read.text, place)[several.rows]).sum())
    header = "" if place is None else read.text.headers[place]
    return (f"{header}: orders or bills whose lines differ in it: {many:,}; that of the first line counts",) if many else ()


def _again(read: _Read, several: Several) -> tuple[str, ...]:
    """A note where a line is the same as an earlier one of its record in every column: bought twice, or copied."""
    columns = [f"c{place}" for place in range(len(read.text.headers))]
    rows = read.text.text.select(columns).take(several.rows)
    again = len(several.rows) - rows.group_by(columns).aggregate([]).num_rows
    return (f"lines that are the same as an earlier one of their order or bill in every column: {again:,}; each is added up",) if again else ()
