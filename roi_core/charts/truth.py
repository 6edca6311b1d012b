"""The spreadsheet's number, our range and the planted truth on one line: what an invented company is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

from roi_core.charts.ladder import effect_axis, result_text
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.table import as_table
from roi_core.charts.theme import TEXT_SIZE, Data, Drawn, dress, layer, tick_labels, tooltips, unchecked
from roi_core.charts.ticks import within
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number
from roi_core.units import Unit

_HEIGHT, _LINE = 112.0, 90.0


@dataclass(frozen=True, slots=True)
class Three:
    """The three numbers in points; the spreadsheet's may be missing. `believed` is False where ours was only ever a sign."""

    sheet: float | None
    ours: Estimate
    planted: float
    believed: bool = True

    def tone(self, key: str) -> Tone:
        """The accent belongs to an answer; a number that we refused to believe is grey."""
        ours = Tone.SUPPORTED if self.believed else Tone.OTHER
        return {"sheet": Tone.SHEET, "ours": ours, "truth": Tone.TEXT}[key]


@unchecked
def draw(effect: Effect, truth: Mapping[str, Any] | None, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One line with a hollow point struck out, our interval, and a diamond for the truth; above it what each says."""
    three = numbers(effect, truth)
    if isinstance(three, Absent):
        return three
    scene = _Scene(effect, three, palette, style, narrow)
    layers = [*scene.rules(), *scene.marks(), *scene.labels()]
    return dress(layers, palette, style, height=_HEIGHT, narrow=narrow)


def describe(effect: Effect, truth: Mapping[str, Any] | None, style: Style = DEFAULT) -> str:
    """The three numbers, and whether our range holds the truth."""
    three = numbers(effect, truth)
    if isinstance(three, Absent):
        return three.reason
    return " ".join([*_texts(three, style).values(), verdict(effect, truth)])


def verdict(effect: Effect, truth: Mapping[str, Any] | None) -> str:
    """Whether our range holds the truth; of a sign, why it was not believed. Empty where there is nothing to compare."""
    three = numbers(effect, truth)
    if isinstance(three, Absent):
        return ""
    held = say("charts.truth_inside" if _inside(three) else "charts.truth_outside")
    failed = next((check.text for check in effect.checks if check.passed is False), "")
    return held if three.believed else f"{say('charts.truth_not_believed', word=effect.grade.word, why=failed)} {held}"


def table(effect: Effect, truth: Mapping[str, Any] | None, style: Style = DEFAULT) -> pa.Table:
    """One row a number."""
    three = numbers(effect, truth)
    if isinstance(three, Absent):
        return as_table([])
    rows = {"Planted truth": _points(three.planted, style), "Our range": result_text(three.ours, style)}
    sheet = {} if three.sheet is None else {"Spreadsheet's way": _points(three.sheet, style)}
    return as_table([{"Number": name, say("charts.truth_head"): shown} for name, shown in (sheet | rows).items()])


def numbers(effect: Effect, truth: Mapping[str, Any] | None) -> Three | Absent:
    """The three numbers of an effect on churn, the planted one a fraction as in `truth.json`.

    Absent where the company is real, the effect was refused, or the truth speaks of other months.
    """
    told = truth or {}
    planted, months = told.get(_key(effect)), told.get("horizon_months")
    if not isinstance(planted, int | float):
        return Absent(say("charts.truth_unknown"))
    if months is not None and not effect.key.endswith(f"_{months}m"):
        return Absent(say("charts.truth_other_months", months=f"{months}"))
    if isinstance(effect.result, Absent):
        return effect.result
    sheet = next((rung.result for rung in effect.ladder if rung.struck_out), None)
    return Three(sheet.value * 100 if isinstance(sheet, Estimate) else None, effect.result, float(planted) * 100, effect.grade <= Grade.B)


def _key(effect: Effect) -> str:
    """Where `truth.json` holds the effect of a contrast: of a contact by estimand, of handling it well over the overlap or over all."""
    contrast, estimand = effect.key.partition(".")[0], effect.estimand.lower()
    if contrast == "supported":
        return f"episode_effect_{estimand}"
    return f"{contrast}_effect" if estimand == "ato" else f"{contrast}_effect_{estimand}"


@dataclass(frozen=True, slots=True)
class _Scene:
    """The one line with its scale, and above it a line of text for each number with its mark."""

    effect: Effect
    three: Three
    palette: Palette
    style: Style
    narrow: bool

    def rules(self) -> list[alt.Chart]:
        """The line that the three stand on, and zero."""
        (start, end), _ = self._reach()
        base = [{"x": start, "x2": end, "y": _LINE, "colour": self.palette.grid}]
        zero = [{"x": 0.0, "y": _LINE - 14, "y2": _LINE + 14, "colour": self.palette.text}]
        return [
            *self._layer(base, alt.MarkDef(type="rule", strokeWidth=1, aria=False), x2="x2:Q"),
            *self._layer(zero, alt.MarkDef(type="rule", strokeWidth=1.2, aria=False), y2="y2:Q"),
        ]

    def marks(self) -> list[alt.Chart]:
        """Our interval, then each number on the line and beside its text."""
        ours, tip = self.three.ours, tooltips("name", "shown")
        span = [self._row("ours") | {"low": ours.low * 100, "high": ours.high * 100}] if ours.low is not None and ours.high is not None else []
        band = alt.MarkDef(type="rule", strokeWidth=10, opacity=0.35)
        layers = self._layer(span, band, x="low:Q", x2="high:Q", tooltip=tip)
        for key in self._places():
            for mark in _shapes(key, self.palette):
                layers += self._layer([self._row(key)], mark, tooltip=tip)
                layers += self._layer([self._row(key) | {"y": self._height(key)}], mark, x=9)
        return layers

    def labels(self) -> list[alt.Chart]:
        """One line of text a number, in its own colour."""
        texts = _labels(self.three, self.style)
        rows = [{"y": self._height(key), "label": texts[key], "colour": self.palette.of_text(self.three.tone(key))} for key in self._places()]
        mark = alt.MarkDef(type="text", align="left", baseline="middle", fontSize=TEXT_SIZE, aria=False)
        return self._layer(rows, mark, x=24, text="label:N")

    def _places(self) -> dict[str, float]:
        sheet = {} if self.three.sheet is None else {"sheet": self.three.sheet}
        return sheet | {"ours": self.three.ours.value * 100, "truth": self.three.planted}

    def _height(self, key: str) -> float:
        return 10.0 + 22.0 * list(self._places()).index(key)

    def _row(self, key: str) -> dict[str, Any]:
        name, _, shown = _labels(self.three, self.style)[key].partition(": ")
        return {"x": self._places()[key], "y": _LINE, "colour": self.palette.of(self.three.tone(key)), "name": name, "shown": shown}

    def _reach(self) -> tuple[tuple[float, float], tuple[float, ...]]:
        reach = [*self._places().values(), 0.0, *(x * 100 for x in (self.three.ours.low, self.three.ours.high) if x is not None)]
        return within(min(reach), max(reach), most=5 if self.narrow else 8)

    def _layer(self, data: Data, mark: alt.MarkDef, *, x: Any = "x:Q", **channels: Any) -> list[alt.Chart]:
        ends, at = self._reach()
        axis = alt.Axis(values=list(at), grid=False, **tick_labels(at))
        scale = alt.Scale(domain=list(ends), nice=False, zero=False)
        across = alt.X(x, title=effect_axis(self.effect, self.style).title, axis=axis, scale=scale) if isinstance(x, str) else x
        down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[_HEIGHT, 0], nice=False, zero=False))
        return layer(data, mark, x=across, y=down, **channels)


def _shapes(key: str, palette: Palette) -> list[alt.MarkDef]:
    """A disc for ours, a diamond for the truth, a hollow disc with a slash for the spreadsheet's number."""
    if key == "sheet":
        return [
            alt.MarkDef(type="point", shape="circle", filled=False, fill=palette.background, size=80, strokeWidth=1.8, opacity=1),
            alt.MarkDef(type="point", shape="M-1,1L1,-1", filled=False, size=240, strokeWidth=1.8, opacity=1, aria=False),
        ]
    shape = "diamond" if key == "truth" else "circle"
    return [alt.MarkDef(type="point", shape=shape, filled=True, size=120 if key == "truth" else 85, opacity=1)]


def _labels(three: Three, style: Style) -> dict[str, str]:
    sheet = {} if three.sheet is None else {"sheet": say("charts.truth_sheet", shown=_points(three.sheet, style))}
    ours = say("charts.truth_ours" if three.believed else "charts.truth_refused", shown=result_text(three.ours, style))
    return sheet | {"ours": ours, "truth": say("charts.truth_planted", shown=_points(three.planted, style))}


def _texts(three: Three, style: Style) -> dict[str, str]:
    return {key: f"{text}." for key, text in _labels(three, style).items()}


def _points(value: float, style: Style) -> str:
    return number(value / 100, Unit.FRACTION, style, points=True)


def _inside(three: Three) -> bool:
    low, high = (three.ours.value if x is None else x for x in (three.ours.low, three.ours.high))
    return low * 100 <= three.planted <= high * 100
