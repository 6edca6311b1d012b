"""The vocabulary of usual headers (`header_words.toml`): how well a header names a canonical column, or what a row is."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from roi_core.ingest.headers import words_of
from roi_core.schema import LOADED, Table

LANGUAGES = ("en", "de", "fr", "es")
_CONTAINED, _WHOLE, _SHORT = 0.45, 1.0, 3
_BARE_ID, _BARE = 0.85, 0.6
"""How well `id` alone names the key of a table, and `date` the time that each of its rows must have."""

Phrase = tuple[str, ...]


@cache
def vocabulary() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Sections of the file: a language, or `tables`; each maps a column or a table to words."""
    text = resources.files("roi_core.ingest").joinpath("header_words.toml").read_text(encoding="utf-8")
    return MappingProxyType({section: {key: tuple(words) for key, words in content.items()} for section, content in tomllib.loads(text).items()})


def tokens(header: str) -> Phrase:
    """The words of a header in lower case, without accents and the s of a plural: `Números_de tickets` is (numero, de, ticket)."""
    plain = unicodedata.normalize("NFKD", words_of(header))
    return tuple(_singular(word) for word in "".join(c for c in plain if not unicodedata.combining(c)).split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss") else word


def names_column(header: Phrase, table: str, column: str) -> float:
    """How well a header names a column: 1 for a usual form, less where it says more words than that, 0 where it says none of them."""
    return max((_named(header, phrase) for phrase in _phrases(table, column)), default=0.0)


def names_table(words: Iterable[Phrase], table: str) -> int:
    """In how many of the headers (or file names) a word stands that names what the rows of a table are."""
    mine = [tokens(word) for word in vocabulary()["tables"].get(table, ())]
    return sum(any(_place(phrase, header) is not None for phrase in mine) for header in words)


@cache
def _phrases(table: str, column: str) -> tuple[tuple[Phrase, float], ...]:
    """Phrases with their weight; the name of the column itself, and alone what a key or a date is called, are among them."""
    schema = LOADED[table]
    found = {tokens(column): _WHOLE}
    for language in LANGUAGES:
        words = vocabulary()[language]
        for phrase in words.get(f"{table}.{column}", words.get(column, ())):
            found.setdefault(tokens(phrase), _WHOLE)
    if _is_key(schema, column):
        found |= {("id",): _BARE_ID, ("key",): _BARE, ("number",): _BARE, ("no",): _BARE, ("nr",): _BARE}
    return tuple(found.items())


def _is_key(schema: Table, column: str) -> bool:
    return schema.key[:1] == (column,)


def _named(header: Phrase, weighted: tuple[Phrase, float]) -> float:
    phrase, weight = weighted
    if header == phrase:
        return weight
    if _place(phrase, header) is None or phrase in {("id",), ("key",), ("number",), ("no",), ("nr",), ("am",), ("le",), ("to",), ("von",), ("bis",)}:
        return 0.0
    return weight * (_CONTAINED + (1 - _CONTAINED) * 0.9 * len(phrase) / len(header))


def _place(phrase: Phrase, header: Phrase) -> int | None:
    return next((start for start in range(len(header) - len(phrase) + 1) if header[start : start + len(phrase)] == phrase), None)
