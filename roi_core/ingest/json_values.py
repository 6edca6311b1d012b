"""One value of JSON, kept as text: numbers as they are written, and marks for what is no JSON or stands twice."""

import json
from collections.abc import Sequence
from typing import Any

DEEPEST = 64

Path = tuple[str, ...]
"""Keys from the record down to a cell."""


class Number(str):
    """A number, as it is written."""

    __slots__ = ()


class Unusable(Exception):
    """A record that cannot be a row, and why."""


class TooDeep(Exception):
    """Objects or lists inside of each other, deeper than any export is."""


class _Repeated(dict[str, Any]):
    """An object in which a key stands twice."""

    __slots__ = ()


class _NotFinite(str):
    """`NaN`, `Infinity` or `-Infinity`."""

    __slots__ = ()


_TEXTS = {str, Number}


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Repeated(found)


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=_NotFinite)
"""Reads values without rounding any number."""


def cells_of(record: Any, *, escaped: bool = True) -> dict[Path, str]:
    """The cells of one record: objects inside of it as longer paths, lists of single values joined by ", ", other lists as JSON.

    What is null, empty or an object without keys is "". `escaped` says whether any character of it is written by its number, the
    one way to half a surrogate pair. Raises Unusable and TooDeep.
    """
    if not isinstance(record, dict):
        raise Unusable(f"is {kind(record)}, not an object")
    cells: dict[Path, str] = {}
    _fill(cells, record, (), 1)
    if escaped:
        _check_text(cells)
    return cells


def _check_text(cells: dict[Path, str]) -> None:
    try:
        "".join([*cells.values(), *(key for path in cells for key in path)]).encode()
    except UnicodeEncodeError:
        raise Unusable("holds half of a surrogate pair, which is no text") from None


def kind(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, _NotFinite | Number):
        return "a number"
    return {dict: "an object", _Repeated: "an object", list: "a list", str: "a text", bool: "true or false"}.get(type(value), "null")


def _fill(cells: dict[Path, str], value: dict[str, Any], above: Path, depth: int) -> None:
    """Adds the cells of one object."""
    _check(value, depth)
    for key, one in value.items():
        path = (*above, key)
        if type(one) in _TEXTS:
            cells[path] = one
        elif isinstance(one, dict) and one:
            _fill(cells, one, path, depth + 1)
        else:
            cells[path] = _list(one, depth + 1) if isinstance(one, list) else _single(one)


def _check(value: dict[str, Any] | list[Any], depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, _Repeated):
        raise Unusable("has a key that stands twice")


def _list(values: list[Any], depth: int) -> str:
    _check(values, depth)
    if not any(isinstance(value, dict | list) for value in values):
        return ", ".join(map(_single, values))
    return _written(values, depth)


def _single(value: Any) -> str:
    if isinstance(value, _NotFinite):
        raise Unusable(f"holds {value}, which is no JSON")
    if isinstance(value, str):
        return value
    return "" if value is None or value == {} else json.dumps(value)


def _written(value: Any, depth: int) -> str:
    """A value as JSON, its numbers as they were written."""
    if isinstance(value, dict | list):
        _check(value, depth)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_written(one, depth + 1)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_written(one, depth + 1) for one in value) + "]"
    return _single(value) if isinstance(value, Number | _NotFinite) else json.dumps(value, ensure_ascii=False)
