"""Whether something new is at worst a little worse."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from roi_core.errors import NumbersRefused

Verdict = Literal["better", "not worse", "worse", "undecided"]


@dataclass(frozen=True, slots=True)
class NonInferiority:
    """A verdict against a margin. `room` is how far the worse limit stays inside of the margin, below 0 where it does not.

    "better": the whole interval lies on the good side of 0. "not worse": it lies inside of the margin. "worse": it lies beyond the
    margin. "undecided": it reaches over the margin; that is not the same as worse.
    """

    verdict: Verdict
    margin: float
    worse_limit: float
    room: float


def non_inferior(low: float, high: float, margin: float, *, higher_is_better: bool) -> NonInferiority:
    """An interval of treated minus control against a margin in the same unit, a positive number fixed before the outcome was seen.

    With a two-sided 95 % interval the error of "not worse" is at most 2.5 % (Piaggio et al. 2012 JAMA 308:2594, figure 1; ICH E9
    1998, 3.3.2). Raises NumbersRefused for a margin not above 0 or an interval whose low end is above its high end.
    """
    if not 0 < margin < inf:
        raise NumbersRefused.value("margin", margin, "a number above 0")
    if not low <= high:
        raise NumbersRefused.value("interval", f"{low:g} to {high:g}", "two numbers in ascending order")
    worse, better = (low, high) if higher_is_better else (-high, -low)
    return NonInferiority(_verdict(worse, better, margin), margin, low if higher_is_better else high, worse + margin)


def _verdict(worse: float, better: float, margin: float) -> Verdict:
    if worse > 0:
        return "better"
    if worse > -margin:
        return "not worse"
    return "worse" if better < -margin else "undecided"
