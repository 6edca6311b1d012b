"""Writes tickets the way the Zendesk Admin Center exports them: minutes by the calendar, satisfaction as good or bad, times without a zone."""

import numpy as np

from roi_core.companies.agency.knobs import CATEGORIES
from roi_core.companies.agency.tickets import GOOD
from roi_core.companies.clock import HOUR, MINUTE, Ints, business_seconds, stamps
from roi_core.companies.helpdesk import HelpdeskTickets
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory, person
from roi_core.companies.table import Table, with_blanks

HEADERS = (
    "Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email", "Requester domain", "Submitter", "Assignee",
    "Group", "Subject", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at", "Updated at", "Assigned at", "Organization", "Due date",
    "Initially assigned at", "Solved at", "Resolution time", "Satisfaction Score", "Group stations", "Assignee stations", "Reopens", "Replies",
    "First reply time in minutes", "First reply time in minutes within business hours", "First resolution time in minutes",
    "First resolution time in minutes within business hours", "Full resolution time in minutes", "Full resolution time in minutes within business hours",
    "Agent wait time in minutes", "Agent wait time in minutes within business hours", "Requester wait time in minutes",
    "Requester wait time in minutes within business hours", "On hold time in minutes", "On hold time in minutes within business hours",
)  # fmt: skip
FIRST_TICKET_ID = 4_118
_FIRST_REQUESTER = 374_118_205_531
_PRIORITIES = ("Normal", "High", "Urgent")
_SUBJECTS = {
    "Question": ("When does the autumn campaign start?", "Who signs off the copy?", "Can you send the latest figures?"),
    "Task": ("Please change the opening hours on the site", "New banner for the newsletter", "Add two people to the review"),
    "Incident": ("Landing page is down", "The wrong price went out", "Tracking has stopped"),
    "Problem": ("Reports do not match our own numbers", "Deadlines slip again", "Third round of the same corrections"),
}


def ticket_export(tickets: HelpdeskTickets, people: Directory, seed: int) -> Table:
    """The tickets export, in no order of its own: by number here."""
    n = len(tickets.person)
    luck = stream(seed, "zendesk").random((3, n))
    slot = np.where(luck[0] < 0.6, 0, (luck[1] * people.people[tickets.person]).astype(np.int64))
    who = list(zip(tickets.person.tolist(), slot.tolist(), strict=True))
    names = [person(x) for x in stream(seed, "agency desk").random(int(tickets.agent.max(initial=0)) + 1).tolist()]
    agents = [names[a] for a in tickets.agent.tolist()]
    requester, created = [people.names[c][s] for c, s in who], stamps(tickets.created)
    replies = np.where(tickets.replied >= 0, 1 + (luck[2] ** 2 * 4).astype(np.int64), 0)
    filled = {
        "Summation column": list(range(1, n + 1)),
        "Id": list(range(FIRST_TICKET_ID, FIRST_TICKET_ID + n)),
        "Requester": requester,
        "Requester id": [str(_FIRST_REQUESTER + 1_009 * (4 * c + s)) for c, s in who],
        "Requester email": [people.emails[c][s] for c, s in who],
        "Requester domain": [people.emails[c][s].partition("@")[2] for c, s in who],
        "Submitter": requester,
        "Assignee": agents,
        "Group": ["Client desk"] * n,
        "Subject": [_subject(c, x) for c, x in zip(tickets.category.tolist(), luck[1].tolist(), strict=True)],
        "Status": [str(s) for s in np.where(tickets.closed >= 0, "Closed", np.where(tickets.replied >= 0, "Pending", "Open"))],
        "Priority": [_PRIORITIES[t] for t in tickets.trouble.tolist()],
        "Via": [str(v) for v in np.array(["Mail", "Web form", "Phone"])[np.searchsorted((0.7, 0.9), luck[2], side="right")]],
        "Ticket type": [CATEGORIES[c] for c in tickets.category.tolist()],
        "Created at": created,
        "Updated at": stamps(np.maximum.reduce([tickets.created, tickets.replied, tickets.closed])),
        "Assigned at": created,
        "Organization": [people.company[c] for c, _ in who],
        "Initially assigned at": created,
        "Solved at": stamps(tickets.closed),
        "Resolution time": _span(tickets.created, tickets.closed, HOUR),
        "Satisfaction Score": _ratings(tickets),
        "Group stations": [1] * n,
        "Assignee stations": [1] * n,
        "Reopens": [0] * n,
        "Replies": replies.tolist(),
        "First reply time in minutes": _span(tickets.created, tickets.replied, MINUTE),
        "First reply time in minutes within business hours": _span(tickets.created, tickets.replied, MINUTE, business=True),
        "Full resolution time in minutes": _span(tickets.created, tickets.closed, MINUTE),
        "Full resolution time in minutes within business hours": _span(tickets.created, tickets.closed, MINUTE, business=True),
    }
    return Table("zendesk_tickets.csv", with_blanks(HEADERS, n, filled))


def _subject(category: int, luck: float) -> str:
    subjects = _SUBJECTS[CATEGORIES[category]]
    return subjects[int(luck * len(subjects))]


def _ratings(tickets: HelpdeskTickets) -> list[str]:
    rated = np.where(tickets.score >= GOOD, "Good", "Bad")
    asked = np.where(tickets.closed >= 0, "Offered", "Not Offered")
    return [str(s) for s in np.where(tickets.score > 0, rated, asked)]


def _span(start: Ints, end: Ints, unit: int, *, business: bool = False) -> list[str]:
    seconds = business_seconds(start, end) if business else end - start
    return [str(round(s / unit)) if known else "" for s, known in zip(seconds.tolist(), (end >= 0).tolist(), strict=True)]
