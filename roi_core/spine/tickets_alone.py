"""Contacts where no file says who is a customer: what a helpdesk export says by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from roi_core import engine
from roi_core.errors import NothingToAnalyse
from roi_core.sentences import say
from roi_core.spine import calendar
from roi_core.spine.costs import CostSheet, costs_of
from roi_core.spine.exclusions import Exclusions, count_rules
from roi_core.spine.surveys_sent import surveys_sent

_READ = ("tickets", "surveys")
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
        engine.keep(con, "scale_bottoms")
        engine.keep(con, "counted_tickets")
        engine.keep(con, "requesters", "links")
        people = engine.run(con, "requester_people")
        if not people.num_rows:
            raise NothingToAnalyse.because(say("alone.none"), say("alone.none_next"))
        counted = engine.run_few(con, "ticket_counts")
        first, last = calendar.month_of(min(row["first_s"] for row in counted)), calendar.month_of(max(row["last_s"] for row in counted))
        engine.register(con, {"people": people, "months": calendar.months_table(first, last, range(0))})
        sent, costs = surveys_sent(tables.get("surveys", ())), costs_of(tables)
        return TicketFacts(engine.run(con, "contacts"), people, first, last, _reasons(counted), costs, count_rules(counted), sent)


def _reasons(counted: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    reasons: Counter[str] = Counter()
    for row in counted:
        if row["set_aside"]:
            reasons[row["set_aside"]] += row["n"]
    return dict(reasons)
