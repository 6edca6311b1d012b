"""What the user decided about files: roles of a flat file's columns, and which table and columns an unknown file is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from roi_core.errors import ColumnMissing
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
    """`flat` for any flat file; `files` by file name: (table, header to `table.column`)."""

    flat: Roles
    files: Mapping[str, tuple[str, Mapping[str, str]]]

    @classmethod
    def of(cls, chosen: Mapping[str, Any] | None) -> Self:
        """From JSON: `{"flat": {role: header}, "files": {name: {"entity": table, "columns": {header: canonical}}}}`."""
        chosen = chosen or {}
        files = {name: (one["entity"], one["columns"]) for name, one in chosen.get("files", {}).items()}
        return cls(Roles(**chosen.get("flat", {})), MappingProxyType(files))

    def recognition(self, name: str, headers: Sequence[str]) -> Recognition | None:
        """What the user said this file is, or None. Raises ColumnMissing for a header that is not there."""
        if name not in self.files:
            return None
        entity, columns = self.files[name]
        missing = next((header for header in columns if header not in headers), None)
        if missing is not None:
            raise ColumnMissing.in_file(name, missing, list(headers))
        places = {list(headers).index(header): canonical for header, canonical in columns.items()}
        return Recognition("user", "mapped_by_user", entity, MappingProxyType(places), ("the columns were mapped by you.",), "user")
