"""From a number to the rows behind it, and back: what is listed recounts to the number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from roi_core.engine import Connection, Rows, Search, how_many, listed
from roi_core.metrics.grouping import Calendar
from roi_core.metrics.question import Question, Where
from roi_core.metrics.shapes import RANKED, Metric, Shape
from roi_core.metrics.tables import TABLES

_AS_USUAL = Calendar()
_NO_TEXT = ("customer_no", "month", "at_s", "ticket_no", "part_no", "row_no", "top", "bottom", "value", "started_month")
"""Columns in which no word is looked for: numbers that a reader does not see as such."""


class Part(StrEnum):
    """Which of the rows: all that the number was counted from, or those above the line of its fraction."""

    ALL = "all"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Found:
    """What is looked for: all of the words in the text of a row, or a customer by number."""

    words: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()


_ALL = Found()


def rows_behind(
    metric: Metric,
    con: Connection,
    where: Where | None = None,
    part: Part = Part.ALL,
    page: tuple[int, int] | None = None,
    calendar: Calendar = _AS_USUAL,
    *,
    with_file: bool = False,
    found: Found = _ALL,
) -> pa.Table:
    """Rows that a metric was counted from: what names each, its month or instant, its dimensions, and what it counts with.

    The last columns are `top` and `bottom` of a fraction or a sum, or `value` of a median. A group is asked for by `where`, `None` for unknown;
    `page` is (first row, rows); `with_file` reads the tickets of contacts beside them. Raises ValueError for a derived metric, whose rows are those
    of its inputs, and for a dimension that it has not; duckdb.Error.
    """
    rows, columns, order = _asked(metric, Question(con, (), where, calendar), with_file=with_file)
    return listed(con, rows, columns, _kept(metric, part), order, page, _search(found, columns))


def count_behind(
    metric: Metric,
    con: Connection,
    where: Where | None = None,
    part: Part = Part.ALL,
    calendar: Calendar = _AS_USUAL,
    *,
    with_file: bool = False,
    found: Found = _ALL,
) -> int:
    """How many rows `rows_behind` has without a page. Raises as it does."""
    rows, columns, _ = _asked(metric, Question(con, (), where, calendar), with_file=with_file)
    return how_many(con, rows, columns, _kept(metric, part), _search(found, columns))


def _asked(metric: Metric, asked: Question, *, with_file: bool) -> tuple[Rows, dict[str, str], str]:
    """The rows to read, their columns, and the columns that they are ordered by."""
    if metric.shape is Shape.DERIVED:
        raise ValueError(f"metric {metric.key}: derived; its rows are those of {' and '.join(metric.inputs)}")
    if unknown := next((name for name in asked.where or {} if name not in metric.dimensions), None):
        raise ValueError(f"metric {metric.key}: dimension == {unknown!r}, must be one of {', '.join(metric.dimensions)}")
    source = metric.read_from if with_file else TABLES[asked.source(metric)]
    place = (*(("month",) if source.has_month else ()), *(("at_s",) if source.timed else ()))
    who = ("customer_no",) if source.has_customer else ()
    names = dict.fromkeys((*source.row, *who, *place, *source.dimensions))
    columns = {name: name for name in names} | _counts_with(metric)
    return asked.rows(source.name, stock=metric.stock), columns, ", ".join(source.row)


def _search(found: Found, columns: Mapping[str, str]) -> Search:
    """Words are looked for in what names a row and in its dimensions, customers by their number."""
    texts = [name for name in columns if name not in _NO_TEXT]
    return Search(found.words, texts, "customer_no", found.customers if "customer_no" in columns else ())


def recount(metric: Metric, rows: pa.Table) -> float | None:
    """The number that the rows of `rows_behind` give when they are counted again; None where they give none."""
    if metric.shape in RANKED:
        values = rows.column("value").to_numpy(zero_copy_only=False)
        return float(np.quantile(values, metric.level, method="averaged_inverted_cdf")) if len(values) else None
    top, bottom = (float(rows.column(name).to_numpy(zero_copy_only=False).sum()) for name in ("top", "bottom"))
    if metric.shape in (Shape.COUNT, Shape.SUM):
        return top
    return top / bottom if bottom else None


def _counts_with(metric: Metric) -> dict[str, str]:
    if metric.shape in RANKED:
        return {"value": f"CAST({metric.value} AS DOUBLE)"}
    top, bottom = metric.pair
    return {"top": f"CAST({top} AS DOUBLE)", "bottom": f"CAST({bottom} AS DOUBLE)"}


def _kept(metric: Metric, part: Part) -> str:
    if metric.shape in RANKED:
        return f"({metric.value}) IS NOT NULL"
    top, bottom = metric.pair
    return f"({top}) <> 0" if part is Part.TOP else f"({bottom}) <> 0 OR ({top}) <> 0"
