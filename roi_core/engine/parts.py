"""Loaded parts as views: whatever columns a file had, a definition sees all canonical columns of its table."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier, literal
from roi_core.engine.systems import BEGAN, shared_ids, system_numbers
from roi_core.schema import LOADED, Column
from roi_core.schema.parts import METADATA

ORDER = (("row_no", "BIGINT"), ("file_no", "BIGINT"))
_PLACE = ("part_no", "system_no")


@dataclass(frozen=True, slots=True)
class Covariate:
    """A column beyond the canonical ones, numbered over all parts of a table: `column` is x0, x1, ...; `type` number or text."""

    column: str
    header: str
    type: str

    @property
    def sql(self) -> str:
        """The type in the engine."""
        return "DOUBLE" if self.type == "number" else "VARCHAR"


def attach(con: Connection, table: str, parts: Sequence[Path], columns: Sequence[Column] | None = None) -> None:
    """Make `table` a view over its parts, or over none, with all `columns` (default: those of the schema), row_no, file_no, x0...

    Beside the columns of the schema stand part_no (order of loading, from 0) and system_no (another where two systems have the same ids).

    A column that a part lacks is a typed null. The same header in two parts is the same covariate; a covariate that is a
    number in one part and text in another is text. Raises duckdb.Error where a part is outside of the connection's folder.
    """
    wanted = [(c.name, c.type.sql) for c in (LOADED[table].columns if columns is None else columns)] + list(ORDER)
    extra = covariates(parts)
    numbers = [{"part_no": place, "system_no": system} for place, system in enumerate(_systems(con, table, parts))] if columns is None else [{}] * len(parts)
    placed = [] if columns is not None else [(name, "BIGINT") for name in _PLACE]
    branches = [_branch(part, wanted, extra, own) for part, own in zip(parts, numbers, strict=True)] or [_nothing([*wanted, *placed])]
    con.execute(f"CREATE OR REPLACE VIEW {identifier(table)} AS " + " UNION ALL ".join(branches))


def attach_all(con: Connection, tables: Mapping[str, Sequence[Path]], names: Iterable[str] = LOADED) -> None:
    """Attach every table of `names`; one that has no parts becomes an empty view."""
    for name in names:
        attach(con, name, tables.get(name, ()))


def lay(con: Connection, name: str, part: Path, columns: Sequence[Column]) -> None:
    """Make `name` a view over one file that holds it whole, with all `columns`; one that the file lacks is a typed null. Raises duckdb.Error."""
    con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {_branch(part, [(c.name, c.type.sql) for c in columns], (), {})}")


def register(con: Connection, tables: Mapping[str, pa.Table]) -> None:
    """Make Arrow tables readable under their names."""
    for name, table in tables.items():
        con.register(name, table)


def covariates(parts: Sequence[Path]) -> tuple[Covariate, ...]:
    """Covariates of all parts, in the order in which their headers first appear."""
    types: dict[str, set[str]] = {}
    for part in parts:
        for own in _own_covariates(part):
            types.setdefault(own.header, set()).add(own.type)
    return tuple(Covariate(f"x{i}", header, "number" if found == {"number"} else "text") for i, (header, found) in enumerate(types.items()))


def metadata(part: Path) -> dict[str, Any]:
    """What the reader noted beside the columns of a part: covariates with their headers, roles of a flat file."""
    noted: dict[str, Any] = json.loads((pq.read_schema(part).metadata or {}).get(METADATA, b"{}"))
    return noted


def _own_covariates(part: Path) -> tuple[Covariate, ...]:
    return tuple(Covariate(c["column"], c["header"], c["type"]) for c in metadata(part).get("covariates", ()))


def _systems(con: Connection, table: str, parts: Sequence[Path]) -> tuple[int, ...]:
    if table not in BEGAN or len(parts) < 2:
        return (0,) * len(parts)
    noted = [metadata(part) for part in parts]
    return system_numbers(len(parts), shared_ids(con, table, parts, noted, LOADED[table].key[0]), noted)


def _branch(part: Path, wanted: Sequence[tuple[str, str]], extra: Sequence[Covariate], numbers: Mapping[str, int]) -> str:
    present = set(pq.read_schema(part).names)
    own = {c.header: c.column for c in _own_covariates(part)}
    columns = [_typed(name if name in present else None, name, sql) for name, sql in wanted]
    columns += [_typed(own.get(c.header), c.column, c.sql) for c in extra]
    columns += [f"CAST({number:d} AS BIGINT) AS {name}" for name, number in numbers.items()]
    return f"SELECT {', '.join(columns)} FROM read_parquet([{literal(part.resolve())}])"


def _nothing(wanted: Sequence[tuple[str, str]]) -> str:
    return f"SELECT {', '.join(_typed(None, name, sql) for name, sql in wanted)} WHERE false"


def _typed(source: str | None, name: str, sql: str) -> str:
    value = identifier(source) if source else "NULL"
    return f"CAST({value} AS {sql}) AS {identifier(name)}"
