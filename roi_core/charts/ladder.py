"""Every way of asking the same question, side by side: our answer in the accent unless it is a sign, the spreadsheet's way struck out."""

import pyarrow as pa

from roi_core.charts.figure import Axis, Figure, Kind, Mark, Row
from roi_core.charts.palette import Palette, Tone
from roi_core.charts.rows import draw_rows
from roi_core.charts.table import as_table
from roi_core.charts.theme import Drawn
from roi_core.results import Absent, Effect, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, interval, number, show
from roi_core.units import Unit


def draw(effect: Effect, palette: Palette, *, style: Style = DEFAULT, narrow: bool = False) -> Drawn:
    """One row a rung with its interval, the zero line, our answer in the accent. Absent where no rung has an answer."""
    if not any(isinstance(rung.result, Estimate) for rung in effect.ladder):
        return Absent(say("charts.ladder_empty"))
    return draw_rows(figure(effect, style), palette, style=style, narrow=narrow)


def figure(effect: Effect, style: Style = DEFAULT) -> Figure:
    """The ladder before it is drawn. A rung in another unit than the answer (months gained) has no place on its axis: it is told, not drawn."""
    axis, apart, sign = effect_axis(effect, style), _apart(effect), effect.grade > Grade.B
    return Figure(axis=axis, rows=tuple(_row(rung, axis, style, sign=sign) for rung in effect.ladder if rung not in apart))


def describe(effect: Effect, style: Style = DEFAULT) -> str:
    """What the ladder shows, for a reader who does not see it."""
    found = [rung for rung in effect.ladder if isinstance(rung.result, Estimate)]
    if not found:
        return say("charts.ladder_empty")
    ways = [rung for rung in effect.ladder if not rung.struck_out and not rung.other_question]
    texts, sign = [say("charts.ladder", ways=str(len(ways)))], effect.grade > Grade.B
    texts += [say("charts.ladder_default", title=rung_title(rung, sign=sign), shown=result_text(rung.result, style)) for rung in found if rung.default]
    texts += [say("charts.ladder_struck", title=rung.title, shown=result_text(rung.result, style)) for rung in found if rung.struck_out]
    texts += [say("charts.ladder_apart", title=rung.title, shown=result_text(rung.result, style)) for rung in _apart(effect)]
    return " ".join([*texts, _spread(effect, style)]).strip()


def table(effect: Effect, style: Style = DEFAULT) -> pa.Table:
    """One row a rung: title, field's term, value, interval, n, and what it is to us."""
    return as_table([_cells(rung, style) for rung in effect.ladder])


def effect_unit(effect: Effect) -> Unit:
    """The unit of the answer, else of the first rung that has one."""
    results = [effect.result, *(rung.result for rung in effect.ladder)]
    return next((result.unit for result in results if isinstance(result, Estimate)), Unit.FRACTION)


def effect_axis(effect: Effect, style: Style = DEFAULT) -> Axis:
    """The axis of an effect: percentage points for a difference of shares, else money."""
    outcome, _, months = effect.key.rpartition(".")[2].rpartition("_")
    outcome, months = (outcome, months) if outcome else (months, "")
    if effect_unit(effect) is not Unit.FRACTION:
        return Axis(title=say("charts.axis_kept", outcome=outcome, currency=style.currency), money=True)
    title = say("charts.axis_churn_within", months=months.rstrip("m")) if months else say("charts.axis_churn")
    return Axis(title=title, scale=100.0, points=True)


def rung_tone(rung: Rung) -> Tone:
    """The accent for our answer, an outline for what is struck out, grey for the others."""
    if rung.default:
        return Tone.SUPPORTED
    return Tone.SHEET if rung.struck_out else Tone.OTHER


def rung_title(rung: Rung, *, sign: bool) -> str:
    """The title of a way of asking; our answer says so where it is only a `sign`."""
    return say("charts.a_sign", title=rung.title) if rung.default and sign else rung.title


def rung_row(rung: Rung, result: Estimate, axis: Axis, style: Style, kinds: tuple[Kind, Kind], *, sign: bool) -> Row:
    """One way of asking with an answer: ours bold in the accent, unless it is a `sign`, which looks like the others.

    `kinds` are the shape of its mark, and of the mark of what is struck out.
    """
    doubted, shown = rung.default and sign, result_text(result, style)
    tone = Tone.OTHER if doubted else rung_tone(rung)
    mark = Mark.of(result, axis, style, kind=kinds[rung.struck_out], tone=tone, name=rung.title)
    return Row(
        title=rung_title(rung, sign=sign),
        note=say("charts.struck_note", shown=shown) if rung.struck_out else shown,
        tone=Tone.TEXT if tone is Tone.OTHER else tone,
        bold=rung.default and not doubted,
        struck=rung.struck_out,
        marks=(mark,),
    )


def result_text(result: Result, style: Style) -> str:
    """A result of an effect: fractions in points, money compact."""
    return show(result, style, points=_in_points(result), compact=True)


def _apart(effect: Effect) -> tuple[Rung, ...]:
    """Rungs in another unit than the answer."""
    unit = effect_unit(effect)
    return tuple(rung for rung in effect.ladder if isinstance(rung.result, Estimate) and rung.result.unit is not unit)


def _row(rung: Rung, axis: Axis, style: Style, *, sign: bool) -> Row:
    if isinstance(rung.result, Absent):
        return Row(title=rung.title, note=say("charts.no_answer"), tone=Tone.OTHER)
    return rung_row(rung, rung.result, axis, style, (Kind.POINT, Kind.STRUCK), sign=sign)


def _spread(effect: Effect, style: Style) -> str:
    unit = effect_unit(effect)
    asked = [rung for rung in effect.ladder if not (rung.default or rung.struck_out or rung.other_question)]
    others = [rung.result for rung in asked if isinstance(rung.result, Estimate) and rung.result.unit is unit]
    if len(others) < 2:
        return ""
    low, high = min(others, key=lambda r: r.value), max(others, key=lambda r: r.value)
    return say("charts.ladder_others", low=_number(low, style), high=_number(high, style))


def _cells(rung: Rung, style: Style) -> dict[str, str]:
    part = say("charts.our_answer") if rung.default else say("charts.struck_out") if rung.struck_out else ""
    if isinstance(rung.result, Absent):
        value, limits, n = rung.result.reason, "", ""
    else:
        value, limits = _number(rung.result, style), interval(rung.result, style, points=_in_points(rung.result), compact=True)
        n = number(rung.result.n, Unit.COUNT, style)
    return {"Way of asking": rung.title, "Term": rung.term, "Value": value, "95 % interval": limits, "n": n, "Part": part}


def _number(result: Estimate, style: Style) -> str:
    return number(result.value, result.unit, style, points=_in_points(result), compact=True)


def _in_points(result: Result) -> bool:
    return isinstance(result, Estimate) and result.unit is Unit.FRACTION
