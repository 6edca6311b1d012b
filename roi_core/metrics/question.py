"""Everything of a question but the metrics: where it is asked, how rows are grouped and filtered, and which rows count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi_core.engine import Connection, Rows, Values, distinct, run_few
from roi_core.metrics.connection import ready
from roi_core.metrics.grouping import PERIODS, Calendar
from roi_core.metrics.shapes import Metric
from roi_core.metrics.tables import TABLES

Where = Mapping[str, Values]
AS_USUAL = Calendar()
_NO_MONTH = -1
_WHOLE = {"orders": "metric_order_months"}
"""Tables whose whole months are told by a definition of their own, as they are not open wherever metrics are asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything but the metric: where to ask, how to group and filter, and how periods begin."""

    con: Connection
    by: tuple[str, ...] = ()
    where: Where | None = None
    calendar: Calendar = AS_USUAL

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All that is grouped or filtered by."""
        return (*self.by, *(self.where or {}))

    def source(self, metric: Metric) -> str:
        """The table to read: that with further columns only where one of them is asked for."""
        own = TABLES[metric.table]
        plain = {*own.dimensions, *PERIODS}
        return metric.read_from.name if any(name not in plain for name in self.dimensions) else own.name

    def rows(self, source: str, *, stock: bool = False) -> Rows:
        """The rows of a source that count; a level is read in the last month, or the last of each period."""
        where = {self.calendar.expression(name): values for name, values in (self.where or {}).items()}
        if stock and "month" not in self.by:
            where[self.calendar.expression("month")] = self._last_months(source) or [_NO_MONTH]
        return Rows(ready(self.con, source), tuple(self.calendar.expression(name) for name in self.by), where)

    def _last_months(self, source: str) -> list[int]:
        period = next((name for name in self.by if name in PERIODS), None)
        months = self.months((source,))
        return months[-1:] if period is None else sorted({self.calendar.first_month(period, month): month for month in months}.values())

    def months(self, sources: Sequence[str]) -> list[int]:
        """Whole months that all of the sources have and the filter leaves, ascending."""
        ready(self.con, "recorded")
        read = {source: ready(self.con, source) for source in sources}
        whole = run_few(self.con, "metric_months") + [row for name in sources if name in _WHOLE for row in run_few(self.con, _WHOLE[name])]
        periods = {self.calendar.expression(name): values for name, values in (self.where or {}).items() if name in PERIODS}
        shared: set[int] | None = None
        for source in sources:
            known = {row["month"] for row in whole if row["table_name"] == source}
            found = {int(month) for month in distinct(self.con, Rows(read[source], (), periods), "month")}
            own = found & known if known else found
            shared = own if shared is None else shared & own
        return sorted(shared or ())
