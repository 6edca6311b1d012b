"""SQLite that keeps what it acknowledged: WAL, synchronous FULL, one writer at a time, deleted bytes overwritten."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from roi_core.errors import NotSaved, SupportRoiError, WorkspaceBroken, WorkspaceMissing
from roi_core.workspace.disk import private_file

_WAIT_SECONDS = 30.0
_TICK_NS, _COARSE_TICK_NS = 10_000_000, 2_000_000_000
"""The longest time between two ticks of the clock of a disk: of a usual one, and of one that counts whole hundredths or less."""
_REFUSED = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_ABORT,
}  # fmt: skip
_TAKEN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_OF_THE_PROGRAM = (sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.NotSupportedError)

Refusal = Callable[[], SupportRoiError]


def prepare(path: Path, schema: str, version: int) -> None:
    """Make the database, 0600, with its tables and the number of its format. Raises NotSaved."""
    private_file(path)
    with _in_words(path, NotSaved.disk), closing(_connect(path)) as con:
        con.execute("PRAGMA journal_mode=WAL")
        con.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version={version:d}; COMMIT")


def version_of(path: Path) -> int:
    """The number of the format, 0 where it was never prepared; read once as long as nobody writes. Raises WorkspaceBroken."""
    return _version_at(path, _stamp(path), _stamp(Path(f"{path}-wal")))


@lru_cache(maxsize=256)
def _version_at(path: Path, _stamp: tuple[int, ...], _log: tuple[int, ...]) -> int:
    with _in_words(path, WorkspaceBroken.disk), closing(_connect(path)) as con:
        return int(con.execute("PRAGMA user_version").fetchone()[0])


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes where a file is written or another one takes its place; empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def settled(path: Path) -> tuple[int, ...] | None:
    """What tells the database as it is now from any later one, as long as it is the same; None while anybody has it open or has just written.

    Where the log is gone everything is in the file, and the next write gives it another time unless the clock of the disk has not moved on.
    """
    stamp = _stamp(path)
    if not stamp or Path(f"{path}-wal").exists():
        return None
    return stamp if is_past(max(stamp[-2:]), time.time_ns()) else None


def is_past(written_ns: int, now_ns: int) -> bool:
    """Whether the clock of the disk has moved on since a file was written."""
    return written_ns < now_ns - 2 * (_TICK_NS if written_ns % _TICK_NS else _COARSE_TICK_NS)


def check(path: Path, schema: str) -> None:
    """Raises WorkspaceBroken where pages of the database do not fit together, or its tables are not those of `schema`."""
    insist_on_whole(path)
    wanted = {" ".join(statement.split()) for statement in schema.split(";")}
    with reading(path) as con:
        rows = con.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'")
        if {" ".join(sql.split()) for (sql,) in rows} != wanted:
            raise WorkspaceBroken.unreadable()


def insist_on_whole(path: Path) -> None:
    """Raises WorkspaceBroken where pages of the database do not fit together."""
    with reading(path) as con:
        if con.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise WorkspaceBroken.unreadable()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One consistent view of the database. Raises WorkspaceBroken, also where the disk fails, and WorkspaceMissing where the folder is gone."""
    with _in_words(path, WorkspaceBroken.disk), closing(_connect(path)) as con:
        con.execute("BEGIN")
        yield con
        con.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it is on disk when the block ends, or none of it. Raises as `reading`, and NotSaved where the disk fails."""
    with _in_words(path, NotSaved.disk), closing(_connect(path)) as con:
        con.execute("BEGIN IMMEDIATE")
        try:
            yield con
            con.execute("COMMIT")
        except BaseException:
            if con.in_transaction:
                with suppress(sqlite3.Error):
                    con.execute("ROLLBACK")
            raise


def copy(source: Path, target: Path) -> None:
    """A whole copy of the database in a new file, 0600, whatever is written meanwhile. Raises as `writing`."""
    private_file(target)
    with _in_words(source, NotSaved.disk), closing(_connect(source)) as old, closing(_connect(target)) as new:
        old.backup(new)


def shrink(path: Path) -> None:
    """Give the room of deleted rows back to the disk. Raises as `writing`."""
    with _in_words(path, NotSaved.disk), closing(_connect(path)) as con:
        con.execute("VACUUM")
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _in_words(path: Path, refused: Refusal) -> Iterator[None]:
    try:
        yield
    except _OF_THE_PROGRAM:
        raise
    except sqlite3.Error as error:
        raise _words(getattr(error, "sqlite_errorcode", 0) & 0xFF, path, refused) from None
    except (OverflowError, UnicodeDecodeError):
        raise WorkspaceBroken.unreadable() from None


def _words(code: int, path: Path, refused: Refusal) -> SupportRoiError:
    """A size or a text that cannot be is a changed byte, as is every error that SQLite has no better name for."""
    if not path.parent.is_dir():
        return WorkspaceMissing.unknown()
    if code in _TAKEN:
        return NotSaved.busy()
    if code in _REFUSED and path.is_file():
        return refused()
    return WorkspaceBroken.unreadable()


def _connect(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        con.execute("PRAGMA synchronous=FULL")
        con.execute("PRAGMA secure_delete=ON")
    except BaseException:
        con.close()
        raise
    return con
