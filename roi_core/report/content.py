"""What a report holds, whatever it is written as: sections of texts, tables, lists and drawings, already in words."""

from dataclasses import dataclass

from roi_core.charts.figure import Figure
from roi_core.results import Grade


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of whole sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of whole sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under their columns. `struck` are the rows that are struck out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of rows and its finding in words."""

    figure: Figure
    alt: str


Part = Text | Points | Table | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report. `digest` names the files and the design that it rests on.

    `about` says whose it is, for whom and from when; `band` marks an invented example; `appendix` follows on pages of its own.
    """

    title: str
    headline: str
    grade: Grade
    grade_says: str
    facts: str
    digest: str
    sections: tuple[Section, ...]
    about: str = ""
    band: str = ""
    appendix: tuple[Section, ...] = ()
