"""What the user decided about files: roles of a flat file's columns, and plans by name of file or by its headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from roi_core.ingest.headers import fingerprint
from roi_core.ingest.plan import Plan, nearest
from roi_core.ingest.recognise import Recognition


@dataclass(frozen=True, slots=True)
class Roles:
    """Headers of a flat file by role; None where the proposal stands."""

    id: str | None = None
    supported: str | None = None
    churned: str | None = None
    tenure_months: str | None = None
    satisfaction: str | None = None
    revenue: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """`flat` for any flat file; `files` by file name, and `headers` by fingerprint: what was said before of a file with the same headers.

    `texts` keeps what customers wrote.
    """

    flat: Roles
    files: Mapping[str, Plan]
    headers: Mapping[str, Plan]
    texts: bool = False

    @classmethod
    def of(cls, chosen: Mapping[str, Any] | None) -> Self:
        """From JSON: `{"flat": {role: header}, "files": {name: plan}, "headers": {fingerprint: plan}, "texts": false}`.

        A plan is `{"entity": table, "columns": {header: canonical}, "constants": {canonical: value}, "answers": {question: reading}}`, all optional.
        """
        chosen = chosen or {}
        plans = {kind: MappingProxyType({name: Plan.of(said) for name, said in (chosen.get(kind) or {}).items()}) for kind in ("files", "headers")}
        return cls(Roles(**(chosen.get("flat") or {})), plans["files"], plans["headers"], bool(chosen.get("texts")))

    def plan(self, name: str, headers: Sequence[str]) -> Plan | None:
        """What was said of this file, by its name or by its headers."""
        return self.files.get(name) or self.headers.get(fingerprint(headers))

    def digest(self, name: str, headers: Sequence[str]) -> str:
        """SHA-256 over what was said of this file; empty where nothing was."""
        plan = self.plan(name, headers)
        return plan.digest if plan else ""

    def earlier(self, headers: Sequence[str]) -> Plan | None:
        """The plan for a file with nearly these headers, where there is none for exactly these."""
        mapped = [plan for plan in self.headers.values() if plan.entity is not None]
        return None if fingerprint(headers) in self.headers else nearest(mapped, headers)

    def recognition(self, name: str, headers: Sequence[str]) -> Recognition | None:
        """What the user said this file is, or None. Raises ColumnMissing for a header that is not there, MappingRefused as `Plan.check`."""
        plan = self.plan(name, headers)
        return plan.recognition(name, headers) if plan else None
