"""One figure by groups, two ways at once if asked, and whether the total agrees with its parts."""

from dataclasses import dataclass

import pyarrow as pa

from roi_core.engine import Label
from roi_core.kpis.books import Books
from roi_core.kpis.figures import Series
from roi_core.kpis.periods import called
from roi_core.metrics import Calendar, Metric, Parts, against_parts, compute_all, compute_all_by
from roi_core.metrics.grouping import PERIODS
from roi_core.metrics.needs import known_dimensions
from roi_core.metrics.question import Where
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import Style, month, number, show
from roi_core.units import Unit

MOST = 200
"""Groups that are shown; a table of all of them is downloaded."""
_MULTIPLES = 6
_KEY = 8
"""Letters of a keyed hash that tell agents apart: their names are kept nowhere."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by groups: each with its values of the dimensions `by`; periods in order of time, others with the most behind them first."""

    metric: Metric
    by: tuple[str, ...]
    whole: Result
    groups: tuple[tuple[tuple[Label, ...], Result], ...]
    parts: Parts


def ways(books: Books, metric: Metric) -> tuple[str, ...]:
    """Dimensions that tell rows of the metric apart: those of which the files say anything; all where they say nothing. Raises QueryStopped."""
    with books.asked() as con:
        return known_dimensions(con, metric) or metric.dimensions


def breakdown(books: Books, metric: Metric, by: tuple[str, ...], where: Where, calendar: Calendar) -> Breakdown | Absent:
    """A metric by one dimension or two, of what `where` leaves. Absent where it cannot be split so, or has no answer here. Raises QueryStopped."""
    refused = books.refused([metric])
    if refused:
        return refused[metric.key]
    with books.asked() as con:
        whole = compute_all(con, where, [metric], calendar)[metric.key]
        found = compute_all_by(con, by, [metric], where, calendar)[metric.key]
    if isinstance(found, Absent):
        return found
    groups = [(group if isinstance(group, tuple) else (group,), result) for group, result in found.items()]
    return Breakdown(metric, by, whole, tuple(sorted(groups, key=lambda pair: _order(by, *pair))), against_parts(metric, by, whole, found))


def _order(by: tuple[str, ...], values: tuple[Label, ...], result: Result) -> tuple[object, ...]:
    n = result.n if isinstance(result, Estimate) else 0
    times = tuple(value if isinstance(value, int) else -1 for dimension, value in zip(by, values, strict=True) if dimension in PERIODS)
    return (times, -n, tuple(map(str, values)))


def label(dimension: str, value: Label, style: Style) -> str:
    """A group as a reader calls it."""
    if value is None:
        return say("kpi.unknown")
    if dimension in PERIODS and isinstance(value, int):
        return called(dimension, value, style)
    if dimension == "agent":
        return say("kpi.agent", key=str(value)[:_KEY])
    return month(value, style) if dimension == "started_month" and isinstance(value, int) else str(value)


def named(dimension: str) -> str:
    """A dimension as a reader calls it."""
    return dimension.replace("_", " ").capitalize()


def table(found: Breakdown, style: Style, most: int | None = None) -> pa.Table:
    """A row a group: its names, the figure with its interval, and n with what it counts."""
    heads = [named(dimension) for dimension in found.by]
    rows = [
        {
            **{head: label(dimension, value, style) for head, dimension, value in zip(heads, found.by, values, strict=True)},
            found.metric.title: show(result, style),
            f"n ({found.metric.counts})": number(result.n, Unit.COUNT, style) if isinstance(result, Estimate) else "",
        }
        for values, result in found.groups[:most]
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in (*heads, found.metric.title, f"n ({found.metric.counts})")]))


def multiples(books: Books, metric: Metric, dimension: str, calendar: Calendar) -> tuple[tuple[Label, Series], ...]:
    """The months of the largest groups of a dimension, the largest first; none where the metric has no months. Raises QueryStopped."""
    if "month" not in metric.dimensions or dimension in PERIODS:
        return ()
    with books.asked() as con:
        found = compute_all_by(con, (dimension, "month"), [metric], None, calendar)[metric.key]
    if isinstance(found, Absent):
        return ()
    months: dict[Label, list[tuple[int, Result]]] = {}
    window = books.window(metric)
    for group, result in found.items():
        if isinstance(group, tuple) and isinstance(at := group[1], int) and window.holds("month", at):
            months.setdefault(group[0], []).append((at, result))
    largest = sorted(months, key=lambda value: (-sum(r.n for _, r in months[value] if isinstance(r, Estimate)), str(value)))
    return tuple((value, tuple(sorted(months[value], key=lambda pair: pair[0]))) for value in largest[:_MULTIPLES])
