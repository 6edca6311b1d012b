"""Sufficient statistics of metrics: what leaves the engine is five sums over clusters, or a quantile, per group.

The SQL expressions come from metric declarations, never from a user; a user's choices are column names that the caller
has checked, and values, which are bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roi_core.engine.definitions import definition, query
from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier

Group = str | int | None
Values = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a definition that has `cluster_no`: those where each column of `where` has one of its values (none listed: all)."""

    definition: str
    by: str | None = None
    where: Mapping[str, Values] = field(default_factory=dict)

    def chosen(self, columns: Mapping[str, str]) -> tuple[str, dict[str, str | int]]:
        """The common table expressions `base` and `chosen` (grp, cluster_no and `columns` by expression), and what they bind."""
        bound: dict[str, str | int] = {f"w{i}_{j}": v for i, values in enumerate(self.where.values()) for j, v in enumerate(values)}
        conditions = [
            f"{identifier(column)} IN ({', '.join(f'$w{i}_{j}' for j in range(len(values)))})"
            for i, (column, values) in enumerate(self.where.items())
            if values
        ]
        group = identifier(self.by) if self.by else "CAST(NULL AS VARCHAR)"
        listed = "".join(f", {expression} AS {name}" for name, expression in columns.items())
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"WITH base AS ({definition(self.definition)}\n), chosen AS (SELECT {group} AS grp, cluster_no{listed} FROM base{where})", bound


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


def ratio_sums(con: Connection, rows: Rows, pairs: Sequence[tuple[str, str]]) -> dict[Group, tuple[Sums, ...]]:
    """Per group the sums of each pair of SQL expressions (x, y), all in one pass. Raises duckdb.Error."""
    start, bound = rows.chosen(
        {f"x{i}": f"CAST({x} AS DOUBLE)" for i, (x, _) in enumerate(pairs)} | {f"y{i}": f"CAST({y} AS DOUBLE)" for i, (_, y) in enumerate(pairs)}
    )
    sums = ", ".join(f"sum(x{i}) AS cx{i}, sum(y{i}) AS cy{i}" for i in range(len(pairs)))
    totals = ", ".join(_totals(f"cx{i}", f"cy{i}", i) for i in range(len(pairs)))
    sql = f"""{start}, clusters AS (SELECT grp, cluster_no, {sums} FROM chosen GROUP BY grp, cluster_no)
SELECT grp AS grp, {totals} FROM clusters GROUP BY grp ORDER BY grp"""
    found = query(con, sql, **bound).to_pylist()
    return {row["grp"]: tuple(_sums(row, i) for i in range(len(pairs))) for row in found}


def middles(con: Connection, rows: Rows, value: str, level: float) -> dict[Group, Middle]:
    """Per group the quantile of `value` at `level`, averaged where it falls between two rows (Hyndman, Fan 1996, type 2)."""
    start, bound = _ranked(rows, value)
    sql = f"""{start},
middle AS (SELECT g, avg(v) AS m FROM ranked WHERE r >= rows_in * CAST($level AS DOUBLE) AND r <= rows_in * CAST($level AS DOUBLE) + 1 GROUP BY g),
clusters AS (
  SELECT k.grp AS grp, k.g AS g, k.cluster_no AS cluster_no, max(m.m) AS m,
    CAST(sum(CASE WHEN k.v <= m.m THEN 1 ELSE 0 END) AS DOUBLE) AS cx, CAST(count(*) AS DOUBLE) AS cy
  FROM ranked AS k INNER JOIN middle AS m ON m.g = k.g GROUP BY k.grp, k.g, k.cluster_no
)
SELECT grp AS grp, g AS g, max(m) AS m, {_totals("cx", "cy", 0)} FROM clusters GROUP BY grp, g ORDER BY g"""
    found = query(con, sql, level=level, **bound).to_pylist()
    return {row["grp"]: Middle(row["g"], row["m"], _sums(row, 0)) for row in found}


def quantiles(con: Connection, rows: Rows, value: str, levels: Sequence[tuple[int, float]]) -> list[float]:
    """The quantile of `value` at each (group number of `middles`, level), in the order asked."""
    start, bound = _ranked(rows, value)
    asked = " UNION ALL ".join(f"SELECT {i} AS i, CAST($g{i} AS BIGINT) AS g, CAST($p{i} AS DOUBLE) AS p" for i in range(len(levels)))
    sql = f"""{start}, asked AS ({asked})
SELECT a.i AS i, avg(k.v) AS v FROM ranked AS k INNER JOIN asked AS a ON a.g = k.g
WHERE k.r >= k.rows_in * a.p AND k.r <= k.rows_in * a.p + 1 GROUP BY a.i ORDER BY a.i"""
    points = {f"g{i}": g for i, (g, _) in enumerate(levels)} | {f"p{i}": p for i, (_, p) in enumerate(levels)}
    return [float(v) for v in query(con, sql, **bound, **points).column("v").to_pylist()]


def span(con: Connection, rows: Rows) -> tuple[int, int] | None:
    """First and last month number of the rows, or None without any. The definition has `month`. Raises duckdb.Error."""
    start, bound = rows.chosen({"month": "month"})
    first, last = (query(con, f"{start} SELECT min(month) AS first, max(month) AS last FROM chosen", **bound).to_pylist()[0][k] for k in ("first", "last"))
    return None if first is None else (first, last)


def _ranked(rows: Rows, value: str) -> tuple[str, dict[str, str | int]]:
    start, bound = rows.chosen({"v": f"CAST({value} AS DOUBLE)"})
    return (
        f"""{start},
numbered AS (SELECT grp, cluster_no, v, dense_rank() OVER (ORDER BY grp) AS g FROM chosen WHERE v IS NOT NULL),
ranked AS (SELECT grp, cluster_no, v, g, row_number() OVER (PARTITION BY g ORDER BY v) AS r, count(*) OVER (PARTITION BY g) AS rows_in FROM numbered)""",
        bound,
    )


def _totals(x: str, y: str, i: int) -> str:
    return (
        f"sum(CASE WHEN {y} <> 0 THEN 1 ELSE 0 END) AS n{i}, sum({x}) AS sx{i}, sum({y}) AS sy{i}, "
        f"sum({x} * {x}) AS sxx{i}, sum({y} * {y}) AS syy{i}, sum({x} * {y}) AS sxy{i}"
    )


def _sums(row: Mapping[str, float], i: int) -> Sums:
    return Sums(int(row[f"n{i}"]), *(float(row[f"{s}{i}"]) for s in ("sx", "sy", "sxx", "syy", "sxy")))
