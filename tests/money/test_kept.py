from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.assumptions import Assumptions
from roi_core.money.draws import Draws
from roi_core.money.kept import coverage, customers_kept, leading, margins_kept
from roi_core.results import Absent, Grade
from tests.money.hand_made import PLAIN, effect, measured, stream, with_churn


def kept(facts, answers=PLAIN):
    return margins_kept(facts, Draws.of(facts.joint), Assumptions.of(answers))


def test_counted_by_hand():
    (only,) = kept(measured())
    amount = only.priced.amount
    assert amount.value == pytest.approx(100 * 0.5 * (10 + 30))
    assert amount.high - amount.low == pytest.approx(2 * 1.96 * 200, rel=0.03)
    assert amount.n == 80
    assert only.per_episode.value == pytest.approx(20)


def test_all_treated_under_att_and_their_overlap_under_ato():
    att, ato = (kept(measured((stream(estimand=estimand),)))[0] for estimand in ("ATT", "ATO"))
    assert ato.priced.amount.value == pytest.approx(0.6 * att.priced.amount.value)
    assert (att.coverage.value, ato.coverage.value) == (0.5, 0.3)


def test_help_of_a_month_covers_all_contacts_of_it():
    """100 helped months with 150 of the 200 contacts, 90 by their overlap."""
    held = replace(stream().episodes, contacts_treated=150.0, contacts_overlap=90.0)
    att, ato = (coverage(stream(episodes=held, estimand=estimand)).value for estimand in ("ATT", "ATO"))
    assert (att, ato) == (0.75, 0.45)


def test_each_month_is_discounted_on_its_own():
    (only,) = kept(measured(), PLAIN | {"discount_rate_annual": 0.44})
    assert only.priced.amount.value == pytest.approx(50 * (10 * 1.44 ** (-1 / 12) + 30 * 1.44 ** (-2 / 12)))


def test_without_margin_it_is_the_texts_form():
    (only,) = kept(measured(), PLAIN | {"use_margin": False})
    assert only.priced.amount.value == pytest.approx(4_000)
    assert "revenue kept" in only.priced.amount.method


@given(st.floats(0.01, 1), st.floats(0, 1))
def test_money_is_linear_in_the_margin(margin, rate):
    half, moved = (kept(measured(), {"gross_margin": m, "discount_rate_annual": rate})[0].priced.amount for m in (0.5, margin))
    assert moved.value == pytest.approx(half.value * 2 * margin)
    assert moved.low == pytest.approx(half.low * 2 * margin)


def test_the_other_sign_gives_the_mirror_image():
    (good,), (bad,) = kept(measured()), kept(measured(gaps={"supported": (-10.0, -30.0)}))
    assert bad.priced.amount.value == -good.priced.amount.value
    assert bad.priced.amount.low == pytest.approx(-good.priced.amount.high)


def test_a_range_for_the_margin_widens_the_interval():
    (point,), (spread,) = kept(measured()), kept(measured(), PLAIN | {"gross_margin": [0.2, 0.5, 0.8]})
    assert spread.priced.amount.value == point.priced.amount.value
    assert spread.priced.amount.low < point.priced.amount.low


def test_a_range_for_the_discount_rate_is_drawn_too():
    (only,) = kept(measured(variances=(0.0,)), PLAIN | {"discount_rate_annual": [0.0, 0.1, 1.0]})
    assert only.priced.amount.low < only.priced.amount.value < only.priced.amount.high


def test_without_revenue_there_is_a_reason_and_no_number():
    (plain,) = kept(measured(gaps={}))
    assert "not what they pay" in plain.priced.amount.reason
    refused = {"supported.revenue_2m": effect("supported.revenue_2m", Absent("Revenue is in several currencies."))}
    (told,) = kept(measured(gaps={}, effects=refused))
    assert told.priced.amount.reason == "Revenue is in several currencies."
    assert told.priced.sample is None
    assert told.per_episode is told.priced.amount


def test_declared_horizon_is_taken_where_there_are_several():
    facts = measured((stream(horizon_months=3), stream(), stream(horizon_months=1)), gaps={"supported": (10.0, 30.0)})
    assert [k.stream.horizon_months for k in kept(facts)] == [2]


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [(Grade.B, Grade.B, "supported"), (Grade.C, Grade.B, "fast_reply"), (Grade.C, Grade.C, "supported"), (Grade.B, Grade.C, "supported")],
)
def test_the_headline_speaks_of_the_whole_unless_only_a_part_is_trusted(whole, part, expected):
    facts = measured((stream("fast_reply", grade=part), stream(grade=whole)))
    assert leading(kept(facts)).stream.contrast == expected


def test_among_trusted_parts_the_first_declared_leads_and_not_the_larger():
    parts = (stream("first_contact_resolution"), stream("fast_reply"))
    facts = measured((stream(grade=Grade.C), *parts), gaps={"supported": (9.0, 9.0), "first_contact_resolution": (1.0, 1.0), "fast_reply": (50.0, 50.0)})
    assert leading(kept(facts)).stream.contrast == "first_contact_resolution"


def test_nothing_leads_where_nothing_has_an_amount():
    assert leading(kept(measured(gaps={}))) is None


def test_no_contacts_cover_nothing_and_say_so():
    none = stream().episodes.__class__(0, 0, 0, 0.0, 0, 1, 1)
    (only,) = kept(measured((stream(episodes=none),)))
    assert isinstance(only.coverage, Absent)
    np.testing.assert_array_equal(only.priced.sample, 0)


def test_customers_kept_are_those_who_would_have_left():
    facts = with_churn(measured(), -0.05, 0.01)
    customers = customers_kept(stream(), Draws.of(facts.joint))
    assert customers.value == pytest.approx(5)
    assert (customers.low, customers.high) == pytest.approx((5 - 1.96, 5 + 1.96), rel=0.03)
    assert isinstance(customers_kept(stream(), Draws.of(measured().joint)), Absent)
