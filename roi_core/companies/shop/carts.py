"""Carts of first-time visitors: those that became a first order, and those that were left; some visitors asked in the chat before.

A chat raises the chance that the cart is bought. First orders are given, so who chatted is drawn from the chance to have done so
given that the cart was bought or left (Bayes): the same two-by-two table as if visitors came first.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import DAY, HOUR, Bools, Floats, Ints, month_start
from roi_core.companies.luck import stream
from roi_core.companies.month import probability
from roi_core.companies.shop.month import ShopWorld

CHAT_SHARE, BOUGHT_WITHOUT = 0.15, 0.42
_CHAT_LOG_ODDS = 0.5


@dataclass(frozen=True, slots=True)
class Carts:
    """Carts in order of opening, each field (carts,): `visitor` is the buyer's number, or n and on for those who left the cart."""

    visitor: Ints
    opened: Ints
    amount: Floats
    bought: Bools
    chat: Bools
    chat_s: Ints


def chance_to_buy(effect: float, *, chat: bool) -> float:
    """Chance that a first cart is bought, after a chat or without one."""
    return float(probability(np.array(np.log(BOUGHT_WITHOUT / (1 - BOUGHT_WITHOUT)) + _CHAT_LOG_ODDS * effect * chat)))


def chat_effect(effect: float) -> float:
    """What a chat before the first order adds to the chance to buy, as a fraction."""
    return chance_to_buy(effect, chat=True) - chance_to_buy(effect, chat=False)


def draw_carts(world: ShopWorld) -> Carts:
    """One cart for every first order since the helpdesk opened, and as many left as the chance to buy implies."""
    knobs, buyers = world.knobs, world.buyers
    luck = stream(knobs.seed, "shop carts")
    new = np.flatnonzero(buyers.joined >= knobs.opens)
    with_chat, without = (chance_to_buy(knobs.effect, chat=c) for c in (True, False))
    overall = CHAT_SHARE * with_chat + (1 - CHAT_SHARE) * without
    left = round(len(new) * (1 - overall) / overall)
    first, end = int(month_start(knobs.first_month + knobs.opens)), int(month_start(knobs.last_month + 1))
    opened = np.concatenate([buyers.started_s[new] - HOUR, first + (luck.random(left) * (end - first - DAY)).astype(np.int64)])
    bought = np.arange(len(new) + left) < len(new)
    amount = np.concatenate([buyers.amount[buyers.joined[new], new], luck.permutation(buyers.amount.ravel())[:left]])
    chance = CHAT_SHARE * np.where(bought, with_chat / overall, (1 - with_chat) / (1 - overall))
    chat = luck.random(len(bought)) < chance
    visitor = np.concatenate([new, knobs.customers + np.arange(left)])
    order = np.argsort(opened, kind="stable")
    asked = opened + (luck.random(len(bought)) * 0.7 * HOUR).astype(np.int64)
    return Carts(visitor[order], opened[order], amount[order], bought[order], chat[order], asked[order])
