"""What the user decided about links between helpdesk and billing: added, accepted, rejected; kept as keys, never as names."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

import pyarrow as pa

SETTING = "links"
"""Under which name a workspace keeps them."""
KINDS = ("customer id", "account id", "e-mail", "company name", "phone", "order number", "domain")
"""What a key can be. A customer can be added by an e-mail address, a company name or a domain."""
ADDABLE = ("e-mail", "company name", "domain")

_SCHEMA = pa.schema([("verdict", pa.string()), ("kind", pa.string()), ("match_key", pa.string()), ("customer_key", pa.string())])


@dataclass(frozen=True, slots=True)
class Decision:
    """One word of the user: tickets with this key are (add) or are not (reject) this customer's.

    `key` and `customer` are keyed hashes as the typed tables hold them (an order number as it stands there).
    """

    verdict: Literal["add", "reject"]
    kind: str
    key: str
    customer: str

    def __post_init__(self) -> None:
        if self.verdict not in ("add", "reject") or self.kind not in (ADDABLE if self.verdict == "add" else KINDS):
            raise ValueError(f"decision == {self.verdict} {self.kind}, must be add with one of {ADDABLE} or reject with one of {KINDS}")


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions in the order in which they were made. A step is what was decided with one click, and is undone as one."""

    steps: tuple[tuple[Decision, ...], ...] = ()

    @classmethod
    def of(cls, kept: Sequence[Sequence[Mapping[str, Any]]] | None) -> Self:
        """From what `as_json` gave. Raises ValueError for a verdict or kind that is none."""
        return cls(tuple(tuple(Decision(**decision) for decision in step) for step in kept or ()))

    def as_json(self) -> list[list[dict[str, str]]]:
        """For the workspace's settings."""
        return [[asdict(decision) for decision in step] for step in self.steps]

    def decide(self, *decisions: Decision) -> "Decisions":
        """With one more step; without a decision the same."""
        return Decisions((*self.steps, decisions)) if decisions else self

    def undo(self, step: int) -> "Decisions":
        """Without the step of that position (from 0). Raises IndexError where there is none."""
        undone = self.steps[step]
        return Decisions(tuple(kept for kept in self.steps if kept is not undone))

    @property
    def in_force(self) -> tuple[Decision, ...]:
        """The last word on each key and customer; a key is added to the customer named last."""
        last: dict[tuple[str, str, str], Decision] = {}
        for decision in (decision for step in self.steps for decision in step):
            place = (decision.kind, decision.key, decision.customer)
            last.pop(place, None)
            last[place] = decision
        added = {(d.kind, d.key): d for d in last.values() if d.verdict == "add"}
        return tuple(d for d in last.values() if d.verdict == "reject" or added[d.kind, d.key] is d)

    @property
    def digest(self) -> str:
        """SHA-256 over what is in force, first 16 hexadecimal digits; empty where nothing is. The order of rejections does not count."""
        listed = sorted(list(asdict(decision).values()) for decision in self.in_force)
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:16] if listed else ""

    def as_table(self) -> pa.Table:
        """What is in force, as the SQL definitions read it: verdict, kind, match_key, customer_key."""
        rows = [{"verdict": d.verdict, "kind": d.kind, "match_key": d.key, "customer_key": d.customer} for d in self.in_force]
        return pa.Table.from_pylist(rows, _SCHEMA)
