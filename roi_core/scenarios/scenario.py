"""A scenario: which of today's figures are moved, and where to."""

import math
from dataclasses import dataclass

from roi_core.assumptions import Assumptions
from roi_core.errors import AssumptionRefused

SHARES = ("first_contact_resolution", "fast_reply", "without_agent")
TYPED = ("agents", "cost_per_agent_year", "gross_margin", "discount_rate_annual")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Shares are of all contacts (0 to 1), `spend_more` is money a year beside the cost of today, below 0 a saving.

    None leaves a figure as it is today. Raises AssumptionRefused.
    """

    first_contact_resolution: float | None = None
    fast_reply: float | None = None
    without_agent: float | None = None
    agents: float | None = None
    cost_per_agent_year: float | None = None
    gross_margin: float | None = None
    discount_rate_annual: float | None = None
    spend_more: float | None = None

    def __post_init__(self) -> None:
        for key, share in self.shares.items():
            if not math.isfinite(share) or not 0 <= share <= 1:
                raise AssumptionRefused.value(key, share, "a share of contacts from 0 to 1 (75 % is 0.75)")
        if self.spend_more is not None and not math.isfinite(self.spend_more):
            raise AssumptionRefused.value("spend_more", self.spend_more, "an amount of money a year")
        Assumptions.of(self.typed)

    @property
    def shares(self) -> dict[str, float]:
        """The shares of contacts that are moved."""
        return {key: getattr(self, key) for key in SHARES if getattr(self, key) is not None}

    @property
    def typed(self) -> dict[str, float]:
        """The assumptions that are moved."""
        return {key: getattr(self, key) for key in TYPED if getattr(self, key) is not None}

    @property
    def moved(self) -> dict[str, float]:
        """Everything that is moved, as a scenario takes it."""
        return {**self.shares, **self.typed, **({} if self.spend_more is None else {"spend_more": self.spend_more})}

    def over(self, assumptions: Assumptions) -> Assumptions:
        """Today's assumptions with the moved ones in place."""
        return assumptions.replace(**self.typed) if self.typed else assumptions
