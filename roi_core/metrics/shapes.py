"""What a metric is declared in: one object that the page, the methods page, reports and tests all read."""

from dataclasses import dataclass, replace
from enum import StrEnum

from roi_core.metrics.grouping import PERIODS, dimensions
from roi_core.metrics.tables import TABLES, MetricTable
from roi_core.sources import SOURCES
from roi_core.units import Unit


class Shape(StrEnum):
    """How a metric is formed, and so how its interval is."""

    SHARE = "share"
    """Rows that meet `numerator` among those that meet `denominator`, both conditions."""
    MEAN = "mean"
    """Mean of `value` over rows that have one and meet `denominator`."""
    RATIO = "ratio"
    """Sum of `numerator` over sum of `denominator`, both numbers, over rows that have both."""
    MEDIAN = "median"
    """Median of `value` over rows that have one."""
    QUANTILE = "quantile"
    """Quantile of `value` at `level`."""
    COUNT = "count"
    """Rows that meet `denominator`."""
    SUM = "sum"
    """Sum of `value`."""
    DERIVED = "derived"
    """The first of `inputs` over the second, in the months that both have."""


SUMMED = (Shape.SHARE, Shape.MEAN, Shape.RATIO, Shape.COUNT, Shape.SUM)
RANKED = (Shape.MEDIAN, Shape.QUANTILE)
_MONEY = (Unit.MONEY, Unit.MONEY_PER_EPISODE, Unit.MONEY_PER_MONTH, Unit.MONEY_PER_YEAR)
_USES = {
    Shape.SHARE: ("numerator", "denominator"),
    Shape.MEAN: ("value",),
    Shape.RATIO: ("numerator", "denominator"),
    Shape.MEDIAN: ("value",),
    Shape.QUANTILE: ("value",),
    Shape.COUNT: ("denominator",),
    Shape.SUM: ("value",),
    Shape.DERIVED: ("inputs",),
}


class Better(StrEnum):
    """Which way is good; `NEITHER` where more is neither good nor bad."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What others reach: a range of the metric's unit, of whom, when, and who says so (a key of SOURCES)."""

    low: float
    high: float
    population: str
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example that is the metric's test: the value that these rows of its table give.

    `columns` are names with spaces between, `rows` their values, a single one bare; without `cluster_no` each row is a customer of its own.
    Of a derived metric the rows are (upper, lower) values of its inputs.
    """

    columns: str
    rows: tuple[object, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric, declared once.

    `formula` is LaTeX. `table` is a derived table; `numerator`, `denominator` and `value` are SQL over the definition
    `metric_<table>`, in the portable subset. `needs` names what the files must show (roi_core.metrics.needs), or there is
    no answer; beside their names `table` asks for any row and `table.column` for a known value of it. A `stock` is a level: without grouping
    by month it is read in the last month. `reason` is why it is defined this way and no other. `told` metrics are part of every answer, the
    others are worked out where they are asked for. `within` are the least and the most that a row can say, where neither shape nor unit tells (`bounds`);
    `from_0` where a sum cannot be negative and its unit does not tell.
    `sums` are the units of what a ratio adds up above and below, COUNT for rows of the table. `least_known` is the share of rows whose value must be
    known for a total: one that leaves out more is too low, and is none.
    """

    key: str
    title: str
    shape: Shape
    formula: str
    table: str
    unit: Unit
    better: Better
    source: str
    reason: str
    needs: tuple[str, ...]
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    level: float = 0.5
    stock: bool = False
    inputs: tuple[str, ...] = ()
    benchmark: Benchmark | None = None
    example: Example | None = None
    told: bool = False
    within: tuple[float, float] | None = None
    from_0: bool = False
    sums: tuple[Unit, Unit] = (Unit.COUNT, Unit.COUNT)
    least_known: float = 0.0

    def __post_init__(self) -> None:
        missing = [name for name in _USES[self.shape] if not getattr(self, name)]
        if missing:
            raise ValueError(f"metric {self.key}: a {self.shape} must have {', '.join(missing)}")
        if self.source not in SOURCES:
            raise ValueError(f"metric {self.key}: source == {self.source!r}, must be a key of SOURCES")
        if self.table not in TABLES:
            raise ValueError(f"metric {self.key}: table == {self.table!r}, must be one of {', '.join(TABLES)}")

    @property
    def is_money(self) -> bool:
        """True where amounts are added up, also where they cancel in a fraction: currencies must not be mixed."""
        return any(unit in _MONEY for unit in (self.unit, *self.sums))

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least and the most that the number can be: 0 and 1 for a share of rows and for a mean of fractions; None where it has no such ends."""
        counted = self.shape is Shape.SHARE or (self.shape is Shape.MEAN and self.unit is Unit.FRACTION)
        return (0.0, 1.0) if counted else self.within

    @property
    def counts(self) -> str:
        """What `n` of its results counts: customers, months, surveys, or lines of cost; what each interval takes as independent."""
        return TABLES[self.table].counts

    def counted_as(self, n: int) -> str:
        """What so many of them are called: 1 customer, 2 customers."""
        many, *rest = self.counts.split(" ", 1)
        return self.counts if n != 1 else " ".join((many.removesuffix("s"), *rest))

    @property
    def counted(self) -> tuple["Metric", "Metric"]:
        """Two counts over its rows: those whose value is known, and all that a total is of."""
        rows = replace(self, key=f"{self.key}, rows", shape=Shape.COUNT, unit=Unit.COUNT, denominator=self.denominator or "TRUE", least_known=0.0)
        return replace(rows, key=f"{self.key}, known", denominator=f"({rows.denominator}) AND ({self.value}) IS NOT NULL"), rows

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Columns and periods by which it can be grouped and filtered."""
        if self.shape is Shape.DERIVED:
            return tuple(period for period in PERIODS if period not in ("day", "week"))
        found = dimensions(self.read_from, stock=self.stock)
        return found if self.read_from.name == self.table else tuple(dict.fromkeys((*dimensions(TABLES[self.table], stock=self.stock), *found)))

    @property
    def read_from(self) -> MetricTable:
        """Its table with all the columns that there are of its rows."""
        own = TABLES[self.table]
        return TABLES[own.detailed] if own.detailed else own

    @property
    def row_counts(self) -> str:
        """SQL of whether a row counts; for shapes that are sums."""
        given = f"({self.denominator or 'TRUE'})"
        match self.shape:
            case Shape.SHARE | Shape.COUNT:
                return given
            case Shape.MEAN | Shape.SUM:
                return f"{given} AND ({self.value}) IS NOT NULL"
            case Shape.RATIO:
                return f"({self.numerator}) IS NOT NULL AND ({self.denominator}) IS NOT NULL"
            case _:
                raise ValueError(f"metric {self.key}: a {self.shape} is not made of sums")

    @property
    def pair(self) -> tuple[str, str]:
        """SQL of (x, y) of one row, 0 where the row does not count; for shapes that are sums."""
        counts = self.row_counts
        one = f"CASE WHEN {counts} THEN 1 ELSE 0 END"
        match self.shape:
            case Shape.SHARE:
                return f"CASE WHEN {counts} AND ({self.numerator}) THEN 1 ELSE 0 END", one
            case Shape.MEAN | Shape.SUM:
                return f"CASE WHEN {counts} THEN {self.value} ELSE 0 END", one
            case Shape.RATIO:
                return f"CASE WHEN {counts} THEN {self.numerator} ELSE 0 END", f"CASE WHEN {counts} THEN {self.denominator} ELSE 0 END"
            case _:
                return one, one
