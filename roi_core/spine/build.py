"""Runs the SQL definitions from typed tables to facts, in the order in which they build on each other."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from roi_core import engine
from roi_core.errors import NothingToAnalyse
from roi_core.schema.parts import UNREADABLE
from roi_core.spine import calendar
from roi_core.spine.costs import read_costs
from roi_core.spine.decisions import Decisions
from roi_core.spine.ends import read_ends
from roi_core.spine.exclusions import Exclusions, count_rules
from roi_core.spine.facts import Facts
from roi_core.spine.linkage import Linkage, read_linkage
from roi_core.spine.starts import read_starts
from roi_core.spine.surveys_sent import surveys_sent
from roi_core.spine.undated import telling_labels

_READ = (
    "accounts", "customers", "subscriptions", "mrr_movements", "invoices", "orders", "returns",
    "tickets", "surveys", "usage", "costs", "contracts", "assignments", "outreach",
)  # fmt: skip
_STARTS = ("current_subscriptions", "price_basis", "contact_files", "first_purchases")
_CUSTOMERS = ("people", "customer_keys", "key_owners", "bridge")
_LINKS = ("bills", "purchases", "decided", "scale_bottoms", "counted_tickets", "links", "domain_owners")
_MONTHS = ("running", "added_rates", "billed_otherwise", "customer_months", "person_months", "spine")
_LINKED_BY, _COUNTED = ("domain_owners", "customer_keys", "key_owners", "bridge", "purchases"), ("counted_tickets", "links")
"""Nothing reads the first any more once tickets and lists are linked, nor the second once there are contacts; they are most of what the engine holds."""
_LEAVE_THE_ENGINE = frozenset({"currencies", "assigned", "reached", "answers", "contacts", "person_months", "spine"})
"""Steps whose rows are handed on as Arrow; those of the others are read by later steps alone."""
_NOTHING_DECIDED, _NOTHING_OFF = Decisions(), Exclusions()
_EARLIEST_MONTHS = 36
"""Customer months are built for at most this many months before the end of the files."""


def build_facts(
    tables: Mapping[str, Sequence[Path]], decisions: Decisions = _NOTHING_DECIDED, exclusions: Exclusions = _NOTHING_OFF, until_s: float | None = None
) -> Facts:
    """Spine, customer months and contacts of the typed parts of each table, linked as the files and the user's decisions say.

    Tickets that a rule of `exclusions` in force keeps out are no contacts. The window closes at `until_s` (epoch seconds) where the files go on.

    Raises NothingToAnalyse where there are no customers to follow.
    """
    pa.default_memory_pool().release_unused()  # facts that were let go of stay with the process until the next table is read
    with _connected(tables) as con:
        window = _attach(con, tables, until_s)
        engine.register(con, {"decisions": decisions.as_table(), "exclusions": exclusions.as_table()})
        derived = _run(con, ("currencies", *_CUSTOMERS, *_LINKS, "assigned", "reached", "answers"))
        derived |= {name: engine.run(con, name) for name in ("bought", "terms")}
        linkage, excluded = read_linkage(con), count_rules(engine.run_few(con, "ticket_counts"))
        engine.drop(con, _LINKED_BY)
        derived |= _run(con, ("contacts",))
        engine.drop(con, _COUNTED)
        derived |= _run(con, _MONTHS)
        return _facts(con, derived, tables, window, linkage, excluded)


def customer_names(tables: Mapping[str, Sequence[Path]]) -> pa.Table:
    """Every customer who can be followed, by number: customer_key, and the keys of company and e-mail address, null where unknown.

    Raises NothingToAnalyse where there are none.
    """
    with _connected(tables) as con:
        _attach(con, tables)
        _run(con, ("people",))
        return engine.run(con, "customer_names")


def _attach(con: engine.Connection, tables: Mapping[str, Sequence[Path]], until_s: float | None = None) -> dict[str, int]:
    """Makes the typed tables, what dates the customers, and the calendar readable; gives the window.

    Movements of revenue stand for subscriptions where those have no dates.
    """
    for table in _READ:
        engine.attach(con, table, tables.get(table, ()))
    if tables.get("mrr_movements") and (spells := engine.run(con, "movement_spells")).num_rows:
        engine.register(con, {"subscriptions": spells})
    _run(con, _STARTS)
    window = _window(con, until_s)
    engine.register(con, {"months": _months(window)})
    return window


def _run(con: engine.Connection, names: Sequence[str]) -> dict[str, pa.Table]:
    """Runs steps whose rows later ones read; gives the tables that leave the engine."""
    derived: dict[str, pa.Table] = {}
    for name in names:
        if name in _LEAVE_THE_ENGINE:
            derived[name] = engine.run(con, name)
            engine.register(con, {name: derived[name]})
        else:
            engine.keep(con, name)
    return derived


def _connected(tables: Mapping[str, Sequence[Path]]) -> engine.Connection:
    parts = [part for found in tables.values() for part in found]
    return engine.analyst(parts[0].parent.parent if parts else None, engine.page_limits(parts))


def _months(window: Mapping[str, int]) -> pa.Table:
    earliest = window["first"] if window["first_contact"] < 0 else min(window["first"], window["first_contact"])
    return calendar.months_table(earliest, window["end"], range(window["first"], window["last"] + 1))


def _window(con: engine.Connection, until_s: float | None) -> dict[str, int]:
    """First and last followed month, first of tickets or money, month and second of the last row, first and last whole month of tickets (-1 without)."""
    found = engine.run_few(con, "window")[0]
    if found["first_start_s"] is None:
        raise NothingToAnalyse.because(
            "No customer with a start date was found, so nobody can be followed.",
            "Add the customers or subscriptions export of your billing system, or one file with a row per customer.",
        )
    seen = min(found["last_s"], time.time(), *([] if until_s is None else [until_s]))
    last = calendar.last_whole_month(seen)
    first = min(last, max(calendar.month_of(found["first_start_s"]), last - _EARLIEST_MONTHS))
    has_tickets = found["first_ticket_s"] is not None
    return {
        "first": first,
        "covered": _covered(found, first, last),
        "last": last,
        "end": calendar.month_of(seen),
        "seen_s": int(seen),
        "first_contact": calendar.month_of(found["first_ticket_s"]) if has_tickets else -1,
        "last_contact": min(last, calendar.last_whole_month(found["last_ticket_s"])) if has_tickets else -1,
    }


def _covered(found: Mapping[str, int | None], first: int, last: int) -> int:
    """The first month with a ticket or money: what the files tell of, since of who began before they may hold those alone who stayed."""
    dated, cost = found["first_covered_s"], found["first_cost_month"]
    months = [*([] if dated is None else [calendar.month_of(dated)]), *([] if cost is None else [cost])]
    return min(last, min(months, default=first))


def _facts(
    con: engine.Connection,
    derived: Mapping[str, pa.Table],
    tables: Mapping[str, Sequence[Path]],
    window: Mapping[str, int],
    linkage: Linkage,
    excluded: Mapping[str, int],
) -> Facts:
    currencies = tuple(derived["currencies"].column("currency").to_pylist())
    spine, contacts = derived["spine"], derived["contacts"]
    if spine.num_rows == 0:
        raise NothingToAnalyse.because(
            "No customer with a subscription was found.", "Check that the customers and the subscriptions export are of the same account."
        )
    rows, costs = _row_counts(con), read_costs(con, currencies)
    has_contacts = window["first_contact"] >= 0 and contacts.num_rows > 0
    return Facts(
        spine=spine,
        person_months=derived["person_months"],
        contacts=contacts,
        assigned=derived["assigned"],
        reached=derived["reached"],
        answers=derived["answers"],
        bought=derived["bought"],
        terms=derived["terms"],
        linkage=linkage,
        first_month=window["first"],
        covered_month=window["covered"],
        first_contact_month=window["first_contact"] if has_contacts else None,
        last_contact_month=window["last_contact"] if has_contacts else None,
        last_month=window["last"],
        currency=currencies[0] if len(currencies) == 1 else None,
        currencies=currencies,
        costs=costs.rows,
        costs_left_out=costs.left_out,
        tables=tuple(sorted(t for t, parts in tables.items() if parts)),
        rows=rows,
        telling_labels=telling_labels(spine, subscriptions=bool(rows.get("subscriptions"))),
        starts=read_starts(con),
        ends=read_ends(con),
        sent=surveys_sent(tables.get("surveys", ())),
        excluded=excluded,
        seen_s=window["seen_s"],
        listed_unread=sum(int(engine.metadata(part).get(UNREADABLE, 0)) for part in tables.get("assignments", ())),
    )


def _row_counts(con: engine.Connection) -> dict[str, int]:
    counted: pa.Table = engine.run(con, "row_counts")
    return {row["table_name"]: row["n"] for row in counted.to_pylist()}
