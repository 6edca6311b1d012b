"""The words a table is declared in."""

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """How a cell is typed; `TIMESTAMP` is naive UTC, `KEY` a keyed hash of an identifier."""

    TEXT = "text"
    KEY = "key"
    TIMESTAMP = "timestamp"
    MONTH = "month"
    NUMBER = "number"
    MONEY = "money"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    MINUTES = "minutes"

    @property
    def sql(self) -> str:
        """The type in the engine."""
        return _SQL[self]


_SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.KEY: "VARCHAR",
    ColumnType.TIMESTAMP: "TIMESTAMP",
    ColumnType.MONTH: "INTEGER",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.MONEY: "DOUBLE",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.MINUTES: "DOUBLE",
}


class Privacy(StrEnum):
    """What becomes of a cell before anything permanent is written."""

    PLAIN = "plain"
    """Kept as it is."""
    HASHED = "hashed"
    """Kept as a keyed hash of its normalised form; the text itself goes to the vault."""
    DROPPED = "dropped"
    """Read by rules in the reading process, then dropped."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its canonical name, type, unit where it has one, and what it means."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    required: bool = False
    privacy: Privacy = Privacy.PLAIN
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Of a table whose records may stand in a file as lines: the columns of their time, and of how many units a line is of `unit_price`."""

    time: str
    units: str
    price: str = "unit_price"
    amount: str = "amount"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` names the columns that identify a row; `one_of` lists alternatives of which one must be there.

    `latest` says how the definitions choose the row that counts where several have one key; `lines` is of tables with records of several rows.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    latest: str = ""
    lines: Lines | None = None

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _unknown(self.name, name)

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical column names, in declared order."""
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a file is not this table."""
        return tuple(c.name for c in self.columns if c.required)

    def parts_of(self, name: str) -> tuple[str, ...]:
        """The columns that a column follows from where no header fills it; none where it follows from nothing."""
        return (self.lines.units, self.lines.price) if self.lines and name == self.lines.amount else ()


def _unknown(table: str, column: str) -> Column:
    raise KeyError(f"{table} has no column {column}")
