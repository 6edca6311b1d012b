"""Runs declared metrics on the derived tables: many in one pass, whole or by group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pyarrow as pa

from roi_core.engine import IN_ORDER, Connection, Group, Rows, Values, analyst, middles, quantiles, ratio_sums, register, run, span
from roi_core.metrics.catalogue import METRICS
from roi_core.metrics.interval import few_customers, summed, woodruff_levels
from roi_core.metrics.needs import NEEDS, currencies, met
from roi_core.metrics.shapes import RANKED, SUMMED, Metric, Shape
from roi_core.results import Absent, Counted, Estimate, Result
from roi_core.schema import DERIVED
from roi_core.sentences import say

Where = Mapping[str, Values]
Grouped = Mapping[Group, Result]

_NO_MONTH = -1
_ARROW = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}
_SENT = pa.schema({"asked": pa.int64(), "answered": pa.int64(), "first_month": pa.int32(), "last_month": pa.int32()})
_COSTS = pa.schema({"month": pa.int32(), "component": pa.string(), "amount": pa.float64()})


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
class _Question:
    """Everything but the metric: where to ask, how to group and filter, and what the files show."""

    con: Connection
    by: str | None
    where: Where
    met: frozenset[str]
    currencies: tuple[str, ...]

    def rows(self, table: str, *, stock: bool = False) -> Rows:
        where = {**self.where, "month": self.months((table,))[-1:] or [_NO_MONTH]} if stock and self.by != "month" else self.where
        return Rows(f"metric_{table}", self.by, where)

    def months(self, tables: Sequence[str]) -> list[int]:
        """Whole months that all of the tables have and the filter leaves, ascending."""
        found = run(self.con, "metric_months").to_pylist()
        shared = set.intersection(*({row["month"] for row in found if row["table_name"] == table} for table in tables))
        return sorted(shared & set(self.where["month"]) if self.where.get("month") else shared)


def connect(tables: Mapping[str, pa.Table]) -> Connection:
    """An analyst connection that sees spine, person_months, contacts, costs (month, component, amount) and surveys_sent; those not given are empty."""
    schemas = {name: pa.schema({c.name: _ARROW[c.type.sql] for c in table.columns}) for name, table in DERIVED.items()} | {
        "costs": _COSTS,
        "surveys_sent": _SENT,
    }
    con = analyst(None, IN_ORDER)
    register(con, {name: schema.empty_table() for name, schema in schemas.items()} | dict(tables))
    return con


def measure_all(
    spine: pa.Table, person_months: pa.Table | None, contacts: pa.Table, costs: Iterable[CostLine] = (), sent: pa.Table | None = None
) -> dict[str, Result]:
    """Every declared metric of the derived tables of one company, by key; without `person_months` where nobody can be followed.

    `sent` has a row a file of surveys: asked, answered, first_month and last_month.
    """
    lines = [{"month": line.month, "component": line.component, "amount": line.amount} for line in costs]
    tables = {"spine": spine, "contacts": contacts, "costs": pa.Table.from_pylist(lines, schema=_COSTS)} | ({} if sent is None else {"surveys_sent": sent})
    with connect(tables if person_months is None else tables | {"person_months": person_months}) as con:
        return compute_all(con)


def compute(metric: Metric, con: Connection, where: Where | None = None) -> Result:
    """One metric over all rows. `where` maps a dimension to the values that count (none listed: all). Raises duckdb.Error."""
    return compute_all(con, where, [metric])[metric.key]


def compute_by(metric: Metric, con: Connection, by: str, where: Where | None = None) -> Grouped | Absent:
    """One metric by group of a dimension; Absent for all groups at once, where it cannot be split that way. Raises duckdb.Error."""
    return _answers([metric], _Question(con, by, where or {}, met(con), currencies(con)))[metric.key]


def compute_all(con: Connection, where: Where | None = None, metrics: Iterable[Metric] = METRICS.values()) -> dict[str, Result]:
    """Many metrics over all rows, those of one table in one pass. Raises duckdb.Error."""
    answers = _answers(list(metrics), _Question(con, None, where or {}, met(con), currencies(con)))
    return {key: answer if isinstance(answer, Absent) else answer[None] for key, answer in answers.items()}


def _answers(metrics: Sequence[Metric], asked: _Question) -> dict[str, Grouped | Absent]:
    answers: dict[str, Grouped | Absent] = {metric.key: absent for metric in metrics if (absent := _lacking(metric, asked))}
    left = [metric for metric in metrics if metric.key not in answers]
    for table, stock in dict.fromkeys((metric.table, metric.stock) for metric in left if metric.shape in SUMMED):
        batch = [metric for metric in left if (metric.table, metric.stock) == (table, stock) and metric.shape in SUMMED]
        answers |= _summed(batch, asked, asked.rows(table, stock=stock))
    answers |= {metric.key: _ranked(metric, asked) for metric in left if metric.shape in RANKED}
    answers |= {metric.key: _derived(metric, asked) for metric in left if metric.shape is Shape.DERIVED}
    return {metric.key: _whole(answers[metric.key], asked) for metric in metrics}


def _lacking(metric: Metric, asked: _Question) -> Absent | None:
    """Why this question has no answer before any is looked for, or None."""
    split = next((name for name in (asked.by, *asked.where) if name and name not in metric.dimensions), None)
    if split:
        return Absent(say("metric_missing.split", metric=metric.title, dimension=split.replace("_", " ")), say("metric_next.split"))
    if metric.is_money and len(asked.currencies) > 1:
        return Absent(say("metric_missing.one_currency", currencies=", ".join(asked.currencies)), say("metric_next.one_currency"))
    if missing := next((key for key in metric.needs if key not in asked.met), None):
        return NEEDS[missing].absent
    return None


def _whole(answer: Grouped | Absent, asked: _Question) -> Grouped | Absent:
    if isinstance(answer, Absent) or asked.by or None in answer:
        return answer
    return Absent(say("metric_missing.rows"), say("metric_next.rows"))


def _summed(metrics: Sequence[Metric], asked: _Question, rows: Rows) -> dict[str, Grouped]:
    sums = ratio_sums(asked.con, rows, [metric.pair for metric in metrics])
    months = _months_of(asked, rows)
    return {
        metric.key: {group: _with_counts(summed(metric, found[i]), metric, found[i].x, found[i].y, months) for group, found in sums.items()}
        for i, metric in enumerate(metrics)
    }


def _months_of(asked: _Question, rows: Rows) -> tuple[int, int] | None:
    """The months of the rows of one answer; None where there are several answers, each with its own."""
    return None if asked.by else span(asked.con, rows)


def _with_counts(result: Result, metric: Metric, top: float | None, bottom: float, months: tuple[int, int] | None) -> Result:
    if isinstance(result, Absent) or months is None:
        return result
    return replace(result, counted=Counted(None if metric.shape in (Shape.COUNT, Shape.SUM) else top, bottom, *months))


def _ranked(metric: Metric, asked: _Question) -> Grouped:
    rows = asked.rows(metric.table)
    found = middles(asked.con, rows, metric.value, metric.level)
    levels = {group: woodruff_levels(middle, metric.level) for group, middle in found.items()}
    points = [(found[group].group_no, level) for group, pair in levels.items() for level in pair or ()]
    limits, months = iter(quantiles(asked.con, rows, metric.value, points) if points else ()), _months_of(asked, rows)
    answers: dict[Group, Result] = {}
    for group, middle in found.items():
        n = middle.below.n
        method = "Woodruff interval over customers"
        answer = Estimate(middle.value, next(limits), next(limits), n, method, metric.unit) if levels[group] else few_customers(n)
        answers[group] = _with_counts(answer, metric, None, middle.below.y, months)
    return answers


def _derived(metric: Metric, asked: _Question) -> Grouped | Absent:
    over, under = (METRICS[key] for key in metric.inputs)
    months = asked.months((over.table, under.table))
    if not months:
        return Absent(say("metric_missing.shared_months", metric=metric.title), say("metric_next.shared_months"))
    answers = _answers([over, under], replace(asked, where={**asked.where, "month": months}))
    tops, bottoms = answers[over.key], answers[under.key]
    if isinstance(tops, Absent):
        return tops
    if isinstance(bottoms, Absent):
        return bottoms
    return {group: _quotient(metric, tops[group], bottoms[group]) for group in tops if group in bottoms}


def _quotient(metric: Metric, top: Result, bottom: Result) -> Result:
    if isinstance(top, Absent):
        return top
    if isinstance(bottom, Absent):
        return bottom
    if bottom.value == 0:
        return Absent(say("metric_missing.rows"), say("metric_next.rows"))
    months = (bottom.counted.first_month, bottom.counted.last_month) if bottom.counted else None
    answer = Estimate(top.value / bottom.value, None, None, bottom.n, "total over total, same months", metric.unit)
    return _with_counts(answer, metric, top.value, bottom.value, months)
