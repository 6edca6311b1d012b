"""One measured figure, and the median of a few runs."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in `unit`; `limit` is what it must stay under, None where nothing is promised."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it stays under its limit."""
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        promise = "" if self.limit is None else f"   limit {self.limit:g} {self.unit}{'' if self.kept else '   MISSED'}"
        return f"{self.value:10.3f} {self.unit:3} {self.what}{promise}"


def _nothing() -> None:
    """Needs no preparation."""


def seconds(function: Callable[[], object], times: int = 5, before: Callable[[], object] = _nothing) -> float:
    """Median wall-clock seconds of a few calls, each after a call of `before` that does not count."""
    return median(_once(function, before) for _ in range(times))


def _once(function: Callable[[], object], before: Callable[[], object]) -> float:
    before()
    start = perf_counter()
    function()
    return perf_counter() - start
