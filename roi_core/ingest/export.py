"""The words a vendor's export is declared in. A declaration holds facts about one file format and no code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal


class Clock(StrEnum):
    """Which hours a duration counts."""

    CALENDAR = "calendar"
    BUSINESS = "business hours"


class DurationUnit(StrEnum):
    """How a duration is written."""

    CLOCK = "H:MM:SS"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Confidence(StrEnum):
    """What a declared mapping rests on, in the words of the catalogue."""

    READ = "read verbatim"
    DERIVED = "derived from an API schema"
    GENERAL = "general knowledge"


@dataclass(frozen=True, slots=True)
class Duration:
    """Unit and clock of one duration column; hours of a clock text may run past 24.

    `header_errs` where files are known that hold `unit` under a header that names another: then the rows decide. `from_created` where the
    vendor says that it runs by the calendar from when the ticket was opened: so it dates what it measures.
    """

    unit: DurationUnit
    clock: Clock = Clock.CALENDAR
    header_errs: bool = False
    from_created: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A satisfaction scale from 1 to `top`, and what its words score on it; a number counts `times` as much.

    `no_answer` are words of a survey without one; "" among them says that a blank cell is one as well. Those of `not_asked` among them were never sent.
    """

    top: float
    words: Mapping[str, float]
    times: float = 1.0
    no_answer: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreQuestion:
    """A survey question whose answers are scores, in a column that whoever made the survey has named.

    `kind` is the survey that it makes, `asks` a pattern (RE2, case ignored) that stands anywhere in its text. Its answers are on the first
    of `scales` that knows every one of them.
    """

    kind: str
    asks: str
    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows make records where one row is not one record. All names are headers of the export.

    Rows with the same cells under `by` are one record; rows that are blank under all of it are set aside. They are ordered by
    `order` (numbers and dates as such; file order where it is equal, and a row where it is empty comes behind the others, whoever
    speaks). The first or last of them `speaks`, and where one of its cells is blank the next row fills it. The headers of `earliest`
    and `latest` take the smallest and largest value of the group, those of `sums` add up. `why` says in words what the other rows are
    ("continuation rows of an order"). `fill_down` is a header ("" for a column without a name) whose cell stands once above its rows,
    on a row that is no record; rows of totals are none either. Of the headers `apart` the first that the file has tells records with the
    same key apart: a filled cell other than the one before it begins the next record. `header_rows` counts rows below the header that are headers as well,
    as long as they hold no date.
    """

    by: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    speaks: Literal["first", "last"] = "first"
    earliest: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    why: str = "further rows of a record"
    fill_down: str | None = None
    apart: tuple[str, ...] = ()
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are not records: those whose cell under `header` matches `pattern` (RE2, whole cell, case ignored); `why` says what they are."""

    header: str
    pattern: str
    why: str


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Export:
    """One export of one vendor.

    `columns` maps a canonical `table.column` to the header it comes from; where several headers stand, a row takes the
    first one that is filled. `drift` lists older, newer or renamed forms of a header. `absent` names headers that
    another product has and this one never. `words` maps written words to canonical ones by the longest prefix, `blanks`
    lists words that mean nothing was chosen. `per_interval` is true where `subscriptions.mrr` is written as the price
    of one unit for one billing interval, `guests_by_email` where a row without a customer id belongs
    to whoever has its e-mail address, `customers_by_name` where the customer id is the name, which is then the company as well.
    Money is in major units but for the columns of `minor_units`, which are in hundredths. `converted` names the headers with the
    same money in the currency of settlement; they are read where the file has several currencies and those have one.

    `constants` gives what no header says, as text. `lists` names columns whose cells hold several values, with what stands between
    them: the first is taken. `extracts` takes the first group of a pattern (RE2) out of each cell that matches. `joined` are headers whose cells
    make one value, with a blank between (a date and a time in columns of their own). `also` names the header of a column that fills another
    one as well. `shape` and `skips` say which rows are records.
    `finds` are questions of which one column is the score of a survey; that column is found by its text and its answers.
    `warnings` is always said to the user. `aggregated` says in words why the rows are no records at all: the file is named and not loaded.
    """

    id: str
    vendor: str
    title: str
    entity: str
    signature: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    drift: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    absent: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    zone: str | None = None
    durations: Mapping[str, Duration] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    blanks: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))
    per_interval: bool = False
    guests_by_email: bool = False
    customers_by_name: bool = False
    converted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    minor_units: tuple[str, ...] = ()
    lists: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    extracts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    also: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    shape: Shape | None = None
    skips: tuple[Skip, ...] = ()
    finds: tuple[ScoreQuestion, ...] = ()
    warnings: tuple[str, ...] = ()
    aggregated: str = ""
    confidence: Confidence = Confidence.READ

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that the export is read from, signature first, each once."""
        mapped = (header for headers in (*self.columns.values(), *self.joined.values()) for header in headers)
        return tuple(dict.fromkeys((*self.signature, *mapped)))
