"""What the files cover of each figure: tickets may begin later and end earlier than customers do, and billing earlier than tickets."""

from dataclasses import dataclass

from roi_core.engine import Connection, query_few
from roi_core.kpis.periods import Window
from roi_core.metrics import Metric
from roi_core.metrics.connection import ready
from roi_core.spine.calendar import WHOLE_MONTH_SLACK_DAYS, month_of, start_of

OF_CONTACTS = frozenset({"contacts", "tickets", "backlog", "contact_months", "contact_orders", "agent_months"})
"""Tables of metrics that end where the tickets do."""
_DAY_S = 86_400
_LAST_USED = """
    SELECT max(floor(epoch(u.as_of))) AS last_s
    FROM usage AS u
    WHERE u.as_of IS NOT NULL
    GROUP BY extract(year FROM u.as_of) * 12 + extract(month FROM u.as_of)
    ORDER BY last_s DESC
    LIMIT 2
"""
_SLACK_S = WHOLE_MONTH_SLACK_DAYS * _DAY_S
_WATCHED = {"recontact_7d": 7, "ordered_14d": 14, "again_90d": 90}
"""Columns that are known of rows that were watched for so many days."""
_MOST_UNSEEN = 7
"""Days at the end of a month that may be unwatched; days and weeks are watched as a whole."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Windows of months: all, whole ones with contacts, those with known customers, of which is known who left by their end, and whose ends are known.

    `backlog` are those at whose end the files tell what is open: tickets go on after it, and `usage` ends with the last day of usage.
    """

    all_files: Window
    contacts: Window
    customers: Window
    leaving: Window
    ends: Window
    backlog: Window
    usage: Window

    def of(self, metric: Metric) -> Window:
        """What the rows of a metric can cover, and what of that was watched where it takes time to be known."""
        days = max((days for name, days in _WATCHED.items() if any(name in sql for sql in (metric.numerator, metric.denominator, metric.value))), default=0)
        return _watched(self._of(metric), days) if days else self._of(metric)

    def _of(self, metric: Metric) -> Window:
        own = {"usage": self.usage, "backlog": self.backlog, "customers": self.ends}
        if metric.table in own:
            return own[metric.table]
        if metric.table in OF_CONTACTS:
            return self.contacts
        if metric.table == "movements" or "follow_up" in metric.needs:
            return self.leaving
        if metric.table != "person_months":
            return self.all_files
        seen = self.contacts if "contacts" in metric.needs else self.all_files
        return seen.within(None, self.customers.last_month)


def everywhere(con: Connection, window: Window) -> Reach:
    """The same of all: where nobody is followed, the window is that of the only table. Raises duckdb.Error."""
    ready(con, "recorded")
    (found,) = query_few(con, "SELECT * FROM metric_recorded")
    return Reach(window, window, window, window, window, _left_open(window, found["last_written_s"]), _used(con, window))


def _left_open(window: Window, last_s: int | None) -> Window:
    """Months that end before the last contact: who wrote then and was not answered is known."""
    return window if last_s is None else window.within(None, month_of(last_s) - 1)


def _watched(window: Window, days: int) -> Window:
    """What ended so many days before the end."""
    until_s = window.until_s - days * _DAY_S
    return window.within(None, None if days <= _MOST_UNSEEN else month_of(until_s + _SLACK_S) - 1, until_s)


def _used(con: Connection, window: Window) -> Window:
    """To the last day of usage. Its month is whole where it ends as the one before did, or at its own end."""
    last = query_few(con, _LAST_USED)
    if not last:
        return window
    until_s = [int(row["last_s"]) + _DAY_S for row in last]
    month = month_of(last[0]["last_s"])
    is_whole = until_s[0] + _SLACK_S >= start_of(month + 1) or (len(last) > 1 and _place(until_s[0]) + _SLACK_S >= _place(until_s[1]))
    return window.within(None, month if is_whole else month - 1, until_s[0])


def _place(until_s: int) -> int:
    """How far into its month a day ends."""
    return until_s - start_of(month_of(until_s - _DAY_S))


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
        _used(con, window),
    )
