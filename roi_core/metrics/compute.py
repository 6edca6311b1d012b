"""Runs declared metrics on the tables of metrics: many in one pass, whole or by group."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

import pyarrow as pa

from roi_core.engine import Connection, Group, Middle, Rows, Sums, distinct, in_order, is_large, middles, quantiles, rank, ratio_sums, run_few, spans
from roi_core.metrics.at_scale import Batches, Read, each_slice
from roi_core.metrics.catalogue import METRICS, TOLD
from roi_core.metrics.connection import COSTS, connect, ready
from roi_core.metrics.grouping import Calendar
from roi_core.metrics.interval import few_customers, summed, woodruff_levels
from roi_core.metrics.needs import met, need
from roi_core.metrics.question import AS_USUAL, Question, Where
from roi_core.metrics.shapes import RANKED, SUMMED, Metric, Shape
from roi_core.metrics.tables import TABLES
from roi_core.results import Absent, Counted, Estimate, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

By = str | tuple[str, ...]
Grouped = Mapping[Group, Result]
_Months = Mapping[str, tuple[int, int] | None]

_Key = TypeVar("_Key", bound=Hashable)
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


def compute_by(metric: Metric, con: Connection, by: By, where: Where | None = None, calendar: Calendar = AS_USUAL) -> Grouped | Absent:
    """One metric by group of one dimension, or of several at once (a tuple, as are the groups then).

    Absent for all groups at once, where it cannot be split that way. Raises duckdb.Error.
    """
    return compute_all_by(con, by, [metric], where, calendar)[metric.key]


def compute_all(con: Connection, where: Where | None = None, metrics: Iterable[Metric] = METRICS.values(), calendar: Calendar = AS_USUAL) -> dict[str, Result]:
    """Many metrics over all rows, those of one table in one pass. Raises duckdb.Error."""
    answers = _answers(list(metrics), Question(con, (), where, calendar))
    return {key: answer if isinstance(answer, Absent) else answer[None] for key, answer in answers.items()}


def compute_all_by(
    con: Connection, by: By, metrics: Iterable[Metric] = METRICS.values(), where: Where | None = None, calendar: Calendar = AS_USUAL
) -> dict[str, Grouped | Absent]:
    """Many metrics by the same groups, those of one table in one pass. Raises duckdb.Error."""
    return _answers(list(metrics), Question(con, (by,) if isinstance(by, str) else by, where, calendar))


def _answers(metrics: Sequence[Metric], asked: Question) -> dict[str, Grouped | Absent]:
    answers: dict[str, Grouped | Absent] = {metric.key: absent for metric in metrics if (absent := _not_split(metric, asked))}
    answers |= _lacking([metric for metric in metrics if metric.key not in answers], asked)
    left = [metric for metric in metrics if metric.key not in answers]
    beside = [count for metric in left if metric.least_known for count in metric.counted]
    large: dict[tuple[str, bool], list[Metric]] = {}
    for (source, stock), batch in _batches([*left, *beside], (*SUMMED, *RANKED), lambda metric: (asked.source(metric), metric.stock)).items():
        rows = asked.rows(source, stock=stock)
        if is_large(asked.con, rows.source):
            large[source, stock] = batch
        else:
            answers |= _read(batch, asked, rows)
    answers |= _read_large(large, asked) if large else {}
    answers |= {metric.key: _totals(metric, answers) for metric in left if metric.least_known}
    answers |= _derived([metric for metric in left if metric.shape is Shape.DERIVED], asked)
    return {metric.key: _whole(answers[metric.key], asked) for metric in metrics}


def _totals(metric: Metric, answers: Mapping[str, Grouped | Absent]) -> Grouped | Absent:
    """Each total of which enough is known, else why it is none."""
    totals, known, rows = (answers[one.key] for one in (metric, *metric.counted))
    if isinstance(totals, Absent) or isinstance(known, Absent) or isinstance(rows, Absent):
        return totals
    return {group: _total(metric, total, known[group], rows[group]) for group, total in totals.items()}


def _total(metric: Metric, total: Result, known: Result, rows: Result) -> Result:
    if isinstance(total, Absent) or isinstance(known, Absent) or isinstance(rows, Absent) or known.value >= metric.least_known * rows.value:
        return total
    return Absent(say("metric_missing.total", known=number(known.value / rows.value, Unit.FRACTION), metric=metric.title), say("metric_next.total"))


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
    held = met(asked.con, (key for metric in metrics for each in metric.needs for key in (each, *need(each).first)))
    paid = {place: _currencies(asked.con, place) for place in {place for metric in metrics if metric.is_money for place in _paid_in(metric)}}
    found: dict[str, Absent] = {}
    for metric in metrics:
        several = sorted({name for place in _paid_in(metric) for name in paid[place]}) if metric.is_money else ()
        if len(several) > 1:
            found[metric.key] = Absent(say("metric_missing.one_currency", currencies=", ".join(several)), say("metric_next.one_currency"))
        elif missing := next((key for each in metric.needs for key in (*need(each).first, each) if key not in held), None):
            found[metric.key] = need(missing).absent
    return found


def _paid_in(metric: Metric) -> tuple[str, ...]:
    """The tables whose rows say its currency, "" where it is that of the customers."""
    table = TABLES[metric.table]
    return (table.name,) if table.own_currency else table.paid_in


def _currencies(con: Connection, table: str) -> tuple[str, ...]:
    """Currencies of the rows of a table, or that customers pay in, in alphabetical order."""
    if table:
        return tuple(str(name) for name in sorted(distinct(con, Rows(ready(con, table)), "currency"), key=str))
    return tuple(row["currency"] for row in run_few(con, "metric_currencies"))


def _whole(answer: Grouped | Absent, asked: Question) -> Grouped | Absent:
    if isinstance(answer, Absent) or asked.by or None in answer:
        return answer
    return no_rows(filtered=bool(asked.where))


def no_rows(*, filtered: bool) -> Absent:
    """The answer where no row is there: a filter left none, or the files have none."""
    if filtered:
        return Absent(say("metric_missing.rows"), say("metric_next.rows"))
    return Absent(say("metric_missing.no_rows"), say("metric_next.no_rows"))


def _read(metrics: Sequence[Metric], asked: Question, rows: Rows) -> dict[str, Grouped]:
    """Metrics of the same rows: sums in one pass, and each value that quantiles are asked of put in order once."""
    months = _months_of(asked, rows, metrics)
    of_sums = [metric for metric in metrics if metric.shape in SUMMED]
    answers = _summed(of_sums, ratio_sums(asked.con, rows, [metric.pair for metric in of_sums]), months) if of_sums else {}
    for value, batch in _batches(metrics, RANKED, lambda metric: metric.value).items():
        rank(asked.con, rows, value)
        for metric in batch:
            answers[metric.key] = _quantiles(metric, middles(asked.con, rows, metric.level), partial(quantiles, asked.con), months[metric.key])
    return answers


def _read_large(batches: Batches, asked: Question) -> dict[str, Grouped]:
    """Metrics of tables that are worked out anew whenever they are read."""
    answers: dict[str, dict[Group, Result]] = {}
    for part in each_slice(batches, asked, _of_slice):
        for key, grouped in part.items():
            answers.setdefault(key, {}).update(grouped)
    return {key: dict(sorted(grouped.items(), key=lambda pair: in_order(pair[0]))) for key, grouped in answers.items()}


def _of_slice(read: Read) -> dict[str, Grouped]:
    months = _months_of(read.asked, read.rows, read.metrics)
    of_sums = [metric for metric in read.metrics if metric.shape in SUMMED]
    ranked = [metric for metric in read.metrics if metric.shape in RANKED]
    answers = _summed(of_sums, read.sums, months)
    for metric, found in zip(ranked, read.middles(ranked), strict=True):
        answers[metric.key] = _quantiles(metric, found, read.ordered[metric.value].quantiles, months[metric.key])
    return answers


def _summed(metrics: Sequence[Metric], sums: Mapping[Group, Sequence[Sums]], months: _Months) -> dict[str, Grouped]:
    return {
        metric.key: {group: _with_counts(summed(metric, found[i]), metric, found[i].x, found[i].y, months[metric.key]) for group, found in sums.items()}
        for i, metric in enumerate(metrics)
    }


def _months_of(asked: Question, rows: Rows, metrics: Sequence[Metric]) -> _Months:
    """Per metric the months of the rows that count in it; None where there are several answers, each with its own, and where rows have no month."""
    if asked.by or not TABLES[rows.source.removeprefix("copy_").removeprefix("metric_")].has_month:
        return dict.fromkeys((metric.key for metric in metrics), None)
    counting = [metric.row_counts if metric.shape in SUMMED else f"({metric.value}) IS NOT NULL" for metric in metrics]
    return dict(zip((metric.key for metric in metrics), spans(asked.con, rows, counting), strict=True))


def _with_counts(result: Result, metric: Metric, top: float | None, bottom: float, months: tuple[int, int] | None) -> Result:
    if isinstance(result, Absent) or months is None:
        return result
    return replace(result, counted=Counted(None if metric.shape in (Shape.COUNT, Shape.SUM) else top, bottom, *months))


def _quantiles(
    metric: Metric, found: Mapping[Group, Middle], at: Callable[[Sequence[tuple[int, float]]], Sequence[float]], months: tuple[int, int] | None
) -> Grouped:
    levels = {group: woodruff_levels(middle, metric.level) for group, middle in found.items()}
    points = [(found[group].group_no, level) for group, pair in levels.items() for level in pair or ()]
    limits = iter(at(points) if points else ())
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
        return no_rows(filtered=False)
    months = (bottom.counted.first_month, bottom.counted.last_month) if bottom.counted else None
    answer = Estimate(top.value / bottom.value, None, None, bottom.n, "total over total, same months", metric.unit)
    return _with_counts(answer, metric, top.value, bottom.value, months)
