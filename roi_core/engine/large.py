"""The same sums and quantiles over a table that is too large to hold, in few passes.

In most groups a cluster has one row, whose sums are the row itself. So rows are summed by group alone, and only those of clusters with several rows in a
group are set apart and summed by cluster: over all clusters = over all rows - over the rows set apart + over the clusters set apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roi_core.engine.aggregate import Group, Middle, Rows, Sums, ratio_sums, totals
from roi_core.engine.definitions import definition, query, query_few
from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier

_COLUMNS_OF = "SELECT column_name FROM duckdb_columns() WHERE table_name = $source ORDER BY column_index"
_SEVERAL, _MIDDLES, _COPY = "several_rows", "asked_middles", "copy_"


def is_large(con: Connection, source: str) -> bool:
    """Whether a table is a view, worked out anew whenever it is read. Raises duckdb.Error."""
    found = query_few(con, "SELECT count(*) AS n FROM duckdb_views() WHERE view_name = $source", source=source)
    return bool(found[0]["n"])


@dataclass(frozen=True, slots=True)
class Pair:
    """SQL of x and y of a row. A flag is 0 or 1; where y is a flag, x is 0 in every row in which y is 0."""

    x: str
    y: str
    x_is_flag: bool = False
    y_is_flag: bool = False

    @property
    def products(self) -> tuple[str, ...]:
        """SQL over one row of what is summed, as `Sums` has it."""
        x, y = f"({self.x})", f"({self.y})"
        seen = y if self.y_is_flag else f"(CASE WHEN {y} <> 0 THEN 1 ELSE 0 END)"
        return seen, x, y, x if self.x_is_flag else f"{x} * {x}", y if self.y_is_flag else f"{y} * {y}", x if self.y_is_flag else f"{x} * {y}"


@dataclass(frozen=True)
class Large:
    """Rows of a large table, of which nothing but the columns that `asked`, SQL expressions, name is read.

    `base` are the same rows before further columns are joined on, where the groups are columns of that: it reads the columns that join them as well.
    What is set apart is kept in the engine until `close`, one table of each source at a time.
    """

    con: Connection
    rows: Rows
    asked: tuple[str, ...]
    base: "Large | None" = None

    @cached_property
    def apart(self) -> Rows:
        """The rows of clusters with several rows in a group. Of joined rows, those whose base is: so only these are joined again."""
        try:
            found, bound = self._alone() if self.base is None else self._joined(self.base)
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(self._name)} AS {found}", bound)
        finally:
            self.con.execute(f"DROP TABLE IF EXISTS {_SEVERAL}")
        return Rows(self._name, self.rows.by)

    @property
    def is_copy(self) -> bool:
        """Whether the rows are held."""
        return self.rows.source.startswith(_COPY)

    @property
    def _name(self) -> str:
        return f"apart_{self.rows.source}"

    @cached_property
    def _columns(self) -> str:
        """Those that are read, in the order of the table."""
        texts = ("cluster_no", *self.asked, *self.rows.by)
        there = [identifier(row["column_name"]) for row in query_few(self.con, _COLUMNS_OF, source=self.rows.source)]
        return ", ".join(f"s.{name} AS {name}" for name in there if any(name[1:-1] in text for text in texts))

    def copied(self) -> "Large":
        """The same over a copy of what is read: of rows that are few, and dear to find. Raises duckdb.Error."""
        condition, bound = self.rows.condition()
        name = f"{_COPY}{self.rows.source}"
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS SELECT {self._columns} FROM {identifier(self.rows.source)} AS s{condition}", bound
        )
        return Large(self.con, Rows(name, self.rows.by), self.asked)

    def close(self) -> None:
        """Lets go of what is kept. Raises duckdb.Error."""
        self.con.execute(f"DROP TABLE IF EXISTS {identifier(self._name)}")
        if self.is_copy:
            self.con.execute(f"DROP TABLE IF EXISTS {identifier(self.rows.source)}")

    def _alone(self) -> tuple[str, dict[str, str | int]]:
        start, bound = self.rows.chosen({})
        each = ", ".join((*self.rows.groups, "cluster_no"))
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {_SEVERAL} AS {start} SELECT {each} FROM chosen GROUP BY {each} HAVING count(*) > 1", bound)
        same = "".join(f" AND k.{name} IS NOT DISTINCT FROM {expression}" for name, expression in zip(self.rows.groups, self.rows.by, strict=True))
        condition, bound = self.rows.condition()
        joined = f"INNER JOIN {_SEVERAL} AS k ON k.cluster_no = s.cluster_no{same}"
        return f"SELECT {self._columns} FROM {identifier(self.rows.source)} AS s {joined}{condition}", bound

    def _joined(self, base: "Large") -> tuple[str, dict[str, str | int]]:
        """The definition over the rows that its base sets apart."""
        few = f"SELECT * FROM {identifier(base.apart.source)}"
        return f"WITH {identifier(base.rows.source)} AS ({few}) SELECT {self._columns} FROM ({definition(self.rows.source)}) AS s", {}

    def read(self, pairs: Sequence[Pair], values: Sequence[str]) -> tuple[dict[Group, tuple[Sums, ...]], list["Ordered"]]:
        """Per group the sums of each pair, and each value in order, in one pass. Raises duckdb.Error."""
        table, lists = self._pass(self.rows, pairs, values)
        ordered: list[Ordered] = []
        for value, name in zip(values, lists, strict=True):
            ordered.append(Ordered.of(self, value, table, name))
            table = table.drop_columns([name])
        return self._sums(table, pairs) if pairs else {}, ordered

    def _pass(self, rows: Rows, pairs: Sequence[Pair], values: Sequence[str] = ()) -> tuple[pa.Table, tuple[str, ...]]:
        """A row a group: the sums over rows of all that pairs need, in the order of their names, and a list of each value."""
        summed, listed = _named(pairs), {f"v{i}": value for i, value in enumerate(values)}
        columns = {name: expression for expression, name in summed.items()} | {name: f"CAST({value} AS DOUBLE)" for name, value in listed.items()}
        start, bound = rows.chosen(columns)
        told = [f"CAST(sum({name}) AS DOUBLE) AS {name}" for name in summed.values()]
        told += [f"list({name}) FILTER (WHERE {name} IS NOT NULL) AS {name}" for name in listed]
        grouped = f" GROUP BY {', '.join(rows.groups)}" if rows.groups else ""
        return query(self.con, f"{start} SELECT {', '.join((*rows.groups, *told))} FROM chosen{grouped}", **bound), tuple(listed)

    def _sums(self, table: pa.Table, pairs: Sequence[Pair]) -> dict[Group, tuple[Sums, ...]]:
        names = _named(pairs)
        every, apart = _by_group(self.rows, table), _by_group(self.rows, self._pass(self.apart, pairs)[0])
        clusters = ratio_sums(self.con, self.apart, [(pair.x, pair.y) for pair in pairs])
        found: dict[Group, tuple[Sums, ...]] = {}
        for group in sorted(every, key=in_order):
            shared = clusters.get(group, ())
            told = [[every[group][names[product]] for product in pair.products] for pair in pairs]
            less = [[apart[group][names[product]] for product in pair.products] for pair in pairs] if shared else []
            if pairs and told[0][0] is not None:
                found[group] = tuple(together(told[i], less[i], shared[i]) if shared else together(told[i]) for i in range(len(pairs)))
        return found

    def below(self, values: Sequence[str], middles: pa.Table) -> list[dict[Group, tuple[list[float], Sums]]]:
        """Over the rows set apart that have each value: per group the sums over rows and over clusters of (at or below the group's `m0`, `m1`..., 1)."""
        names = {value: f"v{i}" for i, value in enumerate(dict.fromkeys(values))}
        start, bound = self.apart.chosen({name: f"CAST({value} AS DOUBLE)" for value, name in names.items()})
        self.con.register(_MIDDLES, middles)
        groups = self.rows.groups
        same = " AND ".join(f"k.{name} IS NOT DISTINCT FROM m.{name}" for name in groups) or "TRUE"
        each, by = "".join(f"k.{name} AS {name}, " for name in groups), ", ".join((*(f"k.{name}" for name in groups), "k.cluster_no"))
        counted = ", ".join(
            f"CAST(sum(CASE WHEN k.{names[value]} <= m.m{i} THEN 1 ELSE 0 END) AS DOUBLE) AS cx{i}, CAST(count(k.{names[value]}) AS DOUBLE) AS cy{i}"
            for i, value in enumerate(values)
        )
        sql = f"""{start}, clusters AS (SELECT {each}{counted} FROM chosen AS k INNER JOIN {_MIDDLES} AS m ON {same} GROUP BY {by})
SELECT {"".join(f"{name}, " for name in groups)}{", ".join(totals(f"cx{i}", f"cy{i}", i) for i in range(len(values)))} FROM clusters
{f"GROUP BY {', '.join(groups)}" if groups else "HAVING count(*) > 0"}"""
        try:
            found = query_few(self.con, sql, **bound)
        finally:
            self.con.unregister(_MIDDLES)
        return [{self.rows.group(row): _below(row, i) for row in found if row[f"n{i}"]} for i in range(len(values))]

    def middles(self, asked: Sequence[tuple["Ordered", float]]) -> list[dict[Group, Middle]]:
        """Of each ordered value the quantile at a level per group, averaged where it falls between two rows (Hyndman, Fan 1996, type 2)."""
        found = [{one.group(i): _quantile(own, level) for i, own in enumerate(one.values)} for one, level in asked]
        groups = list(dict.fromkeys(group for middles in found for group in middles))
        if not groups:
            return [{} for _ in asked]
        columns = {name: pa.array([_parts(group)[i] for group in groups], kind) for i, (name, kind) in enumerate(_kinds(asked[0][0]))}
        columns |= {f"m{i}": pa.array([middles.get(group) for group in groups], pa.float64()) for i, middles in enumerate(found)}
        apart = self.below([one.value for one, _ in asked], pa.table(columns))
        return [one.together(middles, own) for (one, _), middles, own in zip(asked, found, apart, strict=True)]


def _kinds(one: "Ordered") -> list[tuple[str, pa.DataType]]:
    """The group columns with their types."""
    return list(zip(one.groups.column_names, one.groups.schema.types, strict=True))


def _parts(group: Group) -> tuple[Any, ...]:
    return group if isinstance(group, tuple) else (group,)


def _below(row: Mapping[str, float], i: int) -> tuple[list[float], Sums]:
    x, y = float(row[f"sx{i}"]), float(row[f"sy{i}"])
    return [y, x, y, x, y, x], Sums(int(row[f"n{i}"]), x, y, float(row[f"sxx{i}"]), float(row[f"syy{i}"]), float(row[f"sxy{i}"]))


def together(rows: Sequence[float], apart: Sequence[float] = (), clusters: Sums | None = None) -> Sums:
    """Sums over clusters from those over all rows, over the rows set apart, and over the clusters of these."""
    n, x, y, xx, yy, xy = rows
    if clusters is None:
        return Sums(int(n), x, y, xx, yy, xy)
    return Sums(int(n - apart[0]) + clusters.n, x, y, xx - apart[3] + clusters.xx, yy - apart[4] + clusters.yy, xy - apart[5] + clusters.xy)


@dataclass(frozen=True)
class Ordered:
    """A value in ascending order in each group; groups without one are left out."""

    large: Large
    value: str
    groups: pa.Table
    values: tuple[NDArray[np.float64], ...]

    @classmethod
    def of(cls, large: Large, value: str, table: pa.Table, name: str) -> "Ordered":
        """From a table with a row a group and the values of each as a list."""
        kept = table.filter(pc.is_valid(table.column(name))) if table.column(name).null_count else table
        return cls(large, value, kept.select(list(large.rows.groups)), tuple(_sorted(kept.column(name))))

    @cached_property
    def _named(self) -> list[Group]:
        return [self.large.rows.group(row) for row in self.groups.to_pylist()]

    def group(self, i: int) -> Group:
        """The group of the `i`th array of values."""
        return self._named[i]

    def together(self, middles: Mapping[Group, float], apart: Mapping[Group, tuple[list[float], Sums]]) -> dict[Group, Middle]:
        """The quantile of each group with the sums over clusters of (rows at or below it, rows)."""
        answers: dict[Group, Middle] = {}
        for i, (group, m) in enumerate(middles.items()):
            y, x = float(len(self.values[i])), float(np.searchsorted(self.values[i], m, side="right"))
            answers[group] = Middle(i, m, together((y, x, y, x, y, x), *apart.get(group, ())))
        return dict(sorted(answers.items(), key=lambda pair: in_order(pair[0])))

    def quantiles(self, levels: Sequence[tuple[int, float]]) -> list[float]:
        """The quantile at each (group number of `middles`, level), in the order asked."""
        return [_quantile(self.values[group_no], level) for group_no, level in levels]


def _sorted(lists: pa.ChunkedArray) -> Iterator[NDArray[np.float64]]:
    for chunk in lists.chunks:
        flat = chunk.values.to_numpy(zero_copy_only=False).copy()
        for first, last in pairwise(chunk.offsets.to_numpy()):
            flat[first:last].sort()
            yield flat[first:last]


def _quantile(values: NDArray[np.float64], level: float) -> float:
    """Mean of the values whose rank r, from 1, has n * level <= r <= n * level + 1."""
    n = len(values)
    first, last = max(int(np.ceil(n * level)), 1), min(int(np.floor(n * level + 1)), n)
    return float(values[first - 1 : last].mean())


def _named(pairs: Sequence[Pair]) -> dict[str, str]:
    """A name for each different expression that is summed."""
    return {expression: f"e{i}" for i, expression in enumerate(dict.fromkeys(product for pair in pairs for product in pair.products))}


def _by_group(rows: Rows, table: pa.Table) -> dict[Group, dict[str, Any]]:
    return {rows.group(row): row for row in table.to_pylist()}


def in_order(group: Group) -> tuple[tuple[bool, Any], ...]:
    """Groups in the order of the engine: unknown ones last."""
    return tuple((label is None, label if label is not None else 0) for label in _parts(group))
