"""Control charts of metrics by month, whole or by group, and what they find: which figure is out of the ordinary, since when, and by how much."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from roi_core.engine import Connection, Label, Sums, ratio_sums
from roi_core.metrics.catalogue import METRICS
from roi_core.metrics.compute import Question, compute_all_by
from roi_core.metrics.shapes import Metric, Shape
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.stats.arrays import Floats
from roi_core.stats.expected import Counts, Series, Shares, Singles
from roi_core.stats.season import YEAR
from roi_core.stats.watch import FEWEST, Alarm, alarms
from roi_core.units import Unit

WATCHED = (
    "contacts",
    "first_response_minutes",
    "resolution_hours",
    "first_contact_resolution",
    "recontact",
    "csat_satisfied",
    "escalation_rate",
    "contact_rate",
    "monthly_churn",
)
"""Metrics that are looked at with every answer, beside contacts by category."""
ISSUES, ISSUE_OF = "contacts", "category"
_FEWEST_OF_A_GROUP = 20
_SKEWED = (Unit.MINUTES, Unit.HOURS)
_OF_CUSTOMERS = "person_months"
_WHOLE_SAID = ("contacts", _OF_CUSTOMERS, "costs")
"""Tables of which the files say which months are whole."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A figure that left its limits, from month `since` to `until`, both included (month numbers), of a series that goes to `last_month`.

    `value` is that of the last of these months, `expected` what it should have been, `low` and `high` the limits. `by_run` where no month was beyond them and
    nine in a row lay on one side. `group` is (dimension, value), None of all rows. A count of a group is held against all that were counted.
    """

    metric: str
    since: int
    until: int
    last_month: int
    value: float
    expected: float
    low: float
    high: float
    by_run: bool
    method: str
    group: tuple[str, Label] | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the last month of the series is part of it."""
        return self.until == self.last_month

    @property
    def change(self) -> float | None:
        """What came over what was expected, less 1; None where nothing was expected."""
        return self.value / self.expected - 1 if self.expected else None

    @property
    def where(self) -> dict[str, tuple[Label, ...]]:
        """Asks `rows_behind` for its rows."""
        months: dict[str, tuple[Label, ...]] = {"month": tuple(range(self.since, self.until + 1))}
        return months if self.group is None else months | {self.group[0]: (self.group[1],)}


def alerts(con: Connection, metrics: Iterable[Metric] | None = None) -> tuple[Alert, ...]:
    """Alerts of these metrics (default `WATCHED`) and of contacts by category, the latest first. Raises duckdb.Error."""
    chosen = [METRICS[key] for key in WATCHED] if metrics is None else list(metrics)
    found = [alert for metric in chosen for alert in watch(metric, con)]
    found += [alert for alert in watch(METRICS[ISSUES], con, ISSUE_OF) if alert.value > alert.expected]
    return tuple(sorted(found, key=lambda alert: (-alert.until, -abs(alert.change or 0.0))))


def watch(metric: Metric, con: Connection, by: str | None = None) -> tuple[Alert, ...]:
    """Alerts of one metric by month, whole or in each group of a dimension, in no order; none where it cannot be split so, or months are too few.

    Groups that are looked at together share the false alarms of one. Raises duckdb.Error.
    """
    dimensions = ("month",) if by is None else ("month", by)
    if metric.shape is Shape.DERIVED or any(name not in metric.dimensions for name in dimensions):
        return ()
    asked = Question(con, dimensions)
    months = _whole_months(metric, asked)
    if len(months) <= FEWEST:
        return ()
    charts = _charts(metric, asked, months)
    return tuple(
        _told(metric, chart, alarm, None if by is None else (by, group)) for group, chart in charts.items() for alarm in alarms(chart.series, len(charts))
    )


@dataclass(frozen=True, slots=True)
class _Chart:
    """A series with the month of each period, and what its values are to be multiplied with to be told, period by period."""

    series: Series
    months: Sequence[int]
    scale: Floats
    method: str


def _whole_months(metric: Metric, asked: Question) -> list[int]:
    """All months from the first to the last that is whole, of customers those with contacts: before, only who stayed is known.

    Of other tables the first and the last month may be cut by the files.
    """
    said = metric.table in _WHOLE_SAID
    found = asked.months((metric.table, ISSUES) if metric.table == _OF_CUSTOMERS else (metric.table,))
    cut = 0 if said else 1
    return list(range(found[0] + cut, found[-1] + 1 - cut)) if found else []


def _charts(metric: Metric, asked: Question, months: Sequence[int]) -> dict[Label, _Chart]:
    if metric.shape not in (Shape.SHARE, Shape.COUNT):
        return _of_values(metric, asked, months)
    found = ratio_sums(asked.con, asked.rows(asked.source(metric), stock=metric.stock), [metric.pair])
    by_group: dict[Label, dict[int, Sums]] = {}
    for group, (sums,) in found.items():
        month, own = group if isinstance(group, tuple) else (group, None)
        if isinstance(month, int):
            by_group.setdefault(own, {})[month] = sums
    if metric.shape is Shape.SHARE:
        return {group: chart for group, own in by_group.items() if (chart := _of_shares(own, months))}
    if len(asked.by) == 1:
        return {group: _of_counts(own, months) for group, own in by_group.items()}
    return _parts_of_all(by_group, months)


def _of_shares(sums: Mapping[int, Sums], months: Sequence[int]) -> _Chart | None:
    known = [month for month in months if month in sums and sums[month].y > 0]
    if len(known) <= FEWEST:
        return None
    x, n = (np.array([getattr(sums[month], name) for month in known]) for name in ("x", "y"))
    share = x.sum() / n.sum()
    squares = sum(sums[month].xx - 2 * share * sums[month].xy + share * share * sums[month].yy for month in known)
    spread = max(squares / max(n.sum() * share * (1 - share), 1.0), 1.0)
    series = Shares(x, n, np.full(len(known), spread), np.array(known))
    return _Chart(series, known, np.ones(len(known)), say("alerts.p_chart"))


def _of_counts(sums: Mapping[int, Sums], months: Sequence[int]) -> _Chart:
    """Contacts a day, since months differ in length; a month without any has none."""
    x, days = np.array([sums[month].x if month in sums else 0.0 for month in months]), np.array([_days(month) for month in months], dtype=np.float64)
    series = Counts(x, days, _spread(sums, months), np.array(months))
    return _Chart(series, months, days, say("alerts.u_chart"))


def _parts_of_all(by_group: Mapping[Label, Mapping[int, Sums]], months: Sequence[int]) -> dict[Label, _Chart]:
    """Each known group as a part of all rows of the month: where all of them grow, none is out of the ordinary."""
    n = np.array([sum(own[month].x for own in by_group.values() if month in own) for month in months])
    kept = n > 0
    if kept.sum() <= FEWEST:
        return {}
    found: dict[Label, _Chart] = {}
    for group, sums in by_group.items():
        x = np.array([sums[month].x if month in sums else 0.0 for month in months])
        if group is not None and x.sum() >= _FEWEST_OF_A_GROUP:
            own = Shares(x[kept], n[kept], _spread(sums, months)[kept], np.array(months)[kept])
            found[group] = _Chart(own, list(np.array(months)[kept].tolist()), n[kept], say("alerts.of_all"))
    return found


def _spread(sums: Mapping[int, Sums], months: Sequence[int]) -> Floats:
    """The variance of a count with customers as clusters, over that of independent rows: the same over all months."""
    known = [sums[month] for month in months if month in sums]
    return np.full(len(months), max(sum(one.xx for one in known) / max(sum(one.x for one in known), 1.0), 1.0))


def _of_values(metric: Metric, asked: Question, months: Sequence[int]) -> dict[Label, _Chart]:
    answers = compute_all_by(asked.con, asked.by, [metric])[metric.key]
    by_group: dict[Label, dict[int, float]] = {}
    for group, result in () if isinstance(answers, Absent) else answers.items():
        month, own = group if isinstance(group, tuple) else (group, None)
        if isinstance(month, int) and isinstance(result, Estimate):
            by_group.setdefault(own, {})[month] = result.value
    return {group: _of_singles(metric, own, known) for group, own in by_group.items() if len(known := [m for m in months if m in own]) > FEWEST}


def _of_singles(metric: Metric, values: Mapping[int, float], months: Sequence[int]) -> _Chart:
    found = np.array([values[month] for month in months])
    series = Singles(found, np.array(months), in_logs=metric.unit in _SKEWED and bool((found > 0).all()))
    return _Chart(series, months, np.ones(len(months)), say("alerts.x_chart"))


def _told(metric: Metric, chart: _Chart, alarm: Alarm, group: tuple[str, Label] | None) -> Alert:
    scale = float(chart.scale[alarm.last])
    numbers = {"value": alarm.expected.value, "expected": alarm.expected.centre, "low": alarm.low, "high": alarm.high}
    told = {name: number * scale for name, number in numbers.items()}
    months = {"since": chart.months[alarm.first], "until": chart.months[alarm.last], "last_month": chart.months[-1]}
    return Alert(metric=metric.key, group=group, by_run=alarm.by_run, method=chart.method, **told, **months)


def _days(month: int) -> int:
    return monthrange(month // YEAR, month % YEAR + 1)[1]
