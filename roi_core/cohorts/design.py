"""The design of a comparison: fixed before any outcome is read, its digest printed in every report."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from roi_core.errors import DesignRefused

DEFAULT_HORIZONS = (3, 6, 12)
SHOP_HORIZONS = (3, 6)
"""90 and 180 days."""
_LATER = ("industries", "countries", "regions", "acquisition_channels")
"""Filters that came later: while they are empty the digest is what it was without them."""


@dataclass(frozen=True, slots=True)
class FlatColumns:
    """Headers of one flat file by their role; None where the proposal stands."""

    id: str | None = None
    supported: str | None = None
    churned: str | None = None
    tenure_months: str | None = None
    satisfaction: str | None = None
    revenue: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which contacts count as support, and which customers are looked at. Empty means all.

    `first_month` and `last_month` (month numbers, both included) bound the trial months.
    `quality` is "any", "first_contact_resolution" or "fast_reply": only contacts handled that way count as treated,
    other contacts are neither treated nor control.
    """

    channels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    acquisition_channels: tuple[str, ...] = ()
    first_month: int | None = None
    last_month: int | None = None
    quality: str = "any"


@dataclass(frozen=True, slots=True)
class Planned:
    """What a randomised test was planned with; no file holds it.

    `treated_share` is the share of customers that were to be helped, a half where it is None. `margin` is how much more leaving would
    still count as not worse, as a fraction; None where nobody has stated one.
    """

    treated_share: float | None = None
    margin: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("treated_share", self.treated_share), ("margin", self.margin)):
            if value is not None and not 0 < value < 1:
                raise DesignRefused.value(name, value, "between 0 and 1")

    @classmethod
    def typed(cls, share_percent: float | None, margin_points: float | None) -> Self:
        """From what a reader types: percent of customers, and points of leaving. Raises DesignRefused."""
        return cls(None if share_percent is None else share_percent / 100, None if margin_points is None else margin_points / 100)

    @property
    def share_percent(self) -> float | None:
        """The planned share in percent."""
        return None if self.treated_share is None else round(self.treated_share * 100, 6)

    @property
    def margin_points(self) -> float | None:
        """The margin in points."""
        return None if self.margin is None else round(self.margin * 100, 6)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Leaving as known from elsewhere, where no group of one's own can be compared with: share a year, as a fraction, and who says so."""

    churn_a_year: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if self.churn_a_year is not None and not 0 < self.churn_a_year < 1:
            raise DesignRefused.value("quoted churn a year", self.churn_a_year, "between 0 and 1")

    @classmethod
    def typed(cls, percent_a_year: float | None, source: str | None) -> Self:
        """From what a reader types: percent of customers a year. Raises DesignRefused."""
        return cls() if percent_a_year is None else cls(percent_a_year / 100, source or "")

    @property
    def percent_a_year(self) -> float | None:
        """The share in percent."""
        return None if self.churn_a_year is None else round(self.churn_a_year * 100, 6)


@dataclass(frozen=True, slots=True)
class Design:
    """Monthly target trials (Hernan, Robins 2016). `supported` is "contact" or "column:NAME"."""

    supported: str = "contact"
    washout_months: int = 3
    horizon_months: int = 6
    exclude_categories: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    flat: FlatColumns = field(default_factory=FlatColumns)
    planned: Planned = field(default_factory=Planned)
    quoted: Quoted = field(default_factory=Quoted)

    def __post_init__(self) -> None:
        if not 1 <= self.washout_months <= 12:
            raise DesignRefused.value("washout_months", self.washout_months, "from 1 to 12")
        if self.horizon_months not in (1, 2, 3, 6, 9, 12, 18, 24):
            raise DesignRefused.value("horizon_months", self.horizon_months, "1, 2, 3, 6, 9, 12, 18 or 24")
        if self.supported != "contact" and not self.supported.startswith("column:"):
            raise DesignRefused.value("supported", self.supported, '"contact" or "column:NAME"')

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `asdict` gave, through JSON. Raises DesignRefused, KeyError, TypeError where it is none."""
        filters: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept["filters"].items()}
        parts = {"filters": Filters(**filters), "flat": FlatColumns(**kept["flat"]), "exclude_categories": tuple(kept["exclude_categories"])}
        typed = {"planned": Planned(**kept.get("planned", {})), "quoted": Quoted(**kept.get("quoted", {}))}
        return cls(**{**kept, **parts, **typed})

    @property
    def digest(self) -> str:
        """SHA-256 over the settings, first 16 hexadecimal digits; what was not typed leaves it as it was."""
        settings = asdict(self)
        for name in _LATER:
            if not settings["filters"][name]:
                del settings["filters"][name]
        if self.planned == Planned():
            del settings["planned"]
        if self.quoted == Quoted():
            del settings["quoted"]
        return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def chosen_after_looking(self) -> bool:
        """True for anything but the default that is fixed before an outcome is read; such results are capped at C."""
        return self != Design(flat=self.flat, planned=self.planned, quoted=self.quoted)
