"""Runs declared metrics on the tables of metrics: many in one pass, whole or by group."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import pyarrow as pa

from roi_core.engine import Connection, Group, Rows, Values, distinct, middles, quantiles, rank, ratio_sums, run, spans
from roi_core.metrics.catalogue import METRICS, TOLD
from roi_core.metrics.connection import COSTS, connect
from roi_core.metrics.grouping import PERIODS, Calendar
from roi_core.metrics.interval import few_customers, summed, woodruff_levels
from roi_core.metrics.needs import met, need
from roi_core.metrics.shapes import RANKED, SUMMED, Metric, Shape
from roi_core.metrics.tables import TABLES
from roi_core.results import Absent, Counted, Estimate, Result
from roi_core.sentences import say

Where = Mapping[str, Values]
By = str | tuple[str, ...]
Grouped = Mapping[Group, Result]

_Key = TypeVar("_Key", bound=Hashable)
_NO_MONTH = -1
_AS_USUAL = Calendar()
_TOLD_FROM = frozenset(metric.table for metric in TOLD)


class CostLine(Protocol):
    """One line of a cost sheet: month number, component, amount."""

    @property
    def month(self) -> int:
        """Month number."""

    @property
    def component(self) -> str:
        """What it was spent on."""

    @property
    def amount(self) -> float:
        """How much, in the company's currency."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything but the metric: where to ask, how to group and filter, and how periods begin."""

    con: Connection
    by: tuple[str, ...] = ()
    where: Where | None = None
    calendar: Calendar = _AS_USUAL

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
        return Rows(f"metric_{source}", tuple(self.calendar.expression(name) for name in self.by), where)

    def _last_months(self, source: str) -> list[int]:
        period = next((name for name in self.by if name in PERIODS), None)
        months = self.months((source,))
        return months[-1:] if period is None else sorted({self.calendar.first_month(period, month): month for month in months}.values())

    def months(self, sources: Sequence[str]) -> list[int]:
        """Whole months that all of the sources have and the filter leaves, ascending."""
        whole = run(self.con, "metric_months").to_pylist()
        periods = {self.calendar.expression(name): values for name, values in (self.where or {}).items() if name in PERIODS}
        shared: set[int] | None = None
        for source in sources:
            known = {row["month"] for row in whole if row["table_name"] == source}
            found = {int(month) for month in distinct(self.con, Rows(f"metric_{source}", (), periods), "month")}
            own = found & known if known else found
            shared = own if shared is None else shared & own
        return sorted(shared or ())


def measure_all(
    spine: pa.Table, person_months: pa.Table | None, contacts: pa.Table, costs: Iterable[CostLine] = (), sent: pa.Table | None = None
) -> dict[str, Result]:
    """The metrics that are part of every answer, of the derived tables of one company, by key; without `person_months` where nobody can be followed.

    `sent` has a row a file of surveys: asked, answered, first_month and last_month.
    """
    lines = [{"month": line.month, "component": line.component, "amount": line.amount} for line in costs]
    tables = {"spine": spine, "contacts": contacts, "costs": pa.Table.from_pylist(lines, schema=COSTS)} | ({} if sent is None else {"surveys_sent": sent})
    with connect(tables if person_months is None else tables | {"person_months": person_months}, of=_TOLD_FROM) as con:
        return compute_all(con, metrics=TOLD)


def compute(metric: Metric, con: Connection, where: Where | None = None) -> Result:
    """One metric over all rows. `where` maps a dimension to the values that count (none listed: all). Raises duckdb.Error."""
    return compute_all(con, where, [metric])[metric.key]


def compute_by(metric: Metric, con: Connection, by: By, where: Where | None = None, calendar: Calendar = _AS_USUAL) -> Grouped | Absent:
    """One metric by group of one dimension, or of several at once (a tuple, as are the groups then).

    Absent for all groups at once, where it cannot be split that way. Raises duckdb.Error.
    """
    return compute_all_by(con, by, [metric], where, calendar)[metric.key]


def compute_all(con: Connection, where: Where | None = None, metrics: Iterable[Metric] = METRICS.values(), calendar: Calendar = _AS_USUAL) -> dict[str, Result]:
    """Many metrics over all rows, those of one table in one pass. Raises duckdb.Error."""
    answers = _answers(list(metrics), Question(con, (), where, calendar))
    return {key: answer if isinstance(answer, Absent) else answer[None] for key, answer in answers.items()}


def compute_all_by(
    con: Connection, by: By, metrics: Iterable[Metric] = METRICS.values(), where: Where | None = None, calendar: Calendar = _AS_USUAL
) -> dict[str, Grouped | Absent]:
    """Many metrics by the same groups, those of one table in one pass. Raises duckdb.Error."""
    return _answers(list(metrics), Question(con, (by,) if isinstance(by, str) else by, where, calendar))


def _answers(metrics: Sequence[Metric], asked: Question) -> dict[str, Grouped | Absent]:
    answers: dict[str, Grouped | Absent] = {metric.key: absent for metric in metrics if (absent := _not_split(metric, asked))}
    answers |= _lacking([metric for metric in metrics if metric.key not in answers], asked)
    left = [metric for metric in metrics if metric.key not in answers]
    for (source, stock), batch in _batches(left, SUMMED, lambda metric: (asked.source(metric), metric.stock)).items():
        answers |= _summed(batch, asked, asked.rows(source, stock=stock))
    for (source, stock, _), batch in _batches(left, RANKED, lambda metric: (asked.source(metric), metric.stock, metric.value)).items():
        answers |= _ranked(batch, asked, asked.rows(source, stock=stock))
    answers |= _derived([metric for metric in left if metric.shape is Shape.DERIVED], asked)
    return {metric.key: _whole(answers[metric.key], asked) for metric in metrics}


def _batches(metrics: Iterable[Metric], shapes: Sequence[Shape], alike: Callable[[Metric], _Key]) -> dict[_Key, list[Metric]]:
    """Metrics of these shapes that are read together."""
    found: dict[_Key, list[Metric]] = {}
    for metric in metrics:
        if metric.shape in shapes:
            found.setdefault(alike(metric), []).append(metric)
    return found


def _not_split(metric: Metric, asked: Question) -> Absent | None:
    split = next((name for name in asked.dimensions if name not in metric.dimensions), None)
    return Absent(say("metric_missing.split", metric=metric.title, dimension=split.replace("_", " ")), say("metric_next.split")) if split else None


def _lacking(metrics: Sequence[Metric], asked: Question) -> dict[str, Absent]:
    """Why these have no answer before any is looked for: currencies that are not added up, and what the files do not show."""
    held = met(asked.con, (key for metric in metrics for key in metric.needs))
    paid = {place: _currencies(asked.con, place) for place in {_paid_in(metric) for metric in metrics if metric.is_money}}
    found: dict[str, Absent] = {}
    for metric in metrics:
        several = paid[_paid_in(metric)] if metric.is_money else ()
        if len(several) > 1:
            found[metric.key] = Absent(say("metric_missing.one_currency", currencies=", ".join(several)), say("metric_next.one_currency"))
        elif missing := next((key for key in metric.needs if key not in held), None):
            found[metric.key] = need(missing).absent
    return found


def _paid_in(metric: Metric) -> str:
    """The table whose rows say their currency, empty where it is that of the customers."""
    return metric.table if TABLES[metric.table].own_currency else ""


def _currencies(con: Connection, table: str) -> tuple[str, ...]:
    """Currencies of the rows of a table, or that customers pay in, in alphabetical order."""
    if table:
        return tuple(str(name) for name in sorted(distinct(con, Rows(f"metric_{table}"), "currency"), key=str))
    return tuple(row["currency"] for row in run(con, "metric_currencies").to_pylist())


def _whole(answer: Grouped | Absent, asked: Question) -> Grouped | Absent:
    if isinstance(answer, Absent) or asked.by or None in answer:
        return answer
    return Absent(say("metric_missing.rows"), say("metric_next.rows"))


def _summed(metrics: Sequence[Metric], asked: Question, rows: Rows) -> dict[str, Grouped]:
    sums = ratio_sums(asked.con, rows, [metric.pair for metric in metrics])
    months = _months_of(asked, rows, [metric.row_counts for metric in metrics])
    return {
        metric.key: {group: _with_counts(summed(metric, found[i]), metric, found[i].x, found[i].y, months[i]) for group, found in sums.items()}
        for i, metric in enumerate(metrics)
    }


def _months_of(asked: Question, rows: Rows, conditions: Sequence[str]) -> Sequence[tuple[int, int] | None]:
    """Per answer the months of the rows that count in it; None where there are several answers, each with its own, and where rows have no month."""
    if asked.by or not TABLES[rows.source.removeprefix("metric_")].has_month:
        return [None] * len(conditions)
    return spans(asked.con, rows, conditions)


def _with_counts(result: Result, metric: Metric, top: float | None, bottom: float, months: tuple[int, int] | None) -> Result:
    if isinstance(result, Absent) or months is None:
        return result
    return replace(result, counted=Counted(None if metric.shape in (Shape.COUNT, Shape.SUM) else top, bottom, *months))


def _ranked(metrics: Sequence[Metric], asked: Question, rows: Rows) -> dict[str, Grouped]:
    """Metrics that are quantiles of one value at different levels: the rows are put in order once."""
    rank(asked.con, rows, metrics[0].value)
    months = _months_of(asked, rows, [f"({metrics[0].value}) IS NOT NULL"])[0]
    return {metric.key: _quantiles(metric, asked, rows, months) for metric in metrics}


def _quantiles(metric: Metric, asked: Question, rows: Rows, months: tuple[int, int] | None) -> Grouped:
    found = middles(asked.con, rows, metric.level)
    levels = {group: woodruff_levels(middle, metric.level) for group, middle in found.items()}
    points = [(found[group].group_no, level) for group, pair in levels.items() for level in pair or ()]
    limits = iter(quantiles(asked.con, points) if points else ())
    answers: dict[Group, Result] = {}
    for group, middle in found.items():
        n = middle.below.n
        method = f"Woodruff interval over {metric.counts}"
        answer = Estimate(middle.value, next(limits), next(limits), n, method, metric.unit) if levels[group] else few_customers(n)
        answers[group] = _with_counts(answer, metric, None, middle.below.y, months)
    return answers


def _derived(metrics: Sequence[Metric], asked: Question) -> dict[str, Grouped | Absent]:
    """Each over the months that both of its inputs have; inputs over the same months are worked out together."""
    pairs = {metric: (METRICS[metric.inputs[0]], METRICS[metric.inputs[1]]) for metric in metrics}
    shared = {sources: tuple(asked.months(sources)) for sources in {(over.table, under.table) for over, under in pairs.values()}}
    found: dict[str, Grouped | Absent] = {}
    for months in set(shared.values()):
        own = {metric: pair for metric, pair in pairs.items() if shared[pair[0].table, pair[1].table] == months}
        inputs = list(dict.fromkeys(one for pair in own.values() for one in pair))
        answers = _answers(inputs, replace(asked, where={**(asked.where or {}), "month": months})) if months else {}
        found |= {metric.key: _quotients(metric, answers) for metric in own}
    return found


def _quotients(metric: Metric, answers: Mapping[str, Grouped | Absent]) -> Grouped | Absent:
    if not answers:
        return Absent(say("metric_missing.shared_months", metric=metric.title), say("metric_next.shared_months"))
    tops, bottoms = (answers[key] for key in metric.inputs)
    if isinstance(tops, Absent):
        return tops
    if isinstance(bottoms, Absent):
        return bottoms
    return {group: quotient(metric, tops[group], bottoms[group]) for group in tops if group in bottoms}


def quotient(metric: Metric, top: Result, bottom: Result) -> Result:
    """A derived metric from its two inputs; Absent where one is, or the lower is nothing."""
    if isinstance(top, Absent):
        return top
    if isinstance(bottom, Absent):
        return bottom
    if bottom.value == 0:
        return Absent(say("metric_missing.rows"), say("metric_next.rows"))
    months = (bottom.counted.first_month, bottom.counted.last_month) if bottom.counted else None
    answer = Estimate(top.value / bottom.value, None, None, bottom.n, "total over total, same months", metric.unit)
    return _with_counts(answer, metric, top.value, bottom.value, months)
