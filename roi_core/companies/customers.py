"""Who the customers are: traits that stay, drawn from their luck."""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import Floats, Ints
from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.luck import Luck

INDUSTRIES = ("Logistics", "Retail", "Health", "Education", "Manufacturing", "Professional services")
COUNTRIES = ("US", "GB", "DE", "NL", "CA")
_PLAN_SHARES = (0.55, 0.88)
_SEATS, _SEAT_SPREAD, _LIST_PRICE = np.array([9.0, 28.0, 70.0]), 0.35, np.array([49.0, 79.0, 109.0])
_COUNTRY_SHARES = (0.46, 0.66, 0.82, 0.92)
_SIGN_UPS, _MEAN_TENURE_MONTHS = 0.25, 14.0
_FIRST_DAYS, _SIGN_UP_DAYS = 0.05, 0.82


@dataclass(frozen=True, slots=True)
class Customers:
    """Traits of n customers, each (n,). `plan`, `industry`, `country` are positions in their lists.

    `started` is the start in months after the first month began (negative: before it), `active_from` the first month at
    whose start they are a customer; `unit_price` in currency a seat and month, so MRR = seats x unit_price.
    """

    plan: Ints
    industry: Ints
    country: Ints
    seats: Ints
    unit_price: Floats
    loyalty: Floats
    started: Floats
    active_from: Ints

    @property
    def mrr(self) -> Floats:
        """Monthly recurring revenue, (n,)."""
        return np.round(self.seats * self.unit_price, 2)

    def of(self, rows: Ints) -> "Customers":
        """Some of the customers."""
        return Customers(
            self.plan[rows], self.industry[rows], self.country[rows], self.seats[rows],
            self.unit_price[rows], self.loyalty[rows], self.started[rows], self.active_from[rows],
        )  # fmt: skip


def draw_customers(knobs: SimulationKnobs, luck: Luck) -> Customers:
    """Three plans; seats lognormal by plan; three in four were there before the first month, the others sign up evenly."""
    plan = np.searchsorted(_PLAN_SHARES, luck.plan, side="right")
    started = _starts(knobs.months, luck)
    return Customers(
        plan=plan,
        industry=(luck.industry * len(INDUSTRIES)).astype(np.int64),
        country=np.searchsorted(_COUNTRY_SHARES, luck.country, side="right"),
        seats=np.maximum(np.round(_SEATS[plan] * np.exp(_SEAT_SPREAD * luck.seats)), 1).astype(np.int64),
        unit_price=np.round(_LIST_PRICE[plan] * np.exp(0.08 * luck.discount - 0.1), 2),
        loyalty=luck.loyalty,
        started=started,
        active_from=np.maximum(np.ceil(started), 0).astype(np.int64),
    )


def _starts(months: int, luck: Luck) -> Floats:
    """Sign-ups fall on days 2 to 26, so that "a month old" never hangs on the length of a month."""
    share = luck.signs_up / _SIGN_UPS
    whole = np.floor(share * (months - 1))
    day = _FIRST_DAYS + _SIGN_UP_DAYS * (share * (months - 1) - whole)
    before = -0.1 + _MEAN_TENURE_MONTHS * np.log1p(-luck.tenure)
    return np.asarray(np.where(share < 1, whole + day, before))
