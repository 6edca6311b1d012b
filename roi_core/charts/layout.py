"""Where the rows of a figure stand, in pixels from the top: the same for a telephone, a wide screen and print.

A row is a line of text, its title on the left and its number on the right, and under it the marks over the whole width.
Nothing stands beside the plot, so nothing is cut at any width from 340 pixels on.
"""

import textwrap
from dataclasses import dataclass

from roi_core.charts.figure import Figure, Row
from roi_core.charts.palette import Tone

_LINE = 18.0
_MARK = 22.0
_GAP = 12.0
_TOP_OF_REFERENCES = 24.0
_LEAST_WIDTH = 335.0
_TITLE_CHARACTER, _NOTE_CHARACTER = 6.3, 4.8
_WRAP_TITLE, _WRAP_NOTE = 50, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text of a row: its centre from the top, and whether it stands on the right."""

    y: float
    text: str
    tone: Tone
    bold: bool = False
    small: bool = False
    struck: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Height of all rows, centre of each row's marks, all lines of text, and where the rows begin."""

    height: float
    centres: tuple[float, ...]
    lines: tuple[Line, ...]
    top: float


def lay_out(figure: Figure) -> Layout:
    """Titles and numbers on one line where every row of the figure has the room for it, else one above the other."""
    top = y = _TOP_OF_REFERENCES if figure.references else 2.0
    together = all(_width(row) <= _LEAST_WIDTH for row in figure.rows)
    centres: list[float] = []
    lines: list[Line] = []
    for row in figure.rows:
        texts = _texts(row, y + _LINE / 2, together=together)
        bottom = texts[-1].y + _LINE / 2
        centres.append(bottom + _MARK / 2)
        lines += texts
        y = bottom + _MARK + _GAP
    return Layout(y - _GAP + 4, tuple(centres), tuple(lines), top)


def _width(row: Row) -> float:
    return len(row.title) * _TITLE_CHARACTER + len(row.note) * _NOTE_CHARACTER + 14


def _texts(row: Row, y: float, *, together: bool) -> list[Line]:
    note = Tone.QUIET if row.tone is Tone.TEXT else row.tone
    titles = [row.title] if together else textwrap.wrap(row.title, _WRAP_TITLE) or [""]
    notes = [row.note] if together else textwrap.wrap(row.note, _WRAP_NOTE)
    first = y if together else y + len(titles) * _LINE
    return [
        *(Line(y + i * _LINE, text, row.tone, row.bold, struck=row.struck) for i, text in enumerate(titles)),
        *(Line(first + i * _LINE, text, note, small=True, right=together) for i, text in enumerate(notes) if text),
    ]
