"""Writes tickets the way Gorgias exports them: durations in seconds, contact reasons as paths, the bot among the assignees."""

import numpy as np

from roi_core.companies.clock import Ints, stamps
from roi_core.companies.helpdesk import BOT, HelpdeskTickets
from roi_core.companies.luck import stream
from roi_core.companies.names import person
from roi_core.companies.shop.knobs import CATEGORIES
from roi_core.companies.shop.people import People
from roi_core.companies.shop.tickets import PRE_SALE
from roi_core.companies.table import Table, with_blanks

HEADERS = (
    "Ticket URL", "Ticket id", "Subject", "Status", "Initial channel", "Priority", "Creation date", "Closed date", "Assignee name", "Assignee email",
    "Customer email", "Customer name", "First response time (s)", "Resolution time (s)", "Survey present (Y/N)", "Survey score", "Survey comment", "Tags",
    "Number of agent messages", "Number of customer messages", "Responding agents (unique)", "Created by an agent", "Customer last Shopify order",
    "Ticket Field: AI Intent", "Ticket Field: Contact reason", "Ticket Field: Product", "Ticket Field: Resolution", "Customer Field: Customer type",
)  # fmt: skip
FIRST_TICKET_ID = 118_204
BOT_NAME = "Loomie"
PRE_SALE_REASON = "Pre-sale::Before the first order"
_REASONS = {
    "Size advice": "Product::Size advice", "Delivery": "Order::Delivery", "Product question": "Product::Product question", "Payment": "Order::Payment",
    "Return or exchange": "Order::Return or exchange", "Damaged item": "Order::Damaged item",
}  # fmt: skip
_SUBJECTS = {
    "Size advice": ("Which size should I take?", "Does the linen shirt run small?", "Size chart for the wool coat"),
    "Delivery": ("Where is my order?", "Parcel says delivered, it is not here", "Can you deliver to another address?"),
    "Product question": ("Is the blue one coming back?", "Can this be washed at 40?", "What is it lined with?"),
    "Payment": ("Charged twice?", "My code does not work", "Which cards do you take?"),
    "Return or exchange": ("It does not fit, can I exchange it?", "How do I send this back?", "Wrong size arrived"),
    "Damaged item": ("A seam has come apart", "There is a stain on it", "A button is missing"),
}
_PRE_SALE_SUBJECTS = ("Question before I order", "How would this fit me?", "How long does delivery take?")


def ticket_export(tickets: HelpdeskTickets, people: People, seed: int, customers: int) -> Table:
    """The tickets export. Buyers before `customers` have bought at some time; the others are visitors."""
    n = len(tickets.person)
    luck = stream(seed, "gorgias").random((3, n))
    subject = [_subject(c, x) for c, x in zip(tickets.category.tolist(), luck[0].tolist(), strict=True)]
    names = [person(x) for x in stream(seed, "shop agents").random(int(tickets.agent.max(initial=0)) + 1).tolist()]
    agent = [BOT_NAME if a == BOT else names[a] for a in tickets.agent.tolist()]
    closed = tickets.closed >= 0
    messages = np.where(tickets.replied >= 0, 1 + (luck[1] ** 2 * 4).astype(np.int64), 0)
    filled = {
        "Ticket URL": [f"https://linden-loom.example/app/ticket/{FIRST_TICKET_ID + i}" for i in range(n)],
        "Ticket id": list(range(FIRST_TICKET_ID, FIRST_TICKET_ID + n)),
        "Subject": subject,
        "Status": ["closed" if c else "open" for c in closed.tolist()],
        "Initial channel": _channels(tickets, luck[2]),
        "Priority": ["high" if t else "normal" for t in tickets.trouble.tolist()],
        "Creation date": _iso(tickets.created),
        "Closed date": _iso(tickets.closed),
        "Assignee name": agent,
        "Assignee email": [f"{name.lower().replace(' ', '.')}@linden-loom.example" for name in agent],
        "Customer email": [people.emails[p] for p in tickets.person.tolist()],
        "Customer name": [people.names[p] for p in tickets.person.tolist()],
        "First response time (s)": _seconds(tickets.created, tickets.replied),
        "Resolution time (s)": _seconds(tickets.created, tickets.closed),
        "Survey present (Y/N)": ["Y" if s else "N" for s in tickets.score.tolist()],
        "Survey score": [s or "" for s in tickets.score.tolist()],
        "Number of agent messages": messages.tolist(),
        "Number of customer messages": (1 + (luck[1] * 3).astype(int)).tolist(),
        "Responding agents (unique)": np.minimum(messages, 1).tolist(),
        "Created by an agent": ["No"] * n,
        "Ticket Field: Contact reason": [PRE_SALE_REASON if c == PRE_SALE else _REASONS[CATEGORIES[c]] for c in tickets.category.tolist()],
        "Customer Field: Customer type": ["Buyer" if p < customers else "Visitor" for p in tickets.person.tolist()],
    }
    return Table("gorgias_tickets.csv", with_blanks(HEADERS, n, filled))


def _subject(category: int, luck: float) -> str:
    subjects = _PRE_SALE_SUBJECTS if category == PRE_SALE else _SUBJECTS[CATEGORIES[category]]
    return subjects[int(luck * len(subjects))]


def _channels(tickets: HelpdeskTickets, luck: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[str]:
    usual = np.array(["email", "chat", "instagram-direct-message", "contact_form"])[np.searchsorted((0.5, 0.78, 0.9), luck, side="right")]
    return [str(c) for c in np.where((tickets.category == PRE_SALE) | (tickets.agent == BOT), "chat", usual)]


def _iso(seconds: Ints) -> list[str]:
    return [text.replace(" ", "T") for text in stamps(seconds)]


def _seconds(created: Ints, until: Ints) -> list[str]:
    return [str(u - c) if u >= 0 else "" for c, u in zip(created.tolist(), until.tolist(), strict=True)]
