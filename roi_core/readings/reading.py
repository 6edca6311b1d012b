"""A reading: what was told on a day, and what it was made from; kept with the work, so that a later answer can be set beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from roi_core.errors import SupportRoiError
from roi_core.readings.figures import Figure, alike
from roi_core.readings.inputs import Inputs
from roi_core.workspace import Workspace, records
from roi_core.workspace.root import read

KIND = "reading"
_TOGETHER_SECONDS = 60.0
"""Answers within this time that differ in what was typed are steps of one slider; the last one is the reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`at` is ISO 8601, UTC; empty for what is told now and not kept yet."""

    inputs: Inputs
    figures: tuple[Figure, ...]
    at: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any], at: str) -> Self:
        """From what `as_json` gave. Raises SupportRoiError, KeyError, TypeError, ValueError where it is none."""
        return cls(Inputs.of(kept["inputs"]), tuple(Figure.of(figure) for figure in kept["figures"]), at)

    def as_json(self) -> dict[str, Any]:
        """As the work keeps it."""
        return {"inputs": self.inputs.as_json(), "figures": [figure.as_json() for figure in self.figures]}

    @property
    def day(self) -> date:
        """The day on which it was told, UTC."""
        return datetime.fromisoformat(self.at).date()

    def says_the_same(self, other: "Reading") -> bool:
        """Whether both were made from the same, with the same figures."""
        mine, theirs = ({figure.key: figure.result for figure in reading.figures} for reading in (self, other))
        return self.inputs == other.inputs and mine.keys() == theirs.keys() and all(alike(result, theirs[key]) for key, result in mine.items())


def readings(workspace: Workspace) -> tuple[Reading, ...]:
    """All that were kept, newest first. One of a release that spoke of other things is left out."""
    found = (_read(record) for record in workspace.records(KIND))
    return tuple(reading for reading in found if reading is not None)


def keep(workspace: Workspace, told: Reading) -> bool:
    """Keeps a reading unless the last one says the same or the work is locked; gives whether it did. Raises NotSaved."""
    if not _is_new(told, workspace.records(KIND, 1)) or workspace.root.locked:
        return False
    with workspace.writing() as (con, seal):
        last = records.of_kind(con, seal, KIND, 1)
        if read(con, seal).locked or not _is_new(told, last):
            return False
        if last and _is_step(told, last[0]):
            records.put(con, seal, replace(last[0], content=told.as_json()))
        else:
            records.add(con, seal, KIND, told.as_json())
    return True


def earlier(kept: Sequence[Reading], now: Inputs, today: date) -> Reading | None:
    """Which reading (of `kept`, newest first) an answer is set beside when nobody chose one.

    The last one from other files or another release; else the last one of an earlier day. None where there is none.
    """
    others = (reading for reading in kept if (reading.inputs.tables, reading.inputs.release) != (now.tables, now.release))
    return next(others, None) or next((reading for reading in kept if reading.day < today), None)


def _read(record: records.Record) -> Reading | None:
    try:
        return Reading.of(record.content, record.at)
    except (SupportRoiError, KeyError, TypeError, ValueError):
        return None


def _is_new(told: Reading, last: Sequence[records.Record]) -> bool:
    before = _read(last[0]) if last else None
    return before is None or not told.says_the_same(before)


def _is_step(told: Reading, last: records.Record) -> bool:
    """Whether only typed answers differ, a moment ago."""
    before = _read(last)
    if before is None or {**told.inputs.as_json(), "assumptions": {}} != {**before.inputs.as_json(), "assumptions": {}}:
        return False
    return (datetime.now(UTC) - datetime.fromisoformat(last.at).replace(tzinfo=UTC)).total_seconds() < _TOGETHER_SECONDS
