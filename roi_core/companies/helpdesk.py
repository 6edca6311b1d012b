"""Tickets that contacts become: answered, coming back where they were not resolved, and known only up to the end of the export."""

from dataclasses import dataclass, fields, replace

import numpy as np

from roi_core.companies.clock import HOUR, MINUTE, Bools, Floats, Ints, month_start
from roi_core.companies.tickets import COMES_BACK_WITHIN

BOT = -1
_BACK_MEDIAN_MINUTES = 200.0


@dataclass(frozen=True, slots=True)
class HelpdeskTickets:
    """Tickets, each field (tickets,). Instants are epoch seconds, -1 where there is none.

    `person` is a customer's number, or one beyond them for a stranger; `category` -1 where there is none; `agent` -1 for a bot;
    `score` 0 where no survey was answered.
    """

    person: Ints
    created: Ints
    replied: Ints
    closed: Ints
    category: Ints
    trouble: Ints
    agent: Ints
    score: Ints

    def of(self, rows: Ints | Bools) -> "HelpdeskTickets":
        """Some of the tickets."""
        return HelpdeskTickets(*(getattr(self, f.name)[rows] for f in fields(self)))


def opened(person: Ints, created: Ints, category: Ints, trouble: Ints, agent: Ints, score: Ints) -> HelpdeskTickets:
    """Tickets without an answer yet."""
    none = np.full(len(created), -1)
    return HelpdeskTickets(person, created, none, none, category, trouble, agent, score)


def answered(tickets: HelpdeskTickets, minutes: Floats, median_hours: Floats, luck: np.random.Generator) -> HelpdeskTickets:
    """First reply after `minutes`, closed a lognormal time after it with the median `median_hours`; both (tickets,)."""
    replied = tickets.created + np.maximum(minutes * MINUTE, 5).astype(np.int64)
    hours = median_hours * np.exp(0.9 * luck.standard_normal(len(minutes)))
    return replace(tickets, replied=replied, closed=replied + (hours * HOUR).astype(np.int64) + MINUTE)


def come_back(first: HelpdeskTickets, first_month: int, last_month: int, agents: int, luck: np.random.Generator) -> HelpdeskTickets:
    """The same matter again: between 1 hour and 6.9 days after the first ticket, within its month, to a person."""
    ends = month_start(np.arange(first_month + 1, last_month + 2))
    month_end = ends[np.searchsorted(ends, first.created, side="right")]
    latest = np.minimum(COMES_BACK_WITHIN, month_end - 2 * HOUR - first.created)
    n = len(latest)
    created = first.created + HOUR + (luck.random(n) * (latest - HOUR)).astype(np.int64)
    back = opened(first.person, created, first.category, first.trouble, luck.integers(0, agents, n), np.zeros(n, dtype=np.int64))
    return answered(back, _BACK_MEDIAN_MINUTES * np.exp(luck.standard_normal(n)), np.full(n, 14.0), luck)


def in_order(*parts: HelpdeskTickets) -> HelpdeskTickets:
    """All of them in the order in which they were opened."""
    together = HelpdeskTickets(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(HelpdeskTickets)))
    return together.of(np.argsort(together.created, kind="stable"))


def as_known_at(tickets: HelpdeskTickets, end: int) -> HelpdeskTickets:
    """What an export of that second cannot know yet is blank."""
    replied, closed = (np.where(at < end, at, -1) for at in (tickets.replied, tickets.closed))
    return replace(tickets, replied=replied, closed=closed, score=np.where(closed < 0, 0, tickets.score))
