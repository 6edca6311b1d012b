"""A figure of rows as static SVG: text stays text, nothing is fetched or run, and it prints as it is seen."""

from html import escape

from roi_core.charts.figure import Figure, Kind, Mark
from roi_core.charts.layout import Layout, lay_out
from roi_core.charts.palette import LIGHT, Tone
from roi_core.charts.rows import HALF_SPAN
from roi_core.charts.ticks import within

_WIDTHS = {True: 450.0, False: 760.0}
_MARGIN = 10.0
_BOTTOM = 46.0
_BAR = 16.0


def svg(figure: Figure, alt: str, *, narrow: bool = False) -> str:
    """The figure as an `<svg>` element in the light colours; `alt` is its accessible name. Every text is escaped."""
    layout = lay_out(figure)
    canvas = _Canvas(figure, layout, narrow=narrow)
    body = "".join([*canvas.axis(), *canvas.bars(), *canvas.lines(), *canvas.intervals(), *canvas.points(), *canvas.texts()])
    width, height = _WIDTHS[narrow], layout.height + _BOTTOM
    name = escape(alt, quote=True)
    return f'<svg role="img" aria-label="{name}" viewBox="0 0 {width:g} {height:g}" class="{"narrow" if narrow else "wide"}">{body}</svg>'


class _Canvas:
    """Pixels of one figure: x from the axis, y from the layout."""

    def __init__(self, figure: Figure, layout: Layout, *, narrow: bool) -> None:
        self.figure, self.layout, self.narrow = figure, layout, narrow
        self.ends, self.at = within(*figure.extent(), most=5 if narrow else 8, whole=figure.axis.whole)
        self.left, self.right = _MARGIN, _WIDTHS[narrow] - _MARGIN

    def x(self, value: float) -> float:
        """Pixels from the left."""
        return round(self.left + (value - self.ends[0]) / (self.ends[1] - self.ends[0]) * (self.right - self.left), 2)

    def axis(self) -> list[str]:
        """Numbers and title, a faint base line in each row, the zero line."""
        bottom = self.layout.height
        bases = [_line(self.left, y, self.right, y, LIGHT.grid) for y in self.layout.centres]
        zero = [_line(self.x(0), top, self.x(0), end, LIGHT.text, 1.2) for top, end in self._spans()] if self.figure.zero else []
        labels = [_text(self.x(t), bottom + 16, _tick(t, self.at, money=self.figure.axis.money), LIGHT.quiet, anchor="middle") for t in self.at]
        title = _text((self.left + self.right) / 2, bottom + 36, self.figure.axis.title, LIGHT.quiet, anchor="middle", size=13)
        return [*bases, *zero, *labels, title]

    def lines(self) -> list[str]:
        """Dashed reference lines with their labels."""
        drawn = []
        for reference in self.figure.references:
            x, left = self.x(reference.at), reference.at <= sum(self.ends) / 2
            drawn += [_line(x, top, x, end, LIGHT.of(reference.tone), 1.8, dash="5 3") for top, end in self._spans()]
            drawn.append(_text(x + (5 if left else -5), self.layout.top - 9, reference.label, LIGHT.text, anchor="start" if left else "end"))
        return drawn

    def bars(self) -> list[str]:
        """Filled bars; hollow and dashed for what is only assumed or struck out."""
        drawn = []
        for row, mark in self.figure.marks():
            if mark.kind in (Kind.BAR, Kind.ASSUMED_BAR):
                a, b = sorted((self.x(mark.start), self.x(mark.at)))
                colour, y = LIGHT.of(mark.tone), self.layout.centres[row] - _BAR / 2
                look = f'fill="{colour}"' if mark.kind is Kind.BAR else f'fill="#FFFFFF" stroke="{colour}" stroke-width="1.4" stroke-dasharray="4 3"'
                drawn.append(f'<rect x="{a:g}" y="{y:g}" width="{b - a:g}" height="{_BAR:g}" {look}/>')
        return drawn

    def intervals(self) -> list[str]:
        """A line from the lower to the upper limit."""
        drawn = []
        for row, mark in self.figure.marks():
            if mark.low is not None and mark.high is not None:
                y, dash = self.layout.centres[row], "3 3" if mark.kind is Kind.STRUCK else ""
                drawn.append(_line(self.x(mark.low), y, self.x(mark.high), y, _interval_colour(mark), 1.8, dash=dash))
        return drawn

    def points(self) -> list[str]:
        """Filled points, hollow ones, and a slash through what is struck out."""
        drawn = []
        for row, mark in self.figure.marks():
            x, y, colour = self.x(mark.at), self.layout.centres[row], LIGHT.of(mark.tone)
            if mark.kind is Kind.POINT:
                drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="{colour}"/>')
            if mark.kind in (Kind.HOLLOW, Kind.STRUCK):
                drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="#FFFFFF" stroke="{colour}" stroke-width="1.8"/>')
            if mark.kind is Kind.STRUCK:
                drawn.append(_line(x - 7, y + 7, x + 7, y - 7, colour, 1.8))
        return drawn

    def texts(self) -> list[str]:
        """Titles and notes of the rows; the title of what is struck out is struck through."""
        drawn = []
        for line in self.layout.lines:
            x, anchor = (self.right, "end") if line.right else (self.left, "start")
            look = (' font-weight="600"' if line.bold else "") + (' text-decoration="line-through"' if line.struck else "")
            drawn.append(_text(x, line.y + 4, line.text, LIGHT.of_text(line.tone), anchor=anchor, size=12 if line.small else 13, extra=look))
        return drawn

    def _spans(self) -> list[tuple[float, float]]:
        return [(y - HALF_SPAN, y + HALF_SPAN) for y in self.layout.centres]


def _interval_colour(mark: Mark) -> str:
    over_bar = mark.kind in (Kind.BAR, Kind.ASSUMED_BAR) and mark.tone is not Tone.SHEET
    return LIGHT.text if over_bar else LIGHT.of(mark.tone)


def _tick(value: float, at: tuple[float, ...], *, money: bool) -> str:
    highest = max(map(abs, at))
    scale, letter = (1e6, "M") if highest >= 1e6 else (1e3, "k") if highest >= 1e3 else (1.0, "")
    if not money or not letter or value == 0:
        return f"{value:,.10g}"
    return f"{value / scale:,.10g}{letter}"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0, *, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def _text(x: float, y: float, text: str, colour: str, *, anchor: str, size: int = 12, extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size}" text-anchor="{anchor}"{extra}>{escape(text)}</text>'
