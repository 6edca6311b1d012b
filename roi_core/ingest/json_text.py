"""JSON value after value, with the place of each: the values of a list, or one a line, which are never held together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from json import JSONDecodeError
from typing import Any

from roi_core.errors import FileRefused
from roi_core.ingest.json_values import DECODER, DEEPEST

_SPACE = re.compile(r"[ \t\n\r]*")
_BLOCK = 1 << 20
_LOOKED_AT = 5
_ONE_VALUE_A_LINE = (".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Record:
    """One value: line and column of its first character, from 1, and how it is written. `fault` says why there is no value."""

    line: int
    column: int
    raw: str
    value: Any = None
    fault: str | None = None


def has_lines(text: memoryview, name: str) -> bool:
    """Whether each line is a value of its own: the first of several is, or most of the first few, or an object's file is named so.

    Only the first megabyte is looked at.
    """
    head = bytes(text[:_BLOCK])
    if not head.lstrip().startswith(b"{"):
        return False
    if name.lower().endswith(_ONE_VALUE_A_LINE):
        return True
    first = list(islice((line for line in head.split(b"\n") if line.strip()), _LOOKED_AT))
    whole = [_is_value(line.decode("utf-8", "ignore").strip()) for line in first] if len(first) > 1 else []
    return bool(whole) and (whole[0] or 2 * sum(whole) > len(whole))


def has_list(text: memoryview) -> bool:
    """Whether the first value is a list."""
    return bytes(text[:_BLOCK]).lstrip().startswith(b"[")


def line_records(text: memoryview, name: str) -> Iterator[Record]:
    """One record a line; `raw` of a blank one is blank. Raises FileRefused.too_large for one that is too deep."""
    for number, line in enumerate(_lines(text), 1):
        raw = line.decode("utf-8").rstrip("\r")
        start = _after_space(raw, 0)
        if start == len(raw):
            yield Record(number, 1, raw)
            continue
        try:
            value, stop = DECODER.raw_decode(raw, start)
        except JSONDecodeError as error:
            yield Record(number, 1, raw, fault=f"is not JSON at column {error.pos + 1}: {_said(error)}")
            continue
        except RecursionError:
            raise too_deep(name) from None
        more = f"goes on at column {stop + 1} after its end" if _after_space(raw, stop) < len(raw) else None
        yield Record(number, 1, raw, value, more)


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
        found = self.next_is(mark)
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
            if not _breaks_off(self.text, error):
                self.at = error.pos
                raise self.refused(_said(error)) from None
            self.at = len(self.text)
            return Record(line, column, self.text[start:], fault="the file ends inside this record, so the export may have been cut off")
        except RecursionError:
            raise too_deep(self.name) from None
        return Record(line, column, self.text[start : self.at], value)

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


def _lines(text: memoryview) -> Iterator[bytes]:
    """Lines without their ends, block by block; what follows the last end is one where it is not empty."""
    rest: list[bytes] = []
    for start in range(0, len(text), _BLOCK):
        first, *others = bytes(text[start : start + _BLOCK]).split(b"\n")
        rest.append(first)
        if others:
            yield b"".join(rest)
            yield from others[:-1]
            rest = [others[-1]]
    if last := b"".join(rest):
        yield last


def _is_value(line: str) -> bool:
    try:
        _, stop = DECODER.raw_decode(line)
    except (JSONDecodeError, RecursionError):
        return False
    return stop == len(line)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _breaks_off(text: str, error: JSONDecodeError) -> bool:
    """Whether the text ends before the value is complete: in the middle of a text, or where anything at all was expected."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())


def _said(error: JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]
