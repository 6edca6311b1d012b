"""What is said of a test: found or not, by how much, how it was drawn, the margin, and what would settle it."""

from dataclasses import replace
from math import ceil

import numpy as np

from roi_core.cohorts.assigned import Assigned
from roi_core.effects import words
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.tested import difference
from roi_core.effects.tested.gates import RAW_MAY_BE_SHOWN
from roi_core.errors import quoted
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, number
from roi_core.stats import power, proportion
from roi_core.stats.margin import non_inferior
from roi_core.units import Unit

Tested = Comparison[Assigned]
_FURTHEST = 100.0
"""No test of more than so many times as many customers is advised."""


def named(rows: Assigned) -> str:
    """The name of the test as a slot: empty where it has none."""
    return f" {quoted(rows.name)}" if rows.name else ""


def sentence(tested: Tested, result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
    """The finding on leaving, and how it stands to the margin where one was stated."""
    slots = {"name": named(tested.rows), "months": f"{tested.rows.horizon}"}
    way = words.direction(result)
    if way == "none":
        found = say("tested.none", settle=settle(tested, result.value), **slots, **words.limits(result))
    elif way == "harm":
        found = say("tested.harm", points=words.points(result.value), how=how(tested, grade, verdicts), **slots, **words.limits(result))
    else:
        found = say("tested.helped", points=words.points(result.value), how=how(tested, grade, verdicts), **slots, **words.bounds(result))
    return f"{found} {margin(tested, result)}".strip()


def how(tested: Tested, grade: Grade, verdicts: list[Verdict]) -> str:
    """How the customers were drawn; where a gate failed, the first reason why that is not the whole story."""
    why = next((v.check.text for v in verdicts if v.check.passed is False and v.cap >= grade), "")
    if grade is Grade.A:
        return words.drawn_share(float(tested.rows.treated.mean()))
    return say("tested.weaker", why=why) if grade is Grade.B else say("effect.how_indicated", why=why)


def margin(tested: Tested, result: Estimate) -> str:
    """Whether it is at most as much worse as was stated; empty where no margin was."""
    stated = tested.design.planned.margin
    if stated is None or result.low is None or result.high is None:
        return ""
    found = non_inferior(result.low, result.high, stated, higher_is_better=False)
    slots = {"margin": words.points(stated)}
    match found.verdict:
        case "better":
            return say("tested.margin_better", **slots)
        case "not worse":
            return say("tested.margin_kept", limit=_signed(result.high), **slots)
        case "worse":
            return say("tested.margin_broken", limit=_signed(result.low), **slots)
    return say("tested.margin_open", limit=_signed(result.high), **slots)


def settle(tested: Tested, value: float) -> str:
    """How many customers in each arm would show a difference of this size, where that is a number worth drawing; a draw is made once, so no months."""
    (x1, n1), (x0, n0) = counts(tested)
    shares = (x1 / n1, x0 / n0)
    if value == 0 or shares[0] == shares[1]:
        return say("tested.settle_never")
    needed = power.needed_n(shares[1], shares[0] - shares[1], n0 / n1) * difference.design_effect(tested.rows)
    if needed > _FURTHEST * n1:
        return say("tested.settle_never")
    return say("tested.settle", treated=f"{ceil(needed):,}", control=f"{ceil(needed * n0 / n1):,}")


def settled_by(tested: Tested, result: Result) -> str:
    """What `settle` says where the test found no difference; empty where it found one."""
    open_ = isinstance(result, Estimate) and words.direction(result) == "none"
    return settle(tested, result.value) if open_ and isinstance(result, Estimate) else ""


def refusal(tested: Tested, verdict: Verdict) -> Absent:
    """Why the test cannot be read, what the list shows where that may be shown, and the next step."""
    instead = _raw(tested) if verdict.check.name in RAW_MAY_BE_SHOWN else say("tested.instead_nothing")
    return Absent(say("tested.refused", name=named(tested.rows), why=verdict.check.text, instead=instead), verdict.next_step)


def _raw(tested: Tested) -> str:
    (x1, n1), (x0, n0) = counts(tested)
    gap = proportion.newcombe(x1, n1, x0, n0)
    least = power.detectable(n1, n0, min(max(x0 / n0, 1 / n0), 1 - 1 / (n0 + 1)))
    return say(
        "tested.instead_raw",
        helped=f"{x1:,} of {n1:,}",
        others=f"{x0:,} of {n0:,}",
        points=_signed(gap.value),
        low=_signed(gap.low),
        high=_signed(gap.high),
        detectable="larger than the share itself" if least is None else words.points(least),
    )


def counts(tested: Tested) -> tuple[tuple[int, int], tuple[int, int]]:
    """Leavers and customers: helped, then not."""
    rows = tested.rows
    arms = (rows.treated, ~rows.treated)
    one, zero = ((int(rows.churned[arm].sum()), int(arm.sum())) for arm in arms)
    return one, zero


def revenue_sentence(tested: Tested, result: Result, grade: Grade, verdicts: list[Verdict]) -> str:
    """The finding on revenue, or why there is none."""
    if isinstance(result, Absent):
        return f"{result.reason} {result.next_step}".strip()
    style = replace(DEFAULT, currency=tested.facts.currency or "")
    slots = {"name": named(tested.rows), "months": f"{tested.rows.horizon}", "value": number(abs(result.value), Unit.MONEY, style)}
    if words.direction(result) == "none":
        slots |= words.limits(result, style)
        return say("tested.revenue_none", **slots) if result.value >= 0 else say("tested.revenue_none_less", **slots)
    slots |= {"how": how(tested, grade, verdicts), **words.bounds(result, style)}
    return say("tested.revenue_kept", **slots) if result.value > 0 else say("tested.revenue_lost", **slots)


def set_aside(rows: Assigned) -> tuple[str, ...]:
    """Who is on the list and not compared, and what is counted where customers are persons of accounts."""
    drawn = rows.drawn
    nothing_due = (say("tested.nothing_due", n=f"{drawn.nothing_due:,}", months=f"{rows.horizon}"),) if drawn.nothing_due else ()
    undated = (say("tested.undated", n=f"{drawn.undated:,}"),) if drawn.undated else ()
    text = say(
        "tested.set_aside",
        both=f"{drawn.both // 2:,}",
        before=f"{drawn.left_before:,}",
        after=f"{drawn.not_yet:,}",
        late=f"{drawn.not_followed:,}",
        lost=f"{sum(drawn.listed) - sum(drawn.found) - drawn.undated:,}",
    )
    accounts = len(np.unique(rows.cluster))
    by_account = (say("tested.by_account", customers=f"{rows.rows:,}", accounts=f"{accounts:,}"),) if accounts < rows.rows else ()
    return (text, *undated, *nothing_due, *by_account)


def _signed(value: float) -> str:
    return number(value, Unit.FRACTION, points=True)
