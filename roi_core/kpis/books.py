"""The tables of one work, open for its key figures: read once, asked by one visitor at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.effects.alone import aside_note
from roi_core.engine import Connection
from roi_core.errors import NothingToAnalyse, QueryStopped
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.kpis import answered
from roi_core.kpis.answered import Answers
from roi_core.kpis.periods import Window
from roi_core.kpis.reach import everywhere, reach
from roi_core.measurement import OF_ENDS, OF_LEAVERS, File, Progress, checked
from roi_core.metrics import Metric, connect
from roi_core.metrics.connection import COSTS
from roi_core.results import Absent
from roi_core.sentences import WORDS_OF, say
from roi_core.spine import Facts, calendar, facts_of
from roi_core.spine.costs import costs_of
from roi_core.spine.facts import CostRow
from roi_core.spine.orders_alone import order_reach
from roi_core.spine.saved import Saved
from roi_core.spine.tickets_alone import ticket_facts
from roi_core.spine.unread import nothing_read
from roi_core.workspace import Workspace

_OF_ENDS = (*OF_ENDS, "voluntary_churn", "payment_churn", "early_churn", "gross_revenue_retention", "net_revenue_retention", "churned_mrr")
_OF_LEAVERS = (*OF_LEAVERS, "voluntary_churn", "payment_churn", "early_churn", "lifetime_of_leavers")


Costs = Literal["sheet", "answers", "nowhere"]


@dataclass(frozen=True, slots=True)
class About:
    """What the tables are: what they cover, what is followed as keys of effects name it, and what is told beside every figure of contacts.

    `costs` says where the cost of support comes from: a cost sheet, the answers of the reader, or nowhere.
    `excluded` counts the tickets that each rule keeps out, `aside` says which are no contact for another reason. `uploads` names the loaded
    tables; `customers` maps each customer's number to its key, none where nobody can be followed. `untold_ends` is why nothing is known of leaving.
    """

    window: Window
    outcome: str
    uploads: tuple[str, ...]
    excluded: Mapping[str, int]
    aside: tuple[str, ...]
    customers: Mapping[int, str]
    reports: tuple[Mapping[str, Any], ...]
    untold_ends: Absent | None = None
    costs: Costs = "sheet"


class Books:
    """Tables of metrics on a connection of their own. Raises QueryStopped."""

    def __init__(self, con: Connection, about: About) -> None:
        self._con, self._lock, self.about = con, Lock(), about
        with self.asked() as asked:
            self._reach = reach(asked, about.window) if about.customers else everywhere(asked, about.window)

    def window(self, metric: Metric) -> Window:
        """What the rows of a metric cover: a period that is not whole in them is none of it."""
        return self._reach.of(metric)

    @contextmanager
    def asked(self) -> Iterator[Connection]:
        """The connection, to one at a time. Raises QueryStopped where a question takes too long or too much memory."""
        with self._lock:
            try:
                yield self._con
            except (duckdb.InterruptException, duckdb.OutOfMemoryException) as stopped:
                raise QueryStopped.limit() from stopped

    def refused(self, metrics: Iterable[Metric]) -> dict[str, Absent]:
        """Figures without an answer here, by key: where nobody leaves those of leavers, where no file says who left those of leaving.

        Where answers say what support costs, also those of its parts.
        """
        asked, about = tuple(metrics), self.about
        parts = answered.refused(asked) if about.costs == "answers" else {}
        if about.outcome == "no_order":
            nobody, nothing = Absent(say("business.nobody_leaves")), Absent(say("business.nothing_recurs"), say("business.nothing_recurs_next"))
            of_rates = {m.key: nothing for m in asked if {"revenue", "movements"} & {*m.needs}}
            return parts | of_rates | {m.key: nobody for m in asked if m.key in _OF_LEAVERS}
        return parts | ({m.key: about.untold_ends for m in asked if m.key in _OF_ENDS} if about.untold_ends else {})

    def close(self) -> None:
        """Lets go of everything that is held."""
        self._con.close()


def open_books(workspace: Workspace, answers: Answers | None = None) -> Books:
    """Opens the current tables of a work. `answers` say what support costs where no cost sheet does.

    Raises NothingToAnalyse where they hold neither tickets nor orders nor customers over time, WorkspaceBroken, QueryStopped.
    """
    saved = Saved.now(workspace)
    with checked(saved):
        tables = saved.tables
        if not any(tables.values()):
            raise nothing_read(saved.reports)
        if not tables.get("tickets") and tables.get("flat"):
            raise NothingToAnalyse.because(say("kpi.flat"), say("kpi.flat_next"))
        try:
            return _followed(saved, facts_of(saved), answers)
        except NothingToAnalyse:
            if not (tables.get("tickets") or tables.get("orders")):
                raise
        return _alone(saved, answers) if tables.get("tickets") else _sold(saved, answers)


@contextmanager
def books_of(files: Sequence[File], progress: Progress | None = None, answers: Answers | None = None) -> Iterator[Books]:
    """The books of files (paths, or names with bytes), read into a temporary workspace that goes with the block. Raises as `open_books`.

    `answers` are agents, what one of them costs a year, and what the tools cost a year.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        books = open_books(workspace, answers)
        try:
            yield books
        finally:
            books.close()


def _followed(saved: Saved, facts: Facts, answers: Answers | None) -> Books:
    keys = zip(facts.spine.column("customer_no").to_pylist(), facts.spine.column("customer_key").to_pylist(), strict=True)
    until_s = facts.seen_s or Window(facts.first_month, facts.last_month, 0).end_s
    window = Window(facts.first_month, facts.last_month, until_s)
    costs, source = _costs(facts.costs, answers, window)
    about = About(
        window=window,
        outcome=facts.outcome,
        uploads=facts.tables,
        excluded=facts.excluded,
        aside=aside_note(facts.linkage.set_aside),
        customers=MappingProxyType(dict(keys)),
        reports=saved.reports,
        untold_ends=facts.untold_ends,
        costs=source,
    )
    derived = {"spine": facts.spine, "contacts": facts.contacts, "person_months": facts.person_months, "bought": facts.bought, "costs": costs}
    return Books(connect({**derived, "surveys_sent": facts.sent}, _loaded(saved)), about)


def _alone(saved: Saved, answers: Answers | None) -> Books:
    """Tickets with nobody to follow. Files may cut their first and last month, so these are whole only where they are all there is."""
    facts = ticket_facts(saved.tables, saved.exclusions)
    last_s = int(pc.max(facts.contacts.column("created_s")).as_py())
    cut = facts.last_month - facts.first_month > 1
    window = Window(facts.first_month + cut, facts.last_month - cut, last_s)
    costs, source = _costs(facts.costs.rows, answers, window)
    about = About(
        window=window,
        outcome=next(iter(WORDS_OF)),
        uploads=tuple(sorted(name for name, parts in saved.tables.items() if parts)),
        excluded=facts.excluded,
        aside=aside_note(facts.set_aside),
        customers=MappingProxyType({}),
        reports=saved.reports,
        costs=source,
    )
    tables = {"spine": facts.people, "contacts": facts.contacts, "costs": costs, "surveys_sent": facts.sent}
    return Books(connect(tables, _loaded(saved)), about)


def _sold(saved: Saved, answers: Answers | None) -> Books:
    """Orders with nobody to follow; their first and last month may be cut as those of tickets. Raises NothingToAnalyse where no order stands."""
    reach = order_reach(saved.tables)
    if reach is None:
        raise NothingToAnalyse.because(say("kpi.no_order"), say("kpi.no_order_next"))
    first, last = calendar.month_of(reach[0]), calendar.month_of(reach[1])
    cut = last - first > 1
    window = Window(first + cut, last - cut, reach[1])
    costs, source = _costs(costs_of(saved.tables).rows, answers, window)
    about = About(
        window=window,
        outcome="no_order",
        uploads=tuple(sorted(name for name, parts in saved.tables.items() if parts)),
        excluded=MappingProxyType({}),
        aside=(),
        customers=MappingProxyType({}),
        reports=saved.reports,
        costs=source,
    )
    return Books(connect({"costs": costs}, _loaded(saved)), about)


def _loaded(saved: Saved) -> Mapping[str, Sequence[Path]]:
    return {name: parts for name, parts in saved.tables.items() if parts}


def _costs(sheet: Sequence[CostRow], answers: Answers | None, window: Window) -> tuple[pa.Table, Costs]:
    """The cost of support by month, and where it comes from: the sheet before the answers."""
    rows = sheet or (answered.cost_rows(answers, window) if answers else ())
    table = pa.Table.from_pylist([{"month": row.month, "component": row.component, "amount": row.amount} for row in rows], schema=COSTS)
    return table, "sheet" if sheet else "answers" if rows else "nowhere"
