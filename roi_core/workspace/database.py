"""SQLite that keeps what it acknowledged: WAL, synchronous FULL, one writer at a time, deleted bytes overwritten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from roi_core.errors import NotSaved, WorkspaceBroken
from roi_core.workspace.disk import private_file

_WAIT_SECONDS = 30.0
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_TAKEN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def prepare(path: Path, schema: str, version: int) -> None:
    """Make the database, 0600, with its tables and the number of its format. Raises NotSaved."""
    private_file(path)
    with _in_words(), closing(_connect(path)) as con:
        con.execute("PRAGMA journal_mode=WAL")
        con.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version={version:d}; COMMIT")


def version_of(path: Path) -> int:
    """The number of the format, 0 where it was never prepared. Raises WorkspaceBroken."""
    with _in_words(), closing(_connect(path)) as con:
        return int(con.execute("PRAGMA user_version").fetchone()[0])


def check(path: Path) -> None:
    """Raises WorkspaceBroken where the pages of the database do not fit together."""
    with reading(path) as con:
        if con.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise WorkspaceBroken.unreadable()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One consistent view of the database. Raises WorkspaceBroken, NotSaved where the disk fails."""
    with _in_words(), closing(_connect(path)) as con:
        con.execute("BEGIN")
        yield con
        con.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it is on disk when the block ends, or none of it. Raises as `reading`."""
    with _in_words(), closing(_connect(path)) as con:
        con.execute("BEGIN IMMEDIATE")
        try:
            yield con
            con.execute("COMMIT")
        except BaseException:
            if con.in_transaction:
                con.execute("ROLLBACK")
            raise


def copy(source: Path, target: Path) -> None:
    """A whole copy of the database in a new file, 0600, whatever is written meanwhile. Raises as `reading`."""
    private_file(target)
    with _in_words(), closing(_connect(source)) as old, closing(_connect(target)) as new:
        old.backup(new)


def shrink(path: Path) -> None:
    """Give the room of deleted rows back to the disk. Raises as `reading`."""
    with _in_words(), closing(_connect(path)) as con:
        con.execute("VACUUM")
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _FULL:
            raise NotSaved.disk() from None
        if code in _TAKEN:
            raise NotSaved.busy() from None
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_ERROR):
            raise WorkspaceBroken.unreadable() from None
        raise


def _connect(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    con.execute("PRAGMA synchronous=FULL")
    con.execute("PRAGMA secure_delete=ON")
    return con
