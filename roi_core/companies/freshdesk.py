"""Writes tickets the way the Freshdesk agent portal exports them.

Its quirks: durations are business-hours text that runs past 24 and is 00:00:00 both for "no reply" and for "all outside of
business hours"; "Contact ID" holds the e-mail address; the company is blank on one ticket in five; times have no zone.
"""

import numpy as np

from roi_core.companies.clock import HOUR, MINUTE, Bools, Floats, Ints, business_seconds, stamps
from roi_core.companies.knobs import CATEGORIES
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory, person
from roi_core.companies.table import Table, with_blanks
from roi_core.companies.tickets import Kind, Tickets

HEADERS = (
    "Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time", "Due by Time", "Resolved time", "Closed time",
    "Last update time", "Initial response time", "Time tracked", "First response time (in hrs)", "Resolution time (in hrs)", "Agent interactions",
    "Customer interactions", "Resolution status", "First response status", "Tags", "Survey results", "Association type", "Product",
    "Every response status", "Full name", "Contact ID", "Company Name",
)  # fmt: skip
FIRST_TICKET_ID = 20_411
_BILLING_CONTACT_SHARE = 0.70
_COMPANY_BLANK = (0.25, 0.09)
"""Share of tickets without a company, by billing contact and colleague: one in five of all."""
_SUBJECTS = {
    "Billing question": ("Question about our last invoice", "VAT number missing on the invoice", "Charged for too many seats", "Change of billing address"),
    "How-to question": ("How do I share a view with a client?", "Where can I set working hours?", "Adding a second team", "Can we copy a template?"),
    "Export fails": ("Export fails with error 504", "CSV export stays at 0 %", "Monthly export is missing rows", "Export stopped working"),
    "Login problem": ("Cannot log in since this morning", "Two-factor code never arrives", "New colleague has no access", "Single sign-on loop"),
    "Integration": ("Calendar sync is late", "Webhook returns 401", "CRM fields are not updated", "API limit reached"),
    "Bug report": ("Page stays blank after saving", "Wrong totals on the dashboard", "Numbers jump when I filter", "Attachments disappear"),
}
_OTHER_SUBJECTS = {
    Kind.CANCELS: ("Please cancel our subscription", "We would like to close our account"),
    Kind.OUTBOUND: ("Your new invoice layout", "Planned maintenance on Sunday"),
    Kind.PROSPECT: ("Question before we sign up", "Do you offer a trial?"),
    Kind.SPAM: ("Grow your followers today", "Partnership proposal for your website"),
    Kind.AUTOMATED: ("Weekly report: queue and uptime", "Out of office: back on Monday"),
}
_OTHER_TYPES = {Kind.CANCELS: "Account change", Kind.PROSPECT: "Presales", Kind.SPAM: "Others", Kind.AUTOMATED: "Weekly Report"}
_GROUPS = ("Billing", "Product Support", "Product Support", "Product Support", "Technical", "Technical")
_PRIORITIES = ("Low", "Medium", "High", "Urgent")
_DUE_HOURS = np.array([120, 72, 24, 8])
_SOURCES, _SOURCE_CUTS = ("Email", "Portal", "Chat", "Phone", "Feedback Widget"), (0.62, 0.80, 0.90, 0.96)
_WORDS = ("", "Extremely dissatisfied", "Slightly dissatisfied", "Neither satisfied nor dissatisfied", "Mostly satisfied", "Extremely satisfied")


def ticket_ids(tickets: Tickets) -> list[int]:
    """Numbers in the order in which tickets were opened."""
    return list(range(FIRST_TICKET_ID, FIRST_TICKET_ID + len(tickets.kind)))


def ticket_export(tickets: Tickets, people: Directory, seed: int, end: int) -> Table:
    """The ticket export. `end` is the first second after the exported period; nothing in it is later."""
    luck = stream(seed, "freshdesk").random((9, len(tickets.kind)))
    priority = np.where(tickets.severity < 2, tickets.severity, 2 + (luck[0] < 0.25))
    solved, replied = tickets.resolved >= 0, tickets.replied >= 0
    closed = np.where(solved & (luck[1] < 0.3), np.minimum(tickets.resolved + (luck[2] * 48 * HOUR).astype(np.int64), end - MINUTE), -1)
    answers = np.where(replied, 1 + (luck[3] ** 2 * 5).astype(np.int64), 0)
    first = np.where(replied, business_seconds(tickets.created, tickets.replied), 0)
    whole = np.where(solved, business_seconds(tickets.created, tickets.resolved), 0)
    due = tickets.created + _DUE_HOURS[priority] * HOUR
    names, emails, companies = _writers(tickets, people, luck[4])
    filled = {
        "Ticket ID": ticket_ids(tickets),
        "Subject": [_subject(k, c, x) for k, c, x in zip(tickets.kind.tolist(), tickets.category.tolist(), luck[5].tolist(), strict=True)],
        "Status": _statuses(tickets, closed, luck[6]),
        "Priority": [_PRIORITIES[p] for p in priority.tolist()],
        "Source": _sources(tickets, luck[7]),
        "Type": [_OTHER_TYPES.get(k, CATEGORIES[c] if c >= 0 else "") for k, c in zip(tickets.kind.tolist(), tickets.category.tolist(), strict=True)],
        "Agent": _agents(tickets, seed),
        "Group": [_GROUPS[c] if c >= 0 else "No Group" for c in tickets.category.tolist()],
        "Created time": stamps(tickets.created),
        "Due by Time": stamps(due),
        "Resolved time": stamps(tickets.resolved),
        "Closed time": stamps(closed),
        "Last update time": stamps(np.max([tickets.created, tickets.replied, tickets.resolved, closed], axis=0)),
        "Initial response time": stamps(tickets.replied),
        "Time tracked": [_hours_minutes(m) for m in (8 + 30 * luck[8] ** 2 * (1 + tickets.severity)).astype(int).tolist()],
        "First response time (in hrs)": [_clock(s) for s in first.tolist()],
        "Resolution time (in hrs)": [_clock(s) for s in whole.tolist()],
        "Agent interactions": answers.tolist(),
        "Customer interactions": (1 + (luck[3] * 3).astype(int)).tolist(),
        "Resolution status": _within(tickets.resolved <= due, solved),
        "First response status": _within(first <= 8 * HOUR, replied),
        "Tags": ["merged" if k == Kind.MERGED else "spam" if k == Kind.SPAM else "" for k in tickets.kind.tolist()],
        "Survey results": [_WORDS[s] if k == Kind.PROSPECT else "" for k, s in zip(tickets.kind.tolist(), tickets.score.tolist(), strict=True)],
        "Product": ["No Product"] * len(names),
        "Full name": names,
        "Contact ID": emails,
        "Company Name": companies,
    }
    return Table("freshdesk_tickets.csv", with_blanks(HEADERS, len(names), filled), line_end="\r\n")


def sender_slots(tickets: Tickets, people: Directory) -> Ints:
    """Which person of the customer writes: the billing contact in 70 %, else a colleague; (tickets,)."""
    others = people.people[tickets.customer] - 1
    beyond = (tickets.sender - _BILLING_CONTACT_SHARE) / (1 - _BILLING_CONTACT_SHARE)
    return np.where(beyond < 0, 0, np.minimum(1 + (beyond * others).astype(np.int64), others))


def _writers(tickets: Tickets, people: Directory, luck: Floats) -> tuple[list[str], list[str], list[str]]:
    slots = sender_slots(tickets, people).tolist()
    written = [
        (people.names[customer][slot], people.emails[customer][slot], people.company[customer]) if customer >= 0 else _stranger(kind, sender)
        for customer, slot, kind, sender in zip(tickets.customer.tolist(), slots, tickets.kind.tolist(), tickets.sender.tolist(), strict=True)
    ]
    blank = [x < _COMPANY_BLANK[slot > 0] for x, slot in zip(luck.tolist(), slots, strict=True)]
    companies = ["" if without else company for (_, _, company), without in zip(written, blank, strict=True)]
    return [name for name, _, _ in written], [email for _, email, _ in written], companies


def _stranger(kind: int, sender: float) -> tuple[str, str, str]:
    name = person(sender)
    place = {Kind.SPAM: "offers", Kind.AUTOMATED: "machines"}.get(kind, f"visitor{int(sender * 1_000)}")
    return name, f"{name.lower().replace(' ', '.')}@{place}.example", ""


def _subject(kind: int, category: int, luck: float) -> str:
    subjects = _OTHER_SUBJECTS.get(kind) or _SUBJECTS[CATEGORIES[category]]
    return subjects[int(luck * len(subjects))]


def _statuses(tickets: Tickets, closed: Ints, luck: Floats) -> list[str]:
    waiting = np.array(["Open", "Pending", "Waiting on Customer", "Waiting on Vendor"])[(luck * 4).astype(int)]
    resolved = np.where((closed >= 0) | (tickets.kind == Kind.MERGED), "Closed", "Resolved")
    return [str(s) for s in np.where(tickets.resolved >= 0, resolved, waiting)]


def _sources(tickets: Tickets, luck: Floats) -> list[str]:
    usual = np.array(_SOURCES)[np.searchsorted(_SOURCE_CUTS, luck, side="right")]
    return [str(s) for s in np.where(tickets.kind == Kind.OUTBOUND, "Outbound Email", usual)]


def _agents(tickets: Tickets, seed: int) -> list[str]:
    names = [person(x) for x in stream(seed, "agents").random(int(tickets.agent.max(initial=0)) + 1).tolist()]
    return [names[a] for a in tickets.agent.tolist()]


def _within(met: Bools, known: Bools) -> list[str]:
    return [str(s) for s in np.where(known, np.where(met, "Within SLA", "SLA Violated"), "")]


def _clock(seconds: int) -> str:
    return f"{seconds // HOUR:02d}:{seconds % HOUR // MINUTE:02d}:{seconds % MINUTE:02d}"


def _hours_minutes(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
