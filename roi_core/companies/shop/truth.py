"""What support truly does in a shop: the process is run again with the contact made and not made.

Whether somebody orders again is an expected difference: along the path on which nothing is bought in the window, the chance that
nothing is bought is the product of the chances not to buy (whether a die fell that way feeds back on later months, so the path
is forced). Money is the sum of chance times value along the path that this luck brings. With no effect both are 0 to the last digit.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import DAY, MEAN_MONTH, Bools, Floats, Ints, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.shop.knobs import DECEMBER
from roi_core.companies.shop.month import ShopDo, ShopPath, ShopWorld
from roi_core.companies.shop.process import ShopPanel, rerun
from roi_core.companies.truth import RESOLUTION_DAYS, WASHOUT, Handling

DAYS_A_MONTH = 30
LAPSED_QUANTILE = 0.90


@dataclass(frozen=True, slots=True)
class ShopEpisodes:
    """Eligible customer months of the monthly trials, each (rows,); `month` counts from 0.

    `repeat` is the change, by a contact in the month, of the chance to order within the days after that month; `net` the
    change of what is bought in them, less refunds.
    """

    customer: Ints
    month: Ints
    treated: Bools
    propensity: Floats
    repeat: Floats
    net: Floats

    @property
    def overlap(self) -> Floats:
        """Overlap weight by the true propensity: e (1 - e), (rows,)."""
        return self.propensity * (1 - self.propensity)


def eligible(panel: ShopPanel, horizon: int) -> Bools:
    """Customer months that enter a trial followed for `horizon` times 30 days after the month, (months, customers).

    Bought for the first time a month before at least, not lapsed, no contact in the 3 months before, 3 months after the helpdesk opened.
    """
    knobs = panel.knobs
    month, start = np.arange(knobs.months)[:, None], month_start(np.arange(knobs.first_month, knobs.last_month + 2))
    quiet = np.ones_like(panel.path.contact)
    for back in range(1, WASHOUT + 1):
        quiet[back:] &= ~panel.path.contact[:-back]
    tenure = (start[:-1, None] - panel.world.buyers.started_s) / MEAN_MONTH
    followed = start[1:] + horizon * DAYS_A_MONTH * DAY <= start[-1]
    in_window = (month >= knobs.opens + WASHOUT) & followed[:, None]
    return np.asarray((tenure >= 1) & quiet & in_window & ~_lapsed(panel))


def lapse_days(panel: ShopPanel) -> float:
    """Days without an order after which a buyer counts as lapsed: the 90th percentile of the days between two orders of one buyer."""
    customer, month = np.nonzero(panel.path.order.T)
    at = panel.world.buyers.order_s[month, customer]
    gaps = np.diff(at)[np.diff(customer) == 0] / DAY
    return float(np.quantile(gaps, LAPSED_QUANTILE)) if len(gaps) else np.inf


def _lapsed(panel: ShopPanel) -> Bools:
    """Buyers whose last order lies too far back at the start of each month, (months, customers)."""
    start = month_start(np.arange(panel.knobs.first_month, panel.knobs.last_month + 1))
    bought = np.where(panel.path.order, panel.world.buyers.order_s, np.iinfo(np.int64).min // 2)
    last = np.maximum.accumulate(np.concatenate([np.full((1, bought.shape[1]), np.iinfo(np.int64).min // 2), bought[:-1]]))
    return np.asarray(start[:, None] - last > lapse_days(panel) * DAY)


def episodes(panel: ShopPanel, horizon: int) -> ShopEpisodes:
    """Every eligible customer month with the effect of a contact in it."""
    rows = eligible(panel, horizon)
    parts = [_trial(panel, int(month), np.flatnonzero(rows[month]), horizon) for month in np.flatnonzero(rows.any(axis=1))]
    empty = tuple(np.empty(0, dtype=kind) for kind in (np.int64, np.int64, np.bool_, np.float64, np.float64, np.float64))
    return ShopEpisodes(*(np.concatenate(column) for column in zip(*parts, empty, strict=True)))


def _trial(panel: ShopPanel, month: int, rows: Ints, horizon: int) -> tuple[Ints, Ints, Bools, Floats, Floats, Floats]:
    begin = np.full(len(rows), int(month_start(panel.knobs.first_month + month + 1)))
    made, not_made = (repeat_chance(panel, month, rows, ShopDo(contact=c, no_order_from=begin), horizon) for c in (True, False))
    bought, without = (_net(panel, month, rows, c, horizon) for c in (True, False))
    path = panel.path
    return rows, np.full(len(rows), month), path.contact[month, rows], path.propensity[month, rows], made - not_made, bought - without


def repeat_chance(panel: ShopPanel, month: int, rows: Ints, do: ShopDo, horizon: int) -> Floats:
    """Chance that each of some buyers orders in the `horizon` times 30 days from `do.no_order_from` on, (rows,)."""
    if do.no_order_from is None:
        raise ValueError("no_order_from == None, must be the second from which orders are counted")
    world, path = rerun(panel, month, rows, do, horizon + 3)
    return np.asarray(1 - np.prod(1 - path.order_chance * _within(world, do.no_order_from, horizon), axis=0))


def _net(panel: ShopPanel, month: int, rows: Ints, contact: bool, horizon: int) -> Floats:  # noqa: FBT001 - an intervention is a value
    begin = np.full(len(rows), int(month_start(panel.knobs.first_month + month + 1)))
    world, path = rerun(panel, month, rows, ShopDo(contact=contact), horizon + 2)
    return np.asarray((path.order_chance * net_value(world, path) * _within(world, begin, horizon)).sum(axis=0))


def net_value(world: ShopWorld, path: ShopPath) -> Floats:
    """What an order of each month brings, less what is refunded of it in the mean, (months, n)."""
    return np.asarray(world.buyers.amount * (1 - path.wrong_chance * (1 - world.knobs.hidden)))


def _within(world: ShopWorld, begin: Ints, horizon: int) -> Bools:
    at = world.buyers.order_s
    return np.asarray((at >= begin) & (at < begin + horizon * DAYS_A_MONTH * DAY))


def first_contact_resolution(panel: ShopPanel, horizon: int) -> Handling:
    """Resolved at once minus not, on the chance to order within the days from day 7 after the contact on."""
    return _handling(panel, horizon, range(panel.knobs.opens, panel.knobs.months), "resolved")


def slow_december(panel: ShopPanel, horizon: int) -> Handling:
    """A first reply after more than a day minus a faster one, on the same outcome, for contacts of a December that can be followed."""
    return _handling(panel, horizon, [m for m in range(panel.knobs.opens, panel.knobs.months) if (panel.knobs.first_month + m) % 12 == DECEMBER], "slow")


def _handling(panel: ShopPanel, horizon: int, months: "range | list[int]", what: str) -> Handling:
    at, end = any_day_seconds(panel.knobs.seed, panel.knobs.first_month, panel.path.contact.shape), int(month_start(panel.knobs.last_month + 1))
    parts = []
    for month in months:
        begin = at[month] + RESOLUTION_DAYS * DAY
        rows = np.flatnonzero(panel.path.contact[month] & (begin + horizon * DAYS_A_MONTH * DAY <= end))
        good, bad = (repeat_chance(panel, month, rows, ShopDo(no_order_from=begin[rows], **{what: value}), horizon) for value in (True, False))
        chance = panel.path.resolution_chance[month, rows] if what == "resolved" else np.full(len(rows), 0.5)
        parts.append((chance, good - bad, np.ones(len(rows))))
    return Handling(*(np.concatenate(column) for column in zip(*parts, (np.empty(0),) * 3, strict=True)))


def spreadsheet(panel: ShopPanel, horizon: int) -> float | None:
    """Share of the buyers of the first trial month that ordered in the days from then on: those who wrote in them less those who did not."""
    first = panel.knobs.opens + WASHOUT
    window = slice(first, first + horizon)
    begin = int(month_start(panel.knobs.first_month + first))
    there = (panel.world.buyers.joined < first) & ~_lapsed(panel)[first]
    again = _ordered(panel, np.full(panel.knobs.customers, begin), horizon)
    wrote = panel.path.contact[window].any(axis=0)
    return _gap(again, there & wrote, there & ~wrote)


def unadjusted_trials(panel: ShopPanel, rows: ShopEpisodes, horizon: int) -> float | None:
    """Share that ordered within the days after the month: contact less no contact, over the eligible customer months, nothing adjusted."""
    begin = month_start(panel.knobs.first_month + rows.month + 1)
    again = ordered_within(panel, rows.customer, begin, horizon)
    return _gap(again, rows.treated, ~rows.treated)


def ordered_within(panel: ShopPanel, customer: Ints, begin: Ints, horizon: int) -> Bools:
    """Whether each buyer (rows,) placed an order in the `horizon` times 30 days from a second (rows,) on."""
    at = np.where(panel.path.order[:, customer], panel.world.buyers.order_s[:, customer], -1)
    return np.asarray(((at >= begin) & (at < begin + horizon * DAYS_A_MONTH * DAY)).any(axis=0))


def _ordered(panel: ShopPanel, begin: Ints, horizon: int) -> Bools:
    return ordered_within(panel, np.arange(panel.knobs.customers), begin, horizon)


def _gap(again: Bools, ones: Bools, zeros: Bools) -> float | None:
    if not ones.any() or not zeros.any():
        return None
    return float(again[ones].mean() - again[zeros].mean())
