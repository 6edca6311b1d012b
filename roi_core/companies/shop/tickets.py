"""From contacts of a shop to tickets of its helpdesk: replies by people and by the bot, matters that come back, chats before the first order."""

from dataclasses import dataclass, fields

import numpy as np

from roi_core.companies.clock import HOUR, MINUTE, Bools, Floats, Ints, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.luck import stream
from roi_core.companies.shop.carts import Carts
from roi_core.companies.shop.process import ShopPanel
from roi_core.companies.tickets import COMES_BACK_WITHIN

BOT, PRE_SALE = -1, -1


@dataclass(frozen=True, slots=True)
class ShopTickets:
    """Tickets in the order in which they were opened, each field (tickets,). Instants are epoch seconds, -1 where there is none.

    `person` is a buyer's number, or n and on for a visitor; `category` -1 for a question before the first order; `agent` -1 for
    the bot; `score` 0 where no survey was answered.
    """

    person: Ints
    created: Ints
    replied: Ints
    closed: Ints
    category: Ints
    trouble: Bools
    agent: Ints
    score: Ints

    def of(self, rows: Ints | Bools) -> "ShopTickets":
        """Some of the tickets."""
        return ShopTickets(*(getattr(self, f.name)[rows] for f in fields(self)))


def open_tickets(panel: ShopPanel, carts: Carts) -> ShopTickets:
    """All tickets of the helpdesk."""
    luck = stream(panel.knobs.seed, "shop tickets")
    contacts, resolved = _contacts(panel, luck)
    parts = (contacts, _come_back(contacts.of(~resolved), panel, luck), _chats(carts, panel, luck))
    together = ShopTickets(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(ShopTickets)))
    ordered = together.of(np.argsort(together.created, kind="stable"))
    return _until_the_end(ordered, int(month_start(panel.knobs.last_month + 1)))


def _contacts(panel: ShopPanel, luck: np.random.Generator) -> tuple[ShopTickets, Bools]:
    """One ticket for every contact, and whether it was resolved at once."""
    at = np.nonzero(panel.path.contact)
    path, knobs = panel.path, panel.knobs
    created = any_day_seconds(knobs.seed, knobs.first_month, path.contact.shape)[at]
    agent = (panel.world.luck.agent[at] * knobs.agents).astype(np.int64)
    score = _scores(panel, at)
    tickets = ShopTickets(at[1], created, created, created, path.category[at], path.fresh[at], np.where(path.bot[at], BOT, agent), score)
    return _handled(tickets, path.minutes[at], luck), path.resolved[at]


def _handled(tickets: ShopTickets, minutes: Floats, luck: np.random.Generator) -> ShopTickets:
    replied = tickets.created + np.maximum(minutes * MINUTE, 5).astype(np.int64)
    hours = np.where(tickets.agent == BOT, 0.05, 14.0) * np.exp(0.9 * luck.standard_normal(len(minutes)))
    return ShopTickets(
        tickets.person, tickets.created, replied, replied + (hours * HOUR).astype(np.int64) + MINUTE,
        tickets.category, tickets.trouble, tickets.agent, tickets.score,
    )  # fmt: skip


def _scores(panel: ShopPanel, at: tuple[Ints, ...]) -> Ints:
    """Speed buys stars: an answer within the hour is worth more of them than it is worth orders."""
    path, luck = panel.path, panel.world.luck
    felt = (
        2.75 + 1.15 * path.resolved[at] + 0.75 * (path.minutes[at] <= 60) - 0.9 * path.slow[at] - 0.4 * path.fresh[at] + 0.25 * panel.world.buyers.taste[at[1]]
    )
    score = np.clip(np.round(felt + 0.75 * luck.csat[at]), 1, 5)
    answers = luck.answers[at] < 0.22 + 0.10 * (score >= 4) + 0.06 * (score <= 2)
    return np.where(answers, score, 0).astype(np.int64)


def _come_back(first: ShopTickets, panel: ShopPanel, luck: np.random.Generator) -> ShopTickets:
    """The same matter again: between 1 hour and 6.9 days after the first ticket, within its month, to a person."""
    month = (
        panel.knobs.first_month + np.searchsorted(month_start(np.arange(panel.knobs.first_month, panel.knobs.last_month + 2)), first.created, side="right") - 1
    )
    latest = np.minimum(COMES_BACK_WITHIN, month_start(month + 1) - 2 * HOUR - first.created)
    created = first.created + HOUR + (luck.random(len(month)) * (latest - HOUR)).astype(np.int64)
    agent = luck.integers(0, panel.knobs.agents, len(month))
    back = ShopTickets(first.person, created, created, created, first.category, first.trouble, agent, np.zeros_like(created))
    return _handled(back, 200 * np.exp(luck.standard_normal(len(month))), luck)


def _chats(carts: Carts, panel: ShopPanel, luck: np.random.Generator) -> ShopTickets:
    """Questions before the first order, answered in the chat within minutes."""
    rows = np.flatnonzero(carts.chat)
    created, n = carts.chat_s[rows], len(rows)
    agent = luck.integers(0, panel.knobs.agents, n)
    chats = ShopTickets(carts.visitor[rows], created, created, created, np.full(n, PRE_SALE), np.zeros(n, dtype=np.bool_), agent, np.zeros(n, dtype=np.int64))
    return _handled(chats, 2 + 6 * luck.random(n), luck)


def _until_the_end(tickets: ShopTickets, end: int) -> ShopTickets:
    """What the export cannot know yet is blank: nothing in it is later than its period."""
    replied = np.where(tickets.replied < end, tickets.replied, -1)
    closed = np.where(tickets.closed < end, tickets.closed, -1)
    score = np.where(closed < 0, 0, tickets.score)
    return ShopTickets(tickets.person, tickets.created, replied, closed, tickets.category, tickets.trouble, tickets.agent, score)
