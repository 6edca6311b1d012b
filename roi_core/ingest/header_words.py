"""The vocabulary of usual headers (`header_words.toml`): how well a header names a canonical column, or what a row is."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from roi_core.ingest.headers import words_of
from roi_core.schema import LOADED, Table

LANGUAGES = ("en", "de", "fr", "es")
_CONTAINED, _WHOLE, _SHORT = 0.45, 1.0, 3
_BARE_ID, _BARE = 0.85, 0.6
"""How well `id` alone names the key of a table, and `date` the time that each of its rows must have."""

Phrase = tuple[str, ...]

_REMEMBERED = 1 << 12
"""Texts whose words are remembered: all of the vocabulary, and the headers of a few files."""
_ALONE: frozenset[Phrase] = frozenset((word,) for word in ("id", "key", "number", "no", "nr", "am", "le", "to", "von", "bis"))
"""Words that name a column only where the header says nothing else."""


@cache
def vocabulary() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Sections of the file: a language, or `tables`; each maps a column or a table to words."""
    text = resources.files("roi_core.ingest").joinpath("header_words.toml").read_text(encoding="utf-8")
    return MappingProxyType({section: {key: tuple(words) for key, words in content.items()} for section, content in tomllib.loads(text).items()})


@lru_cache(_REMEMBERED)
def tokens(header: str) -> Phrase:
    """The words of a header in lower case, without accents and the s of a plural: `Números_de tickets` is (numero, de, ticket)."""
    plain = unicodedata.normalize("NFKD", words_of(header))
    return tuple(_singular(word) for word in "".join(c for c in plain if not unicodedata.combining(c)).split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss") else word


def names_column(header: Phrase, table: str, column: str) -> float:
    """How well a header names a column: 1 for a usual form, less where it says more words than that, 0 where it says none of them."""
    by_word = _phrases(table, column)
    return max((_named(header[start:], header, *one) for start, word in enumerate(header) for one in by_word.get(word, ())), default=0.0)


def names_table(words: Iterable[Phrase], table: str) -> int:
    """In how many of the headers (or file names) a word stands that names what the rows of a table are."""
    return sum(any(_stands_in(phrase, header) for phrase in _rows_of(table)) for header in words)


@cache
def unit_prices(headers: tuple[Phrase, ...]) -> frozenset[int]:
    """Places of the headers that are the price of one unit, where another one counts units: rows are lines of an order or a bill."""
    found = {key: {place for place, header in enumerate(headers) if _says(header, key)} for key in vocabulary()["lines"]}
    return frozenset(found["unit_price"]) if found["quantity"] - found["unit_price"] else frozenset()


@cache
def bare_prices(headers: tuple[Phrase, ...]) -> frozenset[int]:
    """Places of the headers that say price and nothing else, where another one counts units: of one unit or of the line, which they do not say."""
    words = {tokens(word) for word in vocabulary()["lines"]["price"]}
    units = any(_says(header, "quantity") for header in headers)
    return frozenset(place for place, header in enumerate(headers) if header in words) if units else frozenset()


def _says(header: Phrase, key: str) -> bool:
    return any(_stands_in(tokens(word), header) for word in vocabulary()["lines"][key])


@cache
def _rows_of(table: str) -> tuple[Phrase, ...]:
    return tuple(tokens(word) for word in vocabulary()["tables"].get(table, ()))


@cache
def _phrases(table: str, column: str) -> Mapping[str, tuple[tuple[Phrase, float], ...]]:
    """Phrases with their weight, by their first word; the name of the column itself, and alone what a key or a date is called, are among them."""
    schema = LOADED[table]
    found = {tokens(column): _WHOLE}
    for language in LANGUAGES:
        words = vocabulary()[language]
        for phrase in words.get(f"{table}.{column}", words.get(column, ())):
            found.setdefault(tokens(phrase), _WHOLE)
    if schema.lines and (key := {schema.lines.units: "quantity", schema.lines.price: "unit_price"}.get(column)):
        bare = vocabulary()["lines"]["price"] if key == "unit_price" else ()
        found |= {tokens(phrase): _WHOLE for phrase in (*vocabulary()["lines"][key], *bare)}
    if _is_key(schema, column):
        found |= {("id",): _BARE_ID, ("key",): _BARE, ("number",): _BARE, ("no",): _BARE, ("nr",): _BARE}
    by_word: dict[str, tuple[tuple[Phrase, float], ...]] = {}
    for words_said, weight in found.items():
        by_word[words_said[0]] = (*by_word.get(words_said[0], ()), (words_said, weight))
    return MappingProxyType(by_word)


def _is_key(schema: Table, column: str) -> bool:
    return schema.key[:1] == (column,)


def _named(rest: Phrase, header: Phrase, phrase: Phrase, weight: float) -> float:
    """How well a phrase names a header of which `rest` begins with its first word."""
    if header == phrase:
        return weight
    if rest[: len(phrase)] != phrase or phrase in _ALONE:
        return 0.0
    return weight * (_CONTAINED + (1 - _CONTAINED) * 0.9 * len(phrase) / len(header))


def _stands_in(phrase: Phrase, header: Phrase) -> bool:
    return phrase[0] in header and any(header[start : start + len(phrase)] == phrase for start in range(len(header) - len(phrase) + 1))
