"""How an exported work is laid out: a ZIP of a manifest, one JSON of what was decided, a CSV for every part of a table, and a sealed member.

manifest.json   format, release, bytes and SHA-256 of every other member, and a digest of itself
work.json       decisions, comparisons with the moments at which they were opened, readings, what each part is
tables/N.csv    typed rows: texts quoted, NULL unquoted and empty, doubles in their shortest exact form, times in UTC
sealed          keys, vault and names, under a passphrase; not there where none was given
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from roi_core.schema import ColumnType

FORMAT, VERSION = "support-roi work", 1
MANIFEST, WORK, SEALED = "manifest.json", "work.json", "sealed"
SUFFIX = ".support-roi.zip"
TABLE = re.compile(r"tables/[0-9]{1,4}\.csv")
MOST_MEMBERS = 2000
MOST_JSON_BYTES = 64 << 20
ROW_GROUP = 1 << 20

TYPES: Mapping[ColumnType, str] = MappingProxyType(
    {
        ColumnType.TEXT: "string",
        ColumnType.KEY: "string",
        ColumnType.TIMESTAMP: "timestamp[us]",
        ColumnType.MONTH: "int32",
        ColumnType.NUMBER: "double",
        ColumnType.MONEY: "double",
        ColumnType.INTEGER: "int64",
        ColumnType.BOOLEAN: "bool",
        ColumnType.MINUTES: "double",
    }
)
"""How a declared column is typed, in Arrow's words. Further columns (x0, x1, ...) are string or double."""


@dataclass(frozen=True, slots=True)
class Member:
    """Size and SHA-256 of one file of the ZIP."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the ZIP holds, and by which release it was written."""

    release: str
    members: Mapping[str, Member]
    version: int = VERSION
    format: str = FORMAT

    def as_bytes(self) -> bytes:
        """JSON with a digest of the rest of it, so that a changed byte is noticed here too."""
        content = asdict(self)
        return json.dumps({**content, "digest": digest_of(content)}, indent=1).encode()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Manifest":
        """From what `as_bytes` gave. Raises KeyError, TypeError, ValueError where it is not whole."""
        content = {key: value for key, value in kept.items() if key != "digest"}
        if kept["digest"] != digest_of(content):
            raise ValueError(MANIFEST)
        return cls(content["release"], {name: Member(**member) for name, member in content["members"].items()}, content["version"], content["format"])


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over JSON with sorted keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Described:
    """One part of a table: its member, (name, type) of its columns in order, its rows, what the manifest and the part itself note about it."""

    table: str
    member: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    meta: Mapping[str, Any] = field(default_factory=dict)
    noted: Mapping[str, Any] | None = None
