"""By what a metric can be split: columns of its table, and periods of its dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_core.engine.quoting import identifier
from roi_core.metrics.tables import MetricTable

_OF_DAYS, OF_MONTHS = ("day", "week"), ("month", "quarter", "year", "fiscal_year")
PERIODS = (*_OF_DAYS, *OF_MONTHS)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How periods begin: `week_start` 0 for Monday to 6 for Sunday, `fiscal_start` the first month of the fiscal year, 1 to 12.

    Days and weeks are told as days since 1970-01-01 UTC, the others as the month number of their first month. Raises ValueError.
    """

    week_start: int = 0
    fiscal_start: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.week_start <= 6:
            raise ValueError(f"week_start == {self.week_start}, must be 0 (Monday) to 6 (Sunday)")
        if not 1 <= self.fiscal_start <= 12:
            raise ValueError(f"fiscal_start == {self.fiscal_start}, must be a month, 1 to 12")

    def expression(self, dimension: str) -> str:
        """SQL of a dimension over a table of metrics: a column as it is, a period worked out from `at_s` or `month`."""
        day = "CAST(floor(CAST(at_s AS DOUBLE) / 86400) AS BIGINT)"
        match dimension:
            case "day":
                return day
            case "week":
                shift = 3 - self.week_start
                return f"CAST(floor(CAST({day} + {shift} AS DOUBLE) / 7) AS BIGINT) * 7 - {shift}"
            case "quarter":
                return _begun(3, 0)
            case "year":
                return _begun(12, 0)
            case "fiscal_year":
                return _begun(12, self.fiscal_start - 1)
            case column:
                return identifier(column)

    def first_month(self, dimension: str, month: int) -> int:
        """The first month of the period that a month lies in; the month itself for a month."""
        length, shift = {"month": (1, 0), "quarter": (3, 0), "year": (12, 0), "fiscal_year": (12, self.fiscal_start - 1)}[dimension]
        return (month - shift) // length * length + shift


def _begun(months: int, shift: int) -> str:
    return f"CAST(floor(CAST(month - {shift} AS DOUBLE) / {months}) AS BIGINT) * {months} + {shift}"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often somebody looks: the period, and the families of metrics that are looked at."""

    period: str
    families: tuple[str, ...]


CADENCES: Mapping[str, Cadence] = MappingProxyType(
    {
        "daily": Cadence("day", ("volume", "speed")),
        "weekly": Cadence("week", ("volume", "speed", "resolution", "satisfaction", "automation")),
        "monthly": Cadence("month", ("satisfaction", "resolution", "retention", "revenue", "cost", "people", "product")),
        "quarterly": Cadence("quarter", ("retention", "revenue", "cost", "sales", "advocacy", "services")),
    }
)
"""Reviews as the guides advise them: operations by day and week, satisfaction by week and month, money by quarter."""


def dimensions(table: MetricTable, *, stock: bool) -> tuple[str, ...]:
    """All that a metric of the table can be split by; a level is not read within a month."""
    periods = (*(_OF_DAYS if table.timed and not stock else ()), *(OF_MONTHS if table.by_period else ()))
    return (*periods, *table.dimensions)
