"""Which sentence an effect gets, with its numbers written out."""

import numpy as np

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, share
from roi_core.stats import power, proportion
from roi_core.units import Unit

LONGEST_WAIT_MONTHS = 60
"""No wait beyond this is advised: five years."""
_NEARLY_HALF = (0.45, 0.55)


def points(value: float) -> str:
    """A difference of shares in points, without its sign."""
    return number(abs(value), Unit.FRACTION, points=True)


def limits(estimate: Estimate, style: Style = DEFAULT) -> dict[str, str]:
    """The interval as slots `low` and `high`; points are said by the sentence once, so they are left off here."""
    in_points = estimate.unit is Unit.FRACTION
    written = (number(float(x or 0.0), estimate.unit, style, points=in_points).removesuffix(" points") for x in (estimate.low, estimate.high))
    return dict(zip(("low", "high"), written, strict=True))


def bounds(estimate: Estimate, style: Style = DEFAULT) -> dict[str, str]:
    """The limits of a reduction: sizes where both are below 0, smaller first, else signed."""
    low, high = estimate.low or 0.0, estimate.high or 0.0
    if low < 0 and high < 0:
        return limits(Estimate(-estimate.value, -high, -low, estimate.n, estimate.method, estimate.unit), style)
    return limits(estimate, style)


def how(grade: Grade, verdicts: list[Verdict]) -> str:
    """What the comparison is, and for a sign only, the first reason why."""
    if grade <= Grade.B:
        return say("effect.how_compared")
    why = next((v.check.text for v in verdicts if v.cap >= Grade.C), "")
    return say("effect.how_indicated", why=why)


def drawn_share(share: float) -> str:
    """Which part of the customers of a test was drawn to be helped."""
    return say("tested.half") if _NEARLY_HALF[0] <= share <= _NEARLY_HALF[1] else say("tested.share", share=number(share, Unit.FRACTION))


def separates(*, recorded: bool, told: bool) -> str:
    """What would tell trouble from help, of which the files lack it: `recorded` is trouble before the contact, `told` the priority of tickets."""
    missing = {(False, False): "both", (False, True): "usage", (True, False): "priority", (True, True): "neither"}
    return say(f"separates.{missing[recorded, told]}")


def settle(estimate: Estimate, months: int) -> str:
    """How many more months of the same would show an effect of this size, if that is a number worth waiting for."""
    more = power.further_periods(estimate.value, estimate.standard_error or 0.0, months, LONGEST_WAIT_MONTHS)
    return say("effect.settle_never") if more is None else say("effect.settle_months", more=f"{more}")


def refusal(comparison: Comparison[Rows], verdicts: list[Verdict]) -> Absent:
    """Why nothing is claimed, what can be said instead (the raw shares with Newcombe's interval), and one next step."""
    why = " ".join(v.check.text for v in verdicts if v.refuses)
    next_step = next((v.next_step for v in verdicts if v.refuses), "")
    return Absent(say("effect.refused", why=why, instead=_instead(comparison)), next_step)


def origins(comparison: Comparison[Rows], verdicts: list[Verdict]) -> tuple[str, ...]:
    """From which columns and files what the refusals are about was read."""
    known, about = comparison.facts.origins, dict.fromkeys(name for v in verdicts if v.refuses for name in v.about)
    return tuple(known[name] for name in about if name in known)


def _instead(comparison: Comparison[Rows]) -> str:
    (x1, x0), (n1, n0) = _first_rows(comparison)
    if min(n1, n0) == 0:
        return say("effect.instead_nothing")
    gap = proportion.newcombe(x1, n1, x0, n0)
    least = power.detectable(n1, n0, min(max(x0 / n0, 1 / n0), 1 - 1 / (n0 + 1)))
    return say(
        "effect.instead_raw",
        who=comparison.who,
        helped=share(x1, n1),
        others=share(x0, n0),
        points=number(gap.value, Unit.FRACTION, points=True),
        low=number(gap.low, Unit.FRACTION, points=True),
        high=number(gap.high, Unit.FRACTION, points=True),
        detectable="larger than the share itself" if least is None else points(least),
    )


def _first_rows(comparison: Comparison[Rows]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Leavers and customers by group, each customer with the first row alone, so that the rows are independent."""
    rows = comparison.rows
    first = np.unique(rows.cluster, return_index=True)[1]
    left, treated = rows.churned[first], rows.treated[first]
    return (int((left & treated).sum()), int((left & ~treated).sum())), (int(treated.sum()), int((~treated).sum()))


def trial_months(comparison: Comparison[Rows]) -> int:
    """Calendar months from the first to the last month compared."""
    return int(comparison.rows.month.max() - comparison.rows.month.min()) + 1


def direction(result: Result) -> str:
    """`helped`, `harm` or `none`, by where the interval lies; an effect on leaving helps where it is negative."""
    if isinstance(result, Absent) or result.low is None or result.high is None:
        return "none"
    if result.high < 0:
        return "helped"
    return "harm" if result.low > 0 else "none"


def minutes(threshold: float | None, style: Style = DEFAULT) -> str:
    """A reply time of whole minutes in words; what was rounded to none took half a minute at most."""
    return number(threshold, Unit.MINUTES, style) if threshold else say("handled.at_once")
