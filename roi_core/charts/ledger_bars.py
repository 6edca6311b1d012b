"""What each unit of money rests on: the benefit by grade, the surest first, each row adding the next; the cost as a dashed line."""

from dataclasses import dataclass, replace

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Reference, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.ledger import Ledger, Line, total
from roi_core.ledger.finding import is_unclear
from roi_core.ledger.rules import hold_the_same
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, money, show
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class Layer:
    """Benefit up to and with one grade, after what kept customers will cost; `before` is the value without this grade."""

    grade: Grade
    cumulated: Estimate
    before: float
    titles: tuple[str, ...]


def draw(ledger: Ledger, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One bar a grade that has an amount, on top of the grades before it. Absent where no benefit has an amount."""
    if not layers(ledger):
        return Absent(say("charts.ledger_empty"))
    return draw_rows(figure(ledger, style), palette, style=style, narrow=narrow)


def figure(ledger: Ledger, style: Style = DEFAULT) -> Figure:
    """The bars before they are drawn."""
    axis = Axis(title=say("charts.ledger_axis", currency=style.currency), money=True)
    found, spent = layers(ledger), cost(ledger)
    rows = tuple(_row(found[: i + 1], axis, style) for i in range(len(found)))
    lines = () if isinstance(spent, Absent) or only_practices(ledger) else (Reference(spent.value, say("charts.ledger_cost", cost=_short(spent, style))),)
    return Figure(axis=axis, rows=rows, references=lines)


def describe(ledger: Ledger, style: Style = DEFAULT) -> str:
    """Every cumulated amount with its interval, and the cost."""
    found, spent = layers(ledger), cost(ledger)
    if not found:
        return say("charts.ledger_empty")
    texts = [f"{_title(found[: i + 1])}: {_told(layer.cumulated, style)}." for i, layer in enumerate(found)]
    if only_practices(ledger):
        return " ".join([*texts, say("charts.ledger_practice")])
    paid = spent.reason if isinstance(spent, Absent) else say("charts.ledger_cost_sentence", cost=show(spent, style, compact=True))
    later = [say("charts.ledger_later")] if any(line.follows is not None and line.included for line in ledger) else []
    return " ".join([*texts, *later, paid])


def table(ledger: Ledger, style: Style = DEFAULT) -> pa.Table:
    """One row a grade: what it adds, what the sum is then, and the lines behind it."""
    found = layers(ledger)
    return as_table(
        [
            {
                "Rests on": layer.grade.word,
                "Adds": _short(layer.cumulated, style, less=layer.before),
                "Sum with it": show(layer.cumulated, style, compact=True),
                "Lines": "; ".join(layer.titles),
            }
            for layer in found
        ]
    )


def layers(ledger: Ledger) -> tuple[Layer, ...]:
    """Cumulated benefit by grade, drawn jointly. No line stands beside another that holds the same money."""
    found: list[Layer] = []
    counted: list[Line] = []
    added: Sample | float = 0.0
    for grade in Grade:
        before, new = _first(added), _new(grade, ledger, counted)
        if not new:
            continue
        counted += new
        for line in new:
            added = added + _net(line, ledger)
        n = max(line.amount.n for line in counted if isinstance(line.amount, Estimate))
        result = estimated(added, n, "sum of lines by joint draws", Unit.MONEY)
        found += [Layer(grade, result, before, tuple(line.title for line in new))] if isinstance(result, Estimate) else []
    return tuple(found)


def only_practices(ledger: Ledger) -> bool:
    """Whether all that counts are ways of working, so that the cost of support is no measure for it."""
    counted = ledger.of("benefit")
    return bool(counted) and all(line.part_of is not None for line in counted)


def cost(ledger: Ledger) -> Result:
    """What support cost in the period, or why that is not known."""
    return total(ledger, 0).spent


def _new(grade: Grade, ledger: Ledger, counted: list[Line]) -> list[Line]:
    """Benefits of a grade that can be added to those counted, to those that will be and to each other, a whole before its parts."""
    new: list[Line] = []
    held = [*counted, *ledger.of("benefit")]
    for line in sorted((line for line in ledger if line.grade is grade and line.kind == "benefit"), key=lambda line: line.part_of is not None):
        if line.sample is not None and (line.included or not any(hold_the_same(line, other) for other in (*held, *new))):
            new.append(line)
    return new


def _net(line: Line, ledger: Ledger) -> Sample | float:
    net: Sample | float = 0.0 if line.sample is None else line.sample
    for other in ledger:
        if other.kind == "cost" and other.follows == line.stream and other.sample is not None:
            net = net - other.sample
    return net


def _first(sample: Sample | float) -> float:
    return sample if isinstance(sample, float) else float(sample[0])


def _row(found: tuple[Layer, ...], axis: Axis, style: Style) -> Row:
    """The bars up to a grade with the interval of their sum; the interval alone where it includes nothing."""
    last = found[-1]
    marks = (_range(last, axis, style),) if is_unclear(last.cumulated) else tuple(_mark(layer, axis, style, end=layer is last) for layer in found)
    return Row(title=_title(found), note=_told(last.cumulated, style), bold=last.grade <= Grade.B, marks=marks)


def _range(layer: Layer, axis: Axis, style: Style) -> Mark:
    whole = _mark(layer, axis, style, end=True)
    return replace(whole, start=0.0, at=0.0, shown=whole.interval)


def _told(result: Estimate, style: Style) -> str:
    return say("charts.ledger_open", interval=interval(result, style, compact=True)) if is_unclear(result) else show(result, style, compact=True)


def _mark(layer: Layer, axis: Axis, style: Style, *, end: bool) -> Mark:
    kind = Kind.ASSUMED_BAR if layer.grade is Grade.D else Kind.BAR
    whole = Mark.of(layer.cumulated, axis, style, kind=kind, tone=Tone.of_grade(layer.grade), name=layer.grade.word)
    low, high = (whole.low, whole.high) if end else (None, None)
    return replace(whole, start=layer.before, low=low, high=high)


def _title(found: tuple[Layer, ...]) -> str:
    grade = found[-1].grade
    first = "first" if len(found) == 1 else "more"
    return say(f"charts.ledger_{grade.word.lower()}_{first}")


def _short(result: Estimate, style: Style, *, less: float = 0.0) -> str:
    return money(result.value - less, style, compact=True)
