"""Questions of tables that are too large to hold: some months after the others, two lots at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import TypeVar

from roi_core.engine import Connection, Group, Large, Middle, Ordered, Pair, Rows, Sums, beside, definition, query_few, ratio_sums
from roi_core.metrics.grouping import OF_MONTHS, PERIODS
from roi_core.metrics.question import Question
from roi_core.metrics.shapes import RANKED, SUMMED, Metric, Shape
from roi_core.metrics.tables import TABLES, base_of

Key = tuple[str, bool]
"""A table, and whether its rows are read as a level."""
Batches = Mapping[Key, Sequence[Metric]]

_T = TypeVar("_T")
_Pass = tuple[Sequence[Metric], Mapping[Group, Sequence[Sums]], Mapping[str, Ordered]]
"""Metrics, the sums of those that are made of them, and each value that others are a quantile of, in order."""
_ROWS_AT_ONCE = 1_000_000
_LEAST_SLICES = 2
_FEW_SUMS = 4
"""Pairs up to which it is quicker to sum some months by cluster than to set clusters with several rows apart."""
_VALUES_AT_ONCE = 2
"""Values of a large table that are in memory at the same time: 80 MB each for 10,000,000 rows."""
_ROWS_A_MONTH = "SELECT m.month AS month, count(*) AS n FROM (SELECT month FROM contacts UNION ALL SELECT month FROM person_months) AS m GROUP BY m.month"


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of metrics of one table: the sums of each by group, in their order, and each value in order."""

    metrics: Sequence[Metric]
    sums: Mapping[Group, Sequence[Sums]]
    ordered: Mapping[str, Ordered]
    asked: Question
    large: Large

    @property
    def rows(self) -> Rows:
        """The rows that were read."""
        return self.large.rows

    def middles(self, metrics: Sequence[Metric]) -> list[dict[Group, Middle]]:
        """The quantile that each of the metrics asks for, by group, in their order. Raises duckdb.Error."""
        return self.large.middles([(self.ordered[metric.value], metric.level) for metric in metrics]) if metrics else []


@dataclass(frozen=True, slots=True)
class _Slice:
    """Tables of a question, and the months of them that are read together."""

    batches: Batches
    months: tuple[int | None, int | None] | None = None


def each_slice(batches: Batches, asked: Question, answer: Callable[[Read], _T]) -> list[_T]:
    """What `answer` makes of everything that is read, in the order of the months. Groups of different slices differ. Raises duckdb.Error."""

    def one(con: Connection, part: _Slice) -> list[_T]:
        own = replace(asked, con=con)
        with _opened(part, own) as tables:
            return [answer(Read(*read, own, large)) for key, large in tables for read in _read(part.batches[key], large, at_once=part.months is not None)]

    return [made for found in _two_at_a_time(asked.con, list(_slices(batches, asked)), one) for made in found]


def _slices(batches: Batches, asked: Question) -> Iterator[_Slice]:
    """Tables whose rows of a month are quickly found are cut at the ends of periods, where the question has one; others are read as a whole."""
    period = next((name for name in asked.by if name in OF_MONTHS), None)
    cut = {key: batch for key, batch in batches.items() if period and TABLES[key[0]].sliced}
    whole = {key: batch for key, batch in batches.items() if key not in cut}
    for name in dict.fromkeys(base_of(key[0]) or key[0] for key in whole):
        yield _Slice({key: batch for key, batch in whole.items() if name in (key[0], base_of(key[0]))})
    if cut and period:
        firsts = _firsts(asked, period)
        for first, then in zip((None, *firsts), (*firsts, None), strict=True):
            yield _Slice(cut, (first, None if then is None else then - 1))


def _over(key: Key, asked: Question) -> Key:
    """That table where its columns are enough to group and filter by, "" for none."""
    base = base_of(key[0])
    return (base if base and {*asked.dimensions} <= {*TABLES[base].dimensions, *PERIODS} else "", False)


def _firsts(asked: Question, period: str) -> list[int]:
    """Months at which slices begin, but the first: about as many rows each."""
    rows: dict[int, int] = {}
    for row in query_few(asked.con, _ROWS_A_MONTH):
        if row["month"] is not None:
            begun = asked.calendar.first_month(period, row["month"])
            rows[begun] = rows.get(begun, 0) + row["n"]
    total = sum(rows.values())
    most = min(_ROWS_AT_ONCE, total // _LEAST_SLICES)
    firsts, held = list[int](), 0
    for month in sorted(rows):
        if held and held + rows[month] > most:
            firsts.append(month)
            held = 0
        held += rows[month]
    return firsts


@contextmanager
def _opened(part: _Slice, asked: Question) -> Iterator[list[tuple[Key, Large]]]:
    """The tables of a slice, one that is joined on another after that."""
    known: dict[Key, Large] = {}
    try:
        keys = sorted(part.batches, key=lambda key: not TABLES[key[0]].detailed)
        yield [(key, _large(key, part, asked, known)) for key in keys]
    finally:
        for large in known.values():
            large.close()


def _large(key: Key, part: _Slice, asked: Question, known: dict[Key, Large]) -> Large:
    """A table, over the one of the same rows with fewer columns where these are enough to group by."""
    source, stock = key
    below = _over(key, asked)
    if below[0] and below not in known:
        _large(below, part, asked, known)
    more = TABLES[source].detailed
    read = [metric for (name, _), batch in part.batches.items() if name in (source, more) for metric in batch]
    texts = [text for metric in read for text in ((metric.value,) if metric.shape in RANKED else metric.pair)]
    texts += [*TABLES[source].row, definition(f"metric_{more}") if more else ""]
    rows = asked.rows(source, stock=stock)
    found = Large(asked.con, replace(rows, months=part.months) if part.months else rows, tuple(texts), known.get(below))
    known[key] = found.copied() if TABLES[source].copied else found
    return known[key]


def _read(metrics: Sequence[Metric], large: Large, *, at_once: bool) -> Iterator[_Pass]:
    """Some months and joined rows are read once for all; others, worked out anew whenever they are read, by a few values at a time."""
    of_sums = [metric for metric in metrics if metric.shape in SUMMED]
    values = list(dict.fromkeys(metric.value for metric in metrics if metric.shape in RANKED))
    pairs = [Pair(*metric.pair, metric.shape in (Shape.SHARE, Shape.COUNT), metric.shape is not Shape.RATIO) for metric in of_sums]
    passes = [(pairs, values)] if large.base or at_once else [*([(pairs, [])] if pairs else []), *(([], few) for few in _few(values))]
    for now, some in passes:
        direct = at_once and not some and len(now) <= _FEW_SUMS
        sums, ordered = (ratio_sums(large.con, large.rows, [(pair.x, pair.y) for pair in now]), []) if direct else large.read(now, some)
        ranked = [metric for metric in metrics if metric.shape in RANKED and metric.value in some]
        yield [*(of_sums if now else ()), *ranked], sums, dict(zip(some, ordered, strict=True))


def _few(values: list[str]) -> list[list[str]]:
    return [values[i : i + _VALUES_AT_ONCE] for i in range(0, len(values), _VALUES_AT_ONCE)]


def _two_at_a_time(con: Connection, parts: Sequence[_Slice], one: Callable[[Connection, _Slice], list[_T]]) -> list[list[_T]]:
    """Each on one of two connections to the same database, in the order given; one after the other where all is read as a whole, or there can be no second."""
    second = beside(con) if any(part.months for part in parts) else None
    if second is None:
        return [one(con, part) for part in parts]
    free = SimpleQueue[Connection]()
    free.put(con)
    free.put(second)

    def work(part: _Slice) -> list[_T]:
        own = free.get()
        try:
            return one(own, part)
        finally:
            free.put(own)

    with second, ThreadPoolExecutor(2) as pool:
        try:
            return list(pool.map(work, parts))
        finally:
            pool.shutdown(cancel_futures=True)
