"""JSON documents, value after value, with the place of each: a list, or one value a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from roi_core.errors import FileRefused
from roi_core.ingest.encoding import Decoded, decode
from roi_core.ingest.json_values import DECODER, DEEPEST

_SPACE = re.compile(r"[ \t\n\r]*")
_LOOKED_AT = 5
_ONE_VALUE_A_LINE = (".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its offsets in the text, and line and column of its first character, from 1."""

    start: int
    stop: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Record:
    """One value and its place; `fault` says why there is none, `blank` that the line holds nothing."""

    place: Place
    value: Any = None
    fault: str | None = None
    blank: bool = False


def json_text(path: Path, name: str, staging: Path) -> tuple[str, Decoded]:
    """The text of a file, and what was found while it was decoded. Raises FileRefused.empty and .wrong_type."""
    decoded = decode(path, name, staging)
    return str(decoded.text, "utf-8"), decoded


def has_lines(text: str, name: str) -> bool:
    """Whether each line is a value of its own: the first of several is, or most of the first few, or an object's file is named so."""
    if not text.lstrip().startswith("{"):
        return False
    if name.lower().endswith(_ONE_VALUE_A_LINE):
        return True
    first = list(islice((text[place.start : place.stop] for place in _lines(text) if text[place.start : place.stop].strip()), _LOOKED_AT))
    whole = [_is_value(line) for line in first] if len(first) > 1 else []
    return bool(whole) and (whole[0] or 2 * sum(whole) > len(whole))


def line_records(text: str, name: str) -> Iterator[Record]:
    """One record a line. Raises FileRefused.too_large for one that is too deep."""
    for place in _lines(text):
        line = text[place.start : place.stop]
        if not line.strip():
            yield Record(place, blank=True)
            continue
        try:
            value, stop = DECODER.raw_decode(line, _after_space(line, 0))
        except JSONDecodeError as error:
            yield Record(place, fault=f"is not JSON at column {error.pos + 1}: {_said(error)}")
            continue
        except RecursionError:
            raise too_deep(name) from None
        rest = line[stop:].strip()
        yield Record(place, fault=f"goes on at column {stop + 1} after its end") if rest else Record(place, value)


def list_records(text: str, name: str) -> Iterator[Record]:
    """One record for each value of a list, or of several lists one after the other.

    A text that ends in the middle of a value gives a fault for that one. Raises FileRefused.wrong_type where it is not JSON.
    """
    reader = JsonReader(text, name)
    while not reader.at_end:
        yield from reader.list()


class JsonReader:
    """Goes through a text and counts its lines on the way. `at` is the offset where it is."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0
        self._line, self._counted = 1, 0

    @property
    def at_end(self) -> bool:
        """Whether nothing but blanks follows."""
        return self._skip() == len(self.text)

    def next_is(self, mark: str) -> bool:
        """Whether `mark` comes next; it is not passed."""
        return self.text.startswith(mark, self._skip())

    def accept(self, mark: str) -> bool:
        """Whether `mark` comes next; then it is passed."""
        found = self.text.startswith(mark, self._skip())
        self.at += found
        return found

    def expect(self, mark: str) -> None:
        """Passes `mark`. Raises FileRefused.wrong_type where it does not come next."""
        if not self.accept(mark):
            raise self.refused(f'expecting "{mark}"')

    def list(self) -> Iterator[Record]:
        """The values of the list that comes next, which is passed; at the end of a text that breaks off it stops."""
        self.expect("[")
        if self.accept("]"):
            return
        while True:
            record = self.record()
            yield record
            if record.fault or self.at_end:
                return
            if not self.accept(","):
                self.expect("]")
                return

    def record(self) -> Record:
        """The value that comes next, which is passed. Raises FileRefused.wrong_type and .too_large."""
        start = self._skip()
        line, column = self.position()
        try:
            value, self.at = DECODER.raw_decode(self.text, start)
        except JSONDecodeError as error:
            if _breaks_off(self.text, error):
                self.at = len(self.text)
                return Record(Place(start, self.at, line, column), fault="the file ends inside this record, so the export may have been cut off")
            self.at = error.pos
            raise self.refused(_said(error)) from None
        except RecursionError:
            raise too_deep(self.name) from None
        return Record(Place(start, self.at, line, column), value)

    def position(self) -> tuple[int, int]:
        """Line and column, from 1, of where it is."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = max(self._counted, self.at)
        return self._line, self.at - self.text.rfind("\n", 0, self.at)

    def refused(self, why: str) -> FileRefused:
        """The refusal of a text that is no JSON where it is."""
        line, column = self.position()
        return FileRefused.wrong_type(self.name, f"a JSON document that is not well formed (line {line:,}, column {column:,}: {why})")

    def _skip(self) -> int:
        self.at = _after_space(self.text, self.at)
        return self.at


def too_deep(name: str) -> FileRefused:
    """The refusal of a document that is deeper than any export."""
    return FileRefused.too_large(name, "the depth of its objects and lists", f"over {DEEPEST}", f"{DEEPEST}")


def _lines(text: str) -> Iterator[Place]:
    start, line = 0, 1
    while start < len(text):
        found = text.find("\n", start)
        stop = found if found >= 0 else len(text)
        yield Place(start, stop, line, 1)
        start, line = stop + 1, line + 1


def _is_value(line: str) -> bool:
    try:
        _, stop = DECODER.raw_decode(line.strip())
    except (JSONDecodeError, RecursionError):
        return False
    return stop == len(line.strip())


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _breaks_off(text: str, error: JSONDecodeError) -> bool:
    """Whether the text ends before the value is complete: in the middle of a text, or where anything at all was expected."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())


def _said(error: JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]
