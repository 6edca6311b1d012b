"""Two hardened DuckDB connections: each sees one folder, and nothing of it can be unlocked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from roi_core.engine.owner import owned_name
from roi_core.engine.quoting import literal

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Limits:
    """What a connection may use: memory and spilled bytes as DuckDB sizes, threads, and seconds a query (0 for no limit)."""

    memory: str = "800MB"
    threads: int = 2
    spill: str = "2GB"
    seconds: int = 0


PAGE = Limits(seconds=30)
IN_ORDER = Limits(threads=1, seconds=30)
"""Sums of doubles on one thread are added up in the order of the rows, so that the same rows give the same digits."""
LOAD = Limits(memory="2GB", spill="8GB")
SMALL_BYTES = 8 << 20
"""Parquet up to which a second thread costs more than it gains: a fifth of the time of the facts of 2,000 customers."""

SPILL_SUFFIX = ".spill"


def reader(staging: Path, limits: Limits = LOAD) -> Connection:
    """An in-memory database that may read and write inside `staging` only."""
    return _hardened(staging, limits)


def analyst(tables: Path | None = None, limits: Limits = PAGE) -> Connection:
    """An in-memory database that may read inside `tables` only; without a folder it sees registered Arrow tables alone."""
    return _hardened(tables, limits)


def page_limits(parts: Iterable[Path]) -> Limits:
    """Limits for a page's work on these files: one thread where they are small."""
    return IN_ORDER if sum(part.stat().st_size for part in parts) <= SMALL_BYTES else PAGE


def _hardened(folder: Path | None, limits: Limits) -> Connection:
    con = duckdb.connect()
    try:
        for statement in _statements(folder.resolve() if folder else None, limits):
            con.execute(statement)
    except duckdb.Error:
        con.close()
        raise
    return con


def _statements(folder: Path | None, limits: Limits) -> tuple[str, ...]:
    """The order matters: the zone and the folder before the lock, external access last but one (tried on DuckDB 2.0).

    What is set of a session alone would not hold on another connection to the same database.
    """
    spill = folder / f"{owned_name()}{SPILL_SUFFIX}" if folder else ""
    return (
        f"SET memory_limit={literal(limits.memory)}",
        f"SET threads={limits.threads:d}",
        f"SET max_temp_directory_size={literal(limits.spill)}",
        f"SET temp_directory={literal(spill)}",
        f"SET GLOBAL max_execution_time={limits.seconds * 1000:d}",
        "SET autoinstall_known_extensions=false",
        "SET autoload_known_extensions=false",
        "SET allow_community_extensions=false",
        "SET allow_persistent_secrets=false",
        "SET allow_unredacted_secrets=false",
        "SET GLOBAL python_enable_replacements=false",
        "SET GLOBAL TimeZone='UTC'",
        f"SET allowed_directories=[{literal(folder)}]" if folder else "SET allowed_directories=[]",
        "SET enable_external_access=false",
        "SET lock_configuration=true",
    )
