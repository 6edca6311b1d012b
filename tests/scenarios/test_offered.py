"""What a slider offers: never far from what was seen, and a cost of the change in proportion to today's."""

import pytest

from roi_core.assumptions import Assumptions
from roi_core.results import Absent, Estimate, Grade
from roi_core.scenarios import best_lever, best_title, offered
from roi_core.show import Style
from tests.money.hand_made import ANSWERS, PLAIN, lever, measured, sheet, stream

FCR = "first_contact_resolution"


def offers(answers=PLAIN, **changes):
    levers = {FCR: lever(FCR, 0.7, 0.62, 0.74, contrast=FCR), "without_agent": lever("without_agent", 0.1, 0.0, 1.0)}
    facts = measured((stream(), stream(FCR)), **({"levers": levers} | changes))
    return {offer.key: offer for offer in offered(facts, Assumptions.of(answers))}


def test_a_share_goes_as_far_beyond_what_was_seen_as_that_is_wide():
    share = offers()[FCR]
    assert (share.low, share.high, share.seen) == (0.5, 0.86, (0.62, 0.74))
    assert share.low <= share.today <= share.high


def test_a_share_without_an_estimate_stays_near_today():
    share = offers()["without_agent"]
    assert (share.low, share.high, share.seen) == (0.0, 0.6, None)


def test_a_share_never_leaves_zero_to_one():
    wide = offers(levers={FCR: lever(FCR, 0.9, 0.1, 1.0, contrast=FCR)})[FCR]
    assert (wide.low, wide.high) == (0.0, 1.0)


def test_a_rate_of_return_goes_to_a_half_or_twice_today():
    assert offers()["discount_rate_annual"].high == 0.5
    assert offers(PLAIN | {"discount_rate_annual": 0.4})["discount_rate_annual"].high == 0.8


@pytest.mark.parametrize(
    ("answers", "costs", "span"),
    [(PLAIN, (), (0, 100_000)), (PLAIN | ANSWERS, (), (-1_000, 1_000)), (PLAIN, sheet(*[5_000.0] * 6), (-30_000, 30_000))],
)
def test_the_change_may_cost_or_save_up_to_half_of_today(answers, costs, span):
    spending = offers(answers, costs=costs)["spend_more"]
    assert (spending.low, spending.today, spending.high) == (span[0], 0, span[1])


def test_where_no_share_can_be_moved_no_cost_of_a_change_is_asked():
    assert "spend_more" not in offers(levers={FCR: lever(FCR, Absent("-"))})


def titled(grade, gaps):
    levers = {FCR: lever(FCR, contrast=FCR)}
    facts = measured((stream(grade=grade), stream(FCR, grade=grade)), gaps={"supported": (10.0, 30.0), FCR: gaps}, levers=levers)
    best = best_lever(facts, Assumptions.of(PLAIN), Style())
    assert best is None or (best.grade is grade and isinstance(best.adds, Estimate))
    return best_title(best, Style())


def test_a_gain_that_may_be_a_loss_says_so_with_its_range():
    said = titled(Grade.B, (0.5, 0.5))
    assert "could add or take away: anything from -$" in said
    assert "$100" not in said, "nobody should take its middle for a finding"


def test_the_title_carries_the_grade():
    assert titled(Grade.B, (5.0, 5.0)) == "Resolving 80 % at first contact, the best that was seen, would add about $1.0k a year"
    assert titled(Grade.C, (5.0, 5.0)).endswith("(a sign, not a measurement)")


def test_without_a_gain_no_lever_is_named():
    assert titled(Grade.B, (-5.0, -5.0)) == "No lever is seen to add money for sure"
