"""Every random number of a company, drawn before anything happens, so that any do() is an exact counterfactual on the same luck."""

import zlib
from dataclasses import dataclass, fields, replace

import numpy as np

from roi_core.companies.clock import Floats, Ints

_NORMAL = ("loyalty", "seats", "discount", "first_usage", "usage", "health", "reply", "csat")
_ONCE = ("loyalty", "seats", "discount", "first_usage", "plan", "industry", "country", "signs_up", "tenure", "first_problem")


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream of one name: adding a name never disturbs another."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def numbers(seed: int, name: str, shape: tuple[int, ...], *, normal: bool) -> Floats:
    """The numbers of one name: standard normals, or uniforms on [0, 1)."""
    generator = stream(seed, name)
    return generator.standard_normal(shape) if normal else generator.random(shape)


def part(drawn: Floats, rows: Ints, months: slice) -> Floats:
    """Numbers of some rows, (rows,), or of some rows in some months, (months, rows)."""
    return drawn[rows] if drawn.ndim == 1 else np.take(drawn[months], rows, axis=1)


@dataclass(frozen=True, slots=True)
class Luck:
    """Standard normals and uniforms on [0, 1). The first ten are (customers,), the others (months, customers)."""

    plan: Floats
    industry: Floats
    country: Floats
    seats: Floats
    discount: Floats
    loyalty: Floats
    signs_up: Floats
    tenure: Floats
    first_problem: Floats
    first_usage: Floats
    arrival: Floats
    severity: Floats
    usage: Floats
    health: Floats
    contact: Floats
    category: Floats
    agent: Floats
    fcr: Floats
    reply: Floats
    cleared: Floats
    churn: Floats
    csat: Floats
    answers: Floats
    cancels: Floats

    @classmethod
    def draw(cls, seed: int, months: int, customers: int) -> "Luck":
        """All numbers of one company; the same arguments give the same numbers."""
        return cls(**{f.name: _numbers(seed, f.name, months, customers) for f in fields(cls)})

    def of(self, rows: Ints, months: slice) -> "Luck":
        """The luck of some customers in some months, month 0 being the first of them."""
        return replace(self, **{f.name: part(getattr(self, f.name), rows, months) for f in fields(self)})


def _numbers(seed: int, name: str, months: int, customers: int) -> Floats:
    return numbers(seed, name, (customers,) if name in _ONCE else (months, customers), normal=name in _NORMAL)
