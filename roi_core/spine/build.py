"""Runs the SQL definitions from typed tables to facts, in the order in which they build on each other."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from roi_core import engine
from roi_core.errors import NothingToAnalyse
from roi_core.spine import calendar
from roi_core.spine.facts import CostRow, Facts, Linkage

_READ = ("customers", "subscriptions", "invoices", "tickets", "surveys", "usage", "costs")
_STEPS = ("currencies", "people", "bills", "counted_tickets", "links", "contacts", "monthly_revenue", "person_months", "spine")
_EARLIEST_MONTHS = 36
"""Customer months are built for at most this many months before the end of the files."""


def build_facts(tables: Mapping[str, Sequence[Path]]) -> Facts:
    """Spine, customer months and contacts of the typed parts of each table.

    Raises NothingToAnalyse where there are no customers to follow.
    """
    with engine.analyst(_folder(tables)) as con:
        for table in _READ:
            engine.attach(con, table, tables.get(table, ()))
        window = _window(con)
        engine.register(con, {"months": _months(window)})
        steps: dict[str, pa.Table] = {}
        for step in _STEPS:
            steps[step] = engine.run(con, step)
            engine.register(con, {step: steps[step]})
        return _facts(con, steps, tables, window)


def _folder(tables: Mapping[str, Sequence[Path]]) -> Path | None:
    return next((part.parent.parent for parts in tables.values() for part in parts), None)


def _months(window: Mapping[str, int]) -> pa.Table:
    earliest = window["first"] if window["first_contact"] < 0 else min(window["first"], window["first_contact"])
    return calendar.months_table(earliest, window["end"], range(window["first"], window["last"] + 1))


def _window(con: engine.Connection) -> dict[str, int]:
    """First and last followed month, month of the last row, first and last whole month of tickets (-1 without tickets)."""
    found = engine.run(con, "window").to_pylist()[0]
    if found["first_start_s"] is None:
        raise NothingToAnalyse.because(
            "No customer with a start date was found, so nobody can be followed.",
            "Add the customers or subscriptions export of your billing system, or one file with a row per customer.",
        )
    seen = min(found["last_s"], time.time())
    last = calendar.last_whole_month(seen)
    first = min(last, max(calendar.month_of(found["first_start_s"]), last - _EARLIEST_MONTHS))
    has_tickets = found["first_ticket_s"] is not None
    return {
        "first": first,
        "last": last,
        "end": calendar.month_of(seen),
        "first_contact": calendar.month_of(found["first_ticket_s"]) if has_tickets else -1,
        "last_contact": min(last, calendar.last_whole_month(found["last_ticket_s"])) if has_tickets else -1,
    }


def _facts(con: engine.Connection, steps: Mapping[str, pa.Table], tables: Mapping[str, Sequence[Path]], window: Mapping[str, int]) -> Facts:
    currencies = tuple(steps["currencies"].column("currency").to_pylist())
    spine, contacts = steps["spine"], steps["contacts"]
    if spine.num_rows == 0:
        raise NothingToAnalyse.because(
            "No customer with a subscription was found.", "Check that the customers and the subscriptions export are of the same account."
        )
    has_contacts = window["first_contact"] >= 0 and contacts.num_rows > 0
    return Facts(
        spine=spine,
        person_months=steps["person_months"],
        contacts=contacts,
        linkage=_linkage(con),
        first_month=window["first"],
        first_contact_month=window["first_contact"] if has_contacts else None,
        last_contact_month=window["last_contact"] if has_contacts else None,
        last_month=window["last"],
        currency=currencies[0] if len(currencies) == 1 else None,
        currencies=currencies,
        costs=tuple(CostRow(r["month"], r["component"], r["amount"]) for r in engine.run(con, "cost_months").to_pylist()),
        tables=tuple(sorted(t for t, parts in tables.items() if parts)),
        rows=_row_counts(con),
    )


def _row_counts(con: engine.Connection) -> dict[str, int]:
    counted: pa.Table = engine.run(con, "row_counts")
    return {row["table_name"]: row["n"] for row in counted.to_pylist()}


def _linkage(con: engine.Connection) -> Linkage:
    ways: dict[str, int] = {}
    aside: dict[str, int] = {}
    for row in engine.run(con, "link_counts").to_pylist():
        if row["set_aside"] is not None:
            aside[row["set_aside"]] = aside.get(row["set_aside"], 0) + row["n"]
        elif row["way"] is not None:
            ways[row["way"]] = ways.get(row["way"], 0) + row["n"]
    unmatched = tuple((r["company"] or "", r["n"]) for r in engine.run(con, "unmatched").to_pylist())
    clocks = engine.run(con, "clock_faults").to_pylist()[0]
    matched = sum(ways.values())
    missed = sum(n for _, n in unmatched)
    return Linkage(matched + missed, matched, ways, aside, unmatched, clocks["before_start"], clocks["after_churn"])
