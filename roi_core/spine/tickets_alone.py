"""Contacts where no file says who is a customer: what a helpdesk export says by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from roi_core import engine
from roi_core.errors import NothingToAnalyse
from roi_core.sentences import say
from roi_core.spine import calendar
from roi_core.spine.costs import CostSheet, read_costs
from roi_core.spine.exclusions import Exclusions, count_rules
from roi_core.spine.surveys_sent import surveys_sent

_READ = ("tickets", "surveys", "costs")
_NOTHING_OFF = Exclusions()


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """`contacts` and `people` have the columns of `schema.derived` (contacts; of the spine those that metrics read).

    Whoever wrote stands for a customer. Months are month numbers, both included; `set_aside` counts tickets that are no contact, by reason,
    `excluded` those that each rule keeps out, or would; `sent` is `surveys_sent.SENT`.
    """

    contacts: pa.Table
    people: pa.Table
    first_month: int
    last_month: int
    set_aside: Mapping[str, int]
    costs: CostSheet
    excluded: Mapping[str, int]
    sent: pa.Table


def ticket_facts(tables: Mapping[str, Sequence[Path]], exclusions: Exclusions = _NOTHING_OFF) -> TicketFacts:
    """Contacts of the typed tickets alone, without those that a rule in force keeps out.

    Raises NothingToAnalyse where no ticket says when it was opened, or none is a contact.
    """
    with engine.analyst(tables["tickets"][0].parent.parent) as con:
        for table in _READ:
            engine.attach(con, table, tables.get(table, ()))
        engine.register(con, {"exclusions": exclusions.as_table()})
        counted = _run(con, "counted_tickets", "counted_tickets")
        reasons = Counter(reason for reason in counted.column("set_aside").to_pylist() if reason)
        _run(con, "requesters", "requesters", "links")
        people = _run(con, "requester_people", "people")
        if not people.num_rows:
            raise NothingToAnalyse.because(say("alone.none"), say("alone.none_next"))
        span = pc.min_max(counted.column("created_s")).as_py()
        first, last = calendar.month_of(span["min"]), calendar.month_of(span["max"])
        engine.register(con, {"months": calendar.months_table(first, last, range(0))})
        costs = read_costs(con)
        excluded = count_rules(counted.column("excluded_by"))
        return TicketFacts(engine.run(con, "contacts"), people, first, last, dict(reasons), costs, excluded, surveys_sent(tables.get("surveys", ())))


def _run(con: engine.Connection, name: str, *known_as: str) -> pa.Table:
    found: pa.Table = engine.run(con, name)
    engine.register(con, dict.fromkeys(known_as, found))
    return found
