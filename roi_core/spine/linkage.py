"""How tickets and revenue found their customer, and what did not: read from the linked tables, keys only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from roi_core import engine

WAYS = ("added by you", "customer id", "external id", "e-mail", "CRM", "company name", "order number", "phone", "domain")
"""The ways in which a ticket finds its customer, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Tickets without a customer that go under one name: kind and key of it, the reason of most of them, how many customers it fits."""

    kind: str
    key: str
    reason: str
    customers: int
    tickets: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An e-mail domain that may be a customer's: `addresses` of its `all_addresses` known ones are, and `customers` have some.

    `tickets` without a customer would follow if it is accepted.
    """

    domain: str
    customer: str
    addresses: int
    all_addresses: int
    customers: int
    tickets: int

    @property
    def confidence(self) -> float:
        """Share of the domain's known addresses that are this customer's."""
        return self.addresses / self.all_addresses


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was found by itself: the way, the key it rests on, the customer's key, the tickets."""

    way: str
    kind: str
    key: str
    customer: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Revenue:
    """Revenue of the files in their currency: all, with a customer, of customers with a linked ticket, and refused; None in several currencies.

    `refused_rows` rows fit several customers and were given to none. `recurring_rows` say what somebody pays a month, `sold_rows` are bills and orders.
    """

    rows: int
    total: float | None
    linked: float | None
    wrote: float | None
    refused_rows: int
    refused: float | None
    recurring_rows: int
    sold_rows: int


@dataclass(frozen=True, slots=True)
class Linkage:
    """Tickets by the way they found a customer, and what did not find one.

    `ways` maps a way to its tickets, in the order of `WAYS`. `agreement` maps a way to (tickets that a way before it has linked
    too, those of them with the same customer), by keys of one customer only. `set_aside` maps a declared reason to its tickets.
    The ids of `other_ids` tickets coincide with those of customers whom the e-mail addresses of their file deny, and were not used.
    Lists are largest first, at most 200 long. `contact_rows` are rows of contact lists of a CRM: they tie, and are no customers.
    """

    tickets: int
    matched: int
    ways: Mapping[str, int]
    agreement: Mapping[str, tuple[int, int]]
    set_aside: Mapping[str, int]
    unmatched: tuple[Unmatched, ...]
    proposals: tuple[Proposal, ...]
    links: tuple[Link, ...]
    revenue: Revenue
    contact_rows: int
    before_start: int
    after_churn: int
    other_ids: int = 0

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave."""
        read = {
            "agreement": {way: (both, agree) for way, (both, agree) in kept["agreement"].items()},
            "unmatched": tuple(Unmatched(**one) for one in kept["unmatched"]),
            "proposals": tuple(Proposal(**one) for one in kept["proposals"]),
            "links": tuple(Link(**one) for one in kept["links"]),
            "revenue": Revenue(**kept["revenue"]),
        }
        return cls(**{**kept, **read})

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold of it: all."""
        return asdict(self)


def read_linkage(con: engine.Connection) -> Linkage:
    """The linkage of a connection on which all steps of `spine.build` up to `domain_owners` are kept."""
    ways: dict[str, int] = {}
    aside: dict[str, int] = {}
    tickets = other_ids = 0
    for row in engine.run_few(con, "link_counts"):
        if row["set_aside"] is not None:
            aside[row["set_aside"]] = aside.get(row["set_aside"], 0) + row["n"]
        else:
            tickets += row["n"]
            other_ids += row["passed_over"]
        if row["set_aside"] is None and row["way"] is not None:
            ways[row["way"]] = row["n"]
    clocks = engine.run_few(con, "clock_faults")[0]
    return Linkage(
        tickets=tickets,
        matched=sum(ways.values()),
        ways={way: ways[way] for way in WAYS if way in ways},
        agreement={row["way"]: (int(row["both_ways"]), int(row["agree"])) for row in engine.run_few(con, "agreement")},
        set_aside=aside,
        unmatched=_unmatched(con),
        proposals=_proposals(con),
        links=_links(con),
        revenue=_revenue(con),
        contact_rows=engine.run_few(con, "contact_rows")[0]["n"],
        before_start=clocks["before_start"],
        after_churn=clocks["after_churn"],
        other_ids=other_ids,
    )


def _unmatched(con: engine.Connection) -> tuple[Unmatched, ...]:
    rows = engine.run_few(con, "unmatched")
    return tuple(Unmatched(r["kind"], r["match_key"], r["reason"], r["customers"], r["n"]) for r in rows)


def _proposals(con: engine.Connection) -> tuple[Proposal, ...]:
    rows = engine.run_few(con, "proposals")
    return tuple(Proposal(r["domain"], r["customer_key"], r["addresses"], r["all_addresses"], r["customers"], r["n"]) for r in rows)


def _links(con: engine.Connection) -> tuple[Link, ...]:
    return tuple(Link(r["way"], r["kind"], r["match_key"], r["customer_key"], r["n"]) for r in engine.run_few(con, "linked"))


def _revenue(con: engine.Connection) -> Revenue:
    found = engine.run_few(con, "revenue_found")[0]
    amounts = (found["total"], found["linked"], found["wrote"])
    return Revenue(found["n"], *amounts, found["refused_rows"], found["refused"], found["recurring_rows"], found["sold_rows"])
