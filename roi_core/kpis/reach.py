"""What the files cover of each figure: tickets may begin later and end earlier than customers do, and billing earlier than tickets."""

from dataclasses import dataclass

from roi_core.engine import Connection, query_few
from roi_core.kpis.periods import Window
from roi_core.metrics import Metric
from roi_core.metrics.connection import ready
from roi_core.spine.calendar import WHOLE_MONTH_SLACK_DAYS, month_of

OF_CONTACTS = frozenset({"contacts", "tickets", "backlog", "contact_months", "contact_orders", "agent_months"})
"""Tables of metrics that end where the tickets do."""
_SLACK_S = WHOLE_MONTH_SLACK_DAYS * 86_400


@dataclass(frozen=True, slots=True)
class Reach:
    """Windows of months: all, whole ones with contacts, those with known customers, of which is known who left by their end, and whose ends are known.

    `backlog` are those at whose end the files tell what is open: tickets go on after it.
    """

    all_files: Window
    contacts: Window
    customers: Window
    leaving: Window
    ends: Window
    backlog: Window

    def of(self, metric: Metric) -> Window:
        """What the rows of a metric can cover."""
        if metric.table == "backlog":
            return self.backlog
        if metric.table in OF_CONTACTS:
            return self.contacts
        if metric.table == "movements" or "follow_up" in metric.needs:
            return self.leaving
        if metric.table == "customers":
            return self.ends
        if metric.table != "person_months":
            return self.all_files
        seen = self.contacts if "contacts" in metric.needs else self.all_files
        return seen.within(None, self.customers.last_month)


def everywhere(con: Connection, window: Window) -> Reach:
    """The same of all: where nobody is followed, the window is that of the only table. Raises duckdb.Error."""
    ready(con, "recorded")
    (found,) = query_few(con, "SELECT * FROM metric_recorded")
    return Reach(window, window, window, window, window, _left_open(window, found["last_written_s"]))


def _left_open(window: Window, last_s: int | None) -> Window:
    """Months that end before the last contact: who wrote then and was not answered is known."""
    return window if last_s is None else window.within(None, month_of(last_s) - 1)


def reach(con: Connection, window: Window) -> Reach:
    """What a connection of metrics covers within a window. Raises duckdb.Error."""
    ready(con, "recorded")
    (found,) = query_few(con, "SELECT * FROM metric_recorded")
    last_s = found["last_written_s"]
    contacts = window.within(found["first_written"], found["last_written"], last_s if last_s is not None and last_s < window.until_s - _SLACK_S else None)
    return Reach(
        window,
        contacts,
        window.within(None, found["last_billed"]),
        window.within(found["first_left"], window.last_month - 1 if found["last_left"] is None else found["last_left"]),
        window.within(found["first_left"], found["last_left"]),
        _left_open(contacts, last_s),
    )
