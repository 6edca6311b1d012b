"""A key figure as it is looked at: its last whole period, the one before, the same one of last year, and the line to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roi_core.kpis.books import Books
from roi_core.kpis.periods import WHOLE, before, kept, period_of, year_ago
from roi_core.kpis.reach import OF_CONTACTS
from roi_core.metrics import Better, Calendar, Metric, Shape, compute_all, compute_all_by
from roi_core.metrics.compute import no_rows
from roi_core.metrics.grouping import PERIODS
from roi_core.metrics.question import Where
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.units import Unit

NONE = Estimate(0.0, None, None, 0, "total", Unit.COUNT)
"""A count of no rows."""
Series = tuple[tuple[int, Result], ...]
"""(period, figure) in order of time; whole periods alone."""

OF_BEGINNERS = frozenset({"repeat_purchase", "orders_per_buyer", "spend_per_buyer", "days_to_second_order"})
"""Figures of those who began in a period, up to the end of the files: later ones had less time, so that no period is held against another."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric in one period; `at` None where that is all of the files. `before` and `year_ago` are None where no such period is whole, or is alike."""

    metric: Metric
    period: str
    at: int | None
    now: Result
    before: Result | None = None
    year_ago: Result | None = None
    series: Series = ()

    @property
    def moved(self) -> int:
        """1 up, -1 down against the period before, where their intervals do not meet; else 0.

        Stricter than a test at 5 %, as both doubts are taken at once; so it needs no allowance for customers who are in both.
        """
        now, then = self.now, self.before
        if not isinstance(now, Estimate) or not isinstance(then, Estimate) or now.low is None or now.high is None or then.low is None or then.high is None:
            return 0
        return 1 if now.low > then.high else -1 if now.high < then.low else 0

    @property
    def is_better(self) -> bool | None:
        """Whether it moved the good way; None where it did not move, or neither way is good."""
        if not self.moved or self.metric.better is Better.NEITHER:
            return None
        return (self.moved > 0) == (self.metric.better is Better.HIGHER)


def figures(books: Books, metrics: Sequence[Metric], period: str, calendar: Calendar) -> tuple[Figure, ...]:
    """These metrics by a period; one that is not known by it by month, else as a whole. Raises QueryStopped."""
    refused = books.refused(metrics)
    by: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.key not in refused:
            by.setdefault(period_of(metric, period), []).append(metric)
    found = {metric.key: Figure(metric, WHOLE, None, refused[metric.key]) for metric in metrics if metric.key in refused}
    with books.asked() as con:
        for one, batch in by.items():
            answers: Mapping[str, object] = compute_all(con, None, batch) if one == WHOLE else compute_all_by(con, one, batch, None, calendar)
            found |= {metric.key: _figure(books, metric, one, answers[metric.key], calendar) for metric in batch}
    return tuple(found[metric.key] for metric in metrics)


def whole(books: Books, metrics: Sequence[Metric]) -> dict[str, Result]:
    """These metrics of all of the files, by key. Raises QueryStopped."""
    return of_rows(books, metrics, {}, Calendar())


def of_rows(books: Books, metrics: Sequence[Metric], where: Where, calendar: Calendar) -> dict[str, Result]:
    """These metrics of the rows that `where` leaves, each with what it was counted from. Raises QueryStopped."""
    refused = books.refused(metrics)
    with books.asked() as con:
        found = compute_all(con, where, [metric for metric in metrics if metric.key not in refused], calendar)
    return {**found, **{metric.key: NONE for metric in metrics if metric.key in found and _is_none(books, metric, where, found[metric.key])}, **refused}


def lines(books: Books, metrics: Iterable[Metric], calendar: Calendar) -> dict[str, Series]:
    """The months of metrics that have any, by key: beside figures of all of the files. Raises QueryStopped."""
    refused, known = books.refused(metrics), [metric for metric in metrics if "month" in metric.dimensions]
    with books.asked() as con:
        answers = compute_all_by(con, "month", [metric for metric in known if metric.key not in refused], None, calendar)
    by_key = {metric.key: metric for metric in known}
    return {key: _series(books, by_key[key], "month", groups, calendar) for key, groups in answers.items() if not isinstance(groups, Absent)}


def _figure(books: Books, metric: Metric, period: str, answer: object, calendar: Calendar) -> Figure:
    if isinstance(answer, Absent | Estimate):
        return Figure(metric, period, None, NONE if _is_none(books, metric, {}, answer) else answer)
    groups = answer if isinstance(answer, Mapping) else {}
    series = _series(books, metric, period, groups, calendar)
    if not series:
        return Figure(metric, period, None, _nothing_whole(groups))
    known = dict(series)
    at = max((when for when, result in series if isinstance(result, Estimate)), default=series[-1][0])
    now, series = known[at], tuple(pair for pair in series if pair[0] <= at)
    if metric.key in OF_BEGINNERS:
        return Figure(metric, period, at, now, series=series[-kept(period) :])
    ago = year_ago(period, at)
    return Figure(metric, period, at, now, known.get(before(period, at)), None if ago is None else known.get(ago), series[-kept(period) :])


def _series(books: Books, metric: Metric, period: str, groups: Mapping[Any, Result], calendar: Calendar) -> Series:
    """Whole periods; a count of none is 0, of contacts in all of them, of other rows since the first, as nobody knows when their file begins."""
    window = books.window(metric)
    known = {at: result for at, result in groups.items() if isinstance(at, int) and window.holds(period, at)}
    if metric.shape is Shape.COUNT:
        inside = window.periods(period, calendar)
        since = inside[:1] if metric.table in OF_CONTACTS else sorted(known)[:1]
        known |= {at: NONE for at in inside if at not in known and since and at >= since[0]}
    return tuple(sorted(known.items()))


def _is_none(books: Books, metric: Metric, where: Where, answer: object) -> bool:
    """Whether a count has no answer since there are no such rows, in whole periods: it is 0."""
    if metric.shape is not Shape.COUNT or answer != no_rows(filtered=bool(where)):
        return False
    window = books.window(metric)
    if not where:
        return window.first_month <= window.last_month
    return all(name in PERIODS and all(isinstance(at, int) and window.holds(name, at) for at in values) for name, values in where.items())


def _nothing_whole(groups: Mapping[Any, Result]) -> Absent:
    """Why no period has a figure: there is no row, or no period is whole."""
    if groups:
        return Absent(say("kpi.no_whole"), say("kpi.no_whole_next"))
    return no_rows(filtered=False)
