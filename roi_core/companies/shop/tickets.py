"""From contacts of a shop to tickets of its helpdesk: answers of people and of the bot, matters that come back, chats before the first order."""

import numpy as np

from roi_core.companies.clock import Bools, Ints, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.helpdesk import BOT, HelpdeskTickets, answered, as_known_at, come_back, in_order, opened
from roi_core.companies.luck import stream
from roi_core.companies.shop.carts import Carts
from roi_core.companies.shop.process import ShopPanel

PRE_SALE = -1
_BOT_HOURS, _HOURS = 0.05, 14.0


def open_tickets(panel: ShopPanel, carts: Carts) -> HelpdeskTickets:
    """All tickets of the helpdesk."""
    knobs, luck = panel.knobs, stream(panel.knobs.seed, "shop tickets")
    contacts, resolved = _contacts(panel, luck)
    back = come_back(contacts.of(~resolved), knobs.first_month, knobs.last_month, knobs.agents, luck)
    return as_known_at(in_order(contacts, back, _chats(carts, panel, luck)), int(month_start(knobs.last_month + 1)))


def _contacts(panel: ShopPanel, luck: np.random.Generator) -> tuple[HelpdeskTickets, Bools]:
    """One ticket for every contact, and whether it was resolved at once."""
    at = np.nonzero(panel.path.contact)
    path, knobs = panel.path, panel.knobs
    created = any_day_seconds(knobs.seed, knobs.first_month, path.contact.shape)[at]
    agent = np.where(path.bot[at], BOT, (panel.world.luck.agent[at] * knobs.agents).astype(np.int64))
    tickets = opened(at[1], created, path.category[at], path.fresh[at].astype(np.int64), agent, _scores(panel, at))
    return answered(tickets, path.minutes[at], np.where(agent == BOT, _BOT_HOURS, _HOURS), luck), path.resolved[at]


def _scores(panel: ShopPanel, at: tuple[Ints, ...]) -> Ints:
    """Speed buys stars: an answer within the hour is worth more of them than it is worth orders."""
    path, luck = panel.path, panel.world.luck
    felt = 2.75 + 1.15 * path.resolved[at] + 0.75 * (path.minutes[at] <= 60) - 0.9 * path.slow[at]
    felt = felt - 0.4 * path.fresh[at] + 0.25 * panel.world.buyers.taste[at[1]]
    score = np.clip(np.round(felt + 0.75 * luck.csat[at]), 1, 5)
    answers = luck.answers[at] < 0.22 + 0.10 * (score >= 4) + 0.06 * (score <= 2)
    return np.where(answers, score, 0).astype(np.int64)


def _chats(carts: Carts, panel: ShopPanel, luck: np.random.Generator) -> HelpdeskTickets:
    """Questions before the first order, answered in the chat within minutes."""
    rows = np.flatnonzero(carts.chat)
    n = len(rows)
    zero = np.zeros(n, dtype=np.int64)
    chats = opened(carts.visitor[rows], carts.chat_s[rows], np.full(n, PRE_SALE), zero, luck.integers(0, panel.knobs.agents, n), zero)
    return answered(chats, 2 + 6 * luck.random(n), np.full(n, _HOURS), luck)
