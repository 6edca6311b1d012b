"""How a file with given headers is read where the user had a say: which table and columns it is, and answers to questions about it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

from roi_core.errors import ColumnMissing, MappingRefused
from roi_core.ingest.headers import read_header
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED

USER, BY_USER = "user", "mapped_by_user"
_ALIKE = 0.5
"""Share of all headers of two files that both must have, for the one to be a changed form of the other."""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user said about a file.

    `entity` is its table, or None where it is read as recognised; `columns` maps headers to `table.column`, `constants` columns that no
    header fills to the one value of all rows, `answers` questions (`Question.key`) to a reading. `export` is the recognised export whose
    units and words still hold, `headers` are those of the file it was made for.
    """

    entity: str | None = None
    columns: Mapping[str, str] = field(default_factory=_nothing)
    constants: Mapping[str, str] = field(default_factory=_nothing)
    answers: Mapping[str, str] = field(default_factory=_nothing)
    export: str | None = None
    headers: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """From JSON; all keys are optional."""
        mappings = {name: MappingProxyType(dict(said.get(name) or {})) for name in ("columns", "constants", "answers")}
        return cls(said.get("entity"), **mappings, export=said.get("export"), headers=tuple(said.get("headers") or ()))

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        mappings = {"columns": dict(self.columns), "constants": dict(self.constants), "answers": dict(self.answers)}
        return {"entity": self.entity, **mappings, "export": self.export, "headers": list(self.headers)}

    @property
    def digest(self) -> str:
        """SHA-256 over what is said, first 16 hexadecimal digits; the headers of the file are no part of it."""
        said = [self.entity, *(sorted(mapping.items()) for mapping in (self.columns, self.constants, self.answers)), self.export]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    def check(self, name: str) -> None:
        """Raises MappingRefused where the table is none, a role stands twice or is none, or a role that is needed is not filled."""
        if self.entity is None:
            return
        if self.entity not in LOADED:
            raise MappingRefused.table(name, self.entity, LOADED)
        table = LOADED[self.entity]
        for canonical in (*self.columns.values(), *self.constants):
            entity, _, column = canonical.partition(".")
            if entity != self.entity or column not in table.names:
                raise MappingRefused.role(name, canonical, self.entity)
        self._check_twice(name)
        if lacking := lacking_roles(self.entity, self.columns.values(), self.constants, self.export):
            raise MappingRefused.lacks(name, self.entity, [" or ".join(roles) for roles in lacking])

    def _check_twice(self, name: str) -> None:
        for role in self.columns.values():
            headers = [header for header, canonical in self.columns.items() if canonical == role]
            if len(headers) > 1 and not self._together(role, headers):
                raise MappingRefused.twice(name, role, headers)

    def _together(self, role: str, headers: Sequence[str]) -> bool:
        """Whether the recognised export itself fills one role from these headers."""
        export = EXPORTS.get(self.export or "")
        if export is None:
            return False
        declared = (*export.columns.get(role, ()), *export.joined.get(role, ()))
        forms = {read_header(form).folded for header in declared for form in (header, *export.drift.get(header, ()))}
        return all(read_header(header).folded in forms for header in headers)

    def recognition(self, name: str, headers: Sequence[str]) -> Recognition | None:
        """What the file is by these words, or None where they do not say. Raises ColumnMissing, and MappingRefused as `check`."""
        if self.entity is None:
            return None
        now = [read_header(header).folded for header in headers]
        missing = next((header for header in self.columns if read_header(header).folded not in now), None)
        if missing is not None:
            raise ColumnMissing.in_file(name, missing, list(headers))
        self.check(name)
        wanted = {read_header(header).folded: canonical for header, canonical in self.columns.items()}
        places = {place: wanted[folded] for place, folded in enumerate(now) if folded in wanted}
        export = EXPORTS.get(self.export or "")
        vendor, known = (USER, BY_USER) if export is None else (export.vendor, export.id)
        return Recognition(
            vendor, known, self.entity, MappingProxyType(places), ("the columns were mapped by you.",), "user", said=self.answers, constants=self.constants
        )


def lacking_roles(entity: str, filled: Iterable[str], constants: Mapping[str, str], export: str | None = None) -> list[tuple[str, ...]]:
    """Roles of a table without which its rows cannot be read and that nothing fills; one of several where a table says so.

    What a recognised export never has is not lacking, nor is the id of a flat file: then its rows are numbered.
    """
    table, known = LOADED[entity], EXPORTS.get(export or "")
    given = {canonical.partition(".")[2] for canonical in (*filled, *constants, *(known.constants if known else ()))}
    if entity == "flat":
        given.add("customer_id")
    given |= {name for name in table.required if (parts := table.parts_of(name)) and set(parts) <= given}
    groups = [group for group in (*((name,) for name in table.required), *table.one_of) if not given & set(group)]
    usual = None if known is None else {canonical.partition(".")[2] for canonical in (*known.columns, *known.joined)}
    return [group for group in groups if usual is None or usual & set(group)]


def difference(plan: Plan, headers: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers of the file that a plan was made for which are gone, and those that are new; case and blanks do not count."""
    before, now = {read_header(h).folded: h for h in plan.headers}, {read_header(h).folded: h for h in headers}
    return tuple(h for key, h in before.items() if key not in now), tuple(h for key, h in now.items() if key not in before)


def nearest(plans: Sequence[Plan], headers: Sequence[str]) -> Plan | None:
    """The plan whose file had most headers in common with this one, or None where none had half of them."""
    best = max(plans, key=lambda plan: _alike(plan, headers), default=None)
    return best if best is not None and _alike(best, headers) >= _ALIKE else None


def _alike(plan: Plan, headers: Sequence[str]) -> float:
    before, now = {read_header(h).folded for h in plan.headers}, {read_header(h).folded for h in headers}
    return len(before & now) / max(len(before | now), 1)
