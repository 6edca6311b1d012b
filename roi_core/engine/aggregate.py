"""Sufficient statistics of metrics: what leaves the engine is five sums over clusters, or a quantile, per group.

The SQL expressions come from metric declarations, never from a user; a user's choices are column names that the caller
has checked, and values, which are bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from roi_core.engine.definitions import definition, query, query_few
from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier

Label = str | int | None
Group = Label | tuple[Label, ...]
Values = Sequence[Label]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of `source`, a table or view with `cluster_no`: those where each expression of `where` has one of its values (none listed: all; None: unknown).

    `by` are SQL expressions that together make the groups, none for all rows as one. `months` are the first and the last `month` of the rows, None for
    no bound; rows of no known month belong to what has no first.
    """

    source: str
    by: Sequence[str] = ()
    where: Mapping[str, Values] = field(default_factory=dict)
    months: tuple[int | None, int | None] = (None, None)

    def chosen(self, columns: Mapping[str, str]) -> tuple[str, dict[str, str | int]]:
        """The common table expression `chosen` (g0, g1..., cluster_no and `columns` by expression), and what it binds."""
        condition, bound = self.condition()
        groups = "".join(f", {expression} AS {name}" for name, expression in zip(self.groups, self.by, strict=True))
        listed = "".join(f", {expression} AS {name}" for name, expression in columns.items())
        return f"WITH chosen AS (SELECT cluster_no{groups}{listed} FROM {identifier(self.source)}{condition})", bound

    def condition(self) -> tuple[str, dict[str, str | int]]:
        """The WHERE clause, empty without one, and what it binds."""
        named = {expression: [(f"w{i}_{j}", v) for j, v in enumerate(values)] for i, (expression, values) in enumerate(self.where.items())}
        bound = {name: v for pairs in named.values() for name, v in pairs if v is not None}
        conditions = [_one_of(expression, [name for name, v in pairs if v is not None], len(pairs)) for expression, pairs in named.items() if pairs]
        conditions += _between(*self.months)
        return f" WHERE {' AND '.join(conditions)}" if conditions else "", bound

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the group columns."""
        return tuple(f"g{i}" for i in range(len(self.by)))

    def group(self, row: Mapping[str, Any]) -> Group:
        """The group of a row of an answer: its one value, all of several, or None where nothing is grouped."""
        values = tuple(row[name] for name in self.groups)
        return None if not values else values[0] if len(values) == 1 else values


@dataclass(frozen=True, slots=True)
class Sums:
    """Over n clusters with any y: sums of each cluster's x and y, of their squares and of their product."""

    n: int
    x: float
    y: float
    xx: float
    yy: float
    xy: float


@dataclass(frozen=True, slots=True)
class Middle:
    """A quantile of one group, the group's number, and the sums of (rows at or below it, rows) per cluster."""

    group_no: int
    value: float
    below: Sums


def _between(first: int | None, last: int | None) -> list[str]:
    """Conditions on the month; comparisons of a column with a number are what leaves out whole groups of rows of a file."""
    if first is None:
        return [] if last is None else [f"(month <= {last:d} OR month IS NULL)"]
    return [f"month >= {first:d}", *([] if last is None else [f"month <= {last:d}"])]


def _one_of(expression: str, names: Sequence[str], values: int) -> str:
    """A condition on an expression: one of the bound values, or null where one of the values is None."""
    known = [f"({expression}) IN ({', '.join(f'${name}' for name in names)})"] if names else []
    return f"({' OR '.join([*known, *([f'({expression}) IS NULL'] if values > len(names) else [])])})"


_AT_ONCE = 24
"""Expressions that are summed in one pass: more of them would hold every cluster's sums in memory at the same time."""
_RANKED = "ranked"
_FIRST = 10_000


def ratio_sums(con: Connection, rows: Rows, pairs: Sequence[tuple[str, str]]) -> dict[Group, tuple[Sums, ...]]:
    """Per group the sums of each pair of SQL expressions (x, y), as few passes as memory allows. Raises duckdb.Error."""
    found: dict[Group, tuple[Sums, ...]] = {}
    for batch in _batches(pairs):
        for group, sums in _pass(con, rows, batch).items():
            found[group] = (*found.get(group, ()), *sums)
    return found


def _batches(pairs: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The pairs in order, cut where one pass would sum more than `_AT_ONCE` different expressions."""
    batches: list[list[tuple[str, str]]] = [[]]
    for pair in pairs:
        if len({expression for one in (*batches[-1], pair) for expression in one}) > _AT_ONCE:
            batches.append([])
        batches[-1].append(pair)
    return batches


def _pass(con: Connection, rows: Rows, pairs: Sequence[tuple[str, str]]) -> dict[Group, tuple[Sums, ...]]:
    """One pass: what several pairs have in common is summed once."""
    names = {expression: f"e{i}" for i, expression in enumerate(dict.fromkeys(expression for pair in pairs for expression in pair))}
    start, bound = rows.chosen({name: expression for expression, name in names.items()})
    sums = ", ".join(f"CAST(sum({name}) AS DOUBLE) AS {name}" for name in names.values())
    told = ", ".join(totals(names[x], names[y], i) for i, (x, y) in enumerate(pairs))
    each, groups = ", ".join((*rows.groups, "cluster_no")), "".join(f"{name}, " for name in rows.groups)
    sql = f"""{start}, clusters AS (SELECT {each}, {sums} FROM chosen GROUP BY {each})
SELECT {groups}{told} FROM clusters {_grouped(rows)}"""
    found = query_few(con, sql, **bound)
    return {rows.group(row): tuple(_sums(row, i) for i in range(len(pairs))) for row in found if row["n0"] is not None}


def _grouped(rows: Rows) -> str:
    listed = ", ".join(rows.groups)
    return f"GROUP BY {listed} ORDER BY {listed}" if listed else ""


def rank(con: Connection, rows: Rows, value: str) -> None:
    """Keep the rows in the order of `value` in each group, for `middles` and `quantiles`, which read what was ranked last. Raises duckdb.Error."""
    start, bound = rows.chosen({"v": f"CAST({value} AS DOUBLE)"})
    groups, over = "".join(f"{name}, " for name in rows.groups), f"PARTITION BY {', '.join(rows.groups)}" if rows.groups else ""
    number = f"dense_rank() OVER (ORDER BY {', '.join(rows.groups)})" if rows.groups else "1"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {_RANKED} AS {start}
SELECT {groups}cluster_no, v, {number} AS g, row_number() OVER ({over} ORDER BY v) AS r, count(*) OVER ({over}) AS rows_in FROM chosen WHERE v IS NOT NULL""",
        bound,
    )


def middles(con: Connection, rows: Rows, level: float) -> dict[Group, Middle]:
    """Per group the quantile at `level`, averaged where it falls between two rows (Hyndman, Fan 1996, type 2)."""
    groups, named = "".join(f"{name}, " for name in rows.groups), "".join(f"k.{name} AS {name}, " for name in rows.groups)
    by = "".join(f"k.{name}, " for name in rows.groups)
    sql = f"""WITH middle AS (
  SELECT g, avg(v) AS m FROM {_RANKED} WHERE r >= rows_in * CAST($level AS DOUBLE) AND r <= rows_in * CAST($level AS DOUBLE) + 1 GROUP BY g
),
clusters AS (
  SELECT {named}k.g AS g, k.cluster_no AS cluster_no, max(m.m) AS m,
    CAST(sum(CASE WHEN k.v <= m.m THEN 1 ELSE 0 END) AS DOUBLE) AS cx, CAST(count(*) AS DOUBLE) AS cy
  FROM {_RANKED} AS k INNER JOIN middle AS m ON m.g = k.g GROUP BY {by}k.g, k.cluster_no
)
SELECT {groups}g AS g, max(m) AS m, {totals("cx", "cy", 0)} FROM clusters GROUP BY {groups}g ORDER BY g"""
    return {rows.group(row): Middle(row["g"], row["m"], _sums(row, 0)) for row in query_few(con, sql, level=level)}


def quantiles(con: Connection, levels: Sequence[tuple[int, float]]) -> list[float]:
    """The quantile at each (group number of `middles`, level), in the order asked."""
    asked = pa.table({"i": list(range(len(levels))), "g": [g for g, _ in levels], "p": [p for _, p in levels]})
    con.register("asked_levels", asked)
    sql = f"""SELECT a.i AS i, avg(k.v) AS v FROM {_RANKED} AS k INNER JOIN asked_levels AS a ON a.g = k.g
WHERE k.r >= k.rows_in * a.p AND k.r <= k.rows_in * a.p + 1 GROUP BY a.i ORDER BY a.i"""
    return [float(row["v"]) for row in query_few(con, sql)]


def spans(con: Connection, rows: Rows, conditions: Sequence[str]) -> tuple[tuple[int, int] | None, ...]:
    """For each condition the first and last month number of the rows that meet it, None without any. The source has `month`. Raises duckdb.Error."""
    names = {condition: f"c{i}" for i, condition in enumerate(dict.fromkeys(conditions))}
    start, bound = rows.chosen({"month": "month", **{name: condition for condition, name in names.items()}})
    ends = ", ".join(f"min(CASE WHEN {c} THEN month END) AS {c}_first, max(CASE WHEN {c} THEN month END) AS {c}_last" for c in names.values())
    row = query_few(con, f"{start} SELECT {ends} FROM chosen", **bound)[0]
    found = {condition: (row[f"{name}_first"], row[f"{name}_last"]) for condition, name in names.items()}
    return tuple(None if found[condition][0] is None else found[condition] for condition in conditions)


def distinct(con: Connection, rows: Rows, expression: str) -> list[str | int]:
    """The values of an expression over the rows, each once, without null, in no order. Raises duckdb.Error."""
    start, bound = rows.chosen({"v": expression})
    return [row["v"] for row in query_few(con, f"{start} SELECT DISTINCT v FROM chosen WHERE v IS NOT NULL", **bound)]


def counts(con: Connection, source: str, conditions: Sequence[str], of_first: str = "") -> tuple[int, ...]:
    """How many rows of a table or view meet each condition: of all, or of those made from the first rows of `of_first`. Raises duckdb.Error."""
    listed = ", ".join(f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS c{i}" for i, condition in enumerate(conditions))
    few = f"WITH {identifier(of_first)} AS (SELECT * FROM {identifier(of_first)} LIMIT {_FIRST}) " if of_first else ""
    rows = f"({definition(source)})" if few and of_first != source else identifier(source)
    row = query_few(con, f"{few}SELECT {listed} FROM {rows} AS asked")[0]
    return tuple(int(row[f"c{i}"] or 0) for i in range(len(conditions)))


@dataclass(frozen=True, slots=True)
class Search:
    """Rows in which every word stands in the text of one of the `columns`, whatever its case, or whose `column` has one of the `values`."""

    words: Sequence[str]
    columns: Sequence[str]
    column: str = ""
    values: Sequence[int] = ()

    def condition(self) -> tuple[str, dict[str, str | int]]:
        """SQL over the columns, and what it binds; all rows for no word."""
        if not self.words:
            return "TRUE", {}
        bound: dict[str, str | int] = {f"s{i}": f"%{_literally(word.lower())}%" for i, word in enumerate(self.words)}
        texts = [f"lower(CAST({identifier(name)} AS VARCHAR))" for name in self.columns]
        every = " AND ".join(f"({' OR '.join(f'{text} LIKE ${name} ESCAPE {_ESCAPE}' for text in texts)})" for name in bound)
        if not self.values:
            return f"({every})", bound
        given: dict[str, str | int] = {f"v{i}": value for i, value in enumerate(self.values)}
        return f"(({every}) OR {identifier(self.column)} IN ({', '.join(f'${name}' for name in given)}))", {**bound, **given}


_ESCAPE = "'!'"
_ANYTHING = Search((), ())


def _literally(word: str) -> str:
    """A word in which nothing stands for anything else."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def listed(
    con: Connection, rows: Rows, columns: Mapping[str, str], keep: str, order: str, page: tuple[int, int] | None = None, search: Search = _ANYTHING
) -> pa.Table:
    """Rows that meet the condition `keep`, as `columns` by expression, sorted by the columns `order`; a page is (first row, rows). Raises duckdb.Error."""
    names = ", ".join(identifier(name) for name in columns)
    limit = f" LIMIT {page[1]:d} OFFSET {page[0]:d}" if page else ""
    found, bound = _found(rows, columns, keep, search)
    return query(con, f"{found[0]} SELECT {names} {found[1]} ORDER BY {order}{limit}", **bound)


def how_many(con: Connection, rows: Rows, columns: Mapping[str, str], keep: str, search: Search = _ANYTHING) -> int:
    """How many rows `listed` has without a page. Raises duckdb.Error."""
    found, bound = _found(rows, columns, keep, search)
    return int(query_few(con, f"{found[0]} SELECT count(*) AS n {found[1]}", **bound)[0]["n"])


def _found(rows: Rows, columns: Mapping[str, str], keep: str, search: Search) -> tuple[tuple[str, str], dict[str, str | int]]:
    """The common table expression and the FROM clause of the rows that are looked for, and what both bind."""
    start, bound = rows.chosen({**columns, "kept_here": keep})
    condition, words = search.condition()
    return (start, f"FROM chosen WHERE kept_here AND {condition}"), {**bound, **words}


def totals(x: str, y: str, i: int) -> str:
    """SQL of the five sums and the count over clusters with columns x and y, named for the `i`th pair."""
    return (
        f"sum(CASE WHEN {y} <> 0 THEN 1 ELSE 0 END) AS n{i}, sum({x}) AS sx{i}, sum({y}) AS sy{i}, "
        f"sum({x} * {x}) AS sxx{i}, sum({y} * {y}) AS syy{i}, sum({x} * {y}) AS sxy{i}"
    )


def _sums(row: Mapping[str, float], i: int) -> Sums:
    return Sums(int(row[f"n{i}"]), *(float(row[f"{s}{i}"]) for s in ("sx", "sy", "sxx", "syy", "sxy")))
