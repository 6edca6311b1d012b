"""What one key figure was counted from, in words: its formula with the numbers, the months, and what its n counts."""

from roi_core.metrics.catalogue import METRICS
from roi_core.metrics.shapes import Metric, Shape
from roi_core.results import Counted, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, month, number
from roi_core.units import Unit

_SAYS_LITTLE = 0.5
"""Width of the interval of a share, of the 1 that is possible, from which its middle is no figure to remember."""


def says_little(result: Estimate) -> bool:
    """Whether a share rests on so few that its range stands in place of its middle: 0 of 2 is `0 % to 66 %`, not `0 %`."""
    return result.unit is Unit.FRACTION and result.low is not None and result.high is not None and result.high - result.low > _SAYS_LITTLE


def with_numbers(metric: Metric, result: Estimate, style: Style = DEFAULT) -> str:
    """`64.8 % = 533 / 823 contacts`; empty where the result does not say what it was counted from."""
    if result.counted is None:
        return ""
    value, bottom = number(result.value, result.unit, style), _bottom(metric, result.counted, style)
    if metric.shape in (Shape.MEDIAN, Shape.QUANTILE):
        return say("counted.ranked", value=value, bottom=bottom, share=number(metric.level, Unit.FRACTION, style))
    if result.counted.top is None:
        return say("counted.total", value=value, bottom=bottom)
    return say("counted.quotient", value=value, top=_top(metric, result.counted.top, style), bottom=bottom)


def rests_on(metric: Metric, result: Estimate, style: Style = DEFAULT) -> str:
    """Months, n with what it counts, and the method; why there is no interval where that is so."""
    n = say("counted.n", n=number(result.n, Unit.COUNT, style), counts=_independent(metric, result.n), method=result.method)
    none = say("counted.no_interval") if result.low is None else ""
    return " ".join(part for part in (months_of(result.counted, style), n, none) if part)


def months_of(counted: Counted | None, style: Style = DEFAULT) -> str:
    """`Jan 2025 to Feb 2025.`; empty where it is not said what a figure was counted from."""
    if counted is None:
        return ""
    first, last = month(counted.first_month, style), month(counted.last_month, style)
    return say("counted.month", month=first) if first == last else say("counted.months", first=first, last=last)


def _top(metric: Metric, top: float, style: Style) -> str:
    if metric.shape is Shape.DERIVED:
        return number(top, METRICS[metric.inputs[0]].unit, style)
    if metric.shape is Shape.RATIO:
        return number(top, metric.sums[0], style)
    return number(top, Unit.MONEY if metric.is_money else metric.unit if metric.unit in (Unit.MINUTES, Unit.HOURS) else Unit.COUNT, style)


def _bottom(metric: Metric, counted: Counted, style: Style) -> str:
    """What it was divided by: rows, but for a derived figure, which is divided by another one, and a ratio of money or hours."""
    if metric.shape is Shape.DERIVED:
        under = METRICS[metric.inputs[1]]
        return f"{number(counted.bottom, under.unit, style)} {say(f'counted.{under.table}') if under.shape is Shape.COUNT else ''}".strip()
    if metric.sums[1] is not Unit.COUNT:
        return number(counted.bottom, metric.sums[1], style)
    return f"{number(counted.bottom, Unit.COUNT, style)} {say(f'counted.{metric.table}')}"


def _independent(metric: Metric, n: int) -> str:
    return (METRICS[metric.inputs[1]] if metric.shape is Shape.DERIVED else metric).counted_as(n)
