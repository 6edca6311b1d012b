"""Changes of a workspace, each a line of its journal, and the way back and forth between them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from roi_core.errors import StaleSave, WorkspaceLocked
from roi_core.workspace import records, root
from roi_core.workspace.records import Record
from roi_core.workspace.root import Root
from roi_core.workspace.sealing import Seal

KIND = "change"
_TOGETHER_SECONDS = 60.0
"""Steps of one slider within this time are one change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line: `what` happened when, and values before and after by name.

    That is changed, undone, redone, locked, unlocked, opened, imported, copied, forgot or updated.
    """

    id: int
    at: str
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @classmethod
    def of(cls, record: Record) -> "Change":
        """From its record."""
        return cls(record.id, record.at, record.content["what"], record.content["before"], record.content["after"])

    @property
    def names(self) -> tuple[str, ...]:
        """What was changed."""
        return tuple(self.after)


def change(con: sqlite3.Connection, seal: Seal, values: Mapping[str, Any], seen: Mapping[str, int] | None = None, *, steps: bool = False) -> int:
    """Puts values by name, None to take one away, and gives the number of the change; 0 where they are so already.

    `seen` are the stamps that the writer had read. `steps` joins the change to the last one where that was of the same names a moment ago.
    Raises WorkspaceLocked, and StaleSave where somebody else changed one of them since; nothing is written then.
    """
    now = writable(con, seal)
    before = {name: now.values.get(name) for name in values}
    if before == dict(values):
        return 0
    if seen is not None:
        _not_stale(con, seal, now, {name: seen.get(name, 0) for name in values})
    if steps and (last := _step_before(con, seal, now, values)):
        before, now = last.content["before"], replace(now, done=now.done[:-1])
        records.drop(con, last.id)
    number = records.add(con, seal, KIND, {"what": "changed", "before": before, "after": dict(values)})
    root.write(con, seal, now.put(values, number).did(number))
    return number


def undo(con: sqlite3.Connection, seal: Seal, expected: int) -> Change:
    """Takes the last change back. Raises StaleSave where the last one is not the expected one, WorkspaceLocked."""
    now = writable(con, seal)
    if not now.done or now.done[-1] != expected:
        raise StaleSave.step()
    back = Change.of(records.one(con, seal, expected))
    number = records.add(con, seal, KIND, {"what": "undone", "before": back.after, "after": back.before})
    root.write(con, seal, replace(now.put(back.before, number), done=now.done[:-1], undone=(*now.undone, expected)))
    return back


def redo(con: sqlite3.Connection, seal: Seal, expected: int) -> Change:
    """Makes the change that was taken back last again. Raises as `undo`."""
    now = writable(con, seal)
    if not now.undone or now.undone[-1] != expected:
        raise StaleSave.step()
    again = Change.of(records.one(con, seal, expected))
    number = records.add(con, seal, KIND, {"what": "redone", "before": again.before, "after": again.after})
    root.write(con, seal, replace(now.put(again.after, number), done=(*now.done, expected), undone=now.undone[:-1]))
    return again


def note(con: sqlite3.Connection, seal: Seal, what: str, about: Mapping[str, Any] | None = None) -> int:
    """A line without a way back."""
    return records.add(con, seal, KIND, {"what": what, "before": {}, "after": dict(about or {})})


def writable(con: sqlite3.Connection, seal: Seal) -> Root:
    """The root. Raises WorkspaceLocked where nothing may be changed."""
    now = root.read(con, seal)
    if now.locked:
        raise WorkspaceLocked.now()
    return now


def _not_stale(con: sqlite3.Connection, seal: Seal, now: Root, seen: Mapping[str, int]) -> None:
    since = max((now.stamps.get(name, 0) for name, stamp in seen.items() if now.stamps.get(name, 0) > stamp), default=0)
    if since:
        raise StaleSave.at(records.one(con, seal, since).at)


def _step_before(con: sqlite3.Connection, seal: Seal, now: Root, values: Mapping[str, Any]) -> Record | None:
    """The last change, if it was of the same names a moment ago.

    The step takes its place under a number of its own: whoever has seen the one before has not seen this one.
    """
    last = records.one(con, seal, now.done[-1]) if now.done and not now.undone else None
    if last is None or set(last.content["after"]) != set(values) or any(now.stamps.get(name) != last.id for name in values):
        return None
    age = con.execute("SELECT (julianday('now') - julianday(?)) * 86400", (last.at,)).fetchone()[0]
    return last if age <= _TOGETHER_SECONDS else None
