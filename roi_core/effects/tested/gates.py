"""What a treatment list must show before its arms are compared: the gates of a randomised test, in the order in which they are asked."""

from collections.abc import Callable

import numpy as np

from roi_core.cohorts.assigned import LEAST_FOLLOWED, Assigned
from roi_core.effects.checks import churn_recorded, enough_leavers, enough_orders, orders_recorded, renewals_recorded
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.results import Check, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.stats import balance
from roi_core.stats.exact import fisher
from roi_core.stats.sample_ratio import THRESHOLD, sample_ratio
from roi_core.units import Unit

Tested = Comparison[Assigned]
Gate = Callable[[Tested], Verdict]

FEW = 0.01
"""Up to so many customers in both arms, or whose days do not agree, are set aside and counted (method: gates)."""
TOO_MANY = 0.10
_RECORDED = {"churn": churn_recorded.check, "no_order": orders_recorded.check, "not_renewed": renewals_recorded.check}
LEAST_ROWS_PER_COLUMN = 10
"""With fewer customers for each number known before, a chi-square for all of them is none."""


def arms_told(tested: Tested) -> Verdict:
    """Refuse where no word tells who went without the help."""
    drawn, name = tested.rows.drawn, "arms told"
    if not drawn.unknown:
        return Verdict(Check(name, passed=True, text=say("drawn.arms_told")))
    if drawn.unknown > FEW * (drawn.unknown + sum(drawn.listed)):
        return _refuses(name, say("drawn.arms_untold", n=f"{drawn.unknown:,}"), "next.arm")
    return Verdict(Check(name, passed=True, text=say("drawn.arms_partly", n=f"{drawn.unknown:,}")))


def two_arms(tested: Tested) -> Verdict:
    """Refuse where one arm is not on the list, and say so where everybody was helped."""
    drawn, name = tested.rows.drawn, "two arms"
    slots = {"treated": f"{drawn.listed[0]:,}", "control": f"{drawn.listed[1]:,}"}
    if min(drawn.listed) > 0:
        return Verdict(Check(name, passed=True, text=say("drawn.both_there", **slots)))
    everyone = drawn.listed[1] == 0 and drawn.found[0] >= max(drawn.customers, 1)
    return _refuses(name, say("drawn.everyone") if everyone else say("drawn.one_arm", **slots), "next.other_arm")


def found_alike(tested: Tested) -> Verdict:
    """Refuse where one arm was lost on the way to the billing files, or more of one than chance loses."""
    drawn, name = tested.rows.drawn, "found among customers"
    if min(drawn.found) == 0:
        return _refuses(name, say("drawn.found_nobody", found=f"{sum(drawn.found):,}", listed=f"{sum(drawn.listed):,}"), "next.listed")
    (n1, n0), (x1, x0) = drawn.listed, drawn.found
    if fisher(x1, n1, x0, n0).p < THRESHOLD:
        slots = {"treated": number(x1 / n1, Unit.FRACTION), "control": number(x0 / n0, Unit.FRACTION)}
        return _refuses(name, say("drawn.found_unlike", **slots), "next.listed")
    return Verdict(Check(name, passed=True, text=say("drawn.found", share=number((x1 + x0) / (n1 + n0), Unit.FRACTION))))


def one_arm_each(tested: Tested) -> Verdict:
    """Set aside and count up to 1 % of customers in both arms; refuse more."""
    drawn, name = tested.rows.drawn, "one arm each"
    n = drawn.both // 2
    share = n / max(sum(drawn.found) - n, 1)
    if share > FEW:
        return _refuses(name, say("drawn.in_both", n=f"{n:,}", share=number(share, Unit.FRACTION)), "next.in_both")
    return Verdict(Check(name, passed=True, text=say("drawn.nearly_one_each", n=f"{n:,}") if n else say("drawn.one_each")))


def days_agree(tested: Tested) -> Verdict:
    """Set aside who had left, was no customer yet or has no day that can be read; over 1 % caps, over 10 % refuses."""
    drawn, name = tested.rows.drawn, "drawn before the outcome"
    share = (drawn.left_before + drawn.not_yet + drawn.undated) / max(sum(drawn.found) - drawn.both + drawn.undated, 1)
    slots = {"before": f"{drawn.left_before:,}", "after": f"{drawn.not_yet:,}", "undated": f"{drawn.undated:,}"}
    if share > TOO_MANY:
        return _refuses(name, say("drawn.out_of_order", share=number(share, Unit.FRACTION), **slots), "next.draw_days")
    if share > FEW:
        return Verdict(Check(name, passed=False, text=say("drawn.out_of_time", share=number(share, Unit.FRACTION), **slots)))
    return Verdict(Check(name, passed=True, text=say("drawn.nearly_in_time", **slots) if share else say("drawn.in_time")))


def followed(tested: Tested) -> Verdict:
    """Refuse where hardly anybody can be followed for a month, and of services where no contract comes due."""
    rows, name = tested.rows, "followed long enough"
    followable = rows.rows + rows.drawn.nothing_due
    if rows.rows == 0 and rows.drawn.nothing_due:
        return _refuses(name, say("drawn.nothing_due", months=f"{rows.horizon}"), "next.nothing_due")
    if rows.rows == 0 or followable < LEAST_FOLLOWED * (followable + rows.drawn.not_followed):
        return _refuses(name, say("drawn.not_followed"), "next.months")
    return Verdict(Check(name, passed=True, text=say("drawn.followed", months=f"{rows.horizon}", late=f"{rows.drawn.not_followed:,}")))


def fits_the_draw(tested: Tested) -> Verdict:
    """Refuse where the arms compared are not as large as the draw should have made them (sample-ratio mismatch)."""
    n1, n0 = tested.sizes
    share = tested.design.planned.treated_share or 0.5
    found = sample_ratio([n1, n0], [share, 1 - share])
    slots = {"treated": f"{n1:,}", "control": f"{n0:,}", "expected": f"{found.expected[0]:,.0f}"}
    if found.mismatch:
        return _refuses("arms fit the draw", say("drawn.ratio_off", **slots), "next.ratio")
    return Verdict(Check("arms fit the draw", passed=True, text=say("drawn.ratio_fits", **slots)))


def drawn_at_random(tested: Tested) -> Verdict:
    """Cap at C where what was known before differs by more than chance: a list of whom somebody chose is no test."""
    rows, name = tested.rows, "drawn at random"
    x = rows.covariates
    if not x.names or rows.rows < LEAST_ROWS_PER_COLUMN * len(x.names) or min(tested.sizes) < 2:
        return Verdict(Check(name, passed=None, text=say("drawn.alike_unknown")), cap=Grade.A)
    found = balance.omnibus(x.matrix, rows.treated, rows.cluster)
    p = "under 0.001" if found.p < THRESHOLD else f"{found.p:.2g}"
    if found.p >= THRESHOLD:
        return Verdict(Check(name, passed=True, text=say("drawn.alike", p=p)))
    where = x.groups[int(np.argmax(np.abs(balance.smd(x.matrix, rows.treated))))]
    return Verdict(Check(name, passed=False, text=say("drawn.unlike", p=p, where=where)), cap=Grade.C)


def outcome_recorded(tested: Tested) -> Verdict:
    """Refuse where what is followed is missing from months in which somebody is followed; later months are none of the test."""
    return _RECORDED[tested.facts.outcome](tested, int(tested.rows.month.max()) + tested.rows.horizon)


def enough_events(tested: Tested) -> Verdict:
    """Enough customers of both arms left, in a shop ordered again and did not, of services did not renew."""
    return enough_orders.check(tested) if tested.facts.is_shop else enough_leavers.check(tested)


def fixed_rule(_: Tested) -> Verdict:
    """The analysis of a list is chosen by nobody who has seen its result."""
    return Verdict(Check("chosen before looking", passed=True, text=say("drawn.fixed")))


def _refuses(name: str, text: str, next_step: str) -> Verdict:
    return Verdict(Check(name, passed=False, text=text), cap=Grade.C, refuses=True, next_step=say(next_step))


OF_THE_LIST: tuple[Gate, ...] = (arms_told, two_arms, found_alike, one_arm_each, days_agree, followed)
"""Each of them looks at what the one before let pass, so the first refusal is the last gate."""
OF_THE_ARMS: tuple[Gate, ...] = (fits_the_draw, drawn_at_random, outcome_recorded, enough_events, fixed_rule)
RAW_MAY_BE_SHOWN = frozenset({enough_leavers.NAME, enough_orders.NAME})
"""Gates whose refusal leaves the difference one of the test, only too uncertain to lead with."""


def grade_of(verdicts: list[Verdict]) -> Grade:
    """Tested, unless a gate that failed caps it."""
    return max((v.cap for v in verdicts if v.check.passed is False), default=Grade.A)
