"""The root of a workspace: what counts now, in one sealed row, so that it is read whole and as it was written, or not at all."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from roi_core.errors import WorkspaceBroken, WorkspaceMissing
from roi_core.workspace.sealing import Seal

SCHEMA = "CREATE TABLE root (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL)"
FILES = "files"
"""The name under which the current version of the tables stands among the values."""
GIVEN_UP = b""
"""What stands in the place of the root of work that is being deleted: a missing row could be damage, and damage deletes nothing."""
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Root:
    """What counts now.

    `values` by name, `stamps` the number of the last change of each; `done` and `undone` the numbers of the changes that can be taken back
    and made again, the last one last; `designs` every comparison that was opened, by digest; `locked` where nothing may be changed.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    stamps: Mapping[str, int] = field(default_factory=dict)
    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()
    designs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    locked: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave."""
        return cls(**{**kept, "done": tuple(kept["done"]), "undone": tuple(kept["undone"])})

    def as_json(self) -> dict[str, Any]:
        """For the sealed row."""
        return asdict(self)

    @property
    def version(self) -> int:
        """Number of the version of the tables that counts; 0 holds nothing."""
        return int(self.values.get(FILES, 0))

    def put(self, values: Mapping[str, Any], change: int) -> "Root":
        """With these values, None for no longer there, changed by the change of that number."""
        kept = {name: value for name, value in {**self.values, **values}.items() if value is not None}
        return replace(self, values=kept, stamps={**self.stamps, **dict.fromkeys(values, change)})

    def did(self, change: int) -> "Root":
        """With one more step that can be taken back; what had been taken back cannot be made again any more."""
        return replace(self, done=(*self.done, change)[-_MOST_STEPS:], undone=())


def start(con: sqlite3.Connection, seal: Seal, root: Root | None = None) -> None:
    """The first root of a workspace."""
    con.execute("INSERT INTO root VALUES (1, ?)", (seal.close((root or Root()).as_json()),))


def read(con: sqlite3.Connection, seal: Seal) -> Root:
    """Raises WorkspaceMissing where it was given up, WorkspaceBroken where it was changed."""
    row = con.execute("SELECT sealed FROM root WHERE id = 1").fetchone()
    if row is None:
        raise WorkspaceBroken.unreadable()
    if row[0] == GIVEN_UP:
        raise WorkspaceMissing.unknown()
    return Root.of(seal.open(row[0]))


def write(con: sqlite3.Connection, seal: Seal, root: Root) -> None:
    """Puts a root in place of the one before."""
    con.execute("UPDATE root SET sealed = ? WHERE id = 1", (seal.close(root.as_json()),))


def give_up(con: sqlite3.Connection) -> None:
    """From here on nobody reads or writes the work any more, also who has it open."""
    con.execute("UPDATE root SET sealed = ?", (GIVEN_UP,))


def is_given_up(con: sqlite3.Connection) -> bool:
    """Whether it is being deleted."""
    return any(sealed == GIVEN_UP for (sealed,) in con.execute("SELECT sealed FROM root"))
