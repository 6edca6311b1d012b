"""Who buys: traits that stay, drawn from their luck, and when in its month an order would be placed."""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import DAY, HOUR, Floats, Ints, month_start
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.companies.shop.luck import ShopLuck

_BASKET, _BASKET_SPREAD, _ORDER_SPREAD = 74.0, 0.35, 0.30
_JOINED_AT_ONCE, _OPENING_MONTHS = 0.40, 6
_COUNTRY_SHARES = (0.58, 0.70, 0.82, 0.92)
_QUIET_DAYS_AT_THE_END = 3
"""No order is placed on the last days of a month, so that what goes wrong with it is known before the next month begins."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """Traits of n buyers. `joined` (n,) is the month of the first order; `taste` (n,) moves the chance to buy.

    `order_s` (months, n): the second at which an order of that month would be placed; `amount` (months, n): what it would cost.
    """

    taste: Floats
    country: Ints
    joined: Ints
    order_s: Ints
    amount: Floats

    @property
    def started_s(self) -> Ints:
        """The second of the first order, (n,); only of buyers with all their months."""
        return np.asarray(self.order_s[self.joined, np.arange(len(self.joined))])

    def of(self, rows: Ints, months: slice) -> "Buyers":
        """Some of the buyers, in some of the months; `joined` goes on to count from the first month of all."""
        return Buyers(self.taste[rows], self.country[rows], self.joined[rows], self.order_s[months][:, rows], self.amount[months][:, rows])


def draw_buyers(knobs: ShopKnobs, luck: ShopLuck) -> Buyers:
    """Four in ten come in the opening months, the others evenly."""
    share = (luck.joins - _JOINED_AT_ONCE) / (1 - _JOINED_AT_ONCE)
    early = np.floor(luck.joins / _JOINED_AT_ONCE * _OPENING_MONTHS)
    joined = np.where(share < 0, early, np.floor(share * (knobs.months - 1))).astype(np.int64)
    basket = _BASKET * np.exp(_BASKET_SPREAD * luck.basket)
    return Buyers(
        taste=luck.taste,
        country=np.searchsorted(_COUNTRY_SHARES, luck.country, side="right"),
        joined=joined,
        order_s=_order_seconds(knobs, luck),
        amount=np.asarray(np.round(np.maximum(basket * np.exp(_ORDER_SPREAD * luck.amount), 9.0), 2), dtype=np.float64),
    )


def _order_seconds(knobs: ShopKnobs, luck: ShopLuck) -> Ints:
    start = month_start(np.arange(knobs.first_month, knobs.last_month + 2))
    days = np.diff(start)[:, None] // DAY - _QUIET_DAYS_AT_THE_END
    return np.asarray(start[:-1, None] + (luck.day * days).astype(np.int64) * DAY + (7 * HOUR + luck.hour * 16 * HOUR).astype(np.int64))
