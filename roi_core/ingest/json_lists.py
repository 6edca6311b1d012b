"""Which lists of records a JSON document holds, each as a document of its own in staging with the lines of the first."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from roi_core.errors import FileRefused, printable, quoted
from roi_core.ingest.budget import Budget
from roi_core.ingest.encoding import decode
from roi_core.ingest.json_text import JsonReader, has_lines, has_list
from roi_core.ingest.json_values import kind
from roi_core.ingest.limits import LONGEST_NAME
from roi_core.ingest.members import Contents, Member, inside

_DEEPEST_LIST = 4
_MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class _List:
    """A list of objects: the keys down to it, its offsets, and line and column of its start."""

    keys: tuple[str, ...]
    start: int
    stop: int
    line: int
    column: int


@dataclass(slots=True)
class _Found:
    lists: list[_List] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def lists_in(path: Path, name: str, member: str | None, staging: Path, budget: Budget) -> Contents:
    """The document itself where it is a list or has a value a line; else each list of objects in it, and the rest in a note.

    Raises FileRefused.wrong_type where it holds no list of objects or is not JSON, .too_large where it is too deep.
    """
    decoded = decode(path, name, staging).text
    if has_lines(decoded, name) or has_list(decoded):
        return Contents((Member(member, path),))
    text, found = str(decoded, "utf-8"), _Found()
    _walk(JsonReader(text, name), (), found)
    others = ", ".join(found.others[:_MOST_TOLD]) + (f" and {len(found.others) - _MOST_TOLD:,} more" if len(found.others) > _MOST_TOLD else "")
    if not found.lists:
        raise FileRefused.wrong_type(name, f"a JSON document without a list of records in it (it holds {others or 'nothing'})")
    members = tuple(_members(found.lists, text, name, member, staging, budget))
    return Contents(members, (f"left out of {quoted(name)}, as no tables: {others}.",) if others else ())


def _walk(reader: JsonReader, keys: tuple[str, ...], found: _Found) -> None:
    """Goes through one object."""
    reader.expect("{")
    if reader.accept("}"):
        return
    while True:
        key = reader.record().value
        if not isinstance(key, str):
            raise reader.refused("expecting a name in quotation marks")
        reader.expect(":")
        _value(reader, (*keys, str(key)), found)
        if reader.at_end or not reader.accept(","):
            break
    if not reader.at_end or not found.lists:
        reader.expect("}")


def _value(reader: JsonReader, keys: tuple[str, ...], found: _Found) -> None:
    """A list of objects is a table, an object may hold more, and anything else is named."""
    if reader.next_is("{") and len(keys) < _DEEPEST_LIST:
        _walk(reader, keys, found)
        return
    start, (line, column) = reader.at, reader.position()
    if not reader.next_is("["):
        found.others.append(f"{quoted('.'.join(keys))} ({kind(reader.record().value)})")
        return
    objects = sum(isinstance(record.value, dict) or record.fault is not None for record in reader.list())
    if objects:
        found.lists.append(_List(keys, start, reader.at, line, column))
    else:
        found.others.append(f"{quoted('.'.join(keys))} (a list without objects)")


def _members(lists: list[_List], text: str, name: str, member: str | None, staging: Path, budget: Budget) -> Iterator[Member]:
    for one in lists:
        path = staging / f"{secrets.token_hex(8)}.member"
        data = ("\n" * (one.line - 1) + " " * (one.column - 1) + text[one.start : one.stop]).encode()
        budget.spend(len(data), name)
        path.write_bytes(data)
        yield Member(member if len(lists) == 1 else inside(name, printable(".".join(one.keys), LONGEST_NAME)), path)
