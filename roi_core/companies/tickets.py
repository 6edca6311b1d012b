"""From contacts of the process to tickets of a helpdesk: replies, re-contacts, and all that fills a real export.

A contact that was not resolved at once comes back on the same matter within 7 days and within the month, so that what a
reader can see in the files is what the process meant.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from roi_core.companies.clock import DAY, HOUR, MINUTE, Bools, Floats, Ints, month_start
from roi_core.companies.contact_times import contact_seconds
from roi_core.companies.luck import stream
from roi_core.companies.month import FAST_REPLY_MINUTES, agent, reply_minutes
from roi_core.companies.process import Panel

UNKNOWN = -1
COMES_BACK_WITHIN = int(6.9 * DAY)
_UNANSWERED_SHARE = 0.08
_MERGED_SHARE = 0.06
_OPEN_AT_THE_END_DAYS, _OPEN_SHARE = 5, 0.5


class Kind:
    """What a ticket is; only `CONTACT` is a contact of the process."""

    CONTACT, BACK, MERGED, CANCELS, OUTBOUND, PROSPECT, SPAM, AUTOMATED = range(8)


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets in the order in which they were opened, each field (tickets,). Instants are epoch seconds, -1 where there is none.

    `customer` is -1 where the writer is no customer, `category` -1 where the kind says what it is about, `score` 0 where no
    survey was answered; `sender` in [0, 1) picks the writer.
    """

    kind: Ints
    customer: Ints
    month: Ints
    created: Ints
    replied: Ints
    resolved: Ints
    category: Ints
    severity: Ints
    agent: Ints
    score: Ints
    sender: Floats

    @property
    def month_end(self) -> Ints:
        """First second after the month in which each was opened."""
        return month_start(self.month + 1)

    def of(self, rows: Ints | Bools) -> "Tickets":
        """Some of the tickets."""
        return Tickets(*(getattr(self, f.name)[rows] for f in fields(self)))


def open_tickets(panel: Panel) -> Tickets:
    """All tickets of a company's helpdesk."""
    luck = stream(panel.knobs.seed, "tickets")
    contacts, resolved = _contacts(panel, luck)
    back = _come_back(contacts.of(~resolved), luck)
    parts = [contacts, back, _merged(back, luck), _cancellations(panel, luck), *_noise(panel, len(contacts.kind), luck)]
    together = Tickets(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Tickets)))
    ordered = together.of(np.argsort(together.created, kind="stable"))
    return _still_open(ordered, int(month_start(panel.knobs.last_month + 1)), luck)


def _contacts(panel: Panel, luck: np.random.Generator) -> tuple[Tickets, Bools]:
    """One ticket for every contact, and whether it was resolved at once."""
    step, customer = np.nonzero(panel.contact)
    months, path = range(panel.knobs.months), panel.path
    created = contact_seconds(panel)[step, customer]
    minutes = np.stack([reply_minutes(panel.world, m) for m in months])[step, customer]
    resolved = path.resolved[step, customer]
    unanswered = ~resolved & (luck.random(len(step)) < _UNANSWERED_SHARE)
    tickets = Tickets(
        kind=np.full(len(step), Kind.CONTACT),
        customer=customer,
        month=panel.knobs.first_month + step,
        created=created,
        replied=np.zeros_like(created),
        resolved=np.zeros_like(created),
        category=path.category[step, customer],
        severity=path.problem[step, customer],
        agent=np.stack([agent(panel.world, m) for m in months])[step, customer],
        score=_scores(panel, step, customer),
        sender=luck.random(len(step)),
    )
    handled = _handled(tickets, np.maximum(minutes, 1.0), 18 + 18 * ~resolved, luck)
    return replace(handled, replied=np.where(unanswered, UNKNOWN, handled.replied), score=np.where(unanswered, 0, handled.score)), resolved


def _handled(tickets: Tickets, reply: Floats, median_hours: Ints | int, luck: np.random.Generator) -> Tickets:
    """Replied after `reply` minutes and resolved some hours later, both before the month ends."""
    hours = median_hours * np.exp(1.1 * luck.standard_normal(len(reply)))
    replied = np.minimum(tickets.created + (reply * MINUTE).astype(np.int64), tickets.month_end - 3 * HOUR)
    resolved = np.minimum(replied + (hours * HOUR).astype(np.int64) + 5 * MINUTE, tickets.month_end - 2 * HOUR)
    return replace(tickets, replied=replied, resolved=resolved)


def _scores(panel: Panel, step: Ints, customer: Ints) -> Ints:
    path, luck, loyalty = panel.path, panel.world.luck, panel.world.customers.loyalty[customer]
    at = (step, customer)
    felt = 3.15 + 1.15 * path.resolved[at] + 0.45 * path.fast[at] - 0.45 * (path.problem[at] == 2) + 0.45 * loyalty
    score = np.clip(np.round(felt + 0.75 * luck.csat[at]), 1, 5)
    log_odds = -1 + 0.45 * np.abs(score - 3.2) + 0.35 * (score >= 4) + 0.25 * path.usage[at] + 0.25 * loyalty
    return np.where(luck.answers[at] < 1 / (1 + np.exp(-log_odds)), score, 0).astype(np.int64)


def _come_back(first: Tickets, luck: np.random.Generator) -> Tickets:
    """The same matter again: between 1 hour and 6.9 days after the first ticket, within its month."""
    latest = np.minimum(COMES_BACK_WITHIN, first.month_end - 4 * HOUR - first.created)
    wait = HOUR + (luck.random(len(first.kind)) * (latest - HOUR)).astype(np.int64)
    back = replace(first, kind=np.full(len(wait), Kind.BACK), created=first.created + wait, score=np.zeros_like(first.score))
    return _handled(back, FAST_REPLY_MINUTES * np.exp(1.2 * luck.standard_normal(len(wait))), 14, luck)


def _merged(back: Tickets, luck: np.random.Generator) -> Tickets:
    """Some who come back write twice; the agent merges the second ticket into the first."""
    twice = back.of(luck.random(len(back.kind)) < _MERGED_SHARE)
    created = twice.created + 2 * MINUTE + (luck.random(len(twice.kind)) * 20 * MINUTE).astype(np.int64)
    return replace(twice, kind=np.full(len(created), Kind.MERGED), created=created, replied=np.full(len(created), UNKNOWN), resolved=created + 9 * MINUTE)


def _cancellations(panel: Panel, luck: np.random.Generator) -> Tickets:
    """Leavers who write to cancel, on one of the last days of their last month."""
    step, customer = np.nonzero(panel.cancels)
    tickets = _blank(len(step), Kind.CANCELS, panel.knobs.first_month + step, luck, customer)
    days_before_end = (luck.random(len(step)) * 6).astype(np.int64)
    created = tickets.month_end - (1 + days_before_end) * DAY + 9 * HOUR + (luck.random(len(step)) * 4 * HOUR).astype(np.int64)
    minutes = 90 * np.exp(0.8 * luck.standard_normal(len(step)))
    return _handled(replace(tickets, created=created, agent=luck.integers(0, panel.knobs.agents, len(step))), minutes, 3, luck)


def _noise(panel: Panel, contacts: int, luck: np.random.Generator) -> list[Tickets]:
    """What is in every helpdesk and is no contact of a customer."""
    return [
        _outbound(panel, contacts // 100, luck),
        *(_strangers(panel, kind, int(contacts * share), luck) for kind, share in ((Kind.PROSPECT, 0.03), (Kind.SPAM, 0.04))),
        _strangers(panel, Kind.AUTOMATED, panel.knobs.months * 4, luck),
    ]


def _outbound(panel: Panel, count: int, luck: np.random.Generator) -> Tickets:
    step, customer = np.nonzero(panel.alive[:-1])
    chosen = luck.choice(len(step), size=min(count, len(step)), replace=False)
    tickets = _blank(len(chosen), Kind.OUTBOUND, panel.knobs.first_month + step[chosen], luck, customer[chosen])
    return _handled(_anytime(tickets, panel.knobs.agents, luck), np.full(len(chosen), 30.0), 8, luck)


def _strangers(panel: Panel, kind: int, count: int, luck: np.random.Generator) -> Tickets:
    month = luck.integers(panel.knobs.first_month, panel.knobs.last_month + 1, count)
    tickets = _handled(_anytime(_blank(count, kind, month, luck), panel.knobs.agents, luck), np.full(count, 200.0), 10, luck)
    if kind == Kind.PROSPECT:
        return replace(tickets, score=np.where(luck.random(count) < 0.25, luck.integers(2, 6, count), 0))
    return replace(tickets, replied=np.full(count, UNKNOWN))


def _anytime(tickets: Tickets, agents: int, luck: np.random.Generator) -> Tickets:
    room = tickets.month_end - month_start(tickets.month) - DAY
    created = month_start(tickets.month) + (luck.random(len(room)) * room).astype(np.int64)
    return replace(tickets, created=created, agent=luck.integers(0, agents, len(room)))


def _blank(count: int, kind: int, month: Ints, luck: np.random.Generator, customer: Ints | None = None) -> Tickets:
    zero, unknown = np.zeros(count, dtype=np.int64), np.full(count, UNKNOWN)
    return Tickets(np.full(count, kind), unknown if customer is None else customer, month, zero, zero, zero, unknown, zero, zero, zero, luck.random(count))


def _still_open(tickets: Tickets, end: int, luck: np.random.Generator) -> Tickets:
    """Half of what was opened in the last days of the export is not resolved yet."""
    waits = (tickets.created > end - _OPEN_AT_THE_END_DAYS * DAY) & (luck.random(len(tickets.kind)) < _OPEN_SHARE) & (tickets.kind != Kind.MERGED)
    return replace(tickets, resolved=np.where(waits, UNKNOWN, tickets.resolved), score=np.where(waits, 0, tickets.score))
