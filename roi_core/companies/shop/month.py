"""One month of a shop, vectorised over buyers.

What went wrong with last month's order is known before the month begins (the returns file holds it). Then comes the contact,
how it is handled, and whether the trouble is over. An order of the month hangs on what was before the month; what a contact
does is felt from the next month on. So orders of the month of a contact are no outcome of it.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import Bools, Floats, Ints
from roi_core.companies.month import FAST_REPLY_MINUTES, HISTORY, probability
from roi_core.companies.shop.buyers import Buyers
from roi_core.companies.shop.knobs import CALM, CATEGORIES, DECEMBER, TROUBLED, ShopKnobs
from roi_core.companies.shop.luck import ShopLuck

ADVICE_MONTHS = 3
"""Months in which advice on size keeps an order from being returned."""
SLOW_REPLY_MINUTES = 1_440
BOT_MINUTES = 0.25
_SEASON = np.array([-0.15, -0.20, 0.05, 0.10, 0.05, -0.05, -0.10, -0.10, 0.05, 0.10, 0.45, 0.40])
_CALM_CUTS, _TROUBLED_CUTS = (0.36, 0.68, 0.88), (0.58, 0.76)
_TROUBLE, _CLEARS_ALONE = 0.20, 0.30
_REPLY_SPREAD = 1.1
_CALM_CODES, _TROUBLED_CODES = (np.array([CATEGORIES.index(name) for name in names]) for names in (CALM, TROUBLED))


@dataclass(frozen=True, slots=True)
class ShopWorld:
    """A shop without its history: settings, traits, luck; `first_month` counts from the first month of all."""

    knobs: ShopKnobs
    buyers: Buyers
    luck: ShopLuck
    first_month: int = 0

    def of(self, rows: Ints, first: int, last: int) -> "ShopWorld":
        """Some buyers from month `first` to before `last`."""
        months = slice(first - self.first_month, last - self.first_month)
        return ShopWorld(self.knobs, self.buyers.of(rows, months), self.luck.of(rows, months), first)


@dataclass(frozen=True, slots=True)
class ShopState:
    """What a month inherits.

    (n,): `bought` last month, `orders` so far, `fresh` trouble with the last order, `carried` trouble from before. Latest month first: `contacts`
    and `goodwill` (6, n), `advised` (3, n).
    """

    bought: Bools
    orders: Ints
    fresh: Bools
    carried: Bools
    contacts: Bools
    goodwill: Floats
    advised: Bools

    def of(self, rows: Ints) -> "ShopState":
        """The state of some buyers."""
        return ShopState(
            self.bought[rows], self.orders[rows], self.fresh[rows], self.carried[rows],
            self.contacts[:, rows], self.goodwill[:, rows], self.advised[:, rows],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShopDo:
    """An intervention: contact, resolved at once, fast and slow reply in the first month of a run; None lets it happen.

    `no_order_from` (n,) seconds: nothing is bought at or after that second, in all months.
    """

    contact: bool | None = None
    resolved: bool | None = None
    slow: bool | None = None
    no_order_from: Ints | None = None


@dataclass(frozen=True, slots=True)
class ShopPath:
    """What happens to n buyers: each field (n,) for one month, (months, n) for a run.

    `upset` and `propensity` (the chance of a contact) are of the start of the month; `order_chance` too. `wrong` marks orders
    that went wrong, `recorded` those of which there is a return; `wrong_chance` is the chance of the former.
    """

    fresh: Bools
    upset: Bools
    propensity: Floats
    contact: Bools
    category: Ints
    bot: Bools
    minutes: Floats
    resolution_chance: Floats
    resolved: Bools
    slow: Bools
    goodwill: Floats
    order_chance: Floats
    order: Bools
    wrong_chance: Floats
    wrong: Bools
    recorded: Bools
    advised: Bools
    carried: Bools


def live_month(world: ShopWorld, step: int, state: ShopState, do: ShopDo) -> ShopPath:
    """One month: `step` counts from the first month of the world's luck, `do` forces what it names."""
    knobs, luck, month = world.knobs, world.luck, world.first_month + step
    here, first = world.buyers.joined < month, world.buyers.joined == month
    fresh = state.fresh & here
    upset = fresh | (state.carried & here)
    propensity = _propensity(world, month, state, fresh) * here
    contact = _forced(do.contact, luck.contact[step] < propensity)
    category = _category(luck.category[step], fresh)
    bot = _is_bots(world, month, step, fresh)
    minutes = reply_minutes(world, step, bot)
    chance = probability(np.asarray(0.75 - 0.6 * fresh, dtype=np.float64))
    resolved = _forced(do.resolved, luck.fcr[step] < chance)
    slow = _forced(do.slow, minutes > SLOW_REPLY_MINUTES)
    felt = 0.08 + 0.47 * resolved - 0.75 * (slow & is_december(world, step))
    goodwill = np.asarray(knobs.effect * contact * felt, dtype=np.float64)
    order_chance = np.where(first, 1.0, _order_chance(world, month, state, upset) * here)
    order = luck.order[step] < order_chance
    if do.no_order_from is not None:
        order &= world.buyers.order_s[step] < do.no_order_from
    advised = np.asarray(state.advised.any(axis=0), dtype=np.float64)
    wrong_chance = _TROUBLE * (1 - 0.5 * min(knobs.effect, 1.9) * advised)
    wrong = order & (luck.trouble[step] < wrong_chance)
    clears = _CLEARS_ALONE + knobs.effect * contact * (0.12 + 0.28 * resolved)
    return ShopPath(
        fresh, upset, propensity, contact, category, bot, minutes, chance, resolved, slow, goodwill, order_chance, order, wrong_chance, wrong,
        wrong & (luck.recorded[step] >= knobs.hidden), contact & (category == CATEGORIES.index("Size advice")), upset & (luck.cleared[step] >= clears),
    )  # fmt: skip


def reply_minutes(world: ShopWorld, step: int, bot: Bools) -> Floats:
    """Calendar minutes to the first reply, (n,): seconds by the bot, else lognormal around four hours, and three times that in December."""
    load = np.log(3.0) * is_december(world, step)
    return np.asarray(np.where(bot, BOT_MINUTES, FAST_REPLY_MINUTES * np.exp(_REPLY_SPREAD * world.luck.reply[step] + load)))


def is_december(world: ShopWorld, step: int) -> bool:
    """Whether the month is a December."""
    return (world.knobs.first_month + world.first_month + step) % 12 == DECEMBER


def _propensity(world: ShopWorld, month: int, state: ShopState, fresh: Bools) -> Floats:
    if month < world.knobs.opens:
        return np.zeros(len(fresh))
    drive = 1.1 * fresh + 0.9 * state.bought + 0.55 * np.log1p(state.orders)
    return probability(-3.3 + world.knobs.confounding * drive + 0.35 * state.contacts.any(axis=0))


def _category(luck: Floats, fresh: Bools) -> Ints:
    calm = _CALM_CODES[np.searchsorted(_CALM_CUTS, luck, side="right")]
    troubled = _TROUBLED_CODES[np.searchsorted(_TROUBLED_CUTS, luck, side="right")]
    return np.asarray(np.where(fresh, troubled, calm))


def _is_bots(world: ShopWorld, month: int, step: int, fresh: Bools) -> Bools:
    share = world.knobs.bot_share * np.where(fresh, 0.6, 1.0)
    return np.asarray((world.luck.bot[step] < share) & (month >= world.knobs.bot_from), dtype=np.bool_)


def _order_chance(world: ShopWorld, month: int, state: ShopState, upset: Bools) -> Floats:
    season = _SEASON[(world.knobs.first_month + month) % 12]
    pull = 0.65 * world.buyers.taste + 0.50 * state.bought + season - 0.03 * np.minimum(month - world.buyers.joined, 20)
    return probability(-2.05 + pull - 0.8 * world.knobs.confounding * upset + state.goodwill[:HISTORY].sum(axis=0))


def _forced(value: bool | None, happens: Bools) -> Bools:  # noqa: FBT001 - an intervention is a value, not a switch
    return happens if value is None else np.full(len(happens), value)
