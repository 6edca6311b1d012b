"""SQLite that keeps what it acknowledged: WAL, synchronous FULL, one writer at a time, deleted bytes overwritten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from roi_core.workspace.disk import private_file

_WAIT_SECONDS = 30.0


def prepare(path: Path, schema: str, version: int) -> None:
    """Make the database, 0600, with its tables and the number of its format."""
    private_file(path)
    with closing(_connect(path)) as con:
        con.execute("PRAGMA journal_mode=WAL")
        con.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version={version:d}; COMMIT")


def version_of(path: Path) -> int:
    """The number of the format, 0 where it was never prepared. Raises sqlite3.Error."""
    with closing(_connect(path)) as con:
        return int(con.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One consistent view of the database."""
    with closing(_connect(path)) as con:
        con.execute("BEGIN")
        yield con
        con.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it is on disk when the block ends, or none of it."""
    with closing(_connect(path)) as con:
        con.execute("BEGIN IMMEDIATE")
        try:
            yield con
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    con.execute("PRAGMA synchronous=FULL")
    con.execute("PRAGMA secure_delete=ON")
    return con
