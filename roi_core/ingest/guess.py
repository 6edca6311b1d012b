"""A file that no export claims: what each column seems to be, and which table they make. Proposed to the user, never loaded by itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells
from roi_core.ingest.fits import fits
from roi_core.ingest.header_words import Phrase, bare_prices, names_column, names_table, tokens, unit_prices
from roi_core.ingest.looks import NUMERIC, Kind, Looks, look
from roi_core.ingest.person_names import without_names
from roi_core.ingest.signs import without_currency
from roi_core.schema import LOADED, Column, ColumnType, Table

SAMPLE_ROWS = 2_000
_NOT_GUESSED = frozenset({"flat"})
_OF_ONE = "the name says the price of one unit, which is not the amount of an order"
_COMPUTED = "computed on reading"
_NAME_WEIGHT, _LEAST, _LEAST_TABLE = 0.6, 0.35, 0.2
_UNNAMED: Mapping[Kind, tuple[str, float]] = {
    Kind.EMAIL: ("email", 0.55),
    Kind.CURRENCY: ("currency", 0.6),
    Kind.PHONE: ("phone", 0.4),
    Kind.DOMAIN: ("domain", 0.4),
}
_UNNAMED_TIME = 0.36
_SHOWN, _BY_CHOICE = 3, 0.6
_REQUIRED, _EXPLAINED, _SPOKEN = 0.45, 0.3, 0.25
_DOUBT, _ENOUGH, _MOST_SAID, _RARER = 0.5, 8, 3, 0.5
_REPEATED, _ROWS_TO_REPEAT, _APART = 0.4, 20, 0.8
_SAID, _SAID_WHOLE = 0.6, 0.9


@dataclass(frozen=True)
class Seen:
    """One header (its place from 0), what its cells look like, and a few of them with personal parts hidden."""

    place: int
    header: str
    looks: Looks
    samples: tuple[str, ...] = ()

    @cached_property
    def words(self) -> Phrase:
        """The words of the header, without a currency that it names."""
        return tokens(without_currency(self.header))


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """What one header seems to fill (None: nothing), how sure (0 to 1), and why in words."""

    seen: Seen
    canonical: str | None
    confidence: float
    evidence: str

    @property
    def header(self) -> str:
        """As it stands in the file."""
        return self.seen.header

    def as_json(self) -> dict[str, Any]:
        """For the report; `looks` is enough to guess again for another table."""
        return {
            "header": self.header,
            "canonical": self.canonical,
            "confidence": round(self.confidence, 2),
            "evidence": self.evidence,
            "samples": list(self.seen.samples),
            "looks": asdict(self.seen.looks),
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """The table that fits best, or None where none does, with one guess a header."""

    entity: str | None
    confidence: float
    columns: tuple[GuessedColumn, ...]

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return {"entity": self.entity, "confidence": round(self.confidence, 2), "columns": [column.as_json() for column in self.columns]}


def guess(headers: Sequence[str], sample: pa.Table, name: str = "") -> Proposal:
    """Guesses from the headers, the cells of `sample` (c0..cN, text) and the name of the file; nothing without a row."""
    seen = look_at(headers, sample)
    return guess_from(seen, name) if sample.num_rows else Proposal(None, 0.0, columns_for(None, seen))


def guess_from(seen: Sequence[Seen], name: str = "") -> Proposal:
    """The guess where the cells were looked at already."""
    spoken = [*(one.words for one in seen), tokens(name.rpartition(".")[0] or name)]
    score, best = max(((_table_score(table, seen, spoken), name) for name, table in LOADED.items() if name not in _NOT_GUESSED), key=lambda pair: pair[0])
    return Proposal(best, score, columns_for(best, seen)) if score >= _LEAST_TABLE else Proposal(None, score, columns_for(None, seen))


def look_at(headers: Sequence[str], sample: pa.Table) -> tuple[Seen, ...]:
    """What the first rows of a file look like, by header."""
    cells = [_cells(sample, place) for place in range(len(headers))]
    return tuple(Seen(place, header, look(cells[place]), _samples(cells[place])) for place, header in enumerate(headers))


def columns_for(entity: str | None, seen: Sequence[Seen]) -> tuple[GuessedColumn, ...]:
    """The guesses for one table."""
    table = LOADED[entity] if entity else None
    assigned = assign(table, seen) if table else {}
    prices = _of_units(seen)
    guessed = (_guessed(one, table, *assigned.get(one.place, ("", 0.0))) for one in seen)
    return tuple(replace(one, evidence=f"{one.evidence}; {_OF_ONE}") if one.canonical is None and one.seen.place in prices else one for one in guessed)


def guess_again(entity: str, columns: Sequence[Mapping[str, Any]]) -> tuple[GuessedColumn, ...]:
    """The guesses for another table than was proposed, from the `columns` of a proposal as they are reported."""
    looks = [Looks(**{**column["looks"], "kind": Kind(column["looks"]["kind"])}) for column in columns]
    seen = [Seen(place, column["header"], looks[place], tuple(column["samples"])) for place, column in enumerate(columns)]
    return columns_for(entity, seen)


def _cells(sample: pa.Table, place: int) -> Cells:
    column = sample.column(f"c{place}").slice(0, SAMPLE_ROWS)
    return Cells.of(column, np.arange(len(column)))


def assign(table: Table, seen: Sequence[Seen]) -> dict[int, tuple[str, float]]:
    """Position of header to (column, confidence): the surest pair first, each header and each column once."""
    prices = _of_units(seen)
    guessable = [column for column in table.columns if is_guessable(column)]
    offered = [(one, column) for one in seen for column in guessable if not _is_of_one_unit(one, table, column, prices)]
    pairs = sorted(((sure, -one.place, column.name) for one, column in offered if (sure := _sure(one, table, column)) >= _LEAST), reverse=True)
    assigned: dict[int, tuple[str, float]] = {}
    for sure, minus_place, name in pairs:
        if -minus_place not in assigned and all(name != other for other, _ in assigned.values()):
            assigned[-minus_place] = (name, sure)
    return assigned


def _of_units(seen: Sequence[Seen]) -> frozenset[int]:
    """Places of prices of one unit: so called, or a bare price beside a count of units and either a total or a number of an order or bill that repeats."""
    words = tuple(one.words for one in seen)
    if (found := unit_prices(words)) or not (bare := bare_prices(words)):
        return found
    others = [(one, table, table.lines) for one in seen if one.place not in bare for table in LOADED.values() if table.lines]
    totals = any(one.looks.kind in NUMERIC and names_column(one.words, table.name, lines.amount) >= _SAID for one, table, lines in others)
    repeats = any(_is_repeated(one) and names_column(one.words, table.name, table.key[0]) >= _SAID_WHOLE for one, table, _ in others)
    return bare if totals or repeats else found


def _is_repeated(one: Seen) -> bool:
    return one.looks.filled >= _ROWS_TO_REPEAT and one.looks.distinct < _APART * one.looks.filled


def _is_of_one_unit(one: Seen, table: Table, column: Column, prices: Collection[int]) -> bool:
    """The price of one unit is no amount, unless the table has no lines and yet a place for how many there are."""
    if table.lines and column.name == table.lines.price:
        return one.place not in prices
    return one.place in prices and column.type is ColumnType.MONEY and (table.lines is not None or "quantity" not in table.names)


def is_guessable(column: Column) -> bool:
    """Whether a column can stand in a file: what is computed on reading cannot."""
    return _COMPUTED not in column.meaning


def _sure(one: Seen, table: Table, column: Column) -> float:
    fit = fits(column, one.looks.kind)
    if fit == 0.0:
        return 0.0
    named = names_column(one.words, table.name, column.name)
    if named:
        return _NAME_WEIGHT * named + (1 - _NAME_WEIGHT) * fit * one.looks.share
    by_kind, sure = _UNNAMED.get(one.looks.kind, ("", 0.0))
    if by_kind == column.name:
        return sure
    is_its_time = column.required and column.type in (ColumnType.TIMESTAMP, ColumnType.MONTH)
    return _UNNAMED_TIME * fit if is_its_time and one.looks.kind in (Kind.DATE, Kind.MONTH) else 0.0


def _table_score(table: Table, seen: Sequence[Seen], spoken: Sequence[Phrase]) -> float:
    """0 to 1: required columns found (0 without one), columns of the file explained, and words that name its rows.

    A column counts the less, the more tables have one of that name; and a table that needs one column alone is found the less sure.
    A table whose rows one column tells apart is no place for a file in which its cells repeat, unless its rows are lines of an order or a bill.
    """
    assigned = assign(table, seen)
    sure = dict(assigned.values())
    groups = [*((name,) for name in table.required), *table.one_of]
    if not any(name in sure for group in groups for name in group):
        return 0.0
    required = [max(max(sure.get(name, _by_choice(table, name)), _by_parts(table, name, sure)) for name in group) for group in groups]
    weights = [rarity(group[0]) for group in groups]
    found = sum(one * weight for one, weight in zip(required, weights, strict=True)) / (sum(weights) + _DOUBT)
    filled = [one for one in seen if one.looks.kind is not Kind.EMPTY]
    explained = sum(value * rarity(name) for name, value in sure.items()) / max(min(len(filled), _ENOUGH), 1)
    said = names_table(spoken, table.name)
    score = _REQUIRED * found + _EXPLAINED * min(explained, 1.0) + _SPOKEN * min(said, _MOST_SAID) / _MOST_SAID
    return score * (_REPEATED if _repeats_its_key(table, seen, assigned) else 1.0)


def _repeats_its_key(table: Table, seen: Sequence[Seen], assigned: Mapping[int, tuple[str, float]]) -> bool:
    if table.lines and _of_units(seen):
        return False
    looks = [one for one in seen if len(table.key) == 1 and assigned.get(one.place, ("", 0.0))[0] == table.key[0]]
    return any(map(_is_repeated, looks))


@cache
def rarity(column: str) -> float:
    """1 for a column that one table has, less for one that several have."""
    return float(sum(column in table.names for table in LOADED.values()) ** -_RARER)


def _by_parts(table: Table, name: str, sure: Mapping[str, float]) -> float:
    """How sure a column is that follows from others."""
    return min((sure.get(part, 0.0) for part in table.parts_of(name)), default=0.0)


def _by_choice(table: Table, name: str) -> float:
    """A required column that can be the same in every row, such as the kind of a survey, is a question and not a lack."""
    return _BY_CHOICE / 2 if table.column(name).values else 0.0


def _guessed(one: Seen, table: Table | None, name: str, sure: float) -> GuessedColumn:
    if table is None or not name:
        return GuessedColumn(one, None, 0.0, one.looks.evidence)
    named = names_column(one.words, table.name, name)
    said = f"the name says {name.replace('_', ' ')}" if named else "the name says nothing"
    return GuessedColumn(one, f"{table.name}.{name}", sure, f"{one.looks.evidence}; {said}")


def _samples(cells: Cells) -> tuple[str, ...]:
    shown, _ = without_names(cells, cells.distinct)
    return tuple(quoted(text)[1:-1] for text in shown[:_SHOWN].to_pylist())
