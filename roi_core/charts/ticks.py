"""Round numbers for an axis."""

import math

_NOTHING = 1e-9
_MARGIN = 0.04
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, *, most: int = 7, whole: bool = False) -> tuple[float, ...]:
    """At most `most` evenly spaced round numbers that enclose [low, high]; whole numbers where `whole`.

    Raises ValueError where `low` is above `high`.
    """
    if low > high:
        raise ValueError(f"low == {low}, must be at most high == {high}")
    if high - low < _NOTHING:
        low, high = low - 0.5, high + 0.5
    exponent = math.floor(math.log10((high - low) / most))
    for step in (s * 10.0**e for e in range(exponent, exponent + 3) for s in _STEPS if s != 2.5 or e > 0):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most and not (whole and step != round(step)):
            return tuple(_tidy(k * step) for k in range(first, last + 1))
    raise AssertionError(f"no step for {low} to {high}")


def within(low: float, high: float, *, most: int = 7, whole: bool = False) -> tuple[tuple[float, float], tuple[float, ...]]:
    """Ends of an axis just beyond [low, high], and the round numbers between them.

    It begins at 0 exactly, but ends there with room for the right half of the number.
    """
    span = high - low if high - low >= _NOTHING else 1.0
    ends = (low if low == 0 and high > 0 else low - _MARGIN * span, high + _MARGIN * span)
    return ends, tuple(t for t in ticks(*ends, most=most + 2, whole=whole) if ends[0] <= t <= ends[1])


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")
