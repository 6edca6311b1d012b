"""What the files must show before a metric can be answered, and which upload brings it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.engine import Connection, counts, is_large
from roi_core.metrics.connection import ready
from roi_core.metrics.tables import TABLES
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
        brought = LOADED[TABLES[self.table].loaded[0]]
        column = self.key.partition(".")[2]
        slots = {"table": brought.title, "column": column.replace("_", " ")}
        if not column:
            return Absent(say("metric_missing.no_table", table=brought.title), say("metric_next.no_table", table=brought.title))
        return Absent(say("metric_missing.no_column", **slots), say("metric_next.no_column", **slots))


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
    Need("contacts_a_month_whole", "agent_months", "TRUE", ("tickets",)),
    Need("agents_known", "contacts", "agent IS NOT NULL", ("tickets",)),
    Need("customers", "person_months", "TRUE", ("customers",)),
    Need("follow_up", "person_months", "departed IS NOT NULL", ("customers",)),
    Need("ends_known", "customers", "churned_s IS NOT NULL", ("customers",)),
    Need("overdue_known", "person_months", "overdue IS NOT NULL", ("customers", "orders")),
    Need("revenue", "person_months", "mrr IS NOT NULL", ("customers", "revenue")),
    Need("movements", "movements", "TRUE", ("customers", "revenue")),
    Need("costs", "costs", "TRUE", ("costs",)),
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
    """Which of these needs the tables meet; of a large table its first rows are asked before all of them are read."""
    asked = [need(key) for key in dict.fromkeys(keys)]
    found: set[str] = set()
    for table in dict.fromkeys(one.table for one in asked):
        own = [one for one in asked if one.table == table]
        base = next((name for name, other in TABLES.items() if other.detailed == table), table)
        source = ready(con, table)
        if is_large(con, source):
            first = counts(con, source, [one.evidence for one in own], f"metric_{base}")
            found |= {one.key for one, n in zip(own, first, strict=True) if n}
            own = [one for one in own if one.key not in found]
        if own:
            found |= {one.key for one, n in zip(own, counts(con, source, [one.evidence for one in own]), strict=True) if n}
    return frozenset(found)
