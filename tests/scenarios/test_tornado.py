import pytest

from roi_core.results import Absent, Grade
from roi_core.scenarios import Scenario, tornado
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, PLAIN, company, lever, measured, revenue, sheet, stream

FCR = "first_contact_resolution"


def rows(found):
    return {row.key: row for row in found.rows}


def test_centre_is_the_net_benefit_a_year():
    found = tornado(measured(), None, PLAIN | ANSWERS)
    assert found.net
    assert found.centre == pytest.approx(2 * value(measured(), PLAIN | ANSWERS).roi.net_benefit.value)


def test_each_figure_alone_by_hand():
    found = rows(tornado(measured(), None, PLAIN | ANSWERS))
    assert (found["gross_margin"].at_low, found["gross_margin"].at_high) == pytest.approx((2 * 2_400 - 1_200, 2 * 3_400 - 1_200))
    assert (found["agents"].at_low, found["agents"].at_high) == pytest.approx((4_000 - 1_100, 4_000 - 1_300))
    amount = value(measured(), PLAIN | ANSWERS).ledger.get("supported").amount
    assert (found["supported"].at_low, found["supported"].at_high) == pytest.approx((2 * amount.low - 1_200, 2 * amount.high - 1_200))


def test_the_largest_swing_stands_first_and_what_does_not_move_is_left_out():
    found = tornado(measured(), None, PLAIN | ANSWERS)
    swings = [row.swing for row in found.rows]
    assert swings == sorted(swings, reverse=True)
    assert "capacity_released" not in rows(found)


def test_a_typed_range_is_taken_as_it_is():
    found = rows(tornado(measured(), None, PLAIN | {"gross_margin": [0.4, 0.5, 0.6]}))
    assert (found["gross_margin"].low_input, found["gross_margin"].high_input) == (0.4, 0.6)


def test_the_effect_moves_after_what_kept_customers_need():
    rich = measured(company=company(revenue(1_000)))
    row = rows(tornado(rich, None, PLAIN | ANSWERS))["supported"]
    kept = value(rich, PLAIN | ANSWERS)
    amount, later = kept.ledger.get("supported").amount, kept.total.later
    assert row.swing == pytest.approx(2 * (amount.high - amount.low) * (1 - later.value / amount.value))


def test_moved_levers_have_a_row_and_moved_answers_still_vary():
    facts = measured((stream(), stream(FCR)), levers={FCR: lever(FCR, contrast=FCR)})
    found = rows(tornado(facts, Scenario(first_contact_resolution=0.7, agents=4), PLAIN | ANSWERS))
    assert f"scenario.{FCR}" in found
    assert (found["agents"].low_input, found["agents"].high_input) == pytest.approx((3.6, 4.4))


def test_without_a_cost_it_is_what_is_kept():
    found = tornado(measured(), None, PLAIN)
    assert not found.net
    assert found.centre == pytest.approx(4_000)


def test_a_sign_has_no_tornado():
    assert isinstance(tornado(measured((stream(grade=Grade.C),)), None, PLAIN), Absent)


def test_an_estimate_without_doubt_has_no_row():
    assert "supported" not in rows(tornado(measured(variances=(0.0,)), None, PLAIN))


def test_the_cost_sheet_has_a_bar():
    books = {"costs": sheet(*[100.0] * 6), "company": company(revenue(1_000))}
    found = tornado(measured(**books), None, PLAIN)
    row = rows(found)["cost_sheet"]
    valued = value(measured(**books), PLAIN)
    assert (row.low_input, row.high_input) == pytest.approx((1_080, 1_320))
    assert row.swing == pytest.approx(0.2 * 2 * (valued.total.spent.value + valued.total.later.value))
    assert row.at_low > found.centre > row.at_high
    cheaper = tornado(measured(**(books | {"costs": sheet(*[90.0] * 6)})), None, PLAIN).centre
    assert row.at_low == pytest.approx(cheaper)
    assert "cost_sheet" not in rows(tornado(measured(), None, PLAIN | ANSWERS))


def test_a_way_of_working_hangs_on_no_cost():
    found = tornado(measured((stream(FCR),), costs=sheet(*[100.0] * 6)), None, PLAIN)
    assert not found.net
    assert found.centre == pytest.approx(4_000)
    assert "cost_sheet" not in rows(found)


def test_where_nothing_was_found_the_bars_say_so():
    assert tornado(measured(), None, PLAIN).found
    assert not tornado(measured(variances=(1e4, 3e4)), None, PLAIN).found
