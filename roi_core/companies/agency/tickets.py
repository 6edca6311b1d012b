"""From contacts of an agency to tickets of its desk: answers, satisfaction, matters that come back."""

import numpy as np

from roi_core.companies.agency.process import AgencyPanel
from roi_core.companies.clock import Bools, Ints, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.helpdesk import HelpdeskTickets, answered, as_known_at, come_back, in_order, opened
from roi_core.companies.luck import stream

GOOD = 4
"""Scores from here on are "Good" in a helpdesk that only knows good and bad."""


def open_tickets(panel: AgencyPanel) -> HelpdeskTickets:
    """All tickets of the desk."""
    knobs, luck = panel.knobs, stream(panel.knobs.seed, "agency tickets")
    contacts, resolved = _contacts(panel, luck)
    back = come_back(contacts.of(~resolved), knobs.first_month, knobs.last_month, knobs.agents, luck)
    return as_known_at(in_order(contacts, back), int(month_start(knobs.last_month + 1)))


def _contacts(panel: AgencyPanel, luck: np.random.Generator) -> tuple[HelpdeskTickets, Bools]:
    """One ticket for every contact, and whether it was resolved at once."""
    at = np.nonzero(panel.contact)
    path, knobs = panel.path, panel.knobs
    created = any_day_seconds(knobs.seed, knobs.first_month, panel.contact.shape)[at]
    agent = (panel.world.luck.agent[at] * knobs.agents).astype(np.int64)
    tickets = opened(at[1], created, path.category[at], path.problem[at], agent, _scores(panel, at))
    return answered(tickets, path.minutes[at], np.full(len(created), 20.0), luck), path.resolved[at]


def _scores(panel: AgencyPanel, at: tuple[Ints, ...]) -> Ints:
    path, luck = panel.path, panel.world.luck
    felt = 3.2 + 1.1 * path.resolved[at] - 0.5 * path.problem[at] + 0.35 * panel.world.clients.loyalty[at[1]]
    score = np.clip(np.round(felt + 0.7 * luck.csat[at]), 1, 5)
    return np.where(luck.answers[at] < 0.45, score, 0).astype(np.int64)
