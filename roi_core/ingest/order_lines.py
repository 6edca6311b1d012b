"""Files with a row for each line of an order or a bill: the lines of one are one record, and its amount is that of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells
from roi_core.ingest.export import Shape
from roi_core.ingest.fold import fold
from roi_core.ingest.line_amounts import line_amounts
from roi_core.ingest.questions import Question
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.sums import read_amounts
from roi_core.ingest.text_table import TextTable
from roi_core.schema import LOADED, Lines

SUBJECT, LINES, STATES = "lines", "lines", "states"
"""The question what rows with one number are, and its answers."""

_MOSTLY, _NEARLY_ALL = 0.5, 0.95
_SAME = 0.011
"""An amount that was rounded to cents is that of its line up to this."""

_Mask = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Several:
    """Rows whose number stands in other rows too: `rows` (m) of the table, `codes` (m) from 0 for each number."""

    rows: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: TextTable, key: int) -> "_Several":
        cells = Cells.of(text.text.column(f"c{key}"), text.lines)
        rows = np.flatnonzero(np.append(cells.counts() > 1, False)[cells.codes])
        return cls(rows, np.unique(cells.codes[rows], return_inverse=True)[1])

    def differ(self, values: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> _Mask:
        """Of each number, whether the values (m) of its rows differ."""
        order = np.argsort(self.codes, kind="stable")
        codes, ordered = self.codes[order], values[order]
        changes = (codes[1:] == codes[:-1]) & ~((ordered[1:] == ordered[:-1]) | (ordered[1:] != ordered[1:]) & (ordered[:-1] != ordered[:-1]))
        return np.bincount(codes[1:], weights=changes, minlength=int(codes[-1]) + 1) > 0


def with_lines(text: TextTable, recognition: Recognition) -> tuple[TextTable, Recognition]:
    """One row an order or a bill, and the recognition with the amount where only the price of one unit was mapped.

    Vendors declare the lines of their own exports (`Shape`); this is for files that a user mapped, templates, and exports that give a price alone.
    """
    schema = LOADED.get(recognition.entity)
    if schema is None or schema.lines is None or not text.text.num_rows:
        return text, recognition
    lines, places = schema.lines, _places(recognition)
    if schema.key[0] not in places:
        return text, recognition
    if lines.amount not in places and lines.units in places and lines.price in places:
        text, recognition = _priced(text, recognition, lines, places)
        return _in_one(text, recognition, schema.key[0], lines, {**places, lines.amount: places[lines.price]}), recognition
    if lines.amount not in places or not _is_ours(recognition):
        return text, recognition
    text, are_lines = _told(text, recognition.said, schema.key[0], lines, places)
    return (_in_one(text, recognition, schema.key[0], lines, places) if are_lines else text), recognition


def _places(recognition: Recognition) -> Mapping[str, int]:
    """The first place of every column."""
    found: dict[str, int] = {}
    for place, canonical in recognition.mapping.items():
        found.setdefault(canonical.partition(".")[2], place)
    return found


def _is_ours(recognition: Recognition) -> bool:
    return recognition.declaration is None or recognition.declaration.vendor == "plain"


def _priced(text: TextTable, recognition: Recognition, lines: Lines, places: Mapping[str, int]) -> tuple[TextTable, Recognition]:
    """The amount of every line in place of the price of one unit."""
    price, units = places[lines.price], places[lines.units]
    found = line_amounts(text, price, units, recognition.said)
    note = f"the amount of a row is {text.headers[units]} times {text.headers[price]}"
    changed = replace(text.with_cells(price, found.texts), priced=found.price, notes=(*text.notes, note, *found.notes), asks=(*text.asks, *found.asks))
    return changed, replace(recognition, mapping=MappingProxyType({**recognition.mapping, price: f"{recognition.entity}.{lines.amount}"}))


def _in_one(text: TextTable, recognition: Recognition, key: str, lines: Lines, places: Mapping[str, int]) -> TextTable:
    number, summed = places[key], [places[name] for name in (lines.units, lines.amount) if name in places]
    by_header = {text.headers[place]: place for place in (number, *summed)}
    shape = Shape(by=(text.headers[number],), sums=tuple(text.headers[place] for place in summed), why="further lines of an order or a bill")
    return fold(_with_status(text, places, number), shape, by_header, recognition.mapping, recognition.said)


def _with_status(text: TextTable, places: Mapping[str, int], key: int) -> TextTable:
    """A note where the lines of one order are in several states: the first of them speaks."""
    if "status" not in places:
        return text
    several = _Several.of(text, key)
    if not len(several.rows):
        return text
    states = text.cells(places["status"]).take(several.rows).combine_chunks().dictionary_encode().indices
    many = int(several.differ(np.asarray(states.to_numpy(), np.int64)).sum())
    header = text.headers[places["status"]]
    return replace(text, notes=(*text.notes, f"{header}: orders or bills whose lines differ in it: {many:,}; that of the first line counts")) if many else text


def _told(text: TextTable, said: Mapping[str, str], key: str, lines: Lines, places: Mapping[str, int]) -> tuple[TextTable, bool]:
    """Whether rows with one number are its lines, by what was said, by the price of their units, or by what differs; asked where that leaves it open."""
    several = _Several.of(text, places[key])
    if not len(several.rows):
        return text, False
    if said.get(SUBJECT) in (LINES, STATES):
        return text, said[SUBJECT] == LINES
    amounts = read_amounts(text, places[lines.amount], said)
    if lines.units in places and lines.price in places:
        found = line_amounts(text, places[lines.price], places[lines.units], said).values
        return text, _share(np.abs(found - amounts)[several.rows] < _SAME) >= _NEARLY_ALL
    if _share(several.differ(amounts[several.rows])) < _MOSTLY or not _at_once(text, several, lines, places):
        return text, False
    header = text.headers[places[key]]
    ask = Question.of(SUBJECT, (header,), _example(text, several, amounts, places[key]), LINES)
    note = f"ask: {header}: rows with the same one are read as lines of one order or bill, whose amounts are added up"
    return replace(text, asks=(*text.asks, ask), notes=(*text.notes, note)), True


def _share(chosen: _Mask) -> float:
    return float(chosen.mean()) if len(chosen) else 0.0


def _at_once(text: TextTable, several: _Several, lines: Lines, places: Mapping[str, int]) -> bool:
    """Whether the rows with one number have one time."""
    if lines.time not in places:
        return False
    times = text.cells(places[lines.time]).take(several.rows).combine_chunks().dictionary_encode().indices
    return 1.0 - _share(several.differ(np.asarray(times.to_numpy(), np.int64))) >= _NEARLY_ALL


def _example(text: TextTable, several: _Several, amounts: _Floats, key: int) -> dict[str, str]:
    """Both readings of the first number whose rows differ."""
    code = int(np.argmax(several.differ(amounts[several.rows])))
    own = amounts[several.rows[several.codes == code]]
    name = quoted(text.cells(key)[int(several.rows[np.argmax(several.codes == code)])].as_py())
    lines = f"{name} is one order of {len(own)} lines and costs {np.nansum(own):,.2f}"
    return {LINES: lines, STATES: f"{name} is one order in {len(own)} states and costs {own[-1]:,.2f}"}
