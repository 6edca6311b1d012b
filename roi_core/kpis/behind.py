"""The rows behind one figure as a reader sees them: a page of them, those that are searched for, and the table to take along."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from roi_core.kpis.books import Books
from roi_core.kpis.breakdown import label
from roi_core.metrics import METRICS, Calendar, Found, Metric, Part, Shape, count_behind, rows_behind
from roi_core.metrics.question import Where
from roi_core.metrics.shapes import RANKED
from roi_core.sentences import say
from roi_core.show import DEFAULT, month
from roi_core.spine.names import Names

PAGE = 25
"""Rows on one page."""
MOST_TO_TAKE = 100_000
"""Rows of one table to take along."""
_PLACES = ("ticket_no", "part_no", "row_no", "customer_no", "customer_key", "buyer_no")
"""Numbers and keys that name a row for the engine and say nothing to a reader."""
_COUNTED = ("top", "bottom", "value")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of which metric: those of a group or period (`where`), all or those above the line, that hold these words."""

    metric: Metric
    where: Where
    calendar: Calendar
    part: Part = Part.ALL
    words: str = ""


def inputs(metric: Metric) -> tuple[Metric, ...]:
    """The metrics whose rows stand behind it: itself, or the two that it is made of."""
    return tuple(METRICS[key] for key in metric.inputs) if metric.shape is Shape.DERIVED else (metric,)


def has_parts(metric: Metric) -> bool:
    """Whether rows above the line can be told from all that were counted."""
    return metric.shape is Shape.SHARE


def count(books: Books, asked: Asked, names: Names | None) -> int:
    """How many rows there are. Raises QueryStopped."""
    with books.asked() as con:
        return count_behind(
            asked.metric, con, asked.where, asked.part, asked.calendar, with_file=_with_file(books, asked.metric), found=_found(books, asked, names)
        )


def pages(rows: int) -> int:
    """How many pages they fill, at least one."""
    return max(1, -(-rows // PAGE))


def page(books: Books, asked: Asked, number: int, names: Names | None, *, named: bool = True) -> pa.Table:
    """Page `number`, from 1, in words. Rows are searched by `names`, and `named` customers are called by them; None knows none. Raises QueryStopped."""
    return _rows(books, asked, ((number - 1) * PAGE, PAGE), names, named=named)


def to_take(books: Books, asked: Asked, names: Names | None, *, named: bool = True) -> pa.Table:
    """All rows, the first 100,000 of more. Raises QueryStopped."""
    return _rows(books, asked, (0, MOST_TO_TAKE), names, named=named)


def _rows(books: Books, asked: Asked, at: tuple[int, int], names: Names | None, *, named: bool) -> pa.Table:
    metric, with_file = asked.metric, _with_file(books, asked.metric)
    with books.asked() as con:
        rows = rows_behind(metric, con, asked.where, asked.part, at, asked.calendar, with_file=with_file, found=_found(books, asked, names))
    return _in_words(metric, rows, _callers(books, names if named else None))


def _with_file(books: Books, metric: Metric) -> bool:
    """Whether the tickets themselves can be read beside the contacts."""
    return metric.read_from.name != metric.table and "tickets" in books.about.uploads


def _found(books: Books, asked: Asked, names: Names | None) -> Found:
    words = tuple(asked.words.split())
    keys = set(names.search(asked.words)) if names and words else set[str]()
    return Found(words, tuple(number for number, key in books.about.customers.items() if key in keys))


def _callers(books: Books, names: Names | None) -> Mapping[str, Callable[[object], str]]:
    """How the cells of a column are written; those of another column as they are."""
    by_number = books.about.customers
    return {
        "customer_no": lambda number: names.customer(by_number.get(number, "")) if names and isinstance(number, int) else "",
        "at_s": lambda at: datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M") if isinstance(at, int) else "",
        "agent": lambda key: label("agent", key, DEFAULT) if isinstance(key, str) else "",
        "month": lambda at: month(at) if isinstance(at, int) else "",
        "started_month": lambda at: month(at) if isinstance(at, int) else "",
    }


def _in_words(metric: Metric, rows: pa.Table, callers: Mapping[str, Callable[[object], str]]) -> pa.Table:
    """Columns that hold anything, under names for a reader; what is counted stays a number."""
    shown = [name for name in rows.column_names if name not in _PLACES or (name == "customer_no")]
    if "at_s" in shown and "month" in shown:
        shown.remove("month")
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in shown:
        if name in _COUNTED:
            columns[_head(metric, name)] = rows.column(name)
        elif any(cells := _texts(rows.column(name).to_pylist(), callers.get(name, str))):
            columns[say(f"behind.{name}") if name in _SAID else name.replace("_", " ").capitalize()] = pa.array(cells, pa.string())
    return pa.table(columns)


_SAID = ("ticket_id", "customer_no", "at_s")


def _texts(cells: Iterable[object], called: Callable[[object], str]) -> list[str]:
    return ["" if cell is None else called(cell) for cell in cells]


def _head(metric: Metric, name: str) -> str:
    """What a number of a row is to the figure."""
    if metric.shape in RANKED or metric.shape in (Shape.MEAN, Shape.SUM):
        return say("behind.n") if name == "bottom" else say("behind.value", unit=str(metric.unit))
    return say(f"behind.{name}")
