"""Whether the ways of asking agree, in words."""

from collections.abc import Sequence

from roi_core.effects.rungs import WAYS
from roi_core.results import Estimate, Rung
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit

_ADJUST = frozenset(way.key for way in WAYS if way.adjusts)
_FEWEST = 2


def agreement(ladder: Sequence[Rung], style: Style = DEFAULT) -> str:
    """What the ways that make the groups alike say together, and whether leaving month by month points the same way; empty with fewer than two."""
    adjusted = {rung.title: rung.result for rung in ladder if rung.key in _ADJUST and isinstance(rung.result, Estimate)}
    if len(adjusted) < _FEWEST:
        return ""
    values = [result.value for result in adjusted.values()]
    slots = {"n": f"{len(values)}", "low": _points(min(values), style), "high": _points(max(values), style)}
    if min(values) < 0 < max(values):
        return say("ladder.apart", **slots)
    open_ended = sum(float(result.low or 0) <= 0 <= float(result.high or 0) for result in adjusted.values())
    said = say("ladder.agree", **slots) if not open_ended else say("ladder.agree_open", open=f"{open_ended}", **slots)
    return f"{said} {_month_by_month(ladder, values[0], style)}".strip()


def depends(ladder: Sequence[Rung], style: Style = DEFAULT) -> tuple[str, ...]:
    """Said where the unadjusted and the adjusted answer differ by more than 2 standard errors or in sign, or where adjusted ways differ in sign."""
    answers = {rung.key: rung.result for rung in ladder if isinstance(rung.result, Estimate)}
    raw, adjusted = answers.get("same_start"), answers.get("closest")
    if raw is None or adjusted is None:
        return ()
    far = abs(raw.value - adjusted.value) > 2 * (adjusted.standard_error or 0.0) or raw.value * adjusted.value < 0
    noted = (say("effect.depends", raw=show(raw, style, points=True), adjusted=show(adjusted, style, points=True)),) if far else ()
    values = [result.value for key, result in answers.items() if key in _ADJUST]
    return (*noted, say("effect.depends_how")) if min(values) < 0 < max(values) else noted


def _month_by_month(ladder: Sequence[Rung], value: float, style: Style) -> str:
    odds = next((rung.result for rung in ladder if rung.key == "month_by_month"), None)
    if not isinstance(odds, Estimate) or value == 0:
        return ""
    key = "ladder.months_same" if (odds.value < 1) == (value < 0) else "ladder.months_other"
    return say(key, odds=show(odds, style))


def _points(value: float, style: Style) -> str:
    return number(value, Unit.FRACTION, style, points=True)
