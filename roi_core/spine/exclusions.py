"""Which of the rules that keep tickets out the user has switched off."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pyarrow as pa

from roi_core.schema.exclusions import EXCLUSIONS

SETTING = "exclusions_off"
"""Under which name a workspace keeps them."""

_SCHEMA = pa.schema([("rule", pa.string()), ("reason", pa.string()), ("place", pa.int64())])


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Rules of `schema.exclusions` that are switched off; all others are in force."""

    off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, kept: Sequence[str] | None) -> Self:
        """From what `as_json` gave; a rule that no longer exists is left out."""
        return cls(frozenset(kept or ()) & {one.rule for one in EXCLUSIONS})

    def as_json(self) -> list[str]:
        """For the workspace's settings."""
        return sorted(self.off)

    def switch(self, rule: str, *, on: bool) -> "Exclusions":
        """With one rule in force or not."""
        return Exclusions(self.off - {rule} if on else self.off | {rule})

    @property
    def digest(self) -> str:
        """SHA-256 over what is off, first 16 hexadecimal digits; empty where nothing is."""
        return hashlib.sha256(json.dumps(self.as_json()).encode()).hexdigest()[:16] if self.off else ""

    def as_table(self) -> pa.Table:
        """The rules in force, as the SQL definitions read them: rule, reason, place (the smallest counts)."""
        rows = [{"rule": one.rule, "reason": one.reason, "place": place} for place, one in enumerate(EXCLUSIONS) if one.rule not in self.off]
        return pa.Table.from_pylist(rows, _SCHEMA)


def count_rules(tickets: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Tickets that each rule hits, switched off or not, from the rows of `ticket_counts`."""
    counts: Counter[str] = Counter()
    for row in tickets:
        for rule in (row["excluded_by"] or "").split(","):
            counts[rule] += row["n"]
    return {one.rule: counts[one.rule] for one in EXCLUSIONS if counts[one.rule]}
