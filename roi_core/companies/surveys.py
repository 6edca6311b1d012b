"""Writes the survey tool's answers as our plain table: satisfaction after a contact (1 to 5), and a quarterly NPS (0 to 10)."""

import numpy as np

from roi_core.companies.clock import DAY, HOUR, MINUTE, Ints, month_start, stamps
from roi_core.companies.freshdesk import sender_slots, ticket_ids
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory
from roi_core.companies.process import Panel
from roi_core.companies.table import Table
from roi_core.companies.tickets import Kind, Tickets

HEADERS = ("response_id", "kind", "score", "scale", "email", "ticket_id", "sent_at", "answered_at")
_NPS_ASKED, _NPS_ANSWERED = 0.5, 0.3


def survey_export(panel: Panel, tickets: Tickets, people: Directory) -> Table:
    """Every answer comes before the month ends, and so before anybody can have left."""
    rows = [*_csat(panel, tickets, people), *_nps(panel, people)]
    rows.sort(key=lambda row: row[-1])
    numbered = [(str(i), *row) for i, row in enumerate(rows, start=1)]
    columns: list[list[str]] = [list(column) for column in zip(*numbered, strict=True)] or [[] for _ in HEADERS]
    return Table("surveys.csv", dict(zip(HEADERS, columns, strict=True)))


def _csat(panel: Panel, tickets: Tickets, people: Directory) -> list[tuple[str, ...]]:
    rows = np.flatnonzero((tickets.score > 0) & (tickets.kind == Kind.CONTACT) & (tickets.resolved >= 0))
    answered = tickets.of(rows)
    wait = (stream(panel.knobs.seed, "csat answered").random(len(rows)) ** 2 * DAY).astype(np.int64)
    sent = answered.resolved + 5 * MINUTE
    at = np.minimum(sent + wait, answered.month_end - HOUR)
    ids = np.array(ticket_ids(tickets))[rows].tolist()
    emails = [people.emails[c][s] for c, s in zip(answered.customer.tolist(), sender_slots(answered, people).tolist(), strict=True)]
    return [
        ("csat", str(score), "5", email, str(ticket), asked, done)
        for score, email, ticket, asked, done in zip(answered.score.tolist(), emails, ids, stamps(sent), stamps(at), strict=True)
    ]


def _nps(panel: Panel, people: Directory) -> list[tuple[str, ...]]:
    knobs, luck = panel.knobs, stream(panel.knobs.seed, "nps")
    rows: list[tuple[str, ...]] = []
    for step in range(2, knobs.months, 3):
        draw, noise = luck.random((2, knobs.customers)), luck.standard_normal(knobs.customers)
        customer = np.flatnonzero(panel.alive[step] & (draw[0] < _NPS_ASKED * _NPS_ANSWERED))
        felt = 7.6 + 1.1 * panel.world.customers.loyalty + 0.6 * panel.path.usage[step] - 0.5 * panel.path.problem[step] + 1.4 * noise
        score = np.clip(np.round(felt), 0, 10).astype(np.int64)[customer]
        sent: Ints = month_start(knobs.first_month + step) + 8 * DAY + 9 * HOUR + np.zeros_like(customer)
        at = sent + (draw[1][customer] * 6 * DAY).astype(np.int64)
        rows += [
            ("nps", str(s), "10", people.emails[c][0], "", asked, done)
            for s, c, asked, done in zip(score.tolist(), customer.tolist(), stamps(sent), stamps(at), strict=True)
        ]
    return rows
