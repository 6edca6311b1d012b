"""Every random number of a shop, drawn before anything happens, so that any do() is an exact counterfactual on the same luck."""

from dataclasses import dataclass, fields, replace

from roi_core.companies.clock import Floats, Ints
from roi_core.companies.luck import numbers, part

_NORMAL = ("taste", "basket", "amount", "reply", "csat")
_ONCE = ("taste", "basket", "country", "joins")


@dataclass(frozen=True, slots=True)
class ShopLuck:
    """Standard normals and uniforms on [0, 1). The first four are (customers,), the others (months, customers)."""

    taste: Floats
    basket: Floats
    country: Floats
    joins: Floats
    order: Floats
    day: Floats
    hour: Floats
    amount: Floats
    trouble: Floats
    recorded: Floats
    contact: Floats
    category: Floats
    bot: Floats
    agent: Floats
    fcr: Floats
    reply: Floats
    cleared: Floats
    csat: Floats
    answers: Floats

    @classmethod
    def draw(cls, seed: int, months: int, customers: int) -> "ShopLuck":
        """All numbers of one shop; the same arguments give the same numbers."""
        return cls(**{f.name: _numbers(seed, f.name, months, customers) for f in fields(cls)})

    def of(self, rows: Ints, months: slice) -> "ShopLuck":
        """The luck of some customers in some months, month 0 being the first of them."""
        return replace(self, **{f.name: part(getattr(self, f.name), rows, months) for f in fields(self)})


def _numbers(seed: int, name: str, months: int, customers: int) -> Floats:
    return numbers(seed, f"shop {name}", (customers,) if name in _ONCE else (months, customers), normal=name in _NORMAL)
