"""A chart of horizontal rows before it is drawn: what stands where, in plain values. Altair and the printed report draw the same one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roi_core.charts.palette import Tone
from roi_core.results import Estimate
from roi_core.show import Style, interval, number
from roi_core.units import Unit


class Kind(StrEnum):
    """The shape of a mark: filled and hollow points, a point struck out, a bar, a bar of what is only assumed."""

    POINT = "point"
    HOLLOW = "hollow"
    STRUCK = "struck"
    BAR = "bar"
    ASSUMED_BAR = "assumed bar"


@dataclass(frozen=True, slots=True)
class Axis:
    """What the horizontal axis measures. A value is drawn as `value * scale`; `whole` keeps to whole numbers."""

    title: str
    scale: float = 1.0
    points: bool = False
    money: bool = False
    whole: bool = False

    def shown(self, value: float, unit: Unit, style: Style) -> str:
        """A value of this axis as text."""
        return number(value, unit, style, points=self.points, compact=self.money)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a row, in units of the axis. A bar reaches from `start` to `at`; `low` and `high` are drawn as its interval."""

    kind: Kind
    tone: Tone
    at: float
    start: float = 0.0
    low: float | None = None
    high: float | None = None
    name: str = ""
    shown: str = ""
    interval: str = ""
    n: str = ""

    @classmethod
    def of(cls, result: Estimate, axis: Axis, style: Style, *, kind: Kind, tone: Tone, name: str) -> "Mark":
        """The mark of an estimate with its tooltip."""
        return cls(
            kind=kind,
            tone=tone,
            at=result.value * axis.scale,
            low=None if result.low is None else result.low * axis.scale,
            high=None if result.high is None else result.high * axis.scale,
            name=name,
            shown=axis.shown(result.value, result.unit, style),
            interval=interval(result, style, points=axis.points, compact=axis.money),
            n=number(result.n, Unit.COUNT, style),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a figure: its title, a second line in small type, and its marks."""

    title: str
    note: str = ""
    tone: Tone = Tone.TEXT
    bold: bool = False
    struck: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A dashed vertical line with its label above the rows."""

    at: float
    label: str
    tone: Tone = Tone.CAUTION


@dataclass(frozen=True, slots=True)
class Figure:
    """Rows from top to bottom over one axis. `zero` draws the zero line; the axis always reaches to it then."""

    axis: Axis
    rows: tuple[Row, ...]
    references: tuple[Reference, ...] = ()
    zero: bool = True

    def marks(self) -> Iterator[tuple[int, Mark]]:
        """Every mark with the index of its row."""
        for index, row in enumerate(self.rows):
            for mark in row.marks:
                yield index, mark

    def extent(self) -> tuple[float, float]:
        """The least and the greatest value that is drawn; (0, 1) where nothing is."""
        values = [x for _, mark in self.marks() for x in _reach(mark)] + [r.at for r in self.references]
        values += [0.0] if self.zero and values else []
        return (min(values), max(values)) if values else (0.0, 1.0)


def _reach(mark: Mark) -> list[float]:
    start = [mark.start] if mark.kind in (Kind.BAR, Kind.ASSUMED_BAR) else []
    return start + [x for x in (mark.at, mark.low, mark.high) if x is not None]
