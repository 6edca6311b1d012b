"""Customers who are marked as gone without a day, and whether their subscriptions say when they left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from roi_core import engine
from roi_core.ingest.undated_ends import LEFT_WHEN, says_ended
from roi_core.sentences import say

_ASKS = "ask: "


@dataclass(frozen=True, slots=True)
class Ends:
    """Customers whose status says that they have left while their own row gives no day: all of them, and those whose subscriptions all have an end."""

    undated: int = 0
    told: int = 0

    @property
    def sentence(self) -> str:
        """How many are told by their subscriptions; a question where some are told by nothing. Empty where no subscription tells any."""
        n, told, left = (f"{count:,}" for count in (self.undated, self.told, self.undated - self.told))
        if not self.told:
            return ""
        return say("ends.all", n=n) if self.told == self.undated else f"{_ASKS}{say('ends.some', n=n, told=told, left=left)}"


def read_ends(con: engine.Connection) -> Ends:
    """The counts of a connection on which `customers`, `contact_files` and `current_subscriptions` are registered."""
    found = engine.run(con, "open_ends")
    gone = found.filter(pa.array(says_ended(found.column("status").combine_chunks())))
    return Ends(sum(gone.column("customers").to_pylist()), sum(gone.column("told").to_pylist()))


def with_ends(reports: Sequence[Mapping[str, Any]], ends: Ends) -> tuple[Mapping[str, Any], ...]:
    """The reports of the files; where subscriptions answer when customers left, that stands once, in place of the question of one file."""
    answer = ends.sentence
    if not answer:
        return tuple(reports)
    answers = iter((answer,))
    return tuple({**report, "notes": list(_answered(report["notes"], answers))} if report.get("notes") else report for report in reports)


def _answered(notes: Sequence[str], answers: Iterator[str]) -> Iterator[str]:
    for note in notes:
        if note.startswith(LEFT_WHEN):
            yield from (answer for answer in (next(answers, ""),) if answer)
        else:
            yield note
