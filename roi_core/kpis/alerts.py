"""What is out of the ordinary: control charts of key figures by month, whole or by group, and which left their limits, since when, and by how much."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from roi_core.engine import Connection, Group, Label, Sums, ratio_sums
from roi_core.errors import NothingToAnalyse
from roi_core.kpis.books import Books, open_books
from roi_core.kpis.figures import OF_BEGINNERS
from roi_core.kpis.reach import OF_CONTACTS
from roi_core.metrics import METRICS, Metric, Shape, compute_all_by
from roi_core.metrics.question import Question, Where
from roi_core.results import Absent, Estimate
from roi_core.stats.arrays import Floats
from roi_core.stats.expected import YEAR, Counts, Series, Shares, Singles
from roi_core.stats.watch import FEWEST, Alarm, alarms
from roi_core.units import Unit
from roi_core.workspace import Workspace

WATCHED = (
    "contacts",
    "first_response_minutes",
    "resolution_hours",
    "first_contact_resolution",
    "recontact",
    "csat_satisfied",
    "escalation_rate",
    "monthly_churn",
)
"""Figures that are looked at for every reader, beside contacts by category."""
ISSUES, ISSUE_OF = "contacts", "category"
MOST = 3
"""How many are told first."""
_CONTACTS, _CUSTOMERS = METRICS["contacts"], METRICS["contact_rate"]
_SKEWED = (Unit.MINUTES, Unit.HOURS, Unit.DAYS)
_FEWEST_OF_A_GROUP = 20
_CHARTED = (Shape.SHARE, Shape.COUNT)
CHARTS: Mapping[type[Series], str] = MappingProxyType({Shares: "P chart", Counts: "U chart", Singles: "X-mR chart"})


@dataclass(frozen=True, slots=True)
class Alert:
    """A figure that left its limits, from month `since` to `until`, both included (month numbers), of a series that goes to `last_month`.

    `value` is that of month `at`, the furthest out, in the metric's unit; `expected`, `low` and `high` are what it should have been and between what.
    Where it is `usual_since`, months after it are held against it: that it ends does not say that the figure came back.
    `how` is `beyond`, `together` (three months) or `run` (nine on one side). `group` is (dimension, value), None of all rows; a count of a group is
    held against all that were counted. `season_known` where two years had told season and growth from chance.
    """

    metric: str
    group: tuple[str, Label] | None
    since: int
    until: int
    last_month: int
    at: int
    value: float
    expected: float
    low: float
    high: float
    how: str
    chart: str
    season_known: bool
    usual_since: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the last month is part of it."""
        return self.until == self.last_month

    @property
    def is_recent(self) -> bool:
        """Whether it touches the last twelve months."""
        return self.until > self.last_month - YEAR

    @property
    def size(self) -> float:
        """How far the value lies beyond what was expected, in distances of the limit."""
        limit = self.high if self.value > self.expected else self.low
        return abs(self.value - self.expected) / max(abs(limit - self.expected), 1e-12)

    @property
    def where(self) -> Where:
        """Asks for its rows."""
        months: dict[str, tuple[Label, ...]] = {"month": tuple(range(self.since, self.until + 1))}
        return months if self.group is None else months | {self.group[0]: (self.group[1],)}


def alerts(books: Books) -> tuple[Alert, ...]:
    """Those of `WATCHED` figures, and of categories that bring more contacts than they should. In the order in which they are told. Raises QueryStopped."""
    whole = watch(books, [METRICS[key] for key in WATCHED])
    issues = [alert for alert in watch(books, [METRICS[ISSUES]], ISSUE_OF) if alert.value > alert.expected]
    return ordered([*whole, *issues])


def ordered(found: Iterable[Alert]) -> tuple[Alert, ...]:
    """Those that touch the last year first, of these and of the others the furthest out first."""
    return tuple(sorted(found, key=lambda alert: (not alert.is_recent, -alert.size)))


def recent(found: Iterable[Alert]) -> tuple[Alert, ...]:
    """Those that touch the last year."""
    return tuple(alert for alert in found if alert.is_recent)


def alerts_of(workspace: Workspace) -> tuple[Alert, ...]:
    """The same of the current tables of a work; none where these hold no key figures by month. Raises WorkspaceBroken, QueryStopped."""
    try:
        books = open_books(workspace)
    except NothingToAnalyse:
        return ()
    try:
        return alerts(books)
    finally:
        books.close()


def watch(books: Books, metrics: Sequence[Metric], by: str | None = None) -> tuple[Alert, ...]:
    """Alerts of metrics by month, whole or in each group of a dimension, in no order; none of one that cannot be split so, or of too few months.

    Nor of figures of those who began in a month, which are of another age in each.
    Groups of one metric that are looked at together share the false alarms of one. Raises QueryStopped.
    """
    dimensions = ("month",) if by is None else ("month", by)
    refused = books.refused(metrics)
    known = [m for m in metrics if m.key not in refused and m.key not in OF_BEGINNERS and all(name in m.dimensions for name in dimensions)]
    with books.asked() as con:
        months, closed = _months(con, books)
        if len(months) <= FEWEST:
            return ()
        last = {metric: closed if metric.table in OF_CONTACTS else min(months[-1], books.window(metric).last_month) for metric in known}
        ends = [(end, [metric for metric in known if last[metric] == end]) for end in dict.fromkeys(last.values())]
        asked = Question(con, dimensions)
        series = {metric: charts for end, own in ends for metric, charts in _series(asked, own, [m for m in months if m <= end]).items()}
    return tuple(
        _alert(metric, chart, alarm, last[metric], None if by is None else (by, group))
        for metric, charts in series.items()
        for group, chart in charts.items()
        for alarm in alarms(chart.series, len(charts))
        if not _is_open(chart.series, alarm)
    )


def _is_open(series: Series, alarm: Alarm) -> bool:
    """Whether a share could be anything between 0 and 1: so few rows can be none out of the ordinary, not even three months together."""
    return isinstance(series, Shares) and alarm.expected.low <= 0 and alarm.expected.high >= 1


@dataclass(frozen=True, slots=True)
class _Chart:
    """A series, and what its values are to be multiplied with to be told, month by month."""

    series: Series
    scale: Floats


Sum = Mapping[Label, Mapping[int, Sums]]
"""Sums by group and month."""


def _months(con: Connection, books: Books) -> tuple[list[int], int]:
    """Whole months since there are contacts, where there are any: before the helpdesk opened, only customers who stayed are known; and the last with contacts.

    A month in which it opened is cut by that, and so is the last one of tickets that end before the other files do: no row is not no contact. Nor are
    contacts counted after the last month with known customers: who came later is nobody known.
    """
    first, last = books.about.window.first_month, books.about.window.last_month
    asked = Question(con, ("month",))
    told = [int(month) for month in ratio_sums(con, asked.rows("contacts"), [_CONTACTS.pair]) if isinstance(month, int)]
    opened, closed = min(told, default=first), max(told, default=last)
    both = books.window(_CUSTOMERS)
    return list(range(max(first, opened + (opened > first), both.first_month), last + 1)), min(last, closed - (closed < last), both.last_month)


def _series(asked: Question, metrics: Sequence[Metric], months: Sequence[int]) -> dict[Metric, dict[Label, _Chart]]:
    """Charts of each metric by group, from one pass over each table."""
    counted = [metric for metric in metrics if metric.shape in _CHARTED]
    customers = _sums(Question(asked.con, ("month",)), [_CUSTOMERS])[_CUSTOMERS].get(None, {})
    found: dict[Metric, dict[Label, _Chart]] = {}
    for metric, sums in _sums(asked, counted).items():
        if metric.shape is Shape.SHARE:
            found[metric] = {group: _share(own, months) for group, own in sums.items()}
        elif len(asked.by) > 1:
            found[metric] = _parts(sums, months)
        else:
            found[metric] = {group: _count(own, months, customers) for group, own in sums.items()}
    found |= _values(asked, [metric for metric in metrics if metric.shape not in _CHARTED], months)
    return {metric: {group: chart for group, chart in charts.items() if len(chart.series.month) > FEWEST} for metric, charts in found.items()}


def _sums(asked: Question, metrics: Sequence[Metric]) -> dict[Metric, Sum]:
    found: dict[Metric, Sum] = {}
    for source, stock in dict.fromkeys((asked.source(metric), metric.stock) for metric in metrics):
        own = [metric for metric in metrics if (asked.source(metric), metric.stock) == (source, stock)]
        sums = ratio_sums(asked.con, asked.rows(source, stock=stock), [metric.pair for metric in own])
        found |= {metric: _by_group({group: values[i] for group, values in sums.items()}) for i, metric in enumerate(own)}
    return found


def _by_group(sums: Mapping[Group, Sums]) -> Sum:
    found: dict[Label, dict[int, Sums]] = {}
    for group, own in sums.items():
        month, label = group if isinstance(group, tuple) else (group, None)
        if isinstance(month, int):
            found.setdefault(label, {})[month] = own
    return found


def _share(sums: Mapping[int, Sums], months: Sequence[int]) -> _Chart:
    known = [month for month in months if month in sums and sums[month].y > 0]
    series = Shares(np.array([sums[m].x for m in known]), np.array([sums[m].y for m in known]), np.array(known, np.int64))
    return _Chart(series, np.ones(len(known)))


def _count(sums: Mapping[int, Sums], months: Sequence[int], customers: Mapping[int, Sums]) -> _Chart:
    """A day, and a customer where customers are followed, so that neither the length of a month nor the growth of the company alarms."""
    days = np.array([monthrange(m // YEAR, m % YEAR + 1)[1] for m in months], np.float64)
    followed = np.array([customers[m].y if m in customers else 0.0 for m in months])
    units = days * followed if (followed > 0).all() else days
    return _Chart(Counts(_counts(sums, months), units, np.array(months, np.int64)), units)


def _parts(sums: Sum, months: Sequence[int]) -> dict[Label, _Chart]:
    """Each known group as a part of all rows of the month: where all of them grow, none is out of the ordinary."""
    n = np.array([sum(own[month].x for own in sums.values() if month in own) for month in months])
    kept, month = n > 0, np.array(months, np.int64)
    counts = {group: _counts(own, months)[kept] for group, own in sums.items() if group is not None}
    return {group: _Chart(Shares(x, n[kept], month[kept]), n[kept]) for group, x in counts.items() if x.sum() >= _FEWEST_OF_A_GROUP}


def _counts(sums: Mapping[int, Sums], months: Sequence[int]) -> Floats:
    return np.array([sums[month].x if month in sums else 0.0 for month in months])


def _values(asked: Question, metrics: Sequence[Metric], months: Sequence[int]) -> dict[Metric, dict[Label, _Chart]]:
    answers = compute_all_by(asked.con, asked.by, metrics)
    found: dict[Metric, dict[Label, _Chart]] = {}
    for metric in metrics:
        by_group: dict[Label, dict[int, float]] = {}
        answer = answers[metric.key]
        for group, result in () if isinstance(answer, Absent) else answer.items():
            month, label = group if isinstance(group, tuple) else (group, None)
            if isinstance(month, int) and isinstance(result, Estimate):
                by_group.setdefault(label, {})[month] = result.value
        found[metric] = {group: _single(metric, values, [m for m in months if m in values]) for group, values in by_group.items()}
    return found


def _single(metric: Metric, values: Mapping[int, float], known: Sequence[int]) -> _Chart:
    found = np.array([values[month] for month in known])
    return _Chart(Singles(found, np.array(known, np.int64), metric.unit in _SKEWED and bool((found > 0).all())), np.ones(len(known)))


def _alert(metric: Metric, chart: _Chart, alarm: Alarm, last_month: int, group: tuple[str, Label] | None) -> Alert:
    month, scale, told = chart.series.month, float(chart.scale[alarm.at]), alarm.expected
    since, until, at = (int(month[place]) for place in (alarm.first, alarm.last, alarm.at))
    numbers = (told.value * scale, told.centre * scale, told.low * scale, told.high * scale)
    return Alert(metric.key, group, since, until, last_month, at, *numbers, alarm.how, CHARTS[type(chart.series)], told.season_known, alarm.usual_since)
