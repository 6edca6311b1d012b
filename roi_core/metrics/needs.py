"""What the files must show before a metric can be answered, and which upload brings it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.engine import Connection, Rows, ratio_sums, run
from roi_core.results import Absent
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


_ALL = (
    Need("contacts", "contacts", "TRUE", ("tickets",)),
    Need("replies", "contacts", "replied", ("tickets",)),
    Need("reply_times", "contacts", "first_response_minutes IS NOT NULL", ("tickets",)),
    Need("resolution_times", "contacts", "resolution_minutes IS NOT NULL", ("tickets",)),
    Need("reopens", "contacts", "reopened IS NOT NULL", ("tickets",)),
    Need("scores", "contacts", "csat IS NOT NULL", ("tickets", "surveys")),
    Need("surveys_sent", "surveys", "asked > 0", ("tickets", "surveys")),
    Need("handlers", "contacts", "handled_by IS NOT NULL", ("tickets",)),
    Need("handle_times", "contacts", "handle_minutes > 0", ("tickets",)),
    Need("customers", "person_months", "TRUE", ("customers",)),
    Need("follow_up", "person_months", "departed IS NOT NULL", ("customers",)),
    Need("revenue", "person_months", "mrr IS NOT NULL", ("customers", "revenue")),
    Need("costs", "costs", "TRUE", ("costs",)),
)
NEEDS: Mapping[str, Need] = MappingProxyType({need.key: need for need in _ALL})


def met(con: Connection) -> frozenset[str]:
    """Keys of the needs that the registered tables meet."""
    found: set[str] = set()
    for table in dict.fromkeys(need.table for need in _ALL):
        asked = [need for need in _ALL if need.table == table]
        rows = [f"CASE WHEN {need.evidence} THEN 1 ELSE 0 END" for need in asked]
        sums = ratio_sums(con, Rows(f"metric_{table}"), [(row, row) for row in rows]).get(None, ())
        found |= {need.key for need, total in zip(asked, sums, strict=False) if total.x > 0}
    return frozenset(found)


def currencies(con: Connection) -> tuple[str, ...]:
    """Currencies that customers pay in, in alphabetical order."""
    return tuple(row["currency"] for row in run(con, "metric_currencies").to_pylist())
