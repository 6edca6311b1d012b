"""What the files must show before a metric can be answered, and which upload brings it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.engine import Connection, counts, is_large
from roi_core.metrics.connection import ready
from roi_core.metrics.grouping import PERIODS
from roi_core.metrics.shapes import Metric
from roi_core.metrics.tables import TABLES, base_of
from roi_core.results import Absent
from roi_core.schema import LOADED
from roi_core.sentences import say


@dataclass(frozen=True, slots=True)
class Need:
    """`evidence` is SQL over `metric_<table>`: at least one row must meet it. `uploads` are the kinds of file that bring it."""

    key: str
    table: str
    evidence: str
    uploads: tuple[str, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Needs that are told before it where they are not met."""
        return ()

    @property
    def absent(self) -> Absent:
        """Why there is no number without it, and what would bring one."""
        return Absent(say(f"metric_missing.{self.key}"), say(f"metric_next.{self.key}"))


@dataclass(frozen=True, slots=True)
class ColumnNeed:
    """Rows of a table of metrics, or rows that know one of its columns; in words of the first loaded table that they come from."""

    key: str

    @property
    def table(self) -> str:
        """The table of metrics."""
        return self.key.partition(".")[0]

    @property
    def first(self) -> tuple[str, ...]:
        """Needs that are told before it where they are not met: of a column, its table."""
        return (self.table,) if "." in self.key else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the first loaded table that bring it; none where any row does."""
        column = self.key.partition(".")[2]
        return _BRING.get(self.key, (column,)) if column else ()

    @property
    def evidence(self) -> str:
        """SQL over `metric_<table>`."""
        column = self.key.partition(".")[2]
        return f"{column} IS NOT NULL" if column else "TRUE"

    @property
    def uploads(self) -> tuple[str, ...]:
        """Tables of the schema that bring it."""
        return TABLES[self.table].loaded[:1]

    @property
    def absent(self) -> Absent:
        """Why there is no number without it, and what would bring one."""
        table, columns = LOADED[TABLES[self.table].loaded[0]].title, " · ".join(name.replace("_", " ") for name in self.columns)
        if not columns:
            return Absent(say("metric_missing.no_table", table=table), say("metric_next.no_table", table=table))
        which = "no_columns" if self.key in _BRING else "no_column"
        return Absent(say(f"metric_missing.{which}", table=table, column=columns), say(f"metric_next.{which}", table=table, column=columns))


_BRING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tickets.assigned_minutes": ("assigned_at",),
        "tickets.in_time": ("due_at", "resolved_at"),
        "answers.nps": ("kind", "score"),
        "answers.ease": ("kind", "score"),
        "answers.answer_hours": ("sent_at", "answered_at"),
        "answers.asked_hours": ("ticket_id", "sent_at"),
        "buyers.again_90d": ("customer_id", "ordered_at"),
        "buyers.days_to_second": ("customer_id", "ordered_at"),
        "deals.days": ("opened_at", "closed_at"),
        "feedback.shipped": ("status", "shipped_at"),
        "feedback.days": ("at", "shipped_at"),
        "feedback.asker_mrr": ("customer_id",),
        "agent_months.hours": ("hours_per_month",),
    }
)
"""Columns of tables of metrics that no file holds under their name, and the loaded ones that they are worked out from."""
HIDDEN_COST = "component IN ('escalation', 'repeat_contact', 'integration', 'quality', 'concessions')"
"""SQL of whether a line of the cost sheet is of what support costs unseen."""
_ALL = (
    Need("contacts", "contacts", "TRUE", ("tickets",)),
    Need("replies", "contacts", "replied", ("tickets",)),
    Need("reply_times", "contacts", "first_response_minutes IS NOT NULL", ("tickets",)),
    Need("resolution_times", "contacts", "resolution_minutes IS NOT NULL", ("tickets",)),
    Need("resolutions", "contacts", "resolved", ("tickets",)),
    Need("reopens", "contacts", "reopened IS NOT NULL", ("tickets",)),
    Need("escalations", "contacts", "escalated IS NOT NULL", ("tickets",)),
    Need("scores", "contacts", "csat IS NOT NULL", ("tickets", "surveys")),
    Need("surveys_sent", "surveys", "asked > 0", ("tickets", "surveys")),
    Need("handlers", "contacts", "handled_by IS NOT NULL", ("tickets",)),
    Need("handle_times", "contacts", "handle_minutes > 0", ("tickets",)),
    Need("contact_months_whole", "person_months", "contacts IS NOT NULL", ("tickets",)),
    Need("contact_months_known", "contact_months", "TRUE", ("tickets",)),
    Need("contacts_a_month_whole", "agent_months", "TRUE", ("tickets",)),
    Need("agents_known", "contacts", "agent IS NOT NULL", ("tickets",)),
    Need("customers", "person_months", "TRUE", ("customers",)),
    Need("follow_up", "person_months", "departed IS NOT NULL", ("customers",)),
    Need("ends_known", "customers", "churned_s IS NOT NULL", ("customers",)),
    Need("overdue_known", "person_months", "overdue IS NOT NULL", ("customers", "orders")),
    Need("revenue", "person_months", "mrr IS NOT NULL", ("customers", "revenue")),
    Need("movements", "movements", "TRUE", ("customers", "revenue")),
    Need("costs", "costs", "TRUE", ("costs",)),
    Need("hidden_costs", "costs", HIDDEN_COST, ("costs",)),
)
NEEDS: Mapping[str, Need] = MappingProxyType({need.key: need for need in _ALL})


def need(key: str) -> Need | ColumnNeed:
    """A declared need, else one of rows (`table`) or of a column (`table.column`). Raises KeyError."""
    if key in NEEDS:
        return NEEDS[key]
    found = ColumnNeed(key)
    if not TABLES[found.table].loaded:
        raise KeyError(f"need {key}: {found.table} is brought by no loaded table; declare it in NEEDS")
    return found


def met(con: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Which of these needs the tables meet. Raises duckdb.Error."""
    asked = [need(key) for key in dict.fromkeys(keys)]
    found: set[str] = set()
    for table in dict.fromkeys(one.table for one in asked):
        own = {one.key: one.evidence for one in asked if one.table == table}
        found |= _shown(con, table, own)
    return frozenset(found)


def known_dimensions(con: Connection, metric: Metric) -> tuple[str, ...]:
    """Dimensions of a metric of which its rows say anything, periods among them. Raises duckdb.Error."""
    columns = [name for name in metric.dimensions if name not in PERIODS]
    shown = _shown(con, metric.read_from.name, {name: f"{name} IS NOT NULL" for name in columns}) if columns else set()
    return tuple(name for name in metric.dimensions if name in PERIODS or name in shown)


def _shown(con: Connection, table: str, evidence: Mapping[str, str]) -> set[str]:
    """Names whose condition a row of the table meets; of a large table its first rows are asked before all of them are read."""
    base = base_of(table) or table
    source, found = ready(con, table), set[str]()
    large, only_of = is_large(con, source), TABLES[table].only_of
    if large and only_of and counts(con, only_of, ["TRUE"]) == (0,):
        return found
    for of_first in (f"metric_{base}", "") if large else ("",):
        left = {name: condition for name, condition in evidence.items() if name not in found}
        if left:
            found |= {name for name, n in zip(left, counts(con, source, list(left.values()), of_first), strict=True) if n}
    return found
