"""One flat file, one row per customer: which column says who had support and who left, proposed from names and values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pyarrow as pa

from roi_core.errors import ColumnMissing, quoted
from roi_core.ingest.cells import Cells
from roi_core.ingest.flat_roles import CONTACT_COUNT, ROLES, Candidate, Role
from roi_core.ingest.headers import words_of

_MOST_GROUPS = 12
_SAMPLES = 5
_COLUMN = MappingProxyType({role.name: role.column for role in ROLES})


class FlatChoice(Protocol):
    """Headers chosen by role; None where the proposal stands."""

    @property
    def id(self) -> str | None:
        """Who the row is about."""

    @property
    def supported(self) -> str | None:
        """Who had support."""

    @property
    def churned(self) -> str | None:
        """Who left."""

    @property
    def tenure_months(self) -> str | None:
        """How long a customer."""

    @property
    def satisfaction(self) -> str | None:
        """Satisfaction as answered."""

    @property
    def revenue(self) -> str | None:
        """Revenue of a period."""


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """The column for a role, or none. `samples` are values, `groups` the rows by value where there are few, `others` what else would fit."""

    role: str
    header: str | None
    place: int | None
    why: str
    samples: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    others: tuple[str, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FlatProposal:
    """Every role with its column, and what has to be asked."""

    roles: tuple[RoleProposal, ...]
    notes: tuple[str, ...]

    @property
    def is_flat(self) -> bool:
        """Whether this can be one flat file: a column says who left, or the user chose a column of it."""
        return any(role.header is not None and (role.role == "churned" or role.chosen) for role in self.roles)

    @property
    def mapping(self) -> Mapping[int, str]:
        """Position of header to `flat.column`."""
        return MappingProxyType({role.place: f"flat.{_COLUMN[role.role]}" for role in self.roles if role.place is not None})

    def role(self, name: str) -> RoleProposal:
        """The proposal for one role."""
        return next(role for role in self.roles if role.role == name)

    def as_meta(self) -> dict[str, dict[str, object]]:
        """By role, as JSON, for the part and the page that changes it."""
        return {
            r.role: {"header": r.header, "why": r.why, "samples": list(r.samples), "groups": [list(g) for g in r.groups], "others": list(r.others)}
            for r in self.roles
        }


def propose(headers: Sequence[str], table: pa.Table, chosen: FlatChoice | None = None, name: str = "the file") -> FlatProposal:
    """Proposes a column for every role from header words and the values of `table` (c0..cN, text); a choice goes before.

    Raises ColumnMissing where a chosen column is not in the file.
    """
    candidates = [_candidate(place, header, table) for place, header in enumerate(headers)]
    wishes = {role.name: wish for role in ROLES if chosen and (wish := getattr(chosen, role.name)) is not None}
    free = {candidate.place: candidate for candidate in candidates if candidate.header not in wishes.values()}
    roles: list[RoleProposal] = []
    for role in ROLES:
        proposal = _chosen(role, wishes[role.name], candidates, name) if role.name in wishes else _proposed(role, free)
        roles.append(proposal)
        if proposal.place is not None:
            free.pop(proposal.place, None)
    return FlatProposal(tuple(roles), _notes(roles, list(free.values())))


def _candidate(place: int, header: str, table: pa.Table) -> Candidate:
    column = table.column(f"c{place}") if f"c{place}" in table.column_names else pa.chunked_array([pa.array([], pa.string())])
    return Candidate(place, header, words_of(header), Cells.of(column, np.arange(len(column))))


def _chosen(role: Role, wanted: str, candidates: Sequence[Candidate], name: str) -> RoleProposal:
    match = next((c for c in candidates if c.header == wanted), None) or next((c for c in candidates if c.words == words_of(wanted)), None)
    if match is None:
        raise ColumnMissing.in_file(name, wanted, [c.header for c in candidates])
    return _shown(role, match, "chosen by you", (), chosen=True)


def _proposed(role: Role, free: Mapping[int, Candidate]) -> RoleProposal:
    ranked = sorted((candidate.is_blank, rank, place) for place, candidate in free.items() if (rank := role.rank(candidate)) is not None)
    if not ranked:
        return RoleProposal(role.name, None, None, "no column has a fitting name and fitting values")
    best = free[ranked[0][2]]
    others = tuple(free[place].header for _, _, place in ranked[1:])
    return _shown(role, best, f'its name reads "{best.words}" and its values fit', others)


def _shown(role: Role, match: Candidate, why: str, others: tuple[str, ...], *, chosen: bool = False) -> RoleProposal:
    samples = () if role.name == "id" else tuple(match.cells.distinct[:_SAMPLES].to_pylist())
    groups = () if role.name == "id" else groups_of(match.cells)
    return RoleProposal(role.name, match.header, match.place, why, samples, groups, others, chosen)


def groups_of(cells: Cells) -> tuple[tuple[str, int], ...]:
    """(value, rows) of each distinct value, the largest group first; empty where there are more than 12."""
    if len(cells.distinct) > _MOST_GROUPS:
        return ()
    pairs = zip(cells.distinct.to_pylist(), cells.counts().tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda group: (-group[1], group[0])))


def _notes(roles: Sequence[RoleProposal], free: Sequence[Candidate]) -> tuple[str, ...]:
    notes = [_read_as(role) for role in roles if role.header is not None and role.role != "id"]
    by_name = {role.role: role for role in roles}
    if by_name["supported"].header is None:
        notes.append(_ask_supported([c.header for c in free if CONTACT_COUNT.rank(c) is not None]))
    else:
        notes.append(
            f"ask: is {quoted(by_name['supported'].header)} a service that was received, or an add-on that customers pay for? Such an add-on is not help"
        )
    if by_name["churned"].header is None:
        notes.append("ask: which column says who left?")
    if by_name["id"].header is None:
        notes.append("ask: no column is different in every row, so rows are numbered; which column is the customer id?")
    return tuple(notes)


def _read_as(role: RoleProposal) -> str:
    others = f"; also possible: {', '.join(quoted(other) for other in role.others)}" if role.others else ""
    return f"{role.role} is read from {quoted(role.header)}{others}"


def _ask_supported(counts: Sequence[str]) -> str:
    if not counts:
        return "ask: which column says who had support?"
    return f"ask: no column says who had support; {quoted(counts[0])} counts contacts and can be chosen (one contact or more is supported)"
