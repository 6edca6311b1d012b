"""What work.json says, checked piece by piece: nobody's word is taken for the shape of it."""

import re
from collections.abc import Mapping
from typing import Any

from roi_core.bundle.layout import TABLE, TYPES, Described
from roi_core.schema import LOADED

_FURTHER = re.compile(r"x\d{1,4}")
_PLACE = ("row_no", "file_no")
_NAME = re.compile(r"[a-z][a-z_]{0,40}")
_DIGEST = re.compile(r"[0-9a-f]{8,64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")
_COUNTS = ("records", "loaded", "quarantined", "not_data", "unaccounted")
_COLUMN = ("header", "canonical", "unit", "zone", "format")


class NotAWork(ValueError):
    """Something is not what an export writes; the text says what."""


def described(kept: Any) -> Described:
    """One part. Raises NotAWork."""
    _insist(isinstance(kept, dict) and kept.keys() == {"table", "member", "columns", "rows", "meta", "noted"}, "parts")
    columns = tuple(tuple(column) for column in _listed(kept["columns"]))
    _insist(isinstance(kept["table"], str) and kept["table"] in LOADED, "table")
    _insist(isinstance(kept["member"], str) and TABLE.fullmatch(kept["member"]) is not None, "member")
    _insist(isinstance(kept["rows"], int) and kept["rows"] > 0, "rows")
    _insist(all(len(column) == 2 and all(isinstance(word, str) for word in column) for column in columns), "columns")
    _insist(len({name for name, _ in columns}) == len(columns) > 0, "columns")
    for name, kind in columns:
        _insist(kind in _types(kept["table"], name), f"type of {name}")
    _insist(isinstance(kept["meta"], dict) and (kept["noted"] is None or isinstance(kept["noted"], dict)), "notes")
    _insist(all(_covariate(one) for noted in (kept["meta"], kept["noted"] or {}) for one in _listed(noted.get("covariates", []))), "covariates")
    return Described(kept["table"], kept["member"], columns, kept["rows"], kept["meta"], kept["noted"])


def decided(kept: Any) -> dict[str, Any]:
    """Values, comparisons, records and reports. Raises NotAWork."""
    _insist(isinstance(kept, dict), "work")
    values, designs, records, reports = (kept.get(name) for name in ("values", "designs", "records", "reports"))
    _insist(isinstance(values, dict) and all(_NAME.fullmatch(name) for name in values), "values")
    _insist(isinstance(designs, dict) and all(_DIGEST.fullmatch(key) and _opened(one) for key, one in designs.items()), "designs")
    _insist(all(_record(record) for record in _listed(records)), "records")
    _insist(isinstance(kept.get("digest"), str), "digest")
    told = [report_of(report) for report in _listed(reports)]
    return {"values": values, "designs": designs, "records": records, "reports": told, "digest": kept["digest"]}


def report_of(kept: Any) -> dict[str, Any]:
    """One report, with the keys that pages read. Raises NotAWork."""
    _insist(isinstance(kept, dict) and isinstance(kept.get("file"), str) and _text(kept.get("member")), "reports")
    if "refused" in kept:
        _insist(isinstance(kept["refused"], str), "reports")
        return {"file": kept["file"], "member": kept.get("member"), "refused": kept["refused"]}
    rows = kept.get("rows")
    _insist(isinstance(rows, dict) and all(isinstance(rows.get(name), int) for name in _COUNTS), "reports")
    _insist(all(_column(column) for column in _listed(kept.get("columns"))), "reports")
    _insist(all(isinstance(note, str) for note in _listed(kept.get("notes"))), "reports")
    _insist(all(_text(kept.get(name)) for name in ("vendor", "export", "entity", "encoding", "delimiter", "source")), "reports")
    return dict(kept)


def sealed(kept: Any, parts: int) -> Mapping[str, Any]:
    """What stood in the sealed member, for so many parts. Raises NotAWork."""
    _insist(isinstance(kept, dict) and kept.keys() == {"keys", "values", "reports", "metas", "noted", "labels"}, "sealed")
    _insist(isinstance(kept["keys"], str) and isinstance(kept["values"], dict), "sealed")
    _insist(all(isinstance(one, dict) for one in _listed(kept["metas"])), "sealed")
    _insist(all(one is None or isinstance(one, dict) for one in _listed(kept["noted"])), "sealed")
    _insist(len(kept["metas"]) == len(kept["noted"]) == parts, "sealed")
    _insist(isinstance(kept["labels"], dict) and all(_labels(named) for named in kept["labels"].values()), "sealed")
    return {**kept, "reports": [report_of(report) for report in _listed(kept["reports"])]}


def _types(table: str, name: str) -> tuple[str, ...]:
    if name in LOADED[table].names:
        return (TYPES[LOADED[table].column(name).type],)
    return ("int64",) if name in _PLACE else ("string", "double") if _FURTHER.fullmatch(name) else ()


def _covariate(kept: Any) -> bool:
    return isinstance(kept, dict) and all(isinstance(kept.get(name), str) for name in ("column", "header")) and kept.get("type") in ("number", "text")


def _opened(kept: Any) -> bool:
    return isinstance(kept, dict) and kept.keys() == {"at", "design", "fixed"} and isinstance(kept["at"], str) and isinstance(kept["fixed"], bool)


def _record(kept: Any) -> bool:
    if not isinstance(kept, dict) or kept.keys() != {"kind", "at", "content"}:
        return False
    return isinstance(kept["kind"], str) and bool(_NAME.fullmatch(kept["kind"])) and isinstance(kept["at"], str) and bool(_MOMENT.fullmatch(kept["at"]))


def _text(kept: Any) -> bool:
    return kept is None or isinstance(kept, str)


def _listed(kept: Any) -> list[Any]:
    _insist(isinstance(kept, list), "a list")
    return list(kept)


def _insist(holds: object, what: str) -> None:
    if not holds:
        raise NotAWork(what)


def _column(kept: Any) -> bool:
    return isinstance(kept, dict) and isinstance(kept.get("header"), str) and all(_text(kept.get(name)) for name in _COLUMN)


def _labels(kept: Any) -> bool:
    return isinstance(kept, dict) and all(isinstance(text, str) for text in kept.values())
