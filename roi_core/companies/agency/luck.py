"""Every random number of an agency, drawn before anything happens, so that any do() is an exact counterfactual on the same luck."""

from dataclasses import dataclass, fields, replace

from roi_core.companies.clock import Floats, Ints
from roi_core.companies.luck import numbers, part

_NORMAL = ("size", "loyalty", "hours", "report", "reply", "csat")
_ONCE = ("size", "loyalty", "industry", "joins", "term", "rank")


@dataclass(frozen=True, slots=True)
class AgencyLuck:
    """Standard normals and uniforms on [0, 1). The first six are (clients,), the others (months, clients)."""

    size: Floats
    loyalty: Floats
    industry: Floats
    joins: Floats
    term: Floats
    rank: Floats
    arrival: Floats
    severity: Floats
    hours: Floats
    report: Floats
    contact: Floats
    category: Floats
    agent: Floats
    fcr: Floats
    reply: Floats
    cleared: Floats
    leaves: Floats
    csat: Floats
    answers: Floats

    @classmethod
    def draw(cls, seed: int, months: int, clients: int) -> "AgencyLuck":
        """All numbers of one agency; the same arguments give the same numbers."""
        return cls(**{f.name: _numbers(seed, f.name, months, clients) for f in fields(cls)})

    def of(self, rows: Ints, months: slice) -> "AgencyLuck":
        """The luck of some clients in some months, month 0 being the first of them."""
        return replace(self, **{f.name: part(getattr(self, f.name), rows, months) for f in fields(self)})


def _numbers(seed: int, name: str, months: int, clients: int) -> Floats:
    return numbers(seed, f"agency {name}", (clients,) if name in _ONCE else (months, clients), normal=name in _NORMAL)
