"""A mapping as a user sees and changes it, made from the report of a file alone: nothing is read for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roi_core.errors import MappingRefused
from roi_core.ingest.guess import guess_again, is_guessable
from roi_core.ingest.plan import Plan, lacking_roles
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """One header, the `table.column` it stands for so far, and why; `confidence` (0 to 1) is None where the export was recognised."""

    header: str
    canonical: str | None
    confidence: float | None = None
    evidence: str = ""
    samples: tuple[str, ...] = ()

    @property
    def sure(self) -> str:
        """The confidence in whole percent; empty where nothing was guessed."""
        return f"{self.confidence:.0%}".replace("%", " %") if self.canonical and self.confidence is not None else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A table and its columns, before the user has looked at it. `changed` are headers that last time had and those that now stand."""

    entity: str | None
    columns: tuple[DraftColumn, ...]
    constants: Mapping[str, str]
    changed: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lack:
    """A role that a table cannot do without and that nothing fills: `canonical` names one column of it; it can be one of `values` in every row."""

    canonical: str
    names: tuple[str, ...]
    meaning: str
    values: tuple[str, ...]


def titles() -> dict[str, str]:
    """Title by name of every table that a file can be; one flat file has roles of its own."""
    return {name: table.title for name, table in LOADED.items() if name != "flat"}


def meanings(entity: str) -> dict[str, str]:
    """What each column of a table means, by `table.column`, the required ones first."""
    columns = [column for column in LOADED[entity].columns if is_guessable(column)]
    ordered = sorted(columns, key=lambda column: not column.required)
    return {f"{entity}.{column.name}": column.meaning for column in ordered}


def draft(report: Report, entity: str | None = None) -> Draft:
    """The mapping that a report proposes or was read by; for another `entity`, the guess for that one."""
    proposal = report.get("proposal") or {}
    own = proposal.get("entity") or report["entity"]
    wanted = entity or own
    changed = (tuple(proposal.get("before", ())), tuple(proposal.get("now", ())))
    if proposal and wanted != own and wanted is not None:
        return Draft(wanted, tuple(_guessed(one.as_json()) for one in guess_again(wanted, proposal["columns"])), {}, changed)
    constants = proposal.get("constants", {}) if wanted == own else {}
    columns = [_guessed(one) for one in proposal["columns"]] if proposal else [_as_read(one, wanted) for one in report["columns"]]
    return Draft(wanted, tuple(columns), constants, changed)


def _guessed(column: Mapping[str, Any]) -> DraftColumn:
    return DraftColumn(column["header"], column["canonical"], column["confidence"], column["evidence"], tuple(column["samples"]))


def _as_read(column: Mapping[str, Any], entity: str | None) -> DraftColumn:
    canonical = column["canonical"]
    return DraftColumn(column["header"], canonical if canonical in (meanings(entity) if entity else {}) else None)


def plan_from(report: Report, entity: str, columns: Mapping[str, str], constants: Mapping[str, str], before: Plan) -> Plan:
    """What the user has put together; units, words and answers that hold already go on to hold."""
    export = EXPORTS.get(report["export"] or "")
    same = export is not None and export.entity == entity
    return Plan(entity, columns, constants, before.answers, export.id if export is not None and same else None)


def lacks(plan: Plan) -> tuple[Lack, ...]:
    """What is still needed before the rows can be read; nothing for a plan without a table."""
    if plan.entity is None:
        return ()
    return tuple(_lack(plan.entity, names) for names in lacking_roles(plan.entity, plan.columns.values(), plan.constants, plan.export))


def _lack(entity: str, names: Sequence[str]) -> Lack:
    column = LOADED[entity].column(names[0])
    return Lack(f"{entity}.{column.name}", tuple(names), column.meaning, column.values)


def fault(plan: Plan, name: str) -> MappingRefused | None:
    """Why a plan cannot be read, or None."""
    try:
        plan.check(name)
    except MappingRefused as refused:
        return refused
    return None
