"""The words a vendor's export is declared in. A declaration holds facts about one file format and no code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Clock(StrEnum):
    """Which hours a duration counts."""

    CALENDAR = "calendar"
    BUSINESS = "business hours"


class DurationUnit(StrEnum):
    """How a duration is written."""

    CLOCK = "H:MM:SS"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Confidence(StrEnum):
    """What a declared mapping rests on, in the words of the catalogue."""

    READ = "read verbatim"
    DERIVED = "derived from an API schema"
    GENERAL = "general knowledge"


@dataclass(frozen=True, slots=True)
class Duration:
    """Unit and clock of one duration column; hours of a clock text may run past 24."""

    unit: DurationUnit
    clock: Clock = Clock.CALENDAR


@dataclass(frozen=True, slots=True)
class Scale:
    """A satisfaction scale from 1 to `top`, and what its words score on it."""

    top: float
    words: Mapping[str, float]


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Export:
    """One export of one vendor.

    `columns` maps a canonical `table.column` to the header it comes from; where several headers stand, a row takes the
    first one that is filled. `drift` lists older, newer or renamed forms of a header. `absent` names headers that
    another product has and this one never. `words` maps written words to canonical ones by the longest prefix, `blanks`
    lists words that mean nothing was chosen. `per_interval` is true where `subscriptions.mrr` is written as the price
    of one unit for one billing interval, `guests_by_email` where a row without a customer id belongs
    to whoever has its e-mail address. Money is always in major units here.
    """

    id: str
    vendor: str
    title: str
    entity: str
    signature: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    drift: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    absent: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    zone: str | None = None
    durations: Mapping[str, Duration] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    blanks: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))
    per_interval: bool = False
    guests_by_email: bool = False
    rows: str = "one row per record"
    confidence: Confidence = Confidence.READ

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that the export is read from, signature first, each once."""
        mapped = (header for headers in self.columns.values() for header in headers)
        return tuple(dict.fromkeys((*self.signature, *mapped)))
